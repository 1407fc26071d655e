"""One plan as its page shows it."""

from datetime import date, timedelta

import pytest

from people.domain.roles import Role
from people.domain.school_year import SchoolYear
from roadmap.operations.marks import Proof, mark_done, set_not_needed
from roadmap.queries.plan_page import SHOWN, plan_page, shown_year, years_of
from roadmap.queries.plans import newest_roadmap, roadmap_list, roadmap_of_day
from tests.factories import TODAY, EvidenceFactory, MeasureFactory, OccurrenceFactory, StageFactory, planned
from tests.roadmap.plan_steps import act_draft, ending, means, plan_of, sign

YEAR = SchoolYear(2026)


@pytest.fixture
def plan(curator):
    return plan_of(curator.organisation)


def page_of(persona, plan, show="", year=YEAR):
    return plan_page(persona.access, plan, year=year, show=show)


def titles(page):
    return [line.measure.title for block in page.blocks for line in block.lines]


def only(page):
    """The one line of a page."""
    (line,) = [line for block in page.blocks for line in block.lines]
    return line


# The order of the document


def test_blocks_stand_in_the_order_of_the_document_with_their_depth(curator, plan):
    second = StageFactory(roadmap=plan, position=20)
    first = StageFactory(roadmap=plan, position=10)
    part = StageFactory(roadmap=plan, position=15, parent=first)
    for title, stage, position in (("б", part, 20), ("а", part, 10), ("в", second, 5)):
        planned(plan, title=title, stage=stage, position=position)
    planned(plan, title="без раздела")
    planned(plan, title="поручено", origin=planned(plan_of(plan.organisation.parent)))

    page = page_of(curator, plan)

    assert [(block.stage, block.depth, block.is_handed_down) for block in page.blocks] == [
        (None, 0, False),
        (first, 0, False),
        (part, 1, False),
        (second, 0, False),
        (None, 0, True),
    ]
    assert titles(page) == ["без раздела", "а", "б", "в", "поручено"]


@pytest.mark.parametrize("show", SHOWN)
def test_page_is_narrowed_to_what_is_shown_and_its_counts_stay(curator, director, plan, show):
    means(plan.organisation, "куратор", Role.CURATOR)
    for title, days in (("overdue", -1), ("due_soon", 5), ("open", 50)):
        ending(plan, days, title=title)
    done = ending(plan, 5, title="done")
    mark_done(curator.access, occurrence_ids=[done.pk], proof=Proof("Проведено", TODAY))
    ahead = OccurrenceFactory(measure=MeasureFactory(roadmap=plan, title="mine", responsible=["куратор"]))
    ahead.__class__.objects.filter(pk=ahead.pk).update(opens_on=date(2027, 1, 1), ends_on=date(2027, 2, 1))
    given_up = ending(plan, 5, title="not_needed")
    set_not_needed(curator.access, occurrence_id=given_up.pk, reason="Нет наставляемых")

    page = page_of(curator, plan, show)

    everything = ["overdue", "due_soon", "open", "done", "mine", "not_needed"]
    assert sorted(titles(page)) == sorted([show] if show else everything)
    assert page.counts == {
        **dict.fromkeys(("ahead", "overdue", "due_soon", "open", "done", "not_needed", "mine"), 1),
        "all": 6,
    }
    assert page.measures == 6


def test_empty_stages_are_shown_on_the_whole_page_only(curator, plan):
    stage = StageFactory(roadmap=plan)

    assert [block.stage for block in page_of(curator, plan).blocks] == [stage]
    assert page_of(curator, plan, "overdue").blocks == []


# Years


def test_page_of_a_year_has_the_terms_of_that_year(curator):
    plan = plan_of(curator.organisation, ends_on=date(2028, 8, 31))
    measure = MeasureFactory(roadmap=plan)
    for position, year in enumerate((2027, 2028)):
        days = {"starts_on": date(year, 5, 1), "ends_on": date(year, 5, 31)}
        OccurrenceFactory(measure=measure, position=position, **days)

    found = {
        year: [view.row.ends_on for view in only(page_of(curator, plan, year=SchoolYear(year))).all]
        for year in (2026, 2027)
    }

    assert found == {2026: [date(2027, 5, 31)], 2027: [date(2028, 5, 31)]}
    assert years_of(plan) == [SchoolYear(2026), SchoolYear(2027)]


@pytest.mark.parametrize("day", [date(2026, 6, 15), date(2027, 10, 1)])
def test_term_outside_the_plan_is_shown_with_its_nearest_year(curator, plan, day):
    measure = MeasureFactory(roadmap=plan)
    OccurrenceFactory(measure=measure, starts_on=day, ends_on=day)

    assert [view.row.ends_on for view in only(page_of(curator, plan)).all] == [day]


@pytest.mark.parametrize(
    ("today", "wanted", "shown"),
    [
        (date(2027, 10, 1), "", 2027),
        (date(2027, 10, 1), "2026", 2026),
        (date(2027, 10, 1), "1999", 2027),
        (date(2027, 10, 1), "чепуха", 2027),
        (date(2020, 10, 1), "", 2026),
        (date(2040, 10, 1), "", 2028),
    ],
)
def test_page_shows_the_year_asked_for_or_the_nearest(curator, today, wanted, shown):
    plan = plan_of(curator.organisation, ends_on=date(2029, 8, 31))

    assert shown_year(plan, today, wanted) == SchoolYear(shown)


def test_plan_without_a_period_is_shown_in_this_year(curator):
    plan = plan_of(curator.organisation, is_confirmed=False, starts_on=None)

    assert shown_year(plan, TODAY, "") == YEAR


# What a line shows


def test_line_shows_the_most_urgent_of_its_terms(curator, plan):
    measure = MeasureFactory(roadmap=plan)
    for position, days in enumerate((30, 5, -3, 60)):
        OccurrenceFactory(measure=measure, position=position, ends_on=TODAY + timedelta(days=days))

    line = only(page_of(curator, plan))

    assert (line.now.row.position, line.now.label, line.now.tone) == (2, "просрочено на 3\u00a0дня", "late")


def test_button_leads_to_the_first_part_without_evidence_that_one_may_do(curator, director, psychologist, plan):
    measure = planned(plan, "K01", "K05", "K16")

    labels = [only(page_of(persona, plan)).button for persona in (curator, director, psychologist)]
    EvidenceFactory(occurrence=measure.occurrences.get(), capability="K01")

    assert [(button.label, button.url) for button in labels] == [
        ("Составить приказ", f"/o/licey/roadmap/measures/{measure.pk}/order/"),
        ("К банку наставляемых", "/o/licey/mentees/"),
        ("К банку наставляемых", "/o/licey/mentees/"),
    ]
    assert only(page_of(curator, plan)).button.label == "К банку наставляемых"


def test_done_measure_and_one_without_an_app_have_no_button(curator, plan):
    planned(plan, "K16")
    without_app = only(page_of(curator, plan)).button
    row = plan.measures.get().occurrences.get()
    row.measure.capabilities = ["K05"]
    row.measure.save()
    row.done_on = TODAY
    row.save()

    assert (without_app, only(page_of(curator, plan)).button) == (None, None)


def test_evidence_that_is_enough_is_shown_first(curator, plan):
    row = planned(plan, "K16").occurrences.get()
    for words, is_enough in (("половина", False), ("раз", True), ("два", True), ("три", True)):
        EvidenceFactory(occurrence=row, words=words, is_enough=is_enough)

    assert [each.words for each in only(page_of(curator, plan)).now.found] == ["раз", "два", "три"]


def test_page_names_the_order_that_approved_the_plan_and_the_next_draft(curator, director, plan):
    signed, draft = act_draft(curator), act_draft(curator)
    sign(curator, director, signed)
    for document in (signed, draft):
        plan.orders.create(organisation=plan.organisation, document=document)

    page = page_of(curator, plan)

    assert (page.order, page.draft_order) == (signed, draft)


def test_timeline_says_where_today_is_only_in_its_own_year(curator, plan):
    this, next_ = page_of(curator, plan), page_of(curator, plan, year=SchoolYear(2027))

    assert (this.today_at, next_.today_at) == (219, None)


# Lists


def test_list_has_the_newest_plan_first_and_what_waits_only_for_its_editor(curator, director, stranger, plan):
    planned(plan)
    waiting = plan_of(plan.organisation, is_confirmed=False, ends_on=date(2028, 8, 31))
    plan_of(stranger.organisation)

    assert [(each, each.measures_in_all) for each in roadmap_list(curator.access)] == [(waiting, 0), (plan, 1)]
    assert list(roadmap_list(director.access)) == [plan]


def test_plan_of_today_is_the_schools_own_before_the_districts(curator, plan):
    district = plan_of(plan.organisation, source="district", ends_on=date(2026, 12, 31))
    old = plan_of(plan.organisation, starts_on=date(2020, 9, 1), ends_on=date(2021, 8, 31))
    plan_of(plan.organisation, is_confirmed=False)

    assert roadmap_of_day(curator.access, TODAY) == plan
    assert roadmap_of_day(curator.access, date(2021, 1, 1)) == old
    assert roadmap_of_day(curator.access, date(2019, 1, 1)) is None
    plan.delete()
    assert (roadmap_of_day(curator.access, TODAY), newest_roadmap(curator.access)) == (district, district)
