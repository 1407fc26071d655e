"""Waves to measure on: a form of 20 questions × 10 points, people who are asked, sheets that came."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle

from django.db import connection
from django.db.models import Model

from bench.school import new_people
from bench.surveys_form import TITLE, form_of_20, points
from people.access import Access
from people.models import Consent, Person
from surveys.domain.questionnaire import Purpose, Side
from surveys.models import Draft, Invitation, Questionnaire, SealedSheet, Sheet, Version, Wave
from surveys.seals import seal_sheet, token_of

BATCH = 5000


def new_wave(access: Access, *, is_anonymous: bool = False) -> Wave:
    """A running wave of the form that asks nobody yet."""
    now = {"organisation": access.organisation, "created_at": access.at, "created_by_id": access.user_id}
    questionnaire = Questionnaire.objects.create(title=TITLE, purpose=Purpose.FEEDBACK, **now)
    version = Version.objects.create(
        organisation=access.organisation,
        questionnaire=questionnaire,
        content=form_of_20().as_json(),
        frozen_at=access.at,
        made_at=access.at,
    )
    return Wave.objects.create(
        **now,
        version=version,
        title=TITLE,
        opens_on=access.today - timedelta(days=3),
        closes_on=access.today + timedelta(days=3),
        is_anonymous=is_anonymous,
        reader_id=access.user_id,
        state=Wave.State.OPEN,
        opened_at=access.at,
    )


def ask(access: Access, wave: Wave, number: int) -> list[Invitation]:
    """Invitations of so many new people who allow their answers to be kept."""
    people = _people_alike(access, number)
    sides = cycle((Side.MENTOR.value, Side.MENTEE.value))
    return Invitation.objects.bulk_create(
        (
            Invitation(organisation_id=wave.organisation_id, wave=wave, person_id=person, side=side)
            for person, side in zip(people, sides, strict=False)
        ),
        batch_size=BATCH,
    )


def _people_alike(access: Access, number: int) -> list[int]:
    """Ids of so many namesakes with their consents: the database copies the first, which takes seconds, not minutes."""
    first = new_people(access, 1)[0]
    last = Person.objects.order_by("-pk")[0].pk
    with connection.cursor() as cursor:
        person, consent = _columns(Person, "pk"), _columns(Consent, "pk", "person")
        cursor.execute(
            f"INSERT INTO people_person ({person}) SELECT {person} FROM people_person, generate_series(2, %s) "
            "WHERE id = %s",
            [number, first.pk],
        )
        cursor.execute(
            f"INSERT INTO people_consent (person_id, {consent}) SELECT person.id, {consent} "
            "FROM (SELECT id FROM people_person WHERE id > %s) AS person, people_consent WHERE person_id = %s",
            [last, first.pk],
        )
    return list(Person.objects.filter(pk__gte=first.pk).order_by("pk").values_list("pk", flat=True))


def _columns(model: type[Model], *without: str) -> str:
    """The columns to copy, quoted; the database fills in the key and what it works out itself."""
    left_out = {model._meta.pk if name == "pk" else model._meta.get_field(name) for name in without}
    fields = [each for each in model._meta.concrete_fields if each not in left_out and not each.generated]
    return ", ".join(f'"{each.column}"' for each in fields)


def tokens(invitations: Sequence[Invitation]) -> list[str]:
    return [token_of(each.nonce) for each in invitations]


def draft(invitation: Invitation, answers: dict[str, int]) -> None:
    """What somebody has answered and not sent."""
    Draft.objects.create(
        organisation_id=invitation.organisation_id, invitation=invitation, answers={"answers": answers, "secret": ""}
    )


def collect_named(access: Access, wave: Wave, invitations: Sequence[Invitation]) -> None:
    """A sheet of everybody who was asked."""
    Sheet.objects.bulk_create(
        (
            Sheet(
                organisation_id=wave.organisation_id,
                wave=wave,
                invitation=invitation,
                person_id=invitation.person_id,
                side=invitation.side,
                answers=points(index),
                sent_at=access.at,
                seconds=160,
            )
            for index, invitation in enumerate(invitations)
        ),
        batch_size=BATCH,
    )
    wave.invitations.update(is_answered=True, answered_on=access.today, minutes=3)


def collect_anonymous(wave: Wave, number: int) -> None:
    """So many sealed sheets in the box."""
    SealedSheet.objects.bulk_create(
        (
            SealedSheet(
                organisation_id=wave.organisation_id,
                wave=wave,
                sealed=seal_sheet(wave.key, {"answers": points(index), "side": Side.MENTOR.value, "secret": ""}),
            )
            for index in range(number)
        ),
        batch_size=BATCH,
    )
