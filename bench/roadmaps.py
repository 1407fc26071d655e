"""Roadmaps: reading documents, the page of a plan, evidence of many organisations."""

import time
from datetime import date, timedelta
from functools import partial
from io import BytesIO

import docx as word
import pdfplumber
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.school import new_school
from bench.timing import Figure, in_turn
from documents.domain.paper import Table, TableRow
from mentoring.models import MenteeProfile
from people.access import Access
from people.domain.school_year import SchoolYear
from people.models import Organisation, Person, User
from roadmap.domain.document.understanding import understand
from roadmap.models import Evidence, Measure, Occurrence, Roadmap, Touch
from roadmap.operations.plans import confirm_roadmap, start_from_pattern
from roadmap.operations.refresh import refresh
from roadmap.papers import COLUMNS, PlanPaper
from roadmap.patterns import Pattern, patterns
from roadmap.printing.docx import plan_docx
from roadmap.printing.pdf import plan_pdf
from roadmap.reading.file import reading_of_file

ROUNDS = 7
DOCUMENTS = settings.BASE_DIR / "tests" / "roadmap" / "documents"
BUDGET = 1.0
"""Seconds that reading one document may take."""

ORGANISATIONS, MEASURES_EACH, PEOPLE_EACH = 1000, 100, 10
EVIDENCE_BUDGET = 60.0


def measure() -> list[Figure]:
    return [*_reading(), _page(), *_evidence()]


def _reading() -> list[Figure]:
    figures = []
    for path in sorted(DOCUMENTS.glob("*.txt")):
        content = path.read_bytes()
        [ours] = in_turn(ROUNDS, partial(_read, content, path.name))
        figures.append(Figure(f"(e) reading {path.name[:28]}", "1 s", ours, [BUDGET] * ROUNDS, 1.0))
    for pattern in patterns():
        paper = _paper(pattern)
        for kind, content, bare in (("pdf", plan_pdf(paper), _bare_pdf), ("docx", plan_docx(paper), _bare_docx)):
            ours, theirs = in_turn(ROUNDS, partial(_read, content, f"plan.{kind}"), partial(bare, content))
            note = f"{max(ours):.2f} s at most"
            figures.append(Figure(f"(e) reading {pattern.key} as .{kind}", "bare text", ours, theirs, 3.0, note))
    return figures


def _read(content: bytes, name: str) -> None:
    assert understand(reading_of_file(content, name).blocks).measures


def _bare_pdf(content: bytes) -> None:
    with pdfplumber.open(BytesIO(content)) as pdf:
        assert [page.extract_text() for page in pdf.pages]


def _bare_docx(content: bytes) -> None:
    document = word.Document(BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert lines


def _paper(pattern: Pattern) -> PlanPaper:
    rows, shown = [], None
    for measure_ in pattern.plan.measures:
        if measure_.section is not None and measure_.section != shown:
            section = pattern.plan.sections[measure_.section]
            rows.append(TableRow.plain(f"{section.number or ''} {section.title}".strip()))
            shown = measure_.section
        wording = "\n".join([measure_.title, *(f"– {detail}" for detail in measure_.details)])
        responsible = "\n".join(measure_.responsible)
        rows.append(
            TableRow.plain(measure_.number or "", wording, measure_.term.text, responsible, measure_.result or "")
        )
    return PlanPaper(pattern.plan.title or "", "", (), Table(COLUMNS, 0, tuple(rows)), "")


def _page() -> Figure:
    few, many = _Plan(26), _Plan(500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    much, little = in_turn(ROUNDS, many.get, few.get)
    queries = f"{few.queries()} and {many.queries()} queries"
    return Figure("(f) page of a plan, 500 measures", "26 measures", much, little, 500 / 26, queries)


class _Plan:
    """A school with a plan of so many measures, and its curator."""

    def __init__(self, number: int) -> None:
        self.access: Access = new_school(f"plan-{number}")[1]
        pattern = next(each for each in patterns() if each.key == "E")
        year = SchoolYear.of(self.access.today)
        roadmap = start_from_pattern(self.access, pattern=pattern, year=year)
        _more_measures(roadmap, number - len(pattern.plan.measures))
        confirm_roadmap(self.access, roadmap_id=roadmap.pk)
        self.path = f"/o/{self.access.organisation.slug}/roadmap/{roadmap.pk}/"
        self.client = Client()
        self.client.force_login(
            User.objects.get(pk=self.access.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
        )

    def get(self) -> None:
        answer = self.client.get(self.path)
        assert answer.status_code == 200, answer.status_code

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.get()
        return len(captured)


def _more_measures(roadmap: Roadmap, number: int) -> None:
    rows = Measure.objects.bulk_create(
        Measure(
            organisation_id=roadmap.organisation_id,
            roadmap=roadmap,
            number=str(1000 + index),
            title=f"Мероприятие {index}",
            capabilities=["K05"],
            position=10_000 + index,
        )
        for index in range(max(0, number))
    )
    _occurrences(rows, roadmap)


def _occurrences(measures: list[Measure], roadmap: Roadmap) -> None:
    Occurrence.objects.bulk_create(
        Occurrence(
            organisation_id=each.organisation_id,
            measure=each,
            position=0,
            starts_on=roadmap.starts_on,
            ends_on=roadmap.ends_on,
            opens_on=roadmap.starts_on,
            counts_from=roadmap.starts_on - timedelta(days=92),
            counts_until=roadmap.ends_on,
        )
        for each in measures
    )


def _evidence() -> list[Figure]:
    today, now = timezone.localdate(), timezone.now()
    organisations = _many_organisations(today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def everywhere() -> float:
        start = time.perf_counter()
        for each in organisations:
            refresh(each, today=today, at=now, everything=True)
        return time.perf_counter() - start

    first = everywhere()
    found = Evidence.objects.count()
    again = everywhere()
    one = _School(organisations[len(organisations) // 2], today)
    change, whole = in_turn(ROUNDS, one.after_a_change, one.whole)
    extent = f"{ORGANISATIONS} organisations × {MEASURES_EACH} measures, one process, {found} rows of evidence"
    return [
        Figure("(g) evidence for the first time", "60 s", [first], [EVIDENCE_BUDGET], 1.0, extent),
        Figure("(g) evidence looked for again", "60 s", [again], [EVIDENCE_BUDGET], 1.0, "nothing had changed"),
        Figure("(g) evidence after a pair has changed", "all of that school", change, whole, 1.0),
    ]


class _School:
    """One of the many, with a change to make."""

    def __init__(self, organisation: Organisation, today: date) -> None:
        self.organisation, self.today = organisation, today

    def whole(self) -> None:
        refresh(self.organisation, today=self.today, at=timezone.now(), everything=True)

    def after_a_change(self) -> float:
        """Seconds of the look alone, after a row that pairs are counted from was touched."""
        Touch.objects.create(organisation=self.organisation, source="pairings")
        start = time.perf_counter()
        refresh(self.organisation, today=self.today, at=timezone.now())
        return time.perf_counter() - start


KEYS = ("K01", "K02", "K04", "K05", "K06", "K12", "K31", "K07", "K14", "K16")


def _many_organisations(today: date) -> list[Organisation]:
    """Organisations with people in the bank of mentees and a plan of measures, over all known capabilities."""
    year = SchoolYear.of(today)
    organisations = Organisation.objects.bulk_create(
        Organisation(slug=f"many-{index}", kind="school", full_name="Школа", short_name=f"Школа {index}", place="г. П.")
        for index in range(ORGANISATIONS)
    )
    people = Person.objects.bulk_create(
        Person(organisation=each, surname=f"Петрова{index}", given="Анна")
        for each in organisations
        for index in range(PEOPLE_EACH)
    )
    MenteeProfile.objects.bulk_create(
        MenteeProfile(organisation_id=each.organisation_id, person=each, entered_on=year.first_day) for each in people
    )
    roadmaps = Roadmap.objects.bulk_create(
        Roadmap(
            organisation=each,
            title="Дорожная карта",
            starts_on=year.first_day,
            ends_on=year.last_day,
            is_confirmed=True,
            created_at=timezone.now(),
        )
        for each in organisations
    )
    for roadmap in roadmaps:
        _fill(roadmap)
    return organisations


def _fill(roadmap: Roadmap) -> None:
    rows = Measure.objects.bulk_create(
        Measure(
            organisation_id=roadmap.organisation_id,
            roadmap=roadmap,
            number=str(index),
            title=f"Мероприятие {index}",
            capabilities=[KEYS[index % len(KEYS)]],
            position=index,
        )
        for index in range(MEASURES_EACH)
    )
    _occurrences(rows, roadmap)
