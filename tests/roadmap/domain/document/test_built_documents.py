"""One plan in .docx, .html and .pdf reads as it does in plain text."""

from collections.abc import Callable

import pytest

from roadmap.domain.document.understanding import understand
from roadmap.domain.plan import Plan
from roadmap.reading.file import blocks_of_file
from tests.roadmap.reading.built import BuiltCell, BuiltPlan, docx_of, html_of, pdf_of, text_of

HEADS = ("№ п/п", "Мероприятия", "Сроки", "Ответственные", "Результат. Вид документа")
BEFORE = (
    "УТВЕРЖДАЮ",
    "Директор МБОУ «СОШ № 12» И.И. Иванов",
    "Приказ № 5 от 30.08.2024",
    "Дорожная карта наставничества в МБОУ «СОШ № 12» на 2024-2025 учебный год",
)
LONG = (
    "Разработка персонализированных программ наставничества для каждой пары с учётом запросов молодых педагогов школы"
)
PLAN = BuiltPlan(
    [
        HEADS,
        [BuiltCell("I. Подготовка условий", columns=5)],
        ["1.1.", "Издание приказа:\n– о парах;\n– о кураторе", "сентябрь 2024", "Директор", "Приказ № 7 от 02.09.2024"],
        ["1.2.", "Анкетирование педагогов", "до 1 октября 2024", "Психолог, куратор", "Справка"],
        [BuiltCell("II. Работа пар", columns=5)],
        *([f"2.{at}.", f"{LONG} {at}", "в течение года", "Кураторы", "Программы"] for at in range(1, 9)),
        ["2.9.", "Мониторинг работы пар", "Ежегодно в мае", "Методист", "Аналитическая справка"],
    ],
    BEFORE,
    ("Ожидаемые результаты: рост мастерства педагогов.",),
)
BUILDERS = {
    "docx": docx_of,
    "html": html_of,
    "pdf": pdf_of,
    "pdf of short pages": lambda plan: pdf_of(plan, page="size: 297mm 90mm"),
}


def _read(content: bytes) -> Plan:
    return understand(blocks_of_file(content, "plan"))


@pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)
def test_plan_reads_the_same_from_every_kind_of_file(build: Callable[[BuiltPlan], bytes]) -> None:
    plan = _read(build(PLAN))

    source = _read(text_of(PLAN))
    assert (plan.title, plan.organisation, plan.approvals) == (source.title, source.organisation, source.approvals)
    assert plan.sections == source.sections
    assert plan.measures == source.measures
    assert len(plan.measures) == 11
    assert plan.doubts == ()


@pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)
def test_merged_stages_and_people_hold_for_their_rows(build: Callable[[BuiltPlan], bytes]) -> None:
    rows = [
        ("№", "Этап", "Мероприятия", "Сроки", "Ответственные"),
        [BuiltCell("1", rows=2), BuiltCell("Отбор", rows=2), "Опрос педагогов", "май", BuiltCell("психолог", rows=3)],
        ["Собеседование с наставниками", "июнь"],
        ["2", "Работа", "Проведение встреч", "октябрь"],
    ]

    plan = _read(build(BuiltPlan(rows, BEFORE)))

    assert [(section.number, section.title) for section in plan.sections] == [("1", "Отбор"), ("2", "Работа")]
    assert [(measure.section, measure.title, measure.responsible) for measure in plan.measures] == [
        (0, "Опрос педагогов", ("психолог",)),
        (0, "Собеседование с наставниками", ("психолог",)),
        (1, "Проведение встреч", ("психолог",)),
    ]
