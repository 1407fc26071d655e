"""Forbidding a pair and lifting that."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.models import PairBan
from mentoring.operations.bans import ban_pair, lift_ban
from people.models import Person
from tests.factories import AT, PairBanFactory, PersonFactory
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import refusal_of

Ground = PairBan.Ground


@pytest.fixture
def two(curator):
    return [PersonFactory(organisation=curator.organisation).pk for _ in range(2)]


def ban(persona, pair, ground=Ground.CURATOR, reason="не сработались раньше"):
    return ban_pair(persona.access, mentor_id=pair[0], mentee_id=pair[1], ground=ground, reason=reason)


def test_pair_is_forbidden_with_who_when_and_why(curator, two):
    made = ban(curator, two, reason="  не  сработались ")

    row = PairBan.objects.get()
    assert made == row
    assert [row.mentor_id, row.mentee_id] == two
    assert (row.ground, row.reason, row.lifted_at) == ("curator", "не сработались", None)
    assert (row.made_at, row.made_by, row.organisation) == (AT, curator.user, curator.organisation)


def test_second_ban_of_one_ground_changes_nothing(curator, two):
    first = ban(curator, two)
    other = ban(curator, two, Ground.SUPERIOR, "")

    again = ban(curator, two, reason="другая причина")

    assert again == first
    assert set(PairBan.objects.all()) == {first, other}
    assert PairBan.objects.get(pk=first.pk).reason == "не сработались раньше"


def test_relatives_are_forbidden_both_ways_by_one_ban(curator, two):
    first = ban(curator, two, Ground.RELATIVES, "")

    turned = ban(curator, two[::-1], Ground.RELATIVES, "")

    assert turned == first
    assert PairBan.objects.count() == 1


def test_superior_may_be_forbidden_the_other_way_round_apart(curator, two):
    first = ban(curator, two, Ground.SUPERIOR, "")

    turned = ban(curator, two[::-1], Ground.SUPERIOR, "")

    assert turned != first


def test_ban_of_the_curator_needs_a_reason_and_two_people(curator, two):
    assert refusal_of(ban, curator, two, reason="  ") == "Напишите причину запрета."
    assert refusal_of(ban, curator, [two[0], two[0]]).startswith("Это один и тот же человек")
    assert PairBan.objects.count() == 0


def test_people_of_another_organisation_are_not_found(curator, other_school, two):
    alien = PersonFactory(organisation=other_school)

    with pytest.raises(Person.DoesNotExist):
        ban(curator, [two[0], alien.pk])


def test_lifted_ban_stays_as_a_trace_and_may_be_set_anew(curator, two):
    first = ban(curator, two)

    lift_ban(curator.access, ban_id=first.pk)
    PairBan.objects.filter(pk=first.pk).update(lifted_at=AT - timedelta(days=1))
    lift_ban(curator.access, ban_id=first.pk)
    second = ban(curator, two)

    first.refresh_from_db()
    assert first.lifted_at == AT - timedelta(days=1)
    assert list(PairBan.objects.all().standing()) == [second]


def test_only_who_makes_pairs_forbids_them(director, stranger, two):
    row = PairBanFactory(mentor__organisation=director.organisation)

    for call in (lambda: ban(director, two), lambda: lift_ban(director.access, ban_id=row.pk)):
        with pytest.raises(PermissionDenied):
            call()
    with pytest.raises(PairBan.DoesNotExist):
        lift_ban(stranger.access, ban_id=row.pk)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_forbid_relatives_at_once_make_one_ban(curator, two):
    pairs = [two, two[::-1]]

    at_once(*[lambda pair=pair: ban(curator, pair, Ground.RELATIVES, "") for pair in pairs])

    assert PairBan.objects.count() == 1
