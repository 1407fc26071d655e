"""What tests do behind the portal's pages: `python -m tests.browser.inside NAME JSON`, with the portal's settings."""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from datetime import date, timedelta  # noqa: E402 (Django has to be set up before models are imported)

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from config.demo.district import PASSWORD  # noqa: E402
from config.demo.people import appoint, make_account, sign_consents  # noqa: E402
from documents.operations.signing import set_journal  # noqa: E402
from mentoring.domain.bank_sheet.values import MentoringForm  # noqa: E402
from mentoring.domain.vocabulary import MentoringKind  # noqa: E402
from mentoring.models import MenteeProfile, MentorProfile  # noqa: E402
from mentoring.operations.orders import draft_assignment, send_order, sign_order  # noqa: E402
from mentoring.operations.pairings import PairingTerms, agree_pairing, propose_pairing  # noqa: E402
from people.access import Access  # noqa: E402
from people.domain.roles import Role  # noqa: E402
from people.models import Membership, Organisation, Person, PersonalLink, User  # noqa: E402
from people.queries.links import url_of  # noqa: E402


def link_url(surname: str, given: str) -> str:
    """The address in a person's newest personal link."""
    return url_of(PersonalLink.objects.filter(person__surname=surname, person__given=given).latest("pk"))


@transaction.atomic
def make_school(slug: str, orders: list[int]) -> list[int]:
    """A school of its own with one order on agreement for each number of pairs; returns their ids."""
    organisation = Organisation.objects.create(
        slug=slug, kind="school", full_name=f"Школа {slug}", short_name=f"Школа {slug}", place="г. Приозёрск"
    )
    director = _member(organisation, Role.DIRECTOR, "Директорова")
    curator = _member(organisation, Role.CURATOR, "Кураторова")
    appoint(organisation, Person.objects.get(pk=director.person_id), "Директор", date(2020, 9, 1))
    set_journal(director, journal_id=None, title="Приказы", pattern="{n}", last=0)
    pairs = iter(_pairs(curator, sum(orders)))
    documents = []
    for size in orders:
        order = draft_assignment(curator, pairing_ids=[next(pairs) for _ in range(size)])
        send_order(curator, document_id=order.pk)
        documents.append(order.pk)
    return documents


def _member(organisation: Organisation, role: Role, surname: str) -> Access:
    person = Person.objects.create(organisation=organisation, surname=surname, given="Анна", gender="f", post="учитель")
    user = make_account(f"{organisation.slug}-{role.value}", make_password(PASSWORD), role, organisation, person)
    return Access(
        user_id=user.pk,
        organisation=organisation,
        roles=frozenset({role}),
        person_id=person.pk,
        at=timezone.now(),
    )


def _pairs(curator: Access, number: int) -> list[int]:
    organisation, today = curator.organisation, curator.today
    persons = Person.objects.bulk_create(
        Person(
            organisation=organisation,
            surname=surname,
            given=f"Имя{index}",
            patronymic="Ивановна",
            gender="f",
            post="учитель",
        )
        for index in range(number)
        for surname in ("Наставникова", "Подопечная")
    )
    mentors, mentees = persons[::2], persons[1::2]
    for model, people in ((MentorProfile, mentors), (MenteeProfile, mentees)):
        model.objects.bulk_create(
            model(organisation=organisation, person=person, entered_on=today) for person in people
        )
    sign_consents(persons, today, curator.at, User.objects.get(pk=curator.user_id))
    terms = PairingTerms(
        form=MentoringForm.TEACHER_TEACHER,
        kind=MentoringKind.TRADITIONAL,
        goal="адаптация",
        first_day=today,
        last_day=today + timedelta(days=180),
    )
    made = [
        propose_pairing(curator, mentor_id=mentor.pk, mentee_ids=[mentee.pk], terms=terms)
        for mentor, mentee in zip(mentors, mentees, strict=True)
    ]
    return [agree_pairing(curator, pairing_id=pairing.pk).pk for pairing in made]


def sign(slug: str, documents: list[int]) -> None:
    """Sign orders as the director of a school made above."""
    member = Membership.objects.select_related("organisation").get(organisation__slug=slug, role=Role.DIRECTOR)
    access = Access(
        user_id=member.user_id,
        organisation=member.organisation,
        roles=frozenset({Role.DIRECTOR}),
        person_id=member.person_id,
        at=timezone.now(),
    )
    for document in documents:
        sign_order(access, document_id=document, password=PASSWORD, effective_on=access.today)


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*json.loads(sys.argv[2]))))
