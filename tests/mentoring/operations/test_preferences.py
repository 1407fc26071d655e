"""Keeping whom people would like to work with."""

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.models import Preference
from mentoring.operations.preferences import keep_preferences
from people.models import Person
from tests.factories import PersonFactory
from tests.mentoring.order_steps import refusal_of


def people(curator, number):
    return [PersonFactory(organisation=curator.organisation).pk for _ in range(number)]


def keep(persona, chooser, *, ranked=(), avoided=(), year=2026, is_mentor=False):
    keep_preferences(persona.access, year=year, chooser_id=chooser, is_mentor=is_mentor, ranked=ranked, avoided=avoided)


def kept(**values):
    rows = Preference.objects.filter(**values)
    return list(rows.order_by("rank", "chosen_id").values_list("chooser_id", "chosen_id", "rank"))


def test_new_choice_replaces_that_of_the_same_year_and_side(curator):
    chooser, one, two, three = people(curator, 4)
    keep(curator, chooser, ranked=[one, two], avoided=[three])
    keep(curator, chooser, ranked=[one], year=2025)
    keep(curator, chooser, ranked=[two], is_mentor=True)
    keep(curator, one, ranked=[two])

    keep(curator, chooser, ranked=[three, one], avoided=[two])

    assert kept(year=2026, is_mentor=False, chooser=chooser) == [
        (chooser, three, 1),
        (chooser, one, 2),
        (chooser, two, None),
    ]
    assert kept(year=2025) == [(chooser, one, 1)]
    assert kept(is_mentor=True) == [(chooser, two, 1)]
    assert kept(chooser=one) == [(one, two, 1)]


def test_empty_choice_takes_the_former_away(curator):
    chooser, one = people(curator, 2)
    keep(curator, chooser, ranked=[one])

    keep(curator, chooser)

    assert kept() == []


def test_impossible_choices_are_refused(curator):
    chooser, one = people(curator, 2)

    assert refusal_of(keep, curator, chooser, ranked=[chooser]) == "Человек не может выбрать самого себя."
    assert refusal_of(keep, curator, chooser, ranked=[one], avoided=[one]) == "Один и тот же человек выбран дважды."


def test_people_of_another_school_are_not_found(curator):
    (chooser,) = people(curator, 1)
    stranger = PersonFactory().pk

    with pytest.raises(Person.DoesNotExist):
        keep(curator, chooser, ranked=[stranger])
    with pytest.raises(Person.DoesNotExist):
        keep(curator, stranger, ranked=[chooser])
    assert kept() == []


def test_only_who_makes_pairings_may_keep_preferences(director):
    with pytest.raises(PermissionDenied):
        keep(director, 1)
