"""Writing planned rows into a bank, in bulk; the caller holds the transaction."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.intake.plan import PROFILES, Outcome, PlannedRow, Profile, typed
from mentoring.models import MenteeRequest, MentorTopic
from people.domain.declension.names import FullName, gender_of
from people.models import Consent, Organisation, Person

BATCH = 2000
Tell = Callable[[int, int, str], None]
TOPIC_ROWS = {Bank.MENTORS: MentorTopic, Bank.MENTEES: MenteeRequest}


def write_rows(
    organisation: Organisation,
    bank: Bank,
    rows: Sequence[PlannedRow],
    *,
    at: datetime,
    today: date,
    user_id: int,
    tell: Tell,
) -> None:
    """Create and change what the rows say: persons, profiles, topics, claimed consents.

    `tell(done, total, message)` hears about each step. Rows left alone cost nothing.
    Consents come in as claimed only, and never beside one that is there.
    """
    acting = [row for row in rows if row.outcome in (Outcome.CREATE, Outcome.CHANGE)]
    tell(1, 5, "Записываем людей")
    persons = _write_persons(organisation, acting)
    tell(2, 5, "Записываем банк")
    profiles = _write_profiles(organisation, bank, acting, persons, today)
    tell(3, 5, "Записываем темы")
    topic_row = TOPIC_ROWS[bank]
    topic_row.objects.bulk_create(
        [
            topic_row(profile_id=profiles[row.number].pk, topic=topic[:200])
            for row in acting
            for topic in row.values.topics
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    tell(4, 5, "Записываем отметки о согласиях")
    Consent.objects.bulk_create(
        [
            Consent(
                organisation=organisation,
                person=persons[row.number],
                purpose=purpose,
                state=Consent.State.CLAIMED,
                recorded_at=at,
                recorded_by_id=user_id,
            )
            for row in acting
            for purpose in row.values.consents
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _write_persons(organisation: Organisation, rows: Sequence[PlannedRow]) -> dict[int, Person]:
    fresh = {row.number: _new_person(organisation, row.values.person) for row in rows if row.person_id is None}
    Person.objects.bulk_create(fresh.values(), batch_size=BATCH)
    changed = {row.person_id: row for row in rows if row.person_id is not None}
    found = Person.objects.filter(pk__in=changed, organisation=organisation)  # unscoped: the import's own organisation
    persons = {changed[person.pk].number: person for person in found}
    for row in changed.values():
        _set(persons[row.number], row.values.person)
    told = sorted({name for row in changed.values() for name in row.values.person})
    if told:
        Person.objects.bulk_update(persons.values(), told, batch_size=BATCH)  # unscoped: rows read above
    return fresh | persons


def _new_person(organisation: Organisation, values: dict[str, Any]) -> Person:
    person = Person(organisation_id=organisation.pk)
    _set(person, values)
    if not person.gender:
        gender = gender_of(FullName(person.surname, person.given, person.patronymic))
        person.gender = gender.value if gender else ""
    return person


def _write_profiles(
    organisation: Organisation,
    bank: Bank,
    rows: Sequence[PlannedRow],
    persons: dict[int, Person],
    today: date,
) -> dict[int, Profile]:
    model = PROFILES[bank]
    there = {
        profile.person_id: profile
        for profile in model.objects.filter(  # unscoped: of persons scoped above
            person__in=[row.person_id for row in rows if row.person_id], left_on__isnull=True
        )
    }
    fresh: dict[int, Profile] = {}
    old: dict[int, Profile] = {}
    for row in rows:
        profile = there.get(row.person_id) if row.person_id else None
        if profile is None:
            fresh[row.number] = profile = model(
                organisation_id=organisation.pk, person_id=persons[row.number].pk, entered_on=today
            )
        else:
            old[row.number] = profile
        _set(profile, row.values.profile)
    model.objects.bulk_create(fresh.values(), batch_size=BATCH)
    told = sorted({name for row in rows if row.number in old for name in row.values.profile})
    if told:
        model.objects.bulk_update(old.values(), told, batch_size=BATCH)  # unscoped: rows read above
    return fresh | old


def _set(row: Person | Profile, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, typed(row, name, value))
