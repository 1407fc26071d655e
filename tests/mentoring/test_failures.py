"""Which earlier pairings failed, and who came back from a refusal."""

from datetime import timedelta

from mentoring.domain.vocabulary import EndGround
from mentoring.models import PairingReply
from mentoring.operations.pairings import decline_pairing
from mentoring.queries.banks import bank_figures, queue
from mentoring.queries.failures import failed_pairs
from tests.factories import (
    AT,
    TODAY,
    DocumentFactory,
    PairingFactory,
    PairingMenteeFactory,
    pair,
)
from tests.mentoring.order_steps import ending, in_bank, signed, working
from tests.mentoring.reply_steps import answer, group, mentee_of


def refused(persona):
    """Those of the queue who came back after a refusal."""
    return {profile.person for profile in queue(persona.access) if profile.is_refused}


def test_who_refused_or_was_refused_is_kept_apart(curator, stranger):
    by_mentee, by_mentor, undone = (pair(curator.organisation) for _ in range(3))
    answer(curator, by_mentee, mentee_of(by_mentee), False)
    answer(curator, by_mentor, by_mentor.mentor, False)
    decline_pairing(curator.access, pairing_id=undone.pk)
    foreign = pair(stranger.organisation)
    answer(stranger, foreign, foreign.mentor, False)

    found = failed_pairs(curator.access)

    assert found == {(each.mentor_id, mentee_of(each).pk) for each in (by_mentee, by_mentor)}


def test_only_the_mentee_who_left_a_group_is_kept_from_its_mentor(curator):
    pairing, (first, _) = group(curator)
    refused, mentees = group(curator)
    answer(curator, pairing, first, False)
    answer(curator, refused, refused.mentor, False)

    found = failed_pairs(curator.access)

    assert found == {(pairing.mentor_id, first.pk), *((refused.mentor_id, mentee.pk) for mentee in mentees)}


def test_pair_ended_early_by_discord_is_not_repeated(curator):
    order = DocumentFactory(organisation=curator.organisation)
    ended = {
        ground: pair(curator.organisation, state="ended_early", basis=order, ended_on=TODAY, end_ground=ground)
        for ground in EndGround
    }

    found = failed_pairs(curator.access)

    failed = {ground for ground, each in ended.items() if (each.mentor_id, mentee_of(each).pk) in found}
    assert failed == {EndGround.MENTOR_REFUSED, EndGround.CANCELLED, EndGround.MUTUAL, EndGround.CURATOR}
    assert len(found) == len(failed)


def test_mentees_come_back_after_a_refusal_until_they_have_somebody(curator, director, stranger):
    by_mentee, by_mentor, undone = (pair(curator.organisation) for _ in range(3))
    answer(curator, by_mentee, mentee_of(by_mentee), False)
    answer(curator, by_mentor, by_mentor.mentor, False)
    decline_pairing(curator.access, pairing_id=undone.pk)
    before = refused(curator)
    another = PairingFactory(mentor=in_bank(curator.organisation, mentor=True))
    PairingMenteeFactory(pairing=another, mentee=mentee_of(by_mentor))

    assert before == {mentee_of(by_mentee), mentee_of(by_mentor)}
    assert refused(curator) == {mentee_of(by_mentee)}
    assert (queue(curator.access).count(), bank_figures(curator.access).refused) == (2, 1)
    assert [refused(each) for each in (director, stranger)] == [set(), set()]


def test_refusal_before_the_last_pair_has_ended_is_over(curator, director):
    earlier, later = pair(curator.organisation), working(curator, director)
    PairingReply.objects.create(
        organisation=curator.organisation,
        pairing=earlier,
        person=mentee_of(later),
        is_willing=False,
        way="portal",
        replied_at=AT - timedelta(days=2),
    )
    signed(curator, director, ending(curator, later, AT.date() - timedelta(days=1)))

    assert [profile.person for profile in queue(curator.access)] == [mentee_of(later)]
    assert refused(curator) == set()
