"""Calendar subscriptions: opened, closed, and what their address gives to whom."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from people.domain.roles import Role
from people.models import Membership
from roadmap.models import Feed, Roadmap
from roadmap.operations.feeds import close_feed, open_feed
from roadmap.queries.feeds import feed_by_token, feed_events, own_feeds, token_of
from tests.factories import AT, MenteeProfileFactory, MentorProfileFactory, OccurrenceFactory, planned
from tests.mentoring.at_once import at_once
from tests.roadmap.plan_steps import means, plan_of


@pytest.fixture
def plan(curator):
    return plan_of(curator.organisation)


def opened(persona, plan=None):
    return open_feed(persona.access, roadmap_id=plan and plan.pk)


def titles(feed):
    return [event.title for event in feed_events(feed)]


def test_feed_is_opened_once(curator, plan):
    own, again, whole = opened(curator), opened(curator), opened(curator, plan)

    assert (own, own.roadmap, own.issued_at) == (again, None, AT)
    assert (whole.roadmap, list(own_feeds(curator.access))) == (plan, [own, whole])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_feed_opened_twice_at_once_is_one(curator):
    feeds = at_once(*[partial(opened, curator)] * 2)

    assert feeds[0] == feeds[1]
    assert Feed.objects.count() == 1


def test_closed_feed_gives_nothing_and_a_new_one_has_another_address(curator):
    feed = opened(curator)
    token = token_of(feed)
    before = feed_by_token(token)

    for _ in range(2):
        close_feed(curator.access, feed_id=feed.pk)

    assert (before, feed_by_token(token), list(own_feeds(curator.access))) == (feed, None, [])
    assert token_of(opened(curator)) != token


def test_nobody_closes_the_feed_of_another(curator, director, stranger):
    feed = opened(curator)

    for persona in (director, stranger):
        close_feed(persona.access, feed_id=feed.pk)

    assert feed_by_token(token_of(feed)) == feed


def test_tampered_token_gives_nothing(curator, director):
    token, other = token_of(opened(curator)), opened(director)
    number, signature = token.split("~")

    for wrong in (f"{other.pk}~{signature}", number, f"{number}~", "", f"{token}x", f"x{token}"):
        assert feed_by_token(wrong) is None


def test_feed_of_somebody_who_left_gives_nothing(curator, plan):
    feeds = [opened(curator), opened(curator, plan)]
    Membership.objects.filter(user=curator.user).delete()

    assert [feed_by_token(token_of(feed)) for feed in feeds] == [None, None]


def test_feed_of_a_plan_gives_nothing_to_who_may_see_no_plans_any_more(curator, plan):
    own, whole = opened(curator), opened(curator, plan)
    Membership.objects.filter(user=curator.user).update(role=Role.PARTICIPANT)

    assert [feed_by_token(token_of(feed)) for feed in (own, whole)] == [own, None]


def test_feed_of_a_plan_has_what_is_dated_and_needed_by_term(curator, plan):
    late, early = (
        OccurrenceFactory(measure=planned(plan, title=title), position=1, ends_on=day).measure
        for title, day in (("поздно", date(2027, 1, 1)), ("рано", date(2026, 10, 1)))
    )
    late.occurrences.filter(position=0).update(ends_on=None, starts_on=None)
    early.occurrences.filter(position=0).update(not_needed_reason="не нужно")
    planned(plan_of(plan.organisation), title="другой план")

    assert titles(opened(curator, plan)) == ["рано", "поздно"]


@pytest.mark.parametrize("way", ["role", "person", "mentors", "mentees"])
def test_own_feed_has_what_its_owner_is_responsible_for(mentor, plan, way):
    if way == "mentors":
        MentorProfileFactory(person=mentor.person)
    if way == "mentees":
        MenteeProfileFactory(person=mentor.person)
    role = {"role": Role.PARTICIPANT, "person": ""}.get(way, way)
    means(plan.organisation, "кто", role, mentor.person if way == "person" else None)
    planned(plan, title="моё", responsible=["кто", "другие"])
    planned(plan, title="чужое", responsible=["другие"])
    planned(plan_of(plan.organisation, is_confirmed=False), title="ждёт", responsible=["кто"])

    assert titles(opened(mentor)) == ["моё"]


def test_own_feed_has_nothing_of_a_bank_its_owner_is_not_in(mentor, plan):
    means(plan.organisation, "наставники", "mentors")
    planned(plan, responsible=["наставники"])

    assert titles(opened(mentor)) == []


def test_plan_is_subscribed_to_by_who_may_see_it(mentor, stranger, curator, plan):
    waiting = plan_of(plan.organisation, is_confirmed=False)

    with pytest.raises(PermissionDenied):
        opened(mentor, plan)
    with pytest.raises(Roadmap.DoesNotExist):
        opened(stranger, plan)
    assert opened(curator, waiting).roadmap == waiting
