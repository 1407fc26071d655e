"""A plan as it leaves the portal, read back as a reader of it would."""

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENTATION
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.generic import BooleanObject

from people.domain.school_year import SchoolYear
from roadmap.operations.feeds import open_feed
from roadmap.operations.marks import Proof, mark_done, set_not_needed
from roadmap.papers import plan_paper
from roadmap.printing.docx import plan_docx
from roadmap.printing.ics import calendar_of
from roadmap.printing.pdf import plan_pdf
from roadmap.queries.feeds import feed_events
from roadmap.queries.plan_page import plan_page
from roadmap.resources import HEADERS, roadmap_xlsx
from tests.factories import AT, OccurrenceFactory, StageFactory, planned
from tests.roadmap.plan_steps import act_draft as drafted
from tests.roadmap.plan_steps import means, plan_of, sign

YEAR = SchoolYear(2026)
STAMP = {
    "kind": "agreed",
    "body": "Совет школы",
    "act": "protocol",
    "number": "3",
    "date": "2026-08-28",
    "person": "И. И. Иванов",
}


def told(text):
    """Text without the line breaks, no-break spaces and soft hyphens of its layout."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", ""))


@pytest.fixture
def plan(curator):
    """A plan with a done, a given up and an open measure, and an approval block."""
    plan = plan_of(curator.organisation, approvals=[STAMP])
    stage = StageFactory(roadmap=plan, number="1", title="Подготовка", task="начать", result="начато")
    values = {"term_text": "до 30 ноября", "responsible": ["куратор", "директор"], "result": "протокол"}
    done = planned(plan, stage=stage, number="1.1", title="Совещание", details=["повестка"], **values)
    given_up = planned(plan, stage=stage, number="1.2", title="Конкурс")
    planned(plan, stage=stage, number="1.3", title="Фестиваль")
    mark_done(
        curator.access,
        occurrence_ids=[done.occurrences.get().pk],
        proof=Proof("протокол № 2", date(2026, 11, 5)),
    )
    set_not_needed(curator.access, occurrence_id=given_up.occurrences.get().pk, reason="перенесён")
    return plan


def paper_of(persona, plan, *, with_marks=False):
    return plan_paper(persona.access, plan_page(persona.access, plan, year=YEAR), with_marks=with_marks)


def pdf_text(content):
    return told("\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


# PDF


def test_pdf_has_the_title_page_the_table_and_no_marks(curator, plan):
    text = pdf_text(plan_pdf(paper_of(curator, plan)))

    wanted = [
        *("СОГЛАСОВАНО", "Совет школы", "И. И. Иванов", "протокол № 3 от 28.08.2026"),
        *(plan.title, curator.organisation.full_name, "1. Подготовка", "Задача: начать", "Результат: начато"),
        *("1.1", "Совещание", "повестка", "до 30 ноября", "куратор", "директор", "протокол"),
    ]
    assert [words for words in wanted if words not in text] == []
    assert ("Отметка о выполнении" in text, "выполнено" in text) == (False, False)


def test_pdf_with_marks_says_what_is_done_and_on_which_day_it_stood_so(curator, plan):
    text = pdf_text(plan_pdf(paper_of(curator, plan, with_marks=True)))

    wanted = [
        *("Отметка о выполнении", "выполнено 05.11.2026:", "протокол № 2", "не требуется: перенесён", "скоро срок"),
        "Отметки о выполнении на 20 ноября 2026 г.",
    ]
    assert [words for words in wanted if words not in text] == []


def test_pdf_is_tagged_and_says_its_title_and_language(curator, plan):
    reader = PdfReader(BytesIO(plan_pdf(paper_of(curator, plan))))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert (root["/Lang"], "/StructTreeRoot" in root) == ("ru", True)
    assert reader.metadata.title == plan.title
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert {page.mediabox.width > page.mediabox.height for page in reader.pages} == {True}


def test_portals_own_order_stands_for_the_approving_stamp(curator, director):
    old = STAMP | {"kind": "approved", "body": "Прежний директор"}
    plan = plan_of(curator.organisation, approvals=[old, STAMP])
    order = sign(curator, director, drafted(curator))
    plan.orders.create(organisation=plan.organisation, document=order)

    stamps = paper_of(curator, plan).stamps

    assert [(stamp.title, stamp.lines[-1]) for stamp in stamps] == [
        ("СОГЛАСОВАНО", "протокол №\u00a03 от 28.08.2026"),
        ("УТВЕРЖДАЮ", f"приказ от 20.11.2026 {order.title_number}"),
    ]


# DOCX


def test_docx_has_the_same_table(curator, plan):
    word = docx.Document(BytesIO(plan_docx(paper_of(curator, plan, with_marks=True))))

    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    texts = [told(paragraph.text) for paragraph in word.paragraphs]
    assert rows[0] == ["№", "Мероприятие", "Срок", "Ответственные", "Результат", "Отметка о выполнении"]
    assert rows[1][0] == "1. Подготовка\nЗадача: начать\nРезультат: начато"
    assert rows[2] == [
        *("1.1", "Совещание\nповестка", "до 30 ноября", "куратор\nдиректор", "протокол"),
        "выполнено 05.11.2026: протокол № 2",
    ]
    assert rows[3][2:] == ["—", "—", "—", "не требуется: перенесён"]
    assert texts[0].startswith("СОГЛАСОВАНО Совет школы")
    assert texts[-1] == "Отметки о выполнении на 20 ноября 2026 г."
    assert word.sections[0].orientation == WD_ORIENTATION.LANDSCAPE
    assert (word.core_properties.title, word.core_properties.language) == (plan.title, "ru-RU")


# Spreadsheet


def test_spreadsheet_has_a_row_a_measure_with_its_execution(curator, plan):
    page = plan_page(curator.access, plan, year=YEAR)

    rows = list(load_workbook(BytesIO(roadmap_xlsx(page.blocks))).active.values)

    assert rows[0] == HEADERS
    assert [value or "" for value in rows[1]] == [
        *("1 Подготовка", "1.1", "Совещание", "повестка", "до 30 ноября"),
        *("01.09 – 30.11.2026", "куратор\nдиректор", "протокол", "выполнено", "05.11.2026", "протокол № 2"),
    ]
    assert [(row[2], row[8]) for row in rows[2:]] == [("Конкурс", "не требуется"), ("Фестиваль", "скоро срок")]


def test_text_that_looks_like_a_formula_leaves_as_text(curator):
    plan = plan_of(curator.organisation)
    planned(plan, title="=1+1")

    sheet = load_workbook(BytesIO(roadmap_xlsx(plan_page(curator.access, plan, year=YEAR).blocks))).active

    assert [cell.data_type for cell in sheet["C"]] == ["s", "s"]


# Calendar


def calendar(persona, plan):
    events = feed_events(open_feed(persona.access, roadmap_id=plan and plan.pk))
    return Calendar.from_ical(calendar_of("Дорожная карта", events, portal="https://portal.example", at=AT))


def test_calendar_has_a_whole_day_for_each_term(curator, plan):
    row = plan.measures.get(title="Фестиваль").occurrences.get()
    OccurrenceFactory(measure=row.measure, position=1, starts_on=date(2027, 1, 5), ends_on=date(2027, 1, 5))

    found = calendar(curator, plan)

    events = [
        (str(event["summary"]), event["dtstart"].dt, event["dtend"].dt, str(event.get("description", "")))
        for event in found.walk("VEVENT")
    ]
    span = "Срок по дорожной карте: 01.09.2026 – 30.11.2026"
    assert events == [
        ("✓ Совещание", date(2026, 11, 30), date(2026, 12, 1), span),
        ("Фестиваль", date(2026, 11, 30), date(2026, 12, 1), span),
        ("Фестиваль", date(2027, 1, 5), date(2027, 1, 6), ""),
    ]
    uids = [str(event["uid"]) for event in found.walk("VEVENT")]
    assert uids[1] == f"occurrence-{row.pk}@portal.example"
    assert len(set(uids)) == 3


def test_calendar_names_nobody(curator, mentor, plan):
    means(plan.organisation, "куратор", person=mentor.person)
    means(plan.organisation, "куратор", "curator")

    for feed in (None, plan):
        text = calendar(curator, feed).to_ical().decode()
        for person in (curator.person, mentor.person):
            assert (person.surname in text, person.given in text) == (False, False)
        assert curator.user.email not in text


def test_column_that_no_measure_fills_is_left_out(curator):
    plan = plan_of(curator.organisation)
    planned(plan, title="Совещание", result="протокол")
    planned(plan, title="Конкурс")

    table = paper_of(curator, plan).table

    assert table.columns == ("№", "Мероприятие", "Результат")
    assert [row.cells[1:] for row in table.rows] == [("Совещание", "протокол"), ("Конкурс", "—")]
