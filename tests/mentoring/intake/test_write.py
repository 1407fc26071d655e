"""Planned rows written into the tables."""

from datetime import date
from decimal import Decimal

import pytest

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.bank_sheet.records import BankRow, Finding
from mentoring.domain.bank_sheet.values import ClaimedConsent, MenteeCategory, MentoringForm
from mentoring.intake.plan import Outcome, hold_against_bank, planned
from mentoring.intake.write import write_rows
from mentoring.models import MenteeProfile, MentorProfile
from people.models import Consent, Person
from tests.factories import (
    AT,
    TODAY,
    ConsentFactory,
    MentorProfileFactory,
    MentorTopicFactory,
    PersonFactory,
    UserFactory,
)

NAME = {"surname": "Котова", "given": "Марина", "patronymic": "Сергеевна"}


def quiet(done, total, message=""):
    """Progress that nobody follows."""


@pytest.fixture
def write(school):
    user = UserFactory()

    def written(*rows, bank=Bank.MENTORS):
        plan = [planned(BankRow(**({"number": number} | NAME | row)), bank) for number, row in enumerate(rows, 2)]
        hold_against_bank(school, bank, plan)
        write_rows(school, bank, plan, at=AT, today=TODAY, user_id=user.pk, tell=quiet)
        return plan

    return written


def test_new_mentor_is_written_whole(school, write):
    write(
        {
            "post": "учитель",
            "email": "k@example.org",
            "hired_on": date(2010, 9, 1),
            "experience": 18,
            "entered_on": date(2026, 9, 4),
            "hours": Decimal("1.5"),
            "capacity": 3,
            "desired_age": "25–35",
            "interests": ("шахматы", "лыжи"),
            "forms": (MentoringForm.TEACHER_TEACHER,),
            "competences": ("ЕГЭ", "олимпиады"),
        }
    )

    profile = MentorProfile.objects.get()
    person = profile.person
    assert (person.organisation, person.full_name, person.post) == (school, "Котова Марина Сергеевна", "учитель")
    assert (person.email, person.hired_on, person.experience_years) == ("k@example.org", date(2010, 9, 1), 18)
    assert (person.gender, person.kind) == (Person.Gender.FEMALE, Person.Kind.STAFF)
    assert (profile.organisation, profile.entered_on, profile.hours) == (school, date(2026, 9, 4), Decimal("1.5"))
    assert (profile.capacity, profile.desired_age, profile.interests) == (3, "25–35", "шахматы, лыжи")
    assert profile.forms == ["teacher_teacher"]
    assert list(profile.topics.order_by("pk").values_list("topic", flat=True)) == ["ЕГЭ", "олимпиады"]


def test_new_mentee_is_written_whole(write):
    write(
        {
            "class_name": "7 Б",
            "mentee_category": MenteeCategory.NEWCOMER,
            "expectations": "помощь",
            "requests": ("дисциплина",),
        },
        bank=Bank.MENTEES,
    )

    profile = MenteeProfile.objects.get()
    assert (profile.person.kind, profile.person.class_name) == (Person.Kind.PUPIL, "7 Б")
    assert (profile.category, profile.expectations, profile.form) == ("newcomer", "помощь", "teacher_teacher")
    assert list(profile.requests.values_list("topic", "weight", "source")) == [("дисциплина", 3, "банк")]


def test_person_without_a_day_of_entering_enters_today(write):
    write({})

    assert MentorProfile.objects.get().entered_on == TODAY


def test_gender_that_nothing_tells_stays_blank(write):
    write({"surname": "Ким", "given": "Ян", "patronymic": None})
    write({"surname": "Ли", "given": None, "patronymic": None})

    assert list(Person.objects.order_by("pk").values_list("surname", "gender")) == [("Ким", "m"), ("Ли", "")]


def test_change_writes_what_is_told_and_leaves_the_rest(school, write):
    person = PersonFactory(organisation=school, **NAME, post="учитель", phone="+7 1")
    profile = MentorProfileFactory(person=person, capacity=2, achievements="грамота")
    MentorTopicFactory(profile=profile, topic="ЕГЭ")

    write({"post": "завуч", "capacity": 4, "competences": ("ЕГЭ", "олимпиады")})

    person.refresh_from_db()
    profile.refresh_from_db()
    assert (person.post, person.phone) == ("завуч", "+7 1")
    assert (profile.capacity, profile.achievements) == (4, "грамота")
    assert sorted(profile.topics.values_list("topic", flat=True)) == ["ЕГЭ", "олимпиады"]


def test_rows_that_change_different_things_do_not_mix(school, write):
    one = MentorProfileFactory(person=PersonFactory(organisation=school, **NAME, post="учитель"), capacity=2)
    other = MentorProfileFactory(
        person=PersonFactory(organisation=school, surname="Громов", given="Пётр", patronymic="", post="завуч"),
        capacity=3,
    )

    write({"post": "директор"}, {"surname": "Громов", "given": "Пётр", "patronymic": None, "capacity": 5})

    for profile in (one, other):
        profile.refresh_from_db()
        profile.person.refresh_from_db()
    assert (one.person.post, one.capacity) == ("директор", 2)
    assert (other.person.post, other.capacity) == ("завуч", 5)


def test_same_and_faulty_rows_write_nothing(school, write):
    MentorProfileFactory(person=PersonFactory(organisation=school, **NAME))
    fault = Finding(3, "B", "Стаж", "fault", "не удалось понять", "сто")

    plan = write({}, {"surname": "Громова", "findings": (fault,)})

    assert [row.outcome for row in plan] == [Outcome.SAME, Outcome.FAULT]
    assert (Person.objects.count(), MentorProfile.objects.count()) == (1, 1)


def test_what_was_written_is_the_same_the_next_time(write):
    rows = (
        {"hours": Decimal("1.25"), "desired_age": "25–35", "interests": ("шахматы", "лыжи"), "competences": ("ЕГЭ",)},
        {"surname": "Громова", "given": None, "patronymic": None, "consent_processing": ClaimedConsent(claimed=True)},
    )

    first, second = write(*rows), write(*rows)

    assert [row.outcome for row in first] == [Outcome.CREATE, Outcome.CREATE]
    assert [(row.outcome, row.changes) for row in second] == [(Outcome.SAME, []), (Outcome.SAME, [])]


def test_claimed_consent_is_written_as_claimed_and_is_not_in_force(write):
    write({"consent_processing": ClaimedConsent(claimed=True), "consent_publication": ClaimedConsent(claimed=False)})

    consent = Consent.objects.get()
    assert (consent.purpose, consent.state, consent.recorded_at) == ("processing", Consent.State.CLAIMED, AT)
    assert list(Consent.objects.in_force(TODAY)) == []


def test_claimed_consent_does_not_touch_a_signed_one(school, write):
    person = PersonFactory(organisation=school, **NAME)
    ConsentFactory(person=person, purpose="processing")

    write({"consent_processing": ClaimedConsent(claimed=True)})

    assert list(Consent.objects.values_list("state", flat=True)) == [Consent.State.SIGNED]


def test_claimed_consent_stands_beside_a_withdrawn_one(school, write):
    person = PersonFactory(organisation=school, **NAME)
    ConsentFactory(person=person, purpose="processing", state=Consent.State.WITHDRAWN, withdrawn_on=date(2026, 10, 1))

    write({"consent_processing": ClaimedConsent(claimed=True)})

    assert sorted(Consent.objects.values_list("state", flat=True)) == ["claimed", "withdrawn"]


def test_writing_costs_the_same_however_many_rows(write, django_assert_num_queries):
    names = [{"surname": surname, "competences": ("ЕГЭ",)} for surname in ("Белова", "Волкова", "Громова")]

    with django_assert_num_queries(4):
        write({"competences": ("ЕГЭ",)})
    with django_assert_num_queries(4):
        write(*names)
