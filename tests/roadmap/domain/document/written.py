"""Documents written for tests: text with «|» between the cells of a row."""

from datetime import date

from roadmap.domain.document.understanding import understand
from roadmap.domain.plan import Plan
from roadmap.reading.text import blocks_of_text

TITLE = "Дорожная карта наставничества\nв МБОУ «СОШ № 12» на 2024-2025 учебный год\n\n"
HEADS = "№|Мероприятия|Сроки|Ответственные|Результат\n"
ROWS = "1|Издание приказа|сентябрь|директор|Приказ\n2|Анкетирование педагогов|октябрь|психолог|Справка\n"


def plan_of(text: str, until: date | None = None) -> Plan:
    """The plan in a text."""
    return understand(blocks_of_text(text.replace("|", "\t").encode()), until=until)


def rows_of(plan: Plan) -> list[tuple[str | None, str, str, tuple[str, ...], str | None]]:
    """Number, title, term, responsible and result of each measure."""
    return [
        (measure.number, measure.title, measure.term.text, measure.responsible, measure.result)
        for measure in plan.measures
    ]


def headings_of(plan: Plan) -> list[tuple[str | None, str, int | None]]:
    """Number, title and parent of each section."""
    return [(section.number, section.title, section.parent) for section in plan.sections]


def lines_of_doubts(plan: Plan) -> list[int | None]:
    """The lines of the doubts, in order."""
    return [doubt.line for doubt in plan.doubts]
