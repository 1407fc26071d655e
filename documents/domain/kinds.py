"""Kinds of documents, and the page where each is worked on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its label, the word at its head, and the URL name of its page."""

    code: str
    label: str
    title: str
    page: str


ASSIGNMENT_ORDER = Kind("assignment_order", "приказ о наставничестве", "ПРИКАЗ", "order_detail")
ORDER = Kind("order", "приказ", "ПРИКАЗ", "act_detail")

KINDS: dict[str, Kind] = {kind.code: kind for kind in (ASSIGNMENT_ORDER, ORDER)}
