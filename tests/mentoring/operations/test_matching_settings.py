"""Setting how an organisation matches."""

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.domain.matching.values import DEFAULT_WEIGHTS, Criterion, Objective
from mentoring.models import MatchingSettings
from mentoring.operations.matching_settings import change_matching_settings, restore_usual_weights
from mentoring.queries.matching_settings import USUAL_RULES, MatchingRules, matching_settings
from tests.factories import MatchingSettingsFactory
from tests.mentoring.order_steps import refusal_of

OWN = {**DEFAULT_WEIGHTS, Criterion.SUBJECT: 30, Criterion.BALANCE: 0}


def change(persona, weights=OWN, objective=Objective.SUM, demands_training=True):
    change_matching_settings(persona.access, weights=weights, objective=objective, demands_training=demands_training)


def test_rules_are_the_usual_ones_until_somebody_changes_them(curator):
    rules = matching_settings(curator.access)

    assert rules == USUAL_RULES == MatchingRules(DEFAULT_WEIGHTS, Objective.COVER, demands_training=False)
    assert (rules.most_points, rules.has_usual_weights) == (100, True)


def test_changed_rules_are_read_back_and_changed_again(curator, stranger):
    change(curator, weights=DEFAULT_WEIGHTS)
    change(curator)

    rules = matching_settings(curator.access)

    assert rules == MatchingRules(OWN, Objective.SUM, demands_training=True)
    assert (rules.most_points, rules.has_usual_weights) == (113, False)
    assert MatchingSettings.objects.count() == 1
    assert matching_settings(stranger.access) == USUAL_RULES


def test_criterion_without_points_of_its_own_has_the_usual_ones(curator):
    MatchingSettingsFactory(organisation=curator.organisation, weights={"subject": 30, "former": 5})

    assert matching_settings(curator.access).weights == {**DEFAULT_WEIGHTS, Criterion.SUBJECT: 30}


def test_usual_points_come_back_and_the_rest_stays(curator):
    change(curator)

    restore_usual_weights(curator.access)

    assert matching_settings(curator.access) == MatchingRules(DEFAULT_WEIGHTS, Objective.SUM, demands_training=True)


def test_points_out_of_range_or_none_at_all_are_refused(curator):
    nothing = dict.fromkeys(Criterion, 0)

    for weight in (-1, 101):
        assert refusal_of(change, curator, {**OWN, Criterion.TOPICS: weight}) == "Баллы за один признак — от 0 до 100."
    assert refusal_of(change, curator, nothing) == "Дайте баллы хотя бы за один признак: иначе все пары равны."
    assert MatchingSettings.objects.count() == 0


def test_only_who_makes_pairs_sets_the_rules(director):
    for call in (change, lambda persona: restore_usual_weights(persona.access)):
        with pytest.raises(PermissionDenied):
            call(director)
