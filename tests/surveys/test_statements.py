"""Statements of third persons: asking, the door, reading and its log, who may and who may not."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from people.domain.consent import Purpose
from people.domain.refusal import RefusedError
from people.domain.roles import Role
from people.models import Consent, Person
from surveys.domain.questionnaire import Purpose as SurveyPurpose
from surveys.forms.statements import StatementForm
from surveys.models import Invitation, Letter, Sheet, StatementReading, Wave
from surveys.operations.answering import send_answers
from surveys.operations.statements import Newcomer, ask_for_statement, read_statement
from surveys.operations.waves import revoke_invitation
from surveys.queries.answering import DoorState, door_of
from surveys.queries.statements import statement_count, statement_lines, statement_mentees, statement_page
from surveys.seals import token_of
from tests.conftest import make_persona
from tests.factories import AT, TODAY, MenteeProfileFactory, PersonFactory, VersionFactory, consents
from tests.mentoring.at_once import at_once

TEACHER, PARENT = "классный руководитель", "родитель (законный представитель)"
ANSWERS = {
    "relation": "class_teacher",
    "known_for": "over_two",
    "takes_part": "7",
    "contact": "8",
    "help_areas": "study",
    "strengths": "=рисует <b>лучше</b> всех",
}


@pytest.fixture
def pupil(school):
    person = PersonFactory(organisation=school, kind=Person.Kind.PUPIL, surname="Зайцев", post="", class_name="8 «А»")
    MenteeProfileFactory(person=person)
    consents(person)
    return person


@pytest.fixture
def teacher(school):
    return PersonFactory(organisation=school, surname="Громова", email="gromova@example.org")


def ask(curator, pupil, **words):
    return ask_for_statement(curator.access, about_id=pupil.pk, **{"relation": TEACHER} | words)


def told(curator, pupil, teacher, at=AT):
    """A statement that the teacher has sent by the link."""
    invitation = ask(curator, pupil, informant_id=teacher.pk)
    sent = {key: [value] for key, value in ANSWERS.items()}
    kept = send_answers(token=token_of(invitation.nonce), at=at, sent=sent, is_whole=True)
    assert (kept.faults, kept.refusal) == ({}, "")
    return Sheet.objects.get(invitation=invitation)


def withdraw(person, purpose=Purpose.PROCESSING):
    Consent.objects.filter(person=person, purpose=purpose).update(state=Consent.State.WITHDRAWN, withdrawn_on=TODAY)


def lines(persona, search=""):
    return statement_lines(persona.access, list(statement_mentees(persona.access, search)))


def states(persona):
    return [(line.person.surname, line.missing, [each.state for each in line.asked]) for line in lines(persona)]


def page(persona, path="", **query):
    return persona.client.get(f"/o/licey/statements/{path}", query)


# Asking


def test_first_question_takes_the_template_and_opens_a_wave_for_the_school_year(curator, pupil, teacher):
    invitation = ask(curator, pupil, informant_id=teacher.pk)

    wave = invitation.wave
    assert (invitation.person, invitation.about, invitation.relation) == (teacher, pupil, TEACHER)
    assert (wave.title, wave.state, wave.is_anonymous) == (
        "Сведения о наставляемых, 2026/27 учебный год",
        "open",
        False,
    )
    assert (wave.opens_on, wave.closes_on, wave.remind_days) == (TODAY, date(2027, 8, 31), [])
    assert (wave.version.frozen_at, wave.version.questionnaire.origin) == (AT, "statement")
    assert list(Letter.objects.values_list("invitation", "kind", "day")) == [(invitation.pk, "invitation", TODAY)]


def test_same_question_twice_is_one_invitation_and_one_letter(curator, pupil, teacher):
    first, second = (ask(curator, pupil, informant_id=teacher.pk) for _ in range(2))

    assert first == second
    assert (Wave.objects.count(), Letter.objects.count()) == (1, 1)


def test_one_informant_tells_about_two_mentees_in_one_wave(curator, pupil, teacher):
    other = PersonFactory(organisation=pupil.organisation)
    MenteeProfileFactory(person=other)
    consents(other)

    asked = [ask(curator, each, informant_id=teacher.pk) for each in (pupil, other)]

    assert [each.about for each in asked] == [pupil, other]
    assert Wave.objects.count() == 1


def test_parent_from_outside_is_entered_by_name_and_address_once(curator, pupil):
    parent = Newcomer("Зайцева", "Ольга", email="zaytseva@example.org")

    first, second = (ask(curator, pupil, relation=PARENT, newcomer=parent) for _ in range(2))

    person = Person.objects.get(surname="Зайцева")
    assert (first, first.person) == (second, person)
    assert (person.kind, person.given, person.patronymic, person.email) == (
        "external",
        "Ольга",
        "",
        "zaytseva@example.org",
    )


def test_newcomer_with_a_known_name_is_refused_until_called_a_namesake(curator, pupil, teacher):
    parent = {"surname": teacher.surname, "given": teacher.given, "patronymic": teacher.patronymic}

    with pytest.raises(RefusedError, match="Такой человек уже есть"):
        ask(curator, pupil, newcomer=Newcomer(**parent))
    invitation = ask(curator, pupil, newcomer=Newcomer(**parent, is_namesake=True))

    assert invitation.person != teacher
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("purpose", [Purpose.PROCESSING, Purpose.PARTICIPATION])
def test_nobody_is_asked_about_a_mentee_without_both_consents(curator, pupil, teacher, purpose):
    withdraw(pupil, purpose)

    with pytest.raises(RefusedError, match="Собирать сведения нельзя, нет согласия"):
        ask(curator, pupil, informant_id=teacher.pk)

    assert (Wave.objects.count(), Invitation.objects.count()) == (0, 0)


def test_people_who_are_not_there_are_neither_asked_nor_asked_about(curator, pupil, teacher, stranger):
    outside = PersonFactory(organisation=pupil.organisation)
    consents(outside)

    with pytest.raises(RefusedError, match="нет в банке наставляемых"):
        ask(curator, outside, informant_id=teacher.pk)
    with pytest.raises(RefusedError, match="О себе наставляемый рассказывает в анкете"):
        ask(curator, pupil, informant_id=pupil.pk)
    with pytest.raises(Person.DoesNotExist):
        ask(curator, pupil, informant_id=stranger.person.pk)
    with pytest.raises(Person.DoesNotExist):
        ask(stranger, pupil, informant_id=stranger.person.pk)
    Person.objects.filter(pk=teacher.pk).update(left_on=TODAY)
    with pytest.raises(Person.DoesNotExist):
        ask(curator, pupil, informant_id=teacher.pk)


def test_psychologist_reads_but_does_not_ask(psychologist, pupil, teacher):
    with pytest.raises(PermissionDenied):
        ask(psychologist, pupil, informant_id=teacher.pk)


def test_own_questionnaire_comes_before_the_library_and_a_faulty_one_is_passed_over(curator, pupil, teacher):
    own, faulty = (
        VersionFactory(questionnaire__organisation=pupil.organisation, questionnaire__purpose=SurveyPurpose.STATEMENT)
        for _ in range(2)
    )
    faulty.content = {"title": "Пустая", "sections": []}
    faulty.save()

    invitation = ask(curator, pupil, informant_id=teacher.pk)

    assert invitation.wave.version == own


def test_only_a_faulty_questionnaire_is_refused_in_words(curator, pupil, teacher):
    VersionFactory(
        questionnaire__organisation=pupil.organisation,
        questionnaire__purpose=SurveyPurpose.STATEMENT,
        content={"title": "Пустая", "sections": []},
    )

    with pytest.raises(RefusedError, match="есть ошибки"):
        ask(curator, pupil, informant_id=teacher.pk)


def test_revoked_link_is_renewed_by_asking_again_and_written_about_again(curator, pupil, teacher):
    first = ask(curator, pupil, informant_id=teacher.pk)
    Letter.objects.update(state=Letter.State.SENT, sent_at=AT)
    revoke_invitation(curator.access, invitation_id=first.pk)

    again = ask(curator, pupil, informant_id=teacher.pk)

    assert (again.pk, again.revoked_at) == (first.pk, None)
    assert door_of(token_of(first.nonce), AT) is None
    assert door_of(token_of(again.nonce), AT).state == DoorState.OPEN
    assert sorted(Letter.objects.values_list("kind", "state")) == [("invitation", "sent"), ("reminder", "queued")]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_first_questions_at_once_open_one_wave(curator, pupil, teacher):
    others = [PersonFactory(organisation=pupil.organisation) for _ in range(2)]

    found = at_once(*(lambda each=each: ask(curator, pupil, informant_id=each.pk) for each in others))

    assert len({invitation.pk for invitation in found}) == 2
    assert Wave.objects.count() == 1


# The door and reading


def test_each_reading_is_written_down(curator, psychologist, pupil, teacher):
    sheet = told(curator, pupil, teacher)

    for reader in (curator, psychologist, curator):
        read = read_statement(reader.access, sheet_id=sheet.pk)

    assert read == sheet
    readers = list(StatementReading.objects.order_by("pk").values_list("reader", "read_at"))
    assert readers == [(reader.user.pk, AT) for reader in (curator, psychologist, curator)]
    shown = statement_page(curator.access, read)
    assert (len(shown.readings), shown.times_read) == (3, 3)
    assert [section.title for section in shown.sections] == ["О вас", "О наставляемом", "Чем поможет наставник"]


@pytest.mark.parametrize("purpose", [Purpose.PROCESSING, Purpose.PARTICIPATION])
def test_withdrawn_consent_shuts_the_door_and_hides_what_was_told(curator, pupil, teacher, purpose):
    sheet = told(curator, pupil, teacher)
    waiting = ask(curator, pupil, informant_id=PersonFactory(organisation=pupil.organisation, surname="Яшина").pk)

    withdraw(pupil, purpose)

    assert door_of(token_of(waiting.nonce), AT).state == DoorState.NO_CONSENT
    with pytest.raises(Sheet.DoesNotExist):
        read_statement(curator.access, sheet_id=sheet.pk)
    assert StatementReading.objects.count() == 0
    ((_, missing, asked),) = states(curator)
    assert (len(missing), asked) == (1, ["hidden", "waiting"])


def test_only_curator_and_psychologist_of_the_school_read(director, curator, pupil, teacher, mentor, stranger):
    sheet = told(curator, pupil, teacher)

    for persona in (director, mentor):
        with pytest.raises(PermissionDenied):
            read_statement(persona.access, sheet_id=sheet.pk)
    with pytest.raises(Sheet.DoesNotExist):
        read_statement(stranger.access, sheet_id=sheet.pk)
    assert (statement_count(director.access), statement_count(stranger.access)) == (1, 0)
    assert StatementReading.objects.count() == 0


def test_list_says_who_was_asked_and_what_became_of_it(curator, psychologist, pupil, teacher):
    told(curator, pupil, teacher)
    revoked = ask(curator, pupil, informant_id=PersonFactory(organisation=pupil.organisation, surname="Рыбина").pk)
    revoke_invitation(curator.access, invitation_id=revoked.pk)
    gone = PersonFactory(organisation=pupil.organisation, surname="Ушлая")
    ask(curator, pupil, informant_id=gone.pk)
    Person.objects.filter(pk=gone.pk).update(left_on=TODAY)

    expected = [("Зайцев", [], ["received", "revoked", "left"])]

    assert (states(curator), states(psychologist)) == (expected, expected)
    assert [line.received for line in lines(curator, "зайц")] == [1]
    assert lines(curator, "никто") == []


def test_list_costs_the_same_for_one_mentee_and_for_three(curator, pupil, teacher, school, django_assert_num_queries):
    with django_assert_num_queries(4):
        lines(curator)
    for surname in ("Белкин", "Волков"):
        other = PersonFactory(organisation=school, surname=surname)
        MenteeProfileFactory(person=other)
        consents(other)
        told(curator, other, teacher)

    with django_assert_num_queries(4):
        assert len(lines(curator)) == 3


# Pages


def test_curator_asks_on_the_page_and_reads_the_answers(curator, pupil, teacher):
    asked = curator.client.post(
        f"/o/licey/statements/ask/{pupil.pk}/", {"informant": teacher.pk, "relation": TEACHER}, follow=True
    )

    assert asked.redirect_chain == [("/o/licey/statements/", 302)]
    assert "Громова\xa0А.\xa0И.: письмо со ссылкой поставлено в очередь." in asked.content.decode()
    sheet = told(curator, pupil, teacher, at=timezone.now())
    shown = page(curator, f"{sheet.pk}/").content.decode()
    assert "=рисует &lt;b&gt;лучше&lt;/b&gt; всех" in shown
    assert StatementReading.objects.filter(sheet=sheet, reader=curator.user).count() == 1


def test_page_of_asking_says_what_is_wrong(curator, pupil, teacher, school):
    path = f"/o/licey/statements/ask/{pupil.pk}/"

    refused = curator.client.post(path, {"surname": teacher.surname, "given": "Анна", "patronymic": "Ивановна"})
    namesake = {"surname": teacher.surname, "given": "Анна", "patronymic": "Ивановна", "relation": TEACHER}
    known = curator.client.post(path, namesake)
    withdraw(pupil)
    closed = curator.client.get(path)

    assert refused.context["form"].errors == {"relation": ["Обязательное поле."]}
    assert known.context["form"].non_field_errors() == [
        "Такой человек уже есть. Если это тёзка, отметьте это внизу формы."
    ]
    assert closed.context["missing"] == ["обработка персональных данных"]
    outside = PersonFactory(organisation=school)
    assert curator.client.get(f"/o/licey/statements/ask/{outside.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"relation": TEACHER}, {"informant"}),
        ({"relation": "own", "surname": "Зайцева"}, {"own_relation"}),
        ({"relation": "own", "own_relation": "бабушка", "surname": "Зайцева", "given": "  Ольга "}, set()),
        ({"relation": "own", "own_relation": "а" * 101, "surname": "Зайцева"}, {"own_relation"}),
        ({"relation": TEACHER, "surname": "Зайцева", "email": "не адрес"}, {"email"}),
    ],
)
def test_form_says_what_is_missing(curator, pupil, sent, wrong):
    form = StatementForm(sent, access=curator.access, about=pupil)

    assert set(form.errors) == wrong
    if not wrong:
        newcomer = Newcomer("Зайцева", "Ольга")
        assert form.wanted() == {"newcomer": newcomer, "relation": "бабушка"}


def test_form_offers_grown_people_of_the_school_who_are_still_here(curator, pupil, teacher, stranger):
    PersonFactory(organisation=pupil.organisation, left_on=TODAY)
    PersonFactory(organisation=pupil.organisation, kind=Person.Kind.PUPIL)

    form = StatementForm(access=curator.access, about=pupil)
    both = StatementForm(
        {"informant": teacher.pk, "surname": "Х", "relation": TEACHER}, access=curator.access, about=pupil
    )
    foreign = StatementForm({"informant": stranger.person.pk, "relation": TEACHER}, access=curator.access, about=pupil)

    assert list(form.fields["informant"].queryset) == [teacher, curator.person]
    assert set(both.errors) == {"surname"}
    assert set(foreign.errors) == {"informant"}


def test_pages_open_to_their_readers_only(curator, psychologist, director, mentor, stranger, pupil, teacher):
    sheet = told(curator, pupil, teacher)
    paths = ("", f"ask/{pupil.pk}/", f"{sheet.pk}/")

    def codes(persona):
        return [page(persona, path).status_code for path in paths]

    assert (codes(curator), codes(psychologist)) == ([200, 200, 200], [200, 403, 200])
    assert (codes(director), codes(mentor)) == ([403, 403, 403], [403, 403, 403])
    assert codes(stranger) == [404, 404, 404]
    own = [stranger.client.get(f"/o/chuzhaya/statements/{path}").status_code for path in paths]
    assert own == [200, 404, 404]
    withdraw(pupil)
    assert codes(psychologist) == [200, 403, 404]
    assert StatementReading.objects.count() == 2


def test_list_without_a_consent_says_why_and_leads_nowhere(curator, pupil, teacher):
    told(curator, pupil, teacher)
    withdraw(pupil, Purpose.PARTICIPATION)

    shown = page(curator).content.decode()

    assert "Не хватает согласия: участие в наставничестве." in shown
    assert ("Попросить сведения" in shown, ">Читать<" in shown) == (False, False)


def test_list_is_narrowed_to_what_was_told_and_what_is_awaited(curator, pupil, teacher, school):
    other = MenteeProfileFactory(person=PersonFactory(organisation=school)).person
    consents(other)
    told(curator, pupil, teacher)
    ask(curator, other, informant_id=curator.person.pk)

    shown = [list(statement_mentees(curator.access, told=each)) for each in ("received", "waiting", "unheard of")]

    assert [[profile.person for profile in each] for each in shown[:2]] == [[pupil], [other]]
    assert len(shown[2]) == 2


def test_methodologist_sees_no_statements(school, pupil):
    methodologist = make_persona(Role.METHODOLOGIST, school, surname="Мягкова")

    assert page(methodologist).status_code == 403
