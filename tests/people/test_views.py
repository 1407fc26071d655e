"""Pages about people: of each a happy path and a refusal. Strangers: tests/guards/test_stranger_walk.py."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.domain.consent import Purpose
from people.domain.roles import Role
from people.models import CaseCorrection, Consent, ConsentText, Head, Organisation, Person, PersonalLink
from people.operations.links import issue_links
from people.queries.links import url_of
from tests.conftest import Persona, make_persona
from tests.factories import ConsentFactory, MembershipFactory, PersonFactory, UserFactory, consents

CARD = {
    "kind": "staff",
    "surname": "  Новикова ",
    "given": "Ольга",
    "patronymic": "Петровна",
    "gender": "f",
    "post": "учитель",
}


@pytest.fixture
def person(school: Organisation) -> Person:
    return PersonFactory(organisation=school, surname="Новикова", birth_year=1990)


def address(persona: Persona, name: str, *args: object) -> str:
    return reverse(name, args=[persona.organisation.slug, *args])


def read(client: Client, url: str, data: dict[str, object] | None = None) -> str:
    """The text of the page that an answer leads to."""
    response = client.get(url) if data is None else client.post(url, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_home_leads_to_the_only_organisation(curator: Persona) -> None:
    response = curator.client.get(reverse("home"))

    assert response["Location"] == address(curator, "now")


def test_home_offers_a_choice_of_several(curator: Persona, other_school: Organisation) -> None:
    MembershipFactory(user=curator.user, organisation=other_school, role=Role.CURATOR)

    page = read(curator.client, reverse("home"))

    assert "Лицей № 7" in page
    assert "Чужая школа" in page


def test_home_tells_somebody_without_a_role_whom_to_ask(client: Client, db: None) -> None:
    client.force_login(UserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert "У вас пока нет роли" in read(client, reverse("home"))


def test_person_add_makes_a_card(curator: Persona) -> None:
    page = read(curator.client, address(curator, "person_add"), CARD)

    assert "карточка создана" in page
    assert Person.objects.get(surname="Новикова").organisation == curator.organisation


def test_person_add_refuses_a_blank_surname(curator: Persona) -> None:
    page = read(curator.client, address(curator, "person_add"), CARD | {"surname": "  "})

    assert "Обязательное поле" in page
    assert not Person.objects.filter(given="Ольга").exists()


@pytest.mark.parametrize("missing", ["", "given", "patronymic"])
def test_person_add_asks_about_a_namesake(curator: Persona, missing: str) -> None:
    card = CARD | {missing: ""}
    read(curator.client, address(curator, "person_add"), card)

    page = read(curator.client, address(curator, "person_add"), card)

    assert "Такой человек уже есть" in page
    assert Person.objects.filter(surname="Новикова").count() == 1


def test_person_add_takes_a_namesake_who_is_said_to_be_one(curator: Persona) -> None:
    for answer in ({}, {"is_namesake": "on"}):
        read(curator.client, address(curator, "person_add"), CARD | answer)

    assert Person.objects.filter(surname="Новикова").count() == 2


def test_person_edit_stores_the_card(curator: Persona, person: Person) -> None:
    url = address(curator, "person_edit", person.pk)
    form = curator.client.get(url).context["form"]
    shown = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}

    page = read(curator.client, url, shown | {"post": "методист"})

    assert "Карточка сохранена" in page
    assert Person.objects.get(pk=person.pk).post == "методист"


def test_person_edit_refuses_leaving_before_coming(curator: Persona, person: Person) -> None:
    days = {"hired_on": "2026-09-01", "left_on": "2026-08-31"}

    page = read(curator.client, address(curator, "person_edit", person.pk), CARD | days)

    assert "Выбыл раньше, чем принят" in page
    assert Person.objects.get(pk=person.pk).left_on is None


def test_person_edit_is_not_for_a_psychologist(psychologist: Persona, mentor: Persona) -> None:
    response = psychologist.client.get(address(psychologist, "person_edit", mentor.person.pk))

    assert response.status_code == 403


def test_person_cases_show_the_six_cases(curator: Persona, person: Person) -> None:
    page = read(curator.client, address(curator, "person_cases", person.pk))

    assert "Новиковой Анне Ивановне" in page


def test_person_cases_are_corrected(curator: Persona, person: Person) -> None:
    texts = {f"post-{case}": "учительница" for case in ("gen", "dat", "acc", "ins", "pre")}

    page = read(curator.client, address(curator, "person_cases_correct", person.pk, "post"), texts)

    assert "Запомнили" in page
    assert set(CaseCorrection.objects.values_list("part", "text")) == {("post", "учительница")}


def test_person_cases_are_not_corrected_by_half(curator: Persona, person: Person) -> None:
    url = address(curator, "person_cases_correct", person.pk, "post")

    page = read(curator.client, url, {"post-dat": "учительнице"})

    assert "Заполните все падежи" in page
    assert not CaseCorrection.objects.exists()


def test_unknown_part_of_a_name_is_404(curator: Persona, person: Person) -> None:
    assert curator.client.post(address(curator, "person_cases_correct", person.pk, "nickname")).status_code == 404


def test_consent_list_shows_who_lacks_what(curator: Persona, person: Person) -> None:
    assert "Новикова Анна Ивановна" in read(curator.client, address(curator, "consent_list") + "?only=missing")

    consents(person)

    assert "Новикова Анна Ивановна" not in read(curator.client, address(curator, "consent_list") + "?only=missing")


@pytest.mark.parametrize(
    ("query", "words"), [("?q=Кукушкина", "Проверьте имя"), ("?only=missing", "Согласие на обработку есть у всех")]
)
def test_consent_list_that_finds_nobody_shows_a_way_on(curator: Persona, query: str, words: str) -> None:
    consents(curator.person)

    page = read(curator.client, address(curator, "consent_list") + query)

    assert ("Никого не нашли" in page, words in page, "Показать всех" in page) == (True, True, True)


def test_consent_list_is_not_for_the_director(director: Persona) -> None:
    assert director.client.get(address(director, "consent_list")).status_code == 403


PAPER = {"purpose": "processing", "signed_on": "2026-09-01", "signer_name": "Новикова Анна Ивановна"}


def test_consent_record_puts_a_paper_in_force(curator: Persona, person: Person) -> None:
    page = read(curator.client, address(curator, "consent_record", person.pk), PAPER)

    assert "Согласие внесено" in page
    assert Consent.objects.in_force(date(2026, 9, 1)).get().person == person


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"signed_on": str(timezone.localdate() + timedelta(days=2))}, "Дата подписания ещё не наступила"),
        ({"valid_until": "2026-09-02"}, "Срок согласия истёк 02.09.2026"),
        ({"valid_until": "2026-08-31"}, "Срок заканчивается раньше подписания"),
        ({"signer_name": ""}, "Обязательное поле"),
    ],
    ids=["not yet", "over", "reversed", "nobody"],
)
def test_consent_record_refuses_in_words(curator: Persona, person: Person, values: dict[str, str], words: str) -> None:
    page = read(curator.client, address(curator, "consent_record", person.pk), PAPER | values)

    assert words in page
    assert not Consent.objects.exists()


def test_consent_record_asks_who_signs_for_a_minor(curator: Persona, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(birth_year=2012)

    page = read(curator.client, address(curator, "consent_record", person.pk), PAPER)

    assert "Обязательное поле" in page
    assert not Consent.objects.exists()


def test_consent_withdraw_notes_it(curator: Persona, mentor: Persona) -> None:
    consent = Consent.objects.get(person=mentor.person, purpose=Purpose.PROCESSING)

    page = read(curator.client, address(curator, "consent_withdraw", consent.pk), {})

    assert "Согласие отозвано" in page
    assert Consent.objects.get(pk=consent.pk).state == Consent.State.WITHDRAWN


@pytest.mark.parametrize(("purpose", "is_hidden"), [(Purpose.PROCESSING, True), (Purpose.PARTICIPATION, False)])
def test_consent_withdraw_says_what_follows(
    curator: Persona, mentor: Persona, purpose: Purpose, is_hidden: bool
) -> None:
    consent = Consent.objects.get(person=mentor.person, purpose=purpose)

    page = read(curator.client, address(curator, "consent_withdraw", consent.pk), {})

    assert "Согласие отозвано." in page
    assert ("больше не показывается другим" in page) is is_hidden


def test_consent_withdraw_refuses_a_mere_claim(curator: Persona, person: Person) -> None:
    claim = ConsentFactory(person=person, state=Consent.State.CLAIMED)

    assert "отзывать нечего" in read(curator.client, address(curator, "consent_withdraw", claim.pk), {})


def test_consent_paper_is_a_sheet_to_sign(curator: Persona, person: Person) -> None:
    page = read(curator.client, address(curator, "consent_paper", person.pk, "publication"))

    assert "Новикова Анна Ивановна" in page
    assert "Подпись ____" in page


def test_consent_paper_of_a_minor_is_signed_by_a_representative(curator: Persona, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(birth_year=2012)

    assert "законный представитель" in read(curator.client, address(curator, "consent_paper", person.pk, "sharing"))


@pytest.mark.parametrize("name", ["my_consent", "consent_paper"])
def test_unknown_purpose_is_404(curator: Persona, person: Person, name: str) -> None:
    args = ["fun"] if name == "my_consent" else [person.pk, "fun"]

    assert curator.client.get(address(curator, name, *args)).status_code == 404


def signable(persona: Persona) -> dict[str, object]:
    Organisation.objects.filter(pk=persona.organisation.pk).update(electronic_flow_act="приказ № 1")
    return {"text": ConsentText.objects.current().get(purpose=Purpose.SHARING).pk}


def test_my_consent_is_signed_where_documents_are_electronic(mentor: Persona) -> None:
    form = signable(mentor)

    page = read(mentor.client, address(mentor, "my_consent_sign", "sharing"), form)

    assert "Согласие подписано" in page
    assert "Отозвать согласие" in page


def test_my_consent_says_why_it_is_not_signed_here(mentor: Persona) -> None:
    page = read(mentor.client, address(mentor, "my_consent", "sharing"))

    assert "принимает согласия на бумаге" in page
    assert "Подписываю согласие" not in page


@pytest.mark.parametrize("text", ["", "0", "text", "-1", "²"])
def test_my_consent_to_no_text_is_refused_in_russian(mentor: Persona, text: str) -> None:
    signable(mentor)

    page = read(mentor.client, address(mentor, "my_consent_sign", "sharing"), {"text": text})

    assert "Текст согласия обновился" in page
    assert not Consent.objects.filter(purpose=Purpose.SHARING).exists()


def test_my_consent_of_nobody_is_404(school: Organisation) -> None:
    nobody = make_persona(Role.PARTICIPANT, school)
    nobody.user.memberships.update(person=None)

    assert nobody.client.get(address(nobody, "my_consent", "sharing")).status_code == 404
    assert nobody.client.post(address(nobody, "my_consent_sign", "sharing")).status_code == 404


def test_my_consent_is_withdrawn(mentor: Persona) -> None:
    page = read(mentor.client, address(mentor, "my_consent_withdraw", "processing"), {})

    assert "Согласие отозвано" in page
    assert not mentor.person.consents.in_force(date(2026, 11, 20)).filter(purpose="processing").exists()


def test_my_consent_that_is_not_there_is_not_withdrawn(mentor: Persona) -> None:
    assert mentor.client.post(address(mentor, "my_consent_withdraw", "sharing")).status_code == 404


def test_link_sheet_shows_a_card_of_each(curator: Persona, person: Person, mentor: Persona) -> None:
    page = read(curator.client, address(curator, "link_sheet"), {"person": [person.pk, mentor.person.pk, "x"]})

    assert page.count("data:image/svg+xml") == 2
    assert "Новикова Анна Ивановна" in page


def test_link_sheet_spells_the_address_too(curator: Persona, mentor: Persona) -> None:
    page = read(curator.client, address(curator, "link_sheet"), {"person": [mentor.person.pk]})

    assert url_of(mentor.person.personal_links.get()) in page


def test_refused_settings_do_not_change_the_menu(curator: Persona) -> None:
    page = read(curator.client, address(curator, "organisation_settings"), {"short_name": "Без сохранения"})

    assert "Обязательное поле" in page
    assert page.count("Без сохранения") == 1
    assert "Лицей № 7" in page


def test_link_sheet_of_nobody_says_so(curator: Persona) -> None:
    assert "Никто не выбран" in read(curator.client, address(curator, "link_sheet"), {})


def test_link_send_mails_it(settings, curator: Persona, person: Person) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Person.objects.filter(pk=person.pk).update(email="novikova@example.org")

    assert "отправлено" in read(curator.client, address(curator, "link_send", person.pk), {})


def test_link_send_without_an_address_is_refused(curator: Persona, person: Person) -> None:
    page = read(curator.client, address(curator, "link_send", person.pk), {})

    assert "не указана электронная почта" in page


def test_link_revoke_ends_it(curator: Persona, person: Person) -> None:
    issue_links(curator.access, person_ids=[person.pk])

    page = read(curator.client, address(curator, "link_revoke", person.pk), {})

    assert "больше не действует" in page
    assert PersonalLink.objects.get().revoked_at is not None


def test_link_pages_are_not_for_the_personnel_officer(hr_officer: Persona, person: Person) -> None:
    assert hr_officer.client.post(address(hr_officer, "link_revoke", person.pk)).status_code == 403


def settings_of(persona: Persona) -> dict[str, object]:
    form = persona.client.get(address(persona, "organisation_settings")).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def test_organisation_settings_are_stored(curator: Persona) -> None:
    page = read(curator.client, address(curator, "organisation_settings"), settings_of(curator) | {"inn": "7700000000"})

    assert "Настройки сохранены" in page
    assert Organisation.objects.get(pk=curator.organisation.pk).inn == "7700000000"


def test_organisation_settings_refuse_a_blank_name(curator: Persona) -> None:
    page = read(curator.client, address(curator, "organisation_settings"), settings_of(curator) | {"short_name": ""})

    assert "Обязательное поле" in page
    assert Organisation.objects.get(pk=curator.organisation.pk).short_name == "Лицей № 7"


def test_head_appoint_records_who_signs(director: Persona, mentor: Persona) -> None:
    form = {"person": mentor.person.pk, "title": "Директор", "since": "2026-11-20"}

    page = read(director.client, address(director, "head_appoint"), form)

    assert "Руководитель записан" in page
    assert Head.objects.get(until=None).person == mentor.person


def test_head_appoint_refuses_a_day_before_the_predecessor(director: Persona, mentor: Persona) -> None:
    form = {"person": mentor.person.pk, "title": "Директор", "since": "2019-09-01"}

    page = read(director.client, address(director, "head_appoint"), form)

    assert "Прежний руководитель назначен позже" in page
    assert Head.objects.get().person == director.person


def test_head_appoint_is_not_for_the_curator(curator: Persona) -> None:
    assert curator.client.post(address(curator, "head_appoint")).status_code == 403


@pytest.mark.django_db
def test_form_in_no_writing_is_a_bad_request(client: Client) -> None:
    form = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nsomebody\r\n--x--\r\n'

    response = client.generic(
        "POST", reverse("account_login"), form, content_type="multipart/form-data; boundary=x; charset=zlib"
    )

    assert response.status_code == 400
