"""A plan, and the matrix of schools, as spreadsheets."""

from collections.abc import Iterable

from tablib import Dataset

from people.spreadsheets import xlsx
from roadmap.queries.district import Matrix
from roadmap.queries.plan_page import MeasureLine, StageBlock

HEADERS = (
    *("Раздел", "№", "Мероприятие", "Подробности", "Срок", "Даты", "Ответственные", "Результат"),
    *("Состояние", "Выполнено", "Подтверждение"),
)


def roadmap_xlsx(blocks: Iterable[StageBlock]) -> bytes:
    """The plan with its execution, one row a measure, as the bytes of an .xlsx file."""
    dataset = Dataset(headers=HEADERS)
    for block in blocks:
        stage = f"{block.stage.number} {block.stage.title}".strip() if block.stage else ""
        for line in block.lines:
            dataset.append([stage, *_cells(line)])
    return xlsx(dataset)


def _cells(line: MeasureLine) -> list[str]:
    measure, now = line.measure, line.now
    evidence = [each.words for view in line.all for each in view.evidence if each.is_enough]
    done = [f"{view.row.done_on:%d.%m.%Y}" for view in line.all if view.row.done_on]
    return [
        measure.number,
        measure.title,
        "\n".join(measure.details),
        measure.term_text,
        "\n".join(view.dates for view in line.all if view.dates),
        "\n".join(measure.responsible),
        measure.result,
        now.label if now else "",
        "\n".join(done),
        "\n".join(dict.fromkeys(evidence)),
    ]


def matrix_xlsx(matrix: Matrix) -> bytes:
    """Schools by handed-down measures, one row a measure, as the bytes of an .xlsx file."""
    dataset = Dataset(headers=["№", "Мероприятие", "Выполнили", *(school.short_name for school in matrix.schools)])
    for row in matrix.rows:
        states = [": ".join(filter(None, (cell.view.label, cell.words))) if cell.view else "" for cell in row.cells]
        dataset.append([row.measure.number, row.measure.title, f"{row.done} из {row.total}", *states])
    return xlsx(dataset)
