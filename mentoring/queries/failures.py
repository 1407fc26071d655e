"""Earlier pairings that failed: what matching must not repeat, and who came back from a refusal."""

from django.db.models import Exists, F, OuterRef, Q, Value

from mentoring.domain.pairing_states import PairingState
from mentoring.domain.vocabulary import EndGround
from mentoring.models import Pairing, PairingMentee, PairingReply
from people.access import Access
from people.domain.roles import Permission

FAILED_GROUNDS = (EndGround.MENTOR_REFUSED, EndGround.CANCELLED, EndGround.MUTUAL, EndGround.CURATOR)


def failed_pairs(access: Access) -> frozenset[tuple[int, int]]:
    """Ids of (mentor, mentee) that are not put together again: one of them refused, or it ended early by discord.

    In a group that went on without a mentee who refused, only that mentee is parted from the mentor. Two queries.
    """
    refusals = PairingReply.objects.visible_to(access).filter(is_willing=False)
    by_mentees = refusals.exclude(person=F("pairing__mentor"))
    by_mentor = refusals.filter(pairing=OuterRef("pairing"), person=OuterRef("mentor"))
    ended = Q(pairing__state=PairingState.ENDED_EARLY, pairing__end_ground__in=FAILED_GROUNDS)
    pairings = Pairing.objects.visible_to(access)
    places = PairingMentee.objects.filter(pairing__in=pairings).filter(ended | Exists(by_mentor))  # unscoped: as above
    return frozenset({*by_mentees.values_list("pairing__mentor", "person"), *places.values_list("mentor", "mentee")})


def came_back(access: Access) -> Exists | Value:
    """Whether the mentee of a row of the queue, with its `waits_since`, is in it by a refusal, theirs or the mentor's.

    Who does not make pairings is not told.
    """
    if not access.may(Permission.PAIRINGS_EDIT):
        return Value(False)
    refusals = PairingReply.objects.filter(  # unscoped: correlated to scoped rows
        is_willing=False, replied_at__date__gte=OuterRef("waits_since")
    )
    offered = PairingMentee.objects.filter(  # unscoped: correlated to scoped rows
        mentee=OuterRef(OuterRef("person")), pairing=OuterRef("pairing")
    )
    own, by_mentor = Q(person=OuterRef("person")), Q(Exists(offered), person=F("pairing__mentor"))
    return Exists(refusals.filter(own | by_mentor))
