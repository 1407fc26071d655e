"""Entering people into the banks by hand, changing their profiles, letting them leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import MenteeProfile, MenteeRequest, MentorProfile, MentorTopic, Pairing, PairingMentee
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person


@dataclass(frozen=True, slots=True)
class BankTables:
    """The tables of one bank."""

    profile: type[MentorProfile] | type[MenteeProfile]
    topic: type[MentorTopic] | type[MenteeRequest]


TABLES = {
    Bank.MENTORS: BankTables(MentorProfile, MentorTopic),
    Bank.MENTEES: BankTables(MenteeProfile, MenteeRequest),
}


@transaction.atomic
def enter_bank(
    access: Access, *, bank: Bank, person_id: int, values: Mapping[str, object], topics: Sequence[str]
) -> MentorProfile | MenteeProfile:
    """Enter a person into a bank; they may be in both. Refuses who is in this one already."""
    access.check(Permission.BANKS_EDIT)
    tables = TABLES[bank]
    person = Person.objects.visible_to(access).get(pk=person_id)
    try:
        with transaction.atomic():
            profile = tables.profile.objects.create(organisation=access.organisation, person=person, **values)
    except IntegrityError as error:
        raise RefusedError("Этот человек уже в банке.") from error
    _set_topics(tables, profile, topics)
    return profile


@transaction.atomic
def change_profile(
    access: Access, *, bank: Bank, profile_id: int, values: Mapping[str, object], topics: Sequence[str]
) -> MentorProfile | MenteeProfile:
    """Store new clean values of a profile and its topics."""
    access.check(Permission.BANKS_EDIT)
    tables = TABLES[bank]
    profile = tables.profile.objects.visible_to(access).select_for_update(of=("self",)).get(pk=profile_id)
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save(update_fields=list(values))
    _set_topics(tables, profile, topics)
    return profile


def _set_topics(tables: BankTables, profile: MentorProfile | MenteeProfile, topics: Sequence[str]) -> None:
    rows = tables.topic.objects.filter(profile=profile)  # unscoped: of a profile already scoped
    rows.exclude(topic__in=topics).delete()
    tables.topic.objects.bulk_create(
        [tables.topic(profile=profile, topic=topic) for topic in dict.fromkeys(topics)], ignore_conflicts=True
    )


@transaction.atomic
def approve_mentor(access: Access, *, profile_id: int) -> MentorProfile:
    """Approve a candidate of the bank of mentors: from now on they may be matched. A second press changes nothing.

    Refuses who has left the bank; raises MentorProfile.DoesNotExist.
    """
    access.check(Permission.BANKS_EDIT)
    profile = MentorProfile.objects.visible_to(access).select_for_update(of=("self",)).get(pk=profile_id)
    if profile.left_on is not None:
        raise RefusedError("Человек вышел из банка: утверждать некого.")
    if profile.standing != MentorProfile.Standing.APPROVED:
        profile.standing = MentorProfile.Standing.APPROVED
        profile.save(update_fields=["standing"])
    return profile


@transaction.atomic
def leave_bank(access: Access, *, bank: Bank, profile_id: int) -> MentorProfile | MenteeProfile:
    """Let a person leave a bank today; the profile stays in the history.

    Refuses while the person has a live pairing on that side. A second press changes nothing.
    """
    access.check(Permission.BANKS_EDIT)
    profiles = TABLES[bank].profile.objects.visible_to(access).select_for_update(of=("self",))
    profile = profiles.get(pk=profile_id)
    if profile.left_on is not None:
        return profile
    if bank == Bank.MENTORS:
        is_busy = Pairing.objects.visible_to(access).live().filter(mentor_id=profile.person_id).exists()
    else:
        places = PairingMentee.objects.visible_to(access).taken(access.today)
        is_busy = places.filter(mentee_id=profile.person_id).exists()
    if is_busy:
        raise RefusedError("Человек состоит в паре. Сначала завершите или отклоните её.")
    profile.left_on = max(access.today, profile.entered_on)
    profile.save(update_fields=["left_on"])
    return profile
