"""What of the roadmap waits for whom, on the first page."""

from datetime import timedelta

import pytest

from people.domain.roles import Role
from roadmap.models import DistrictReminder
from roadmap.queries.steps import roadmap_steps
from tests.factories import TODAY, planned
from tests.roadmap.plan_steps import ending, means, plan_of

WORD = "ответственный"
OTHERS = "другие"
LATE = "Просрочено: 1 мероприятие дорожной карты"
SOON = "Скоро срок: 1 мероприятие дорожной карты"
LONG_LATE = "1 мероприятие просрочено на две недели и больше"
ASKED = "Округ напоминает: 1 мероприятие"
NO_PLAN = "На этот год нет дорожной карты"
TO_CHECK = "Дорожная карта ждёт проверки"


@pytest.fixture
def plan(curator):
    plan = plan_of(curator.organisation)
    means(plan.organisation, WORD, Role.CURATOR)
    means(plan.organisation, WORD, Role.PARTICIPANT)
    return plan


def titles(persona):
    return [step.title.replace("\u00a0", " ") for step in roadmap_steps(persona.access)]


@pytest.mark.parametrize(("days", "found"), [(-1, [LATE]), (0, [SOON]), (14, [SOON]), (15, []), (-14, [LATE])], ids=str)
def test_own_measures_that_are_late_or_due_soon_wait(curator, plan, days, found):
    ending(plan, days, responsible=[WORD])

    assert titles(curator) == found


def test_step_names_the_earliest_and_leads_to_ones_own_measures(mentor, plan):
    ending(plan, -1, responsible=[WORD], title="Вторая")
    ending(plan, -9, responsible=[WORD], title="Неделя наставника")

    (step,) = roadmap_steps(mentor.access)

    assert (step.detail, step.url) == ("Неделя наставника — до 11.11.2026", "/o/licey/my/measures/")


def test_what_is_over_waits_for_nobody(curator, plan):
    done, given_up = (ending(plan, -1, responsible=[WORD]) for _ in range(2))
    done.done_on = TODAY
    done.save()
    given_up.not_needed_reason = "не нужно"
    given_up.save()

    assert titles(curator) == []


@pytest.mark.parametrize(("days", "found"), [(-13, []), (-14, [LONG_LATE])])
def test_director_sees_what_is_two_weeks_late_whoever_is_responsible(director, plan, days, found):
    ending(plan, days)

    assert titles(director) == found


@pytest.mark.parametrize(("days", "found"), [(0, [ASKED]), (14, [ASKED]), (15, [])])
def test_authoritys_reminder_stands_for_two_weeks(curator, director, district_curator, plan, days, found):
    origin = planned(plan_of(district_curator.organisation))
    means(plan.organisation, OTHERS, Role.HR_OFFICER)
    reminder = DistrictReminder.objects.create(
        organisation=plan.organisation,
        measure=planned(plan, origin=origin, title="Неделя наставника", responsible=[OTHERS]),
        day=TODAY - timedelta(days=days),
        asked_by=district_curator.user,
    )

    assert (titles(curator), titles(director)) == (found, found)
    reminder.measure.occurrences.update(done_on=TODAY)
    assert (titles(curator), titles(director)) == ([], [])


def test_plan_to_check_waits_for_its_editor_before_anything_new(curator, director, plan):
    waiting = plan_of(plan.organisation, is_confirmed=False)

    (step,) = roadmap_steps(curator.access)

    assert (step.title, step.url) == (TO_CHECK, f"/o/licey/roadmap/{waiting.pk}/")
    assert titles(director) == []


def test_editor_without_a_plan_is_led_to_one(curator, director, school):
    assert (titles(curator), titles(director)) == ([NO_PLAN], [])


def test_tasks_of_the_district_are_no_plan_of_ones_own(curator):
    plan_of(curator.organisation, source="district")

    assert titles(curator) == [NO_PLAN]


def test_plan_of_another_school_is_nobodys_step(curator, stranger, plan):
    ending(plan, -20, responsible=[WORD])

    assert titles(stranger) == [NO_PLAN]
