"""What the clock calls, by the real clock."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from people.domain.roles import Role
from roadmap.models import Digest, Evidence, Roadmap, RoadmapUpload, Touch
from roadmap.periodic import UPLOADS_KEPT, delete_old_uploads, refresh_everything, refresh_touched, remind
from tests.factories import (
    MeasureFactory,
    MenteeProfileFactory,
    OccurrenceFactory,
    PersonFactory,
    RoadmapFactory,
    consents,
    planned,
)
from tests.mentoring.order_steps import fresh
from tests.roadmap.plan_steps import means

DAY, YEAR = timedelta(days=1), timedelta(days=365)


def zone_where_it_is(hour):
    """A time zone in which the real clock shows this hour now."""
    ahead = hour - timezone.now().hour
    ahead = ahead + 24 if ahead < -12 else ahead - 24 if ahead > 14 else ahead
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


@pytest.fixture
def plan(curator):
    """A plan around today by the real clock."""
    today = timezone.localdate()
    return RoadmapFactory(organisation=curator.organisation, starts_on=today - YEAR, ends_on=today + YEAR)


def due_today(plan):
    """A measure of the curator's whose term is today, where the school is."""
    organisation = plan.organisation
    means(organisation, "куратор", Role.CURATOR)
    today = timezone.now().astimezone(ZoneInfo(organisation.time_zone)).date()
    measure = MeasureFactory(roadmap=plan, responsible=["куратор"])
    return OccurrenceFactory(measure=measure, starts_on=today - YEAR, ends_on=today)


def bank_of(plan):
    """A measure done by the bank of mentees, and somebody in it."""
    measure = planned(plan, "K05")
    today = timezone.localdate()
    measure.occurrences.update(opens_on=today - YEAR, counts_from=today - YEAR, counts_until=today + YEAR)
    person = PersonFactory(organisation=plan.organisation)
    consents(person)
    MenteeProfileFactory(person=person, entered_on=today - DAY)
    return measure


def test_clock_finds_the_evidence_of_what_has_changed(plan):
    measure = bank_of(plan)
    before = measure.occurrences.get().done_on

    refresh_touched()

    assert (before, measure.occurrences.get().done_on) == (None, timezone.localdate())
    assert Touch.objects.count() == 0


def test_clock_looks_at_everything_even_untouched(plan):
    measure = bank_of(plan)
    Touch.objects.all().delete()

    refresh_touched()
    untouched = Evidence.objects.count()
    refresh_everything()

    assert (untouched, measure.occurrences.get().done_on) == (0, timezone.localdate())


@pytest.mark.parametrize(("hour", "letters"), [(7, 0), (8, 1), (20, 1)])
def test_letters_go_out_from_eight_in_the_morning_where_the_school_is(plan, hour, letters):
    plan.organisation.time_zone = zone_where_it_is(hour)
    plan.organisation.save()
    due_today(plan)

    for _ in range(2):
        remind()

    assert (len(mail.outbox), Digest.objects.filter(sent_at__isnull=False).count()) == (letters, letters)


def test_letters_wait_for_a_mail_server_that_is_down(settings, plan):
    plan.organisation.time_zone = zone_where_it_is(12)
    plan.organisation.save()
    due_today(plan)
    settings.EMAIL_BACKEND = "tests.roadmap.mail.DeadServer"
    remind()
    waiting = Digest.objects.filter(sent_at__isnull=True).count()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    remind()

    assert (waiting, len(mail.outbox)) == (1, 1)


def uploaded(plan, age, **values):
    return RoadmapUpload.objects.create(
        organisation=plan.organisation,
        filename="план.docx",
        content=b"x",
        uploaded_at=timezone.now() - age,
        uploaded_by=values.pop("by"),
        **values,
    )


def test_old_uploads_go_and_what_was_read_from_them_stays(curator, plan):
    waiting, recent = (RoadmapFactory(organisation=plan.organisation, is_confirmed=False) for _ in range(2))
    measure = planned(plan)
    for roadmap in (plan, waiting, None):
        uploaded(plan, UPLOADS_KEPT + DAY, roadmap=roadmap, by=curator.user)
    kept = uploaded(plan, UPLOADS_KEPT - DAY, roadmap=recent, by=curator.user)

    for _ in range(2):
        delete_old_uploads()

    assert list(RoadmapUpload.objects.all()) == [kept]
    assert set(Roadmap.objects.all()) == {plan, waiting, recent}
    assert fresh(measure).roadmap == plan
