"""Documents that a plan names: their kinds, numbers and dates."""

import re
from datetime import date

from roadmap.domain.document.wording import folded, masked, one_line
from roadmap.domain.document.written_dates import DATE_OF_PAPER, written_date
from roadmap.domain.plan import DocumentNamed

# Stems of the words a paper is called by, the longer before the shorter that they contain.
KIND_STEMS: dict[str, str] = {
    r"аналитическ\w+ справк\w+": "analytic_note",
    r"аналитическ\w+ отч[её]т\w*": "report",
    r"справк[аиеу]|справок|справкой": "note",
    r"распорядительн\w+ акт\w*": "order",
    r"приказ(?:а|у|ом|е|ы|ов|ами)?": "order",
    r"распоряжени[еяюй]\w*": "directive",
    r"постановлени[еяюй]\w*": "resolution",
    r"протокол(?:а|у|ом|е|ы|ов)?": "protocol",
    r"положени[еяю]м?": "regulation",
    r"программ[аыуе]": "programme",
    r"дорожн\w+ карт[аыуе]": "roadmap",
    r"план(?:а|у|ом|ы)?(?: (?:работы|мероприятий))?": "plan",
    r"отч[её]т(?:а|у|ом|ы)?": "report",
    r"благодарственн\w+ пись[мв]\w*|благодарност[ьи]": "commendation",
    r"(?:информационн\w+ )?письм[оа]м?": "letter",
    r"сертификат\w*|удостоверени[ея]|свидетельств[оа]": "training_certificate",
    r"грамот[аы]|диплом(?:ы|а)?|почетн\w+ грамот\w+": "certificate",
    r"дополнительн\w+ соглашени[ея]": "additional_agreement",
    r"соглашени[еяю]": "agreement",
    r"(?:коллективн\w+ )?договор(?:а|у|ом|ы)?": "contract",
    r"журнал(?:а|ы)?": "journal",
    r"реестр(?:а|ы)?": "register",
    r"анкет[аы]": "questionnaire",
    r"методическ\w+ рекомендаци[ия]": "guidelines",
    r"согласи[ея]": "consent",
}
_KINDS = [(re.compile(rf"\b(?:{stem})\b", re.IGNORECASE), kind) for stem, kind in KIND_STEMS.items()]
_ANY_KIND = re.compile(rf"\b(?:{'|'.join(KIND_STEMS)})(?!\w)", re.IGNORECASE)
NUMBER_OF_PAPER = r"(?:№|N)\s?((?:[А-ЯA-Z]{1,3}-)?\d+(?:[-–/.]?[А-Яа-яA-Za-z\d]+)*)"
_NUMBER = re.compile(NUMBER_OF_PAPER)
_DATE = re.compile(rf"(?:от\s+)?({DATE_OF_PAPER})", re.IGNORECASE)
# The number of an annex is not that of a paper.
_OF_ANNEX = re.compile(r"(?:приложени\w+|форм\w+)\s*$", re.IGNORECASE)
_SCHOOL_NUMBER = re.compile(
    r"(?:СОШ|ООШ|НОШ|ДОУ|ОУ|СШ|ОШ|школ\w*|лице[йяею]\w*|гимнази\w+|сад\w*|колледж\w*)\s*№\s?\d+", re.IGNORECASE
)
_QUOTED_DAY = re.compile(r"[«\"]\d{1,2}[»\"]")
_PIECE = re.compile(r"[,;\n]|\.\s+(?=[А-ЯЁ])")
_BRACKETED = re.compile(r"\(([^()]{4,80})\)")
_EPITHETS = re.compile(
    r"^(?:[–—-]\s*)?(?:(?:утвержд[её]нн|изданн|подготовленн|подписанн|информационн|итогов|аналитическ|почетн|почётн|благодарственн|"
    r"персонализированн|индивидуальн|локальн|примерн|разработанн)\w+\s+){0,2}",
    re.IGNORECASE,
)
# «Приказ подписан» tells of a state of things, it does not name a paper.
_IS_SAID_OF = re.compile(r"\s+(?:\w+(?:[аяеё]н[аоы]?|ит[аоы]?)|[а-яё]+(?:ся|сь|ет|ют))(?!\w)", re.IGNORECASE)
FARTHEST = 100


def documents_in(text: str, *, is_result: bool = False) -> tuple[DocumentNamed, ...]:
    """The documents that a text names, in its order, none twice.

    Anywhere a document counts if its number or date stands with it («Приказ №32 от 04.09.2024 г.»). In a result a
    kind alone counts too where the result is nothing but a document («Положение», «Аналитическая справка»).
    """
    lines = one_line(text)
    found = [document for document, _ in _numbered(lines)]
    if is_result:
        pieces = [part for piece in _PIECE.split(text) for part in (piece, *_BRACKETED.findall(piece))]
        found += [document for piece in pieces if (document := _bare_kind(piece))]
    return tuple(dict.fromkeys(found))


def covered(text: str) -> str:
    """The text, as long as before, with quoted names and the numbers of schools covered; «30» of a date is kept."""
    letters = list(masked(text, "¤", "«»“”"))
    for day in _QUOTED_DAY.finditer(text):
        letters[day.start() : day.end()] = day.group()
    return _SCHOOL_NUMBER.sub(lambda found: "¤" * len(found.group()), "".join(letters))


def kind_of_paper(text: str) -> str | None:
    """The kind of the first paper that a text names; None if it names none."""
    found = _ANY_KIND.search(text)
    return _kind(found.group()) if found else None


def _kind(words: str) -> str:
    return next(kind for pattern, kind in _KINDS if pattern.fullmatch(words) or pattern.match(words))


def _numbered(line: str) -> list[tuple[DocumentNamed, int]]:
    hidden = covered(line)
    named = []
    starts = list(_ANY_KIND.finditer(hidden))
    for at, found in enumerate(starts):
        following = starts[at + 1].start() if at + 1 < len(starts) else len(hidden)
        number, day = number_and_date(hidden[found.end() : min(following, found.end() + FARTHEST)])
        if number or day:
            named.append((DocumentNamed(_kind(found.group()), number, day), found.start()))
    return named


def number_and_date(text: str) -> tuple[str | None, date | None]:
    """The number and the date of a paper in the words after its kind; blanks («№ ____») are None."""
    dated = _DATE.search(text)
    number = next((mark for mark in _NUMBER.finditer(text) if not _OF_ANNEX.search(text[: mark.start()])), None)
    return (number[1] if number else None), (written_date(dated[1]) if dated else None)


def _bare_kind(piece: str) -> DocumentNamed | None:
    """A piece of a result that begins with the kind of a paper, unless its number stands with it."""
    text = piece.strip()
    epithets = _EPITHETS.match(text)
    for begin in {0, epithets.end() if epithets else 0}:
        found = _ANY_KIND.match(text, begin)
        if (
            found
            and not _IS_SAID_OF.match(text, found.end())
            and not any(number_and_date(covered(text)[found.end() :]))
        ):
            return DocumentNamed(_kind(_widest(text, found)))
    return None


def _widest(text: str, found: re.Match[str]) -> str:
    """The kind with the words before it, where they belong to its name («аналитическая справка»)."""
    whole = _ANY_KIND.search(folded(text[: found.end()]))
    return whole.group() if whole else found.group()
