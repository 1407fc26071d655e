"""The page of one measure, and one's own measures."""

from datetime import date, timedelta

import pytest

from people.domain.roles import Role
from roadmap.models import EvidenceFile
from roadmap.queries.measure_page import measure_page, own_groups
from tests.conftest import make_persona
from tests.factories import AT, TODAY, EvidenceFactory, MeasureFactory, MentorProfileFactory, OccurrenceFactory, planned
from tests.roadmap.plan_steps import act_draft, ending, means, plan_of
from tests.roadmap.views.pages import get, text

WORD = "ответственный"


@pytest.fixture
def plan(curator):
    return plan_of(curator.organisation)


def filed(persona):
    """A mark with a file that the persona brought."""
    row = planned(plan_of(persona.organisation), "K16").occurrences.get()
    file = EvidenceFile.objects.create(
        organisation=persona.organisation,
        filename="скан.pdf",
        content=b"x",
        sha256="0" * 64,
        size=1,
        uploaded_at=AT,
        uploaded_by=persona.user,
    )
    return EvidenceFactory(occurrence=row, file=file, recorded_by=persona.user)


# One measure


def test_page_has_the_parts_with_their_evidence_and_the_marks_of_the_whole(curator, plan):
    measure = planned(plan, "K01", "K05", "K16", responsible=[WORD, "никто"], term_assumed=["year"])
    row = measure.occurrences.get()
    part = EvidenceFactory(occurrence=row, capability="K16")
    whole = EvidenceFactory(occurrence=row)
    duty = means(plan.organisation, WORD, Role.CURATOR)

    page = measure_page(curator.access, measure)

    assert [(line.key, line.is_done, line.evidence) for line in page.capabilities] == [
        ("K01", False, []),
        ("K05", False, []),
        ("K16", True, [part]),
    ]
    assert [line.note for line in page.capabilities] == ["", "", "пока отмечается вручную"]
    assert [line.button and line.button.label for line in page.capabilities] == [
        "Составить приказ",
        "К банку наставляемых",
        None,
    ]
    assert (page.whole, len(page.assumed), page.may_mark) == ([whole], 1, True)
    assert [(line.words, line.duties) for line in page.responsible] == [(WORD, [duty]), ("никто", [])]


def test_draft_planned_for_the_measure_is_named_to_who_sees_documents(curator, director, psychologist, plan):
    measure = planned(plan, "K01")
    document = act_draft(curator)
    measure.planned_documents.create(organisation=plan.organisation, document=document)

    seen = [measure_page(persona.access, measure).planned for persona in (curator, director, psychologist)]

    assert seen == [[document], [document], []]


def test_participant_sees_no_evidence_and_nobodys_name(mentor, plan):
    measure = planned(plan, "K16", responsible=[WORD])
    EvidenceFactory(occurrence=measure.occurrences.get())
    means(plan.organisation, WORD, person=mentor.person)

    page = measure_page(mentor.access, measure)

    assert (page.whole, page.responsible, page.planned, page.may_mark) == ([], [], [], False)


def test_who_is_responsible_may_mark_and_others_may_not(psychologist, director, plan):
    means(plan.organisation, WORD, Role.PSYCHOLOGIST)
    measure = planned(plan, responsible=[WORD])
    waiting = planned(plan_of(plan.organisation, is_confirmed=False), responsible=[WORD])

    assert [measure_page(each.access, measure).may_mark for each in (psychologist, director)] == [True, False]
    assert measure_page(psychologist.access, waiting).may_mark is False


def test_file_is_open_to_who_brought_it_and_who_sees_documents(curator, director, psychologist):
    mark = filed(psychologist)
    site_editor = make_persona(Role.SITE_EDITOR, curator.organisation)
    measure = mark.occurrence.measure

    seen = [measure_page(each.access, measure).files for each in (curator, director, psychologist, site_editor)]

    assert seen == [{mark.file_id}, {mark.file_id}, {mark.file_id}, set()]
    for persona, found in ((psychologist, [mark.file]), (site_editor, [])):
        assert list(EvidenceFile.objects.visible_to(persona.access)) == found


def test_page_counts_the_schools_a_measure_went_to(district_curator, school, other_school):
    measure = planned(plan_of(district_curator.organisation))
    for below in (school, other_school):
        planned(plan_of(below), origin=measure)

    assert measure_page(district_curator.access, measure).copies == 2


# One's own


def groups(persona):
    return [(group.title, [view.row for view in group.views], group.rest) for group in own_groups(persona.access)]


def test_own_measures_stand_by_state_the_earliest_first(curator, plan):
    means(plan.organisation, WORD, Role.CURATOR)
    means(plan.organisation, "другие", Role.DIRECTOR)
    own = {"responsible": ["другие", WORD]}
    later, late = ending(plan, -5, **own), ending(plan, -9, **own)
    soon, going = ending(plan, 3, **own), ending(plan, 60, **own)
    done = ending(plan, 3, **own)
    done.done_on = TODAY
    done.save()
    ahead = ending(plan, 90, **own)
    ahead.__class__.objects.filter(pk=ahead.pk).update(opens_on=date(2027, 1, 1))
    ending(plan, 3, responsible=["другие"])

    assert groups(curator) == [
        ("Просрочено", [late, later], 0),
        ("Скоро срок", [soon], 0),
        ("Идёт", [going], 0),
        ("Впереди", [ahead], 0),
        ("Выполнено", [done], 0),
    ]


def test_next_years_and_last_years_done_are_not_shown(curator, plan):
    means(plan.organisation, WORD, Role.CURATOR)
    measure = MeasureFactory(roadmap=plan, responsible=[WORD])
    past = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 31)}
    OccurrenceFactory(measure=measure, position=0, done_on=date(2026, 5, 5), **past)
    unfinished = OccurrenceFactory(measure=measure, position=1, **past)
    OccurrenceFactory(measure=measure, position=2, starts_on=date(2027, 9, 1), ends_on=date(2027, 9, 30))

    assert groups(curator) == [("Просрочено", [unfinished], 0)]


def test_thirty_of_a_state_are_shown_and_the_rest_counted(curator, plan):
    means(plan.organisation, WORD, Role.CURATOR)
    for _ in range(32):
        ending(plan, 60, responsible=[WORD])

    ((title, views, rest),) = groups(curator)

    assert (title, len(views), rest) == ("Идёт", 30, 2)


@pytest.mark.parametrize("way", ["role", "person", "bank", "none"])
def test_measure_is_ones_own_by_role_person_or_bank(mentor, plan, way):
    if way == "bank":
        MentorProfileFactory(person=mentor.person)
    role = {"role": Role.PARTICIPANT, "bank": "mentors", "none": "mentors", "person": ""}[way]
    means(plan.organisation, WORD, role, mentor.person if way == "person" else None)
    row = ending(plan, 60, responsible=[WORD])

    assert groups(mentor) == ([] if way == "none" else [("Идёт", [row], 0)])


def test_nothing_is_ones_own_in_a_plan_that_waits_or_in_another_school(curator, stranger, plan):
    for organisation in (plan.organisation, stranger.organisation):
        means(organisation, WORD, Role.CURATOR)
    ending(plan_of(plan.organisation, is_confirmed=False), 60, responsible=[WORD])
    ending(plan_of(stranger.organisation), 60, responsible=[WORD])

    assert groups(curator) == []


def test_measure_without_a_term_is_always_there(curator, plan):
    means(plan.organisation, WORD, Role.CURATOR)
    row = OccurrenceFactory(
        measure=MeasureFactory(roadmap=plan, responsible=[WORD]),
        starts_on=None,
        ends_on=None,
        opens_on=TODAY - timedelta(days=1),
    )

    assert groups(curator) == [("Идёт", [row], 0)]


def test_mark_of_an_earlier_term_can_be_taken_back_on_the_page(curator, plan):
    measure = planned(plan, "K16")
    over = measure.occurrences.get()
    EvidenceFactory(occurrence=over)
    over.done_on = TODAY
    over.save()
    OccurrenceFactory(measure=measure, position=1, ends_on=TODAY + timedelta(days=90))

    page = text(get(curator, "measure_detail", measure.pk))

    assert measure_page(curator.access, measure).now.row != over
    assert page.count("Снять отметку:") == 1
