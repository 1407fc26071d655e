"""What the database itself refuses about bans and the rules of matching, whoever asks."""

import pytest
from django.db.models import QuerySet

from mentoring.models import MatchingSettings, PairBan
from tests.factories import AT, MatchingSettingsFactory, PairBanFactory, PersonFactory
from tests.mentoring.test_models import broken, run_whole

BANS: QuerySet = PairBan.objects.all()


def test_database_keeps_one_standing_ban_per_pair_and_ground(school):
    ban = PairBanFactory(mentor__organisation=school)
    same = {"mentor": ban.mentor, "mentee": ban.mentee}

    run_whole(PairBanFactory, **same, ground=PairBan.Ground.RELATIVES)
    run_whole(PairBanFactory, **same, lifted_at=AT)

    assert broken(PairBanFactory, **same) == "one_standing_ban_per_pair_and_ground"


def test_database_bans_nobody_from_themselves(school):
    person = PersonFactory(organisation=school)

    assert broken(PairBanFactory, mentor=person, mentee=person) == "nobody_is_banned_from_themselves"


def test_database_demands_a_reason_of_the_curator_alone(school):
    run_whole(PairBanFactory, mentor__organisation=school, ground=PairBan.Ground.SUPERIOR, reason="")

    name = broken(PairBanFactory, mentor__organisation=school, reason="")

    assert name == "ban_by_the_curator_has_a_reason"


@pytest.mark.parametrize(
    ("alien", "name"),
    [
        ("mentor", "ban_is_of_a_mentor_of_the_organisation"),
        ("mentee", "ban_is_of_a_mentee_of_the_organisation"),
    ],
)
def test_database_keeps_bans_within_an_organisation(school, other_school, alien, name):
    ban = PairBanFactory(mentor__organisation=school)
    stranger = PersonFactory(organisation=other_school)

    assert broken(BANS.filter(pk=ban.pk).update, **{alien: stranger}) == name


def test_database_keeps_one_set_of_rules_per_organisation(school):
    MatchingSettingsFactory(organisation=school)

    name = broken(MatchingSettings.objects.create, organisation=school)

    assert name == "mentoring_matchingsettings_organisation_id_key"
