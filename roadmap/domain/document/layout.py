"""The parts of a document: the title page, the tables of the plan with what stands between them, and the rest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from people.domain.refusal import RefusedError
from roadmap.domain.blocks import Block, Paragraph, Row
from roadmap.domain.document.approvals import Line
from roadmap.domain.document.columns import Column, Columns, columns_of, heads_of
from roadmap.domain.document.guessed_columns import completed, fits, guessed, reads_as_plan
from roadmap.domain.document.numerals import number_of
from roadmap.domain.document.title import best_title, names_roadmap, same_plan, titles_in
from roadmap.domain.document.wording import folded, is_page_mark, likeness, one_line
from roadmap.domain.plan import Doubt

_OTHER_PAPER = re.compile(
    r"(?:приложени[ея]\s*(?:№|\d|$)|форма\b|журнал|анкета|персонализированн|индивидуальн|программа\b|примерн|образец|"
    r"график|отч[её]т|показател|индикатор)"
)
MOST_OF_SIGNATURE = 4
HEAD_ROWS = 15
"""So far down a table its heads are looked for: stamps and a title may stand in the rows above them."""


class NotARoadmapError(RefusedError):
    """There is no plan in the document, or more than one; the text is a Russian sentence with the place."""


@dataclass(frozen=True, slots=True)
class PlanTable:
    """Rows of one table of the plan, without its heads, and its columns."""

    columns: Columns
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Layout:
    """A document in parts; `body` holds the tables of the plan and the paragraphs between them in their order."""

    before: list[Line] = field(default_factory=list)
    body: list[PlanTable | Paragraph] = field(default_factory=list)
    titles: list[tuple[str, int]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the document: of a plan, or another one."""

    rows: tuple[Row, ...]
    above: tuple[Row, ...] = ()
    columns: Columns | None = None

    @property
    def line(self) -> int:
        return (self.above or self.rows)[0].line


def layout_of(blocks: Sequence[Block]) -> Layout:
    """Find the plan in a document.

    Raises NotARoadmapError if there is none, or if there are two under different titles.
    """
    if not any(_has_text(block) for block in blocks):
        raise NotARoadmapError("В документе нет ни текста, ни таблиц.")
    parts = list(_parts(blocks))
    if not any(isinstance(part, _Table) and part.columns for part in parts):
        raise NotARoadmapError(_why_not(parts))
    return _chosen(_plans(parts))


def _has_text(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.text.strip() for cell in block.cells)


def _parts(blocks: Sequence[Block]) -> Iterator[_Table | Paragraph]:
    """Paragraphs and whole tables, each table with its columns if it is one of a plan."""
    known: Columns | None = None
    for table, group in groupby(blocks, key=lambda block: block.table if isinstance(block, Row) else -1):
        if table == -1:
            yield from (block for block in group if isinstance(block, Paragraph) and not is_page_mark(block.text))
            continue
        rows = tuple(row for row in group if isinstance(row, Row) and _has_text(row))
        if rows:
            part = _table(rows, known)
            known = part.columns or known
            yield part


def _table(rows: tuple[Row, ...], known: Columns | None) -> _Table:
    for at, row in enumerate(rows[:HEAD_ROWS]):
        found = columns_of(row, rows[at + 1] if at + 1 < len(rows) else None)
        if not found:
            continue
        named, height = found
        rest = rows[at + height :]
        columns = completed(named, rest)
        is_known = known is not None and _same_heads(columns, known)
        if columns.is_plan and (is_known or not rest or reads_as_plan(columns, rest)):
            return _going_on(rows, at, known) or _Table(rest, rows[:at], columns)
        return _Table(rows)
    if known and _goes_on(known, rows):
        return _Table(rows, columns=known)
    if not _has_strange_heads(rows):
        return _Table(rows, columns=guessed(rows))
    guess = guessed(rows[1:])
    if guess and guess.has(Column.TERM) and guess.has(Column.RESPONSIBLE):
        return _Table(rows[1:], rows[:1], guess)
    return _Table(rows)


def _same_heads(first: Columns, second: Columns) -> bool:
    """Whether two tables have the same heads, or one of them has none."""
    if first.is_guessed or second.is_guessed:
        return True
    return [folded(head) for head in first.heads] == [folded(head) for head in second.heads]


def _going_on(rows: tuple[Row, ...], at: int, known: Columns | None) -> _Table | None:
    """A table whose first rows go on with the plan before it, with the heads repeated further down."""
    if at and known and len(heads_of(rows[0])) == len(known.kinds) and fits(known, rows[:at]):
        return _Table(rows, columns=known)
    return None


def _goes_on(known: Columns, rows: tuple[Row, ...]) -> bool:
    return not _has_strange_heads(rows) and fits(known, rows)


def _has_strange_heads(rows: tuple[Row, ...]) -> bool:
    """Whether the first row is one of heads, of another table than a plan («№ | ФИО | Класс»)."""
    first = [one_line(head) for head in heads_of(rows[0])]
    return first[0].startswith(("№", "N", "п/п")) and number_of(first[0]) is None


def _why_not(parts: Sequence[_Table | Paragraph]) -> str:
    tables = [part for part in parts if isinstance(part, _Table)]
    if not tables:
        return "В документе нет дорожной карты: в нём нет ни одной таблицы с мероприятиями."
    heads = ", ".join(f"«{text}»" for cell in tables[0].rows[0].cells if (text := one_line(cell.text)[:40]))
    return (
        f"В документе нет дорожной карты: таблица в строке {tables[0].line} ({heads or 'без слов'}) не похожа на план, "
        "в ней нет столбца мероприятий со сроками или ответственными."
    )


@dataclass(slots=True)
class _Plan:
    """Tables under one title."""

    titles: list[tuple[str, int]]
    before: list[Line] = field(default_factory=list)
    body: list[PlanTable | Paragraph] = field(default_factory=list)
    others: list[_Table] = field(default_factory=list)
    numbered: dict[str, str] = field(default_factory=dict)

    def add(self, table: _Table, columns: Columns) -> None:
        """A further table of the plan."""
        self.body.append(PlanTable(columns, table.rows))
        for number, text in _numbered(table.rows):
            self.numbered.setdefault(number, text)

    def has_form_of(self, columns: Columns | None) -> bool:
        """Whether the last table has the same heads."""
        last = next((part.columns for part in reversed(self.body) if isinstance(part, PlanTable)), None)
        return last is None or columns is None or _same_heads(last, columns)

    @property
    def title(self) -> str | None:
        return best_title([title for title, _ in self.titles])

    @property
    def line(self) -> int:
        tables = [part for part in self.body if isinstance(part, PlanTable)]
        return self.titles[0][1] if self.titles else tables[0].columns.line


def _plans(parts: Sequence[_Table | Paragraph]) -> list[_Plan]:
    """The plans of a document: a new one begins with a table under a title that is not that of the plan before."""
    plans: list[_Plan] = []
    loose: list[Paragraph | _Table] = []
    for part in parts:
        if isinstance(part, Paragraph) or part.columns is None:
            loose.append(part)
            continue
        lines = [line for piece in loose for line in _lines(piece)] + _lines_of_rows(part.above)
        titles = [(title, first) for title, first, _ in titles_in(lines)] or _other_paper(plans, lines, part)
        if plans and not _begins_plan(plans[-1], titles, part):
            plans[-1].body += [piece for piece in loose if isinstance(piece, Paragraph)]
        else:
            plans.append(_Plan([], lines))
        plans[-1].titles += titles
        is_first = len(plans) == 1 and not plans[0].body
        plans[-1].others += [
            piece for piece in loose if isinstance(piece, _Table) and not _is_title_page(piece, is_first)
        ]
        plans[-1].add(part, part.columns)
        loose = []
    plans[-1].others += [piece for piece in loose if isinstance(piece, _Table) and not _is_signature(piece)]
    return plans


def _is_signature(table: _Table) -> bool:
    """A small table below the plan, of those who signed it."""
    return len(table.rows) <= 2 and max(len(heads_of(row)) for row in table.rows) <= MOST_OF_SIGNATURE


def _is_title_page(table: _Table, is_first: bool) -> bool:
    """A table above the plan with stamps or the title in it, not one of data."""
    return (is_first and (len(table.rows) <= 3 or bool(titles_in(_lines_of_rows(table.rows))))) or any(
        "утвержд" in line.text.lower() or "согласован" in line.text.lower() for line in _lines_of_rows(table.rows)
    )


def _begins_plan(before: _Plan, titles: Sequence[tuple[str, int]], table: _Table) -> bool:
    """Whether a table under titles begins another plan: the titles differ, or its numbers begin anew."""
    if not titles:
        return False
    title = best_title([words for words, _ in titles]) or ""
    if before.title is None:
        return names_roadmap(title) and not before.has_form_of(table.columns)
    is_other_paper = not before.has_form_of(table.columns) and names_roadmap(before.title) and not names_roadmap(title)
    if is_other_paper or not same_plan(before.title, title):
        return True
    found = [(before.numbered[number], text) for number, text in _numbered(table.rows) if number in before.numbered]
    return len(found) > 1 and sum(likeness(ours, text) < 0.5 for ours, text in found) * 2 > len(found)


def _other_paper(plans: Sequence[_Plan], lines: Sequence[Line], table: _Table) -> list[tuple[str, int]]:
    """The name of another paper over a table with other heads than the plan's («Форма журнала», «Приложение 3»)."""
    if not plans or table.columns is None or plans[-1].has_form_of(table.columns) or not any(table.columns.heads):
        return []
    return [(line.text, line.line) for line in lines if _OTHER_PAPER.match(folded(line.text))][:1]


def _numbered(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """The numbers of the first rows with all that stands beside them."""
    found = []
    for row in rows[:30]:
        number = number_of(row.cells[0].text)
        if number:
            found.append((number, max((one_line(cell.text) for cell in row.cells[1:]), key=len, default="")))
    return found


def _chosen(plans: Sequence[_Plan]) -> Layout:
    """The one roadmap; a plan beside it that does not call itself so is passed over with a doubt."""
    roadmaps = [plan for plan in plans if plan.title and names_roadmap(plan.title)]
    candidates = roadmaps or list(plans)
    if len(candidates) > 1:
        first, second = candidates[:2]
        raise NotARoadmapError(
            f"В файле несколько планов: «{first.title or 'без названия'}» (строка {first.line}) "
            f"и «{second.title or 'без названия'}» (строка {second.line}). Загрузите каждый отдельным файлом."
        )
    plan = candidates[0]
    doubts = [
        Doubt(other.line, f"Другой план («{other.title or 'без названия'}») пропущен.")
        for other in plans
        if other is not plan
    ]
    doubts += [Doubt(table.line, "Таблица не похожа на часть плана и пропущена.") for table in plan.others]
    doubts += [
        Doubt(part.rows[0].line, "Шапка таблицы не найдена: столбцы определены по содержанию.")
        for part in plan.body
        if isinstance(part, PlanTable) and part.columns.is_guessed and part.columns.line == part.rows[0].line
    ]
    return Layout(plan.before, plan.body, plan.titles, doubts)


def _lines(part: Paragraph | _Table) -> list[Line]:
    if isinstance(part, Paragraph):
        return [Line(text, part.line) for text in part.text.split("\n") if text.strip()]
    return _lines_of_rows(part.rows)


def _lines_of_rows(rows: Sequence[Row]) -> list[Line]:
    """The lines of a table of stamps, one column after the other; a row of one cell is a line across the page."""
    lines = [
        Line(text.strip(), row.line, column if len(row.cells) > 1 else 0)
        for row in rows
        for column, cell in enumerate(row.cells, start=1)
        for text in cell.text.split("\n")
        if text.strip() and not cell.is_carried
    ]
    return sorted(lines, key=lambda line: line.column)
