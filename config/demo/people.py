"""Fictional persons, their banks, consents and accounts."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from mentoring.domain.bank_sheet.values import MenteeCategory
from mentoring.models import MenteeProfile, MenteeRequest, MentorProfile, MentorTopic
from people.domain.consent import NEEDED_TO_ORDER, Purpose
from people.domain.roles import Role
from people.models import Consent, ConsentText, Head, Membership, Organisation, Person, User

WORDS: dict[str, Any] = json.loads((Path(__file__).parent / "words.json").read_text())

OFFICES: tuple[tuple[Role, str], ...] = (
    (Role.DIRECTOR, ""),
    (Role.CURATOR, "заместитель директора по учебно-воспитательной работе"),
    (Role.PSYCHOLOGIST, "педагог-психолог"),
    (Role.HR_OFFICER, "специалист по кадрам"),
    (Role.METHODOLOGIST, "методист"),
)


class NameMaker:
    """Names that never repeat within one district."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.used: set[tuple[str, str, str]] = set()

    def name(self) -> dict[str, str]:
        """The name parts and gender of somebody new."""
        while True:
            is_man = self.dice.random() < 0.25
            if self.dice.random() < 0.15:
                surname = self.dice.choice(WORDS["same_surnames"])
            else:
                surname = self.dice.choice(WORDS["surnames"]) + ("" if is_man else "а")
            given = self.dice.choice(WORDS["given_m" if is_man else "given_f"])
            patronymic = self.dice.choice(WORDS["patronymics"])[0 if is_man else 1]
            key = (surname, given, patronymic)
            if key not in self.used:
                self.used.add(key)
                return {"surname": surname, "given": given, "patronymic": patronymic, "gender": "m" if is_man else "f"}


def make_staff(organisation: Organisation, plan: dict[str, Any], names: NameMaker, today: date) -> list[Person]:
    """The organisation's people: the offices first, mentors next, mentees after them, the others last."""
    dice = names.dice
    persons = []
    for index in range(plan["staff"]):
        is_young = index >= len(OFFICES) + plan["mentors"]
        years = dice.randint(0, 2) if is_young else dice.randint(8, 34)
        post = (OFFICES[index][1] or plan["head"].lower()) if index < len(OFFICES) else plan["post"]
        teaches = post in ("учитель", "преподаватель")
        persons.append(
            Person(
                organisation=organisation,
                **names.name(),
                post=post,
                subject=dice.choice(WORDS["subjects"]) if teaches else "",
                category="" if is_young else dice.choice(["first", "highest", "highest", "fits"]),
                experience_years=years,
                hired_on=date(today.year - years - 1, 9, 1),
                email=f"{organisation.slug}-{index + 1}@example.org",
                phone=f"+7 900 {dice.randint(100, 999)}-{dice.randint(10, 99)}-{dice.randint(10, 99)}",
            )
        )
    return Person.objects.bulk_create(persons)


def fill_banks(
    mentors: Sequence[Person], mentees: Sequence[Person], dice: Random, *, last_year: date, autumn: tuple[date, date]
) -> None:
    """Put people into the banks with topics; the first three mentees came last year, the others in `autumn`."""
    mentor_profiles = MentorProfile.objects.bulk_create(
        MentorProfile(
            organisation_id=person.organisation_id,
            person=person,
            entered_on=last_year,
            capacity=dice.choice([None, 2, 3]),
            hours=dice.choice([1, 1.5, 2]),
            achievements=dice.choice(WORDS["achievements"]),
        )
        for person in mentors
    )
    MentorTopic.objects.bulk_create(
        MentorTopic(profile=profile, topic=topic)
        for profile in mentor_profiles
        for topic in dice.sample(WORDS["topics"], 3)
    )
    mentee_profiles = MenteeProfile.objects.bulk_create(
        MenteeProfile(
            organisation_id=person.organisation_id,
            person=person,
            entered_on=_entered(index, dice, last_year, autumn),
            category=MenteeCategory.YOUNG_SPECIALIST,
            expectations=dice.choice(WORDS["expectations"]),
        )
        for index, person in enumerate(mentees)
    )
    MenteeRequest.objects.bulk_create(
        MenteeRequest(profile=profile, topic=topic, weight=weight)
        for profile in mentee_profiles
        for topic, weight in zip(dice.sample(WORDS["topics"], 2), (5, 3), strict=True)
    )


def _entered(index: int, dice: Random, last_year: date, autumn: tuple[date, date]) -> date:
    if index < 3:
        return last_year
    first, last = autumn
    return first if index < 5 else first + timedelta(days=dice.randint(0, max((last - first).days, 0)))


def sign_consents(
    persons: Sequence[Person],
    signed_on: date,
    at: datetime,
    user: User,
    purposes: Sequence[Purpose] = NEEDED_TO_ORDER,
) -> None:
    """Paper consents of everyone given, by default to processing and participation."""
    texts = {text.purpose: text for text in ConsentText.objects.current()}  # unscoped: texts belong to no one
    Consent.objects.bulk_create(
        Consent(
            organisation_id=person.organisation_id,
            person=person,
            purpose=purpose,
            state=Consent.State.SIGNED,
            text=texts[purpose],
            way=Consent.Way.PAPER,
            signer_name=person.full_name,
            signed_on=signed_on,
            recorded_at=at,
            recorded_by=user,
        )
        for person in persons
        for purpose in purposes
    )


def make_account(login: str, password_hash: str, role: Role, organisation: Organisation, person: Person) -> User:
    """An account with one role."""
    user = User.objects.create(
        username=login, first_name=person.given, last_name=person.surname, email=person.email, password=password_hash
    )
    Membership.objects.create(user=user, organisation=organisation, role=role, person=person)
    return user


def appoint(organisation: Organisation, person: Person, title: str, since: date) -> Head:
    """The organisation's permanent head."""
    return Head.objects.create(organisation=organisation, person=person, title=title, since=since)
