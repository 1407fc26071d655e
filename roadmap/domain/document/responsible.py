"""Those responsible for a measure, one by one."""

import re

from roadmap.domain.document.content import begins_with_role
from roadmap.domain.document.wording import folded, joined, masked, tidy

_BULLET = re.compile(r"^(?:[–—•✓▪*-]|\d{1,2}[.)])\s+")
_HEADS = (
    r"директора?|заместител[ьи]|зам|замдиректора|завуч|куратор|кураторы|координатор|координаторы|методист|методисты|педагог|педагоги|"
    r"психолог|психологи|педагог-психолог|педагоги-психологи|педагог-организатор|педагог-наставник|педагоги-наставники|педагог-библиотекарь|"
    r"наставник|наставники|наставляемый|наставляемые|тьютор|тьюторы|руководитель|руководители|заведующий|заведующая|администрация|"
    r"специалист|специалисты|председатель|секретарь|ответственный|ответственные|библиотекарь|учитель-логопед|учитель|учителя|воспитатель|"
    r"воспитатели|администратор|делопроизводитель|бухгалтер|юрист|начальник|совет|вожатый|вожатая|преподаватель|преподаватели|мастер|мастера|профком|завхоз"
)
_HEAD = re.compile(rf"^(?:{_HEADS})$")
# Two nouns side by side make one post after these («педагог психолог», «учителя наставники»).
_COMPOUND_FIRST = {"педагог", "педагоги", "учитель", "учителя", "мастер", "мастера", "специалист", "специалисты"}
_GENITIVE_TOO = {"директора", "учителя", "мастера"}
_SHORTENED = re.compile(r"^((?![Зз]ам)[а-яёА-ЯЁ][а-яё]{1,4})\.$")
_ADJECTIVE = re.compile(r"^[^\W\d_]{2,}(?:ый|ий|ой|ая|ые|ие)$")
_ABBREVIATED = re.compile(r"(?:\b[А-ЯЁ]|\b(?:др|пр|т\.\s?[дп]|пед|соц|зам|орг|отв|рук|спец|зав|учит|псих|проч|нач))\.$")
# After these a comma may stand inside of a post: «ответственный за сайт, группу».
_GOVERNS = re.compile(r"(?:^|\s)(?:за|по|с|над|для)\s", re.IGNORECASE)
_TAIL = re.compile(r"^(?:[А-ЯЁ]{2,5}\d?|\d+)$")
_OBLIQUE = re.compile(r"(?:ами|ями|ам|ям|ах|ях|ов|ев|ей|ом|ем|ого|ому|ему|ых|их|ым|им|ую|у|ю)$")
_PERSON = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.")
_PLACEHOLDER = re.compile(r"^[-–—_.…\s]*$")


def responsible_in(text: str) -> tuple[str, ...]:
    """The posts, bodies and persons of a cell, each as it is written and once, without commas and full stops around it.

    They are divided at line ends, semicolons and commas outside of quotation marks, at «и» between two posts, and
    where a comma was lost («директор заместитель директора»). A comma inside a post («ответственный за сайт, группу»)
    divides nothing.
    """
    pieces: list[str] = []
    is_open = False
    for line in _lines(text):
        for at, piece in enumerate(_cut(line)):
            if at == 0 and is_open and _goes_on(piece, pieces[-1]):
                pieces[-1] = f"{pieces[-1]} {piece}"
            elif at > 0 and not _stands_alone(piece, pieces[-1]):
                pieces[-1] = f"{pieces[-1]}, {piece}"
            else:
                pieces.append(piece)
        is_open = bool(pieces) and not line.endswith((",", ";"))
    named = (_bare(part) for piece in pieces for part in (_persons(piece) or _lost_commas(piece)))
    return tuple(dict.fromkeys(part for part in named if part and not _PLACEHOLDER.match(part)))


def _lines(text: str) -> list[str]:
    """The lines of a cell; those are one between which a word or a name is divided («педагог-», «МКУ» / «ИМЦ»)."""
    lines: list[str] = []
    for line in tidy(text).split("\n"):
        if lines and (lines[-1].endswith(("-", " и")) or (line[:1] in '«"(' and not lines[-1].endswith((",", ";")))):
            lines[-1] = joined(lines[-1], line)
        else:
            lines.append(line)
    return lines


def _cut(line: str) -> list[str]:
    """The line cut at commas and semicolons that stand outside of quotation marks and brackets."""
    hidden = masked(line)
    pieces, at = [], 0
    for mark in re.finditer(r"[,;]", hidden):
        pieces.append(line[at : mark.start()])
        at = mark.end()
    return [bare for piece in (*pieces, line[at:]) if (bare := _BULLET.sub("", piece.strip()))]


def _stands_alone(piece: str, before: str) -> bool:
    """Whether what follows a comma is another one and not the rest of the post before it."""
    if _TAIL.match(piece) and re.search(r"\bпо\b[^,]*\b[А-ЯЁ]{2,5}\d?$", before):
        return False
    return _begins_post(piece) or not (begins_with_role(piece) or _GOVERNS.search(before))


def _begins_post(piece: str) -> bool:
    """Whether a piece begins with a post in the nominative, with a name or with a capital."""
    first = _first_word(piece)
    if not piece[0].islower() or _HEAD.match(first) or _ADJECTIVE.match(first):
        return not piece[0].islower() or begins_with_role(piece)
    return begins_with_role(piece) and not _OBLIQUE.search(first)


def _goes_on(piece: str, before: str) -> bool:
    """Whether a line only goes on with the one before it: «заместитель» / «директора по УВР»."""
    first = _first_word(piece)
    if _ADJECTIVE.match(before) and piece[0].islower() and not _HEAD.match(folded(before)):
        return True  # «старший» / «воспитатель»
    if first in _GENITIVE_TOO:
        return bool(re.search(r"(?:\bзам\.?|заместител[ьи]|ого|ых|при)$", folded(before)))
    return not _begins_post(piece)


def _first_word(piece: str) -> str:
    return folded(_SHORTENED.sub(r"\1ый", piece.split(maxsplit=1)[0])).strip(".,;")


def _persons(piece: str) -> list[str]:
    """The names in a piece of nothing but names («Иванова И.И. Петров П.П.»)."""
    return _PERSON.findall(piece) if not _PERSON.sub("", piece).strip(" .,;") else []


def _lost_commas(piece: str) -> list[str]:
    """A piece divided before each further post in the nominative, and at «и» between two of them."""
    hidden = masked(piece)
    words = list(re.finditer(r"\S+", hidden))
    # «соц.» and «ст.» go with the noun after them as adjectives do; this ending makes them look like one.
    small = [folded(_SHORTENED.sub(r"\1ый", word.group())).strip(".,;") for word in words]
    cuts: list[tuple[int, int]] = []
    first_of_part = 0
    for at in range(1, len(words)):
        start = _start_of_post(small, at, first_of_part)
        if start is None:
            continue
        joint = start - 1 if small[start - 1] in {"и", "или"} else start
        if small[start - 1] == "или" or joint <= first_of_part:
            continue
        cuts.append((words[joint].start(), words[start].start()))
        first_of_part = start
    return _at_cuts(piece, cuts)


def _start_of_post(small: list[str], at: int, first: int) -> int | None:
    """The first word of the post whose noun stands at `at` (with its adjectives), if a post begins there."""
    is_after_and = at > 1 and small[at - 1].endswith(("ые", "ие")) and small[at - 2] == "и"  # «и молодые учителя»
    if not _HEAD.match(small[at]) or (small[at] in _GENITIVE_TOO and not is_after_and):
        return None
    start = at
    while start - 1 > first and _ADJECTIVE.match(small[start - 1]) and not _HEAD.match(small[start - 1]):
        start -= 1
    before = small[start - 1]
    if (
        start - 1 < first
        or _ADJECTIVE.match(before)
        or before in _COMPOUND_FIRST
        or before in {"за", "–", "-", "—", "/"}
    ):
        return None
    return start


def _at_cuts(piece: str, cuts: list[tuple[int, int]]) -> list[str]:
    parts, begin = [], 0
    for end, start in cuts:
        parts.append(piece[begin:end])
        begin = start
    return [*parts, piece[begin:]]


def _bare(piece: str) -> str:
    """Without commas and the full stop at the end; an abbreviation keeps its own."""
    bare = piece.strip(" ,;:\t")
    return bare if _ABBREVIATED.search(bare) else bare.rstrip(". ,;:")
