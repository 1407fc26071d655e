"""Rows of the plan by what their cells hold, whole again where a page or a merged cell divided them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from roadmap.domain.blocks import Row
from roadmap.domain.document.columns import Column, Columns, columns_of
from roadmap.domain.document.content import is_measure, is_responsible, is_rest_of_term, is_term
from roadmap.domain.document.labels import labelled
from roadmap.domain.document.numerals import heading_of, number_of
from roadmap.domain.document.wording import begins_small, ends_sentence, folded, is_unfinished, joined, one_line, tidy

LONGEST_HEADING = 300
_SIGNATURE = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+|[А-ЯЁ][а-яё]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.")
_ITEM = re.compile(r"[-–—•✓▪]\s")
_NOTE = re.compile(r"(?:примечание|итого|всего)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the plan: its number and the texts of its columns, lines of a cell divided by «\\n».

    `is_heading` is set for a row of one cell that stands across the table, `is_shifted` where the cells stood beside
    their heads; `last_line` is the line of the last row that was joined to it.
    """

    line: int
    page: int | None = None
    number: str | None = None
    stage: str = ""
    measure: str = ""
    content: str = ""
    term: str = ""
    responsible: str = ""
    result: str = ""
    marks: tuple[str, ...] = ()
    columns: Columns = field(default_factory=lambda: Columns((), ()))
    is_heading: bool = False
    is_stage_carried: bool = False
    is_shifted: bool = False
    last_line: int = 0

    @property
    def wording(self) -> str:
        """What the row says: its measure, else what it contains, else its stage."""
        return self.measure or self.content or self.stage

    @property
    def is_bare(self) -> bool:
        """Whether nothing is said of when, by whom and with what result."""
        return not (self.term or self.responsible or self.result or self.marks)


_FIELDS = {
    Column.STAGE: "stage",
    Column.MEASURE: "measure",
    Column.CONTENT: "content",
    Column.TERM: "term",
    Column.BOTH: "term",
    Column.RESPONSIBLE: "responsible",
    Column.RESULT: "result",
}


@dataclass(slots=True)
class _Cells:
    """The cells of a row told apart by their columns."""

    texts: dict[Column, str] = field(default_factory=dict)
    carried: set[Column] = field(default_factory=set)
    marks: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)


def entries_of(rows: Sequence[Row], columns: Columns) -> Iterator[Entry]:
    """The rows of a table as entries, each by itself; heads, column numbers, signatures and blank rows are left out.

    Heads that occur again may name the columns in another order: from there on they hold.
    """
    at = 0
    while at < len(rows):
        row = rows[at]
        again = columns_of(row, rows[at + 1] if at + 1 < len(rows) else None)
        if again and (named := _named_again(again[0], columns)):
            columns = named
            at += again[1]
            continue
        at += 1
        entry = None if _is_nothing(row) else _entry(row, columns)
        if entry:
            yield entry


def _named_again(again: Columns, columns: Columns) -> Columns | None:
    """The columns that hold from a row of heads on; None if the row is none after all.

    Heads known from above keep what was found out about them, in whichever order they stand now.
    """
    known = {folded(head): kind for head, kind in zip(columns.heads, columns.kinds, strict=True) if head}
    kinds = tuple(known.get(folded(head), kind) for head, kind in zip(again.heads, again.kinds, strict=True))
    same = sum(folded(head) in known for head in again.heads if head)
    if again.heads == columns.heads or (known and same == len(known) == len([head for head in again.heads if head])):
        return replace(again, kinds=columns.kinds if again.heads == columns.heads else kinds)
    is_surely_heads = same * 2 >= len(known) or (Column.NUMBER in again.kinds and len(set(again.kinds)) >= 3)
    return replace(again, kinds=kinds) if again.is_plan and is_surely_heads else None


def _is_nothing(row: Row) -> bool:
    """A row without words, one of column numbers («1 2 3 4 5»), a signature."""
    texts = [one_line(cell.text) for cell in row.cells if cell.text.strip() and not cell.is_carried]
    if not texts:
        return True
    if len(texts) > 1 and all(text.rstrip(".").isdigit() for text in texts):
        return True
    return len(texts) <= 3 and any(_SIGNATURE.fullmatch(text) for text in texts[-1:]) and _is_signature(texts)


def _is_signature(texts: Sequence[str]) -> bool:
    return number_of(texts[0]) is None and not any(is_measure(text) or is_term(text) for text in texts)


def _entry(row: Row, columns: Columns) -> Entry | None:
    filled = [(at, cell) for at, cell in enumerate(row.cells) if cell.text.strip() and not cell.is_carried]
    if len(filled) == 1 and (heading := _heading(row, columns, *_place(row, filled[0][0]))):
        return heading
    shift = _shift(row, columns)
    cells = _told_apart(row, columns, shift)
    number_cell = one_line(cells.texts.pop(Column.NUMBER, ""))
    number = number_of(number_cell)
    texts = {_FIELDS[kind]: text for kind, text in cells.texts.items() if kind in _FIELDS}
    if columns.main is not Column.MEASURE:
        texts["measure"] = texts.pop(_FIELDS[columns.main], "")
    if number_cell and number is None:
        texts["measure"] = joined(number_cell, texts.get("measure", ""))
    if Column.NUMBER in cells.carried:
        number = None
    entry = Entry(
        row.line,
        row.page,
        number,
        stage=texts.get("stage", ""),
        measure=texts.get("measure", ""),
        content=texts.get("content", ""),
        term=texts.get("term", ""),
        responsible=texts.get("responsible", ""),
        result=texts.get("result", ""),
        marks=tuple(cells.marks),
        columns=columns,
        is_stage_carried=Column.STAGE in cells.carried,
        is_shifted=shift != 0,
        last_line=row.line,
    )
    return _with_extra(entry, cells.extra)


def _place(row: Row, at: int) -> tuple[int, int, str]:
    """Where a cell begins (in columns), how many it spans, its text."""
    begin = sum(max(1, cell.span) for cell in row.cells[:at])
    return begin, max(1, row.cells[at].span), tidy(row.cells[at].text)


def _heading(row: Row, columns: Columns, begin: int, span: int, text: str) -> Entry | None:
    """The only filled cell of a row as a heading: it spans the table, or stands where numbers do."""
    width = len(columns.kinds)
    is_main = begin < width and columns.kinds[begin] is columns.main
    if any(cell.is_carried for cell in row.cells) or number_of(one_line(text)) or len(text) > LONGEST_HEADING * 3:
        return None
    is_wide = span >= max(2, width - 1) or (len(row.cells) == 1 and width > 1)
    if not (is_wide or (begin == 0 and not is_main)):
        return None
    return Entry(row.line, row.page, None, measure=text, columns=columns, is_heading=True, last_line=row.line)


def _told_apart(row: Row, columns: Columns, shift: int) -> _Cells:
    cells = _Cells()
    begin = shift
    for cell in row.cells:
        end = begin + max(1, cell.span)
        covered = columns.kinds[max(begin, 0) : max(end, 0)]
        text = tidy(cell.text)
        if not covered:
            cells.extra += [text] if text else []
        else:
            _put(cells, _main(covered), text, columns.heads[max(begin, 0)], cell.is_carried)
        begin = end
    return cells


def _main(covered: Sequence[Column]) -> Column:
    """The column that a cell over several of them belongs to: the measure, else the first."""
    return next((kind for kind in (Column.MEASURE, Column.CONTENT) if kind in covered), covered[0])


def _put(cells: _Cells, kind: Column, text: str, head: str, is_carried: bool) -> None:
    if kind is Column.MARK:
        cells.marks += [head] if text and not re.fullmatch(r"[-–—_\s]*", text) else []
        return
    if is_carried:
        cells.carried.add(kind)
    if not text:
        return
    before = cells.texts.get(kind, "")
    if before and before == text:
        return
    if before and kind is Column.TERM:
        cells.texts[kind] = f"{before} – {text}"
    else:
        cells.texts[kind] = f"{before}\n{text}" if before else text


def _shift(row: Row, columns: Columns) -> int:
    """By how many columns the cells of a row stand too far left (1) or right (-1) of their heads, by what they hold."""
    width = sum(max(1, cell.span) for cell in row.cells)
    first = one_line(row.cells[0].text)
    is_numbered = columns.kinds[:1] == (Column.NUMBER,)
    if not is_numbered or not (width != len(columns.kinds) or (first and number_of(first) is None)):
        return 0
    scores = {shift: _score(row, columns, shift) for shift in (0, 1, -1)}
    best = max(scores.values())
    return next(shift for shift in (0, 1, -1) if scores[shift] == best)


def _score(row: Row, columns: Columns, shift: int) -> int:
    """How many cells hold what the heads over them promise."""
    texts = _told_apart(row, columns, shift).texts
    number = one_line(texts.get(Column.NUMBER, ""))
    return (
        2 * (is_term(texts.get(Column.TERM, "")))
        + (is_responsible(texts.get(Column.RESPONSIBLE, "")))
        + 2 * (number_of(number) is not None)
        - 2 * (bool(number) and number_of(number) is None)
        + is_measure(texts.get(Column.MEASURE, ""))
    )


def _with_extra(entry: Entry, extra: Sequence[str]) -> Entry:
    """A cell beyond the last head: a term or those responsible where they are missing, else more of the wording."""
    for text in extra:
        if not entry.term and is_term(text):
            entry = replace(entry, term=text)
        elif not entry.responsible and is_responsible(text) and entry.wording:
            entry = replace(entry, responsible=text)
        elif not entry.wording:
            entry = replace(entry, measure=text)
        elif not entry.result:
            entry = replace(entry, result=text)
    return entry


def is_note(entry: Entry) -> bool:
    """Whether a row is a footnote or a sum and neither a section nor a measure."""
    return entry.is_bare and entry.number is None and bool(_NOTE.match(entry.measure.lstrip("–-* ")))


def continues(entry: Entry, before: Entry) -> bool:
    """Whether an entry goes on with the one before it: the rest of a row that a page divided, or a merged title."""
    if entry.number or (before.is_heading and not entry.is_heading):
        return False
    wording, earlier = entry.wording, before.wording
    if entry.is_heading:
        if _ITEM.match(one_line(entry.measure)):
            return not before.is_heading
        return _is_rest(entry, before) or (_is_label(entry) and (before.is_heading or before.is_bare))
    if not before.measure and not (entry.stage and before.stage):
        return True
    if not wording or (wording == earlier and entry.columns == before.columns):
        return True
    if entry.stage and not entry.is_stage_carried:
        return begins_small(entry.stage)
    is_own = bool(is_term(entry.term) and before.term and (entry.responsible or not before.responsible))
    if is_own and not is_unfinished(earlier):
        return False
    return _is_rest(entry, before)


def _is_label(entry: Entry) -> bool:
    """Whether a row of one cell is the goal, the task or the result of the stage above it."""
    said = labelled(entry.measure)
    return said.is_labelled and not said.title


def _is_rest(entry: Entry, before: Entry) -> bool:
    is_item = entry.is_bare and bool(_ITEM.match(one_line(entry.wording)))
    is_small = begins_small(one_line(entry.wording))
    return is_item or is_small or is_unfinished(before.wording) or _is_over_page(entry, before)


def _is_over_page(entry: Entry, before: Entry) -> bool:
    """Whether a row without a number stands first on a page and the sentence above it has not ended."""
    if entry.is_heading or entry.page is None or entry.page == before.page or Column.NUMBER not in entry.columns.kinds:
        return False
    heading = heading_of(one_line(entry.wording))
    if before.number is None or heading.number or heading.is_named:
        return False
    return not ends_sentence(before.wording) or (entry.is_bare and entry.wording.endswith((".", ";")))


def together(before: Entry, entry: Entry) -> Entry:
    """One entry of two, cell by cell; a stray piece beside an unfinished wording belongs to the wording."""
    entry = _with_stray_piece(before, entry)
    is_merged = bool(entry.wording) and entry.wording == before.wording
    return replace(
        before,
        stage=before.stage if is_merged or entry.stage == before.stage else _longer(before.stage, entry.stage),
        measure=before.measure if is_merged else _longer(before.measure, entry.measure),
        content=_longer(before.content, entry.content),
        term=_more(before.term, entry.term, is_list=_are_two_terms(before.term, entry.term)),
        responsible="\n".join(dict.fromkeys(text for text in (before.responsible, entry.responsible) if text)),
        result=_more(before.result, entry.result, is_list=is_merged),
        marks=tuple(dict.fromkeys((*before.marks, *entry.marks))),
        last_line=entry.last_line,
    )


def _are_two_terms(before: str, text: str) -> bool:
    return is_term(before) and is_term(text) and not is_rest_of_term(text)


def _with_stray_piece(before: Entry, entry: Entry) -> Entry:
    """The end of a wording that a page threw into another column, which holds something else."""
    others = [text for text in (entry.term, entry.responsible, entry.result) if text]
    if entry.wording or len(others) != 1 or not is_unfinished(before.measure) or not begins_small(others[0]):
        return entry
    if (
        is_term(others[0])
        or is_responsible(others[0])
        or any(is_unfinished(text) for text in (before.term, before.responsible, before.result))
    ):
        return entry
    return replace(entry, measure=others[0], term="", responsible="", result="")


def _longer(before: str, text: str) -> str:
    """Lines joined where a page divided them; items of a list stay lines of their own."""
    if not before or not text or text == before:
        return before or text
    if re.match(r"(?:[-–—•✓]|\d{1,2}\))\s", text):
        return f"{before}\n{text}"
    *head, last = before.split("\n")
    first, *rest = text.split("\n")
    return "\n".join([*head, joined(last, first), *rest])


def _more(before: str, text: str, *, is_list: bool) -> str:
    if is_list and before and text and text != before:
        return f"{before.rstrip(' ,;')}, {text}"
    return _longer(before, "" if text == before else text)
