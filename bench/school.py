"""Schools to measure on: people in the bank, and signed orders of one pair each."""

from datetime import date, timedelta
from itertools import product

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from config.demo.people import WORDS, appoint, make_account, sign_consents
from documents.operations.signing import set_journal
from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.vocabulary import MentoringKind
from mentoring.models import MenteeProfile, MentorProfile, MentorTopic
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import send_order, sign_order
from mentoring.operations.pairings import PairingTerms, agree_pairing, propose_pairing
from people.access import Access
from people.domain.roles import Role
from people.models import Organisation, Person, User

PASSWORD = "dlinnyi-parol-1"


def new_school(slug: str) -> tuple[Access, Access]:
    """An organisation with its director and curator."""
    organisation = Organisation.objects.create(
        slug=slug,
        kind="school",
        full_name=f"Муниципальное бюджетное общеобразовательное учреждение «Школа {slug}» г. Приозёрска",
        short_name=f"Школа {slug}",
        place="г. Приозёрск",
    )
    director = _member(organisation, Role.DIRECTOR, "Директорова")
    appoint(organisation, Person.objects.get(pk=director.person_id), "Директор", date(2020, 9, 1))
    set_journal(director, journal_id=None, title="Приказы", pattern="{n}-од", last=0)
    return director, _member(organisation, Role.CURATOR, "Кураторова")


def _member(organisation: Organisation, role: Role, surname: str) -> Access:
    person = Person.objects.create(
        organisation=organisation, surname=surname, given="Анна", patronymic="Ивановна", gender="f", post="учитель"
    )
    user = make_account(f"{organisation.slug}-{role.value}", make_password(PASSWORD), role, organisation, person)
    return Access(
        user_id=user.pk,
        organisation=organisation,
        roles=frozenset({role}),
        person_id=person.pk,
        at=timezone.now(),
    )


def names(number: int) -> list[tuple[str, str, str]]:
    """Different women's names, as many as wanted, well mixed."""
    every = product(WORDS["patronymics"], WORDS["given_f"], WORDS["surnames"])
    plain = [(f"{surname}а", given, patronymic[1]) for patronymic, given, surname in every]
    return [plain[index * 7919 % len(plain)] for index in range(number)]


def new_people(access: Access, number: int) -> list[Person]:
    """People of the organisation whose consents are in force."""
    people = Person.objects.bulk_create(
        Person(
            organisation=access.organisation,
            surname=surname,
            given=given,
            patronymic=patronymic,
            gender="f",
            post="учитель",
            subject="математика",
        )
        for surname, given, patronymic in names(number)
    )
    sign_consents(people, access.today, access.at, User.objects.get(pk=access.user_id))
    return people


def fill_bank(access: Access, number: int) -> None:
    """Mentors with three topics each."""
    people = new_people(access, number)
    profiles = MentorProfile.objects.bulk_create(
        MentorProfile(organisation=access.organisation, person=person, entered_on=access.today) for person in people
    )
    MentorTopic.objects.bulk_create(
        MentorTopic(profile=profile, topic=topic) for profile in profiles for topic in WORDS["topics"][:3]
    )


@transaction.atomic
def signed_orders(director: Access, curator: Access, number: int) -> list[int]:
    """Signed orders of one pair each."""
    people = new_people(curator, 2 * number)
    mentors, mentees = people[::2], people[1::2]
    for model, bank in ((MentorProfile, mentors), (MenteeProfile, mentees)):
        model.objects.bulk_create(
            model(organisation=curator.organisation, person=person, entered_on=curator.today) for person in bank
        )
    return [_signed_order(director, curator, mentor, mentee) for mentor, mentee in zip(mentors, mentees, strict=True)]


def _signed_order(director: Access, curator: Access, mentor: Person, mentee: Person) -> int:
    terms = PairingTerms(
        form=MentoringForm.TEACHER_TEACHER,
        kind=MentoringKind.TRADITIONAL,
        goal="адаптация и рост предметной и методической компетентности",
        first_day=curator.today,
        last_day=curator.today + timedelta(days=180),
    )
    pairing = propose_pairing(curator, mentor_id=mentor.pk, mentee_ids=[mentee.pk], terms=terms)
    agree_pairing(curator, pairing_id=pairing.pk)
    order = draft_assignment(curator, pairing_ids=[pairing.pk])
    send_order(curator, document_id=order.pk)
    sign_order(director, document_id=order.pk, password=PASSWORD, effective_on=director.today)
    return order.pk
