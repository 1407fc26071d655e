"""Kinds of documents, how pages and papers speak of them, and the page where each is worked on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind is named in sentences, and what stands over its points."""

    nominative: str
    genitive: str
    accusative: str
    lead_in: str
    annex_to: str
    acquainted_with: str
    sent: str
    returned: str
    signed: str


ORDER_WORDS = Words(
    nominative="приказ",
    genitive="приказа",
    accusative="приказ",
    lead_in="ПРИКАЗЫВАЮ:",
    annex_to="к приказу",
    acquainted_with="С приказом",
    sent="отправлен",
    returned="возвращён",
    signed="подписан",
)
SUMMARY_WORDS = Words(
    nominative="сводка",
    genitive="сводки",
    accusative="сводку",
    lead_in="Выводы:",
    annex_to="к сводке",
    acquainted_with="Со сводкой",
    sent="отправлена",
    returned="возвращена",
    signed="подписана",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its label, the word at its head, the URL name of its page, how it is spoken of.

    `journal` is the title and the pattern of numbers of a journal of its own; without one it is registered with orders.
    """

    code: str
    label: str
    title: str
    page: str
    words: Words = ORDER_WORDS
    journal: tuple[str, str] | None = None


ASSIGNMENT_ORDER = Kind("assignment_order", "приказ о наставничестве", "ПРИКАЗ", "order_detail")
ORDER = Kind("order", "приказ", "ПРИКАЗ", "act_detail")
SUMMARY = Kind("summary", "сводка анкетирования", "СВОДКА", "act_detail", SUMMARY_WORDS, ("Сводки и справки", "{n}"))

KINDS: dict[str, Kind] = {kind.code: kind for kind in (ASSIGNMENT_ORDER, ORDER, SUMMARY)}

GENERAL_KINDS = frozenset({ORDER.code, SUMMARY.code})
"""Kinds that are drafted, reworded, agreed on and signed as general papers are."""

WORDS_BY_TITLE: dict[str, Words] = {kind.title: kind.words for kind in KINDS.values()}
