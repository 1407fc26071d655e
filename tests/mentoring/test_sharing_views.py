"""The pages of the district's bank; strangers are walked in tests/guards."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from mentoring.models import SharingRequest
from people.domain.roles import Role
from tests.conftest import make_persona
from tests.factories import OrganisationFactory, SharingRequestFactory, consents
from tests.mentoring.order_steps import fresh
from tests.mentoring.sharing_steps import lend, offered, withdraw
from tests.mentoring.test_views import errors, get, post, said, text


@pytest.fixture
def mentor_there(stranger):
    """A mentor of the other school with everything on their card that stays at home."""
    card = {"email": "k@example.org", "phone": "+7 900 111", "note": "тайна", "birth_year": 1971}
    return offered(stranger.organisation, surname="Котова", profile={"achievements": "Победы"}, **card)


@pytest.fixture
def asked(curator, mentor_there):
    """The curator's school has asked for them."""
    return SharingRequestFactory(organisation=curator.organisation, mentor=mentor_there, topics="дисциплина")


def secrets_in(page):
    return [secret for secret in ("k@example.org", "111", "тайна", "1971", "Победы") if secret in page]


def test_list_shows_mentors_of_the_district_without_their_secrets(curator, mentor_there):
    page = text(get(curator, "sharing_list"))

    assert mentor_there.full_name in page
    assert "Чужая школа" in page
    assert secrets_in(page) == []
    assert mentor_there.full_name not in text(get(curator, "sharing_list", q="химия"))


def test_empty_list_says_how_mentors_come_into_it(curator):
    assert "Просить пока некого" in text(get(curator, "sharing_list"))


def test_mentor_is_asked_for_by_the_topics_in_the_address(curator, mentor_there):
    page = get(curator, "sharing_ask", mentor_there.pk, topics="дисциплина")
    answer = post(curator, "sharing_ask", mentor_there.pk, topics=" дисциплина \n на уроке")

    assert page.context["form"].initial == {"topics": "дисциплина"}
    assert secrets_in(text(page)) == []
    assert said(answer) == ["Просьба отправлена: её увидит куратор организации Чужая школа."]
    assert SharingRequest.objects.get().topics == "дисциплина на уроке"


def test_second_request_for_one_mentor_is_refused_in_words(curator, asked):
    answer = post(curator, "sharing_ask", asked.mentor_id, topics="ещё")

    assert errors(answer) == ["Об этом наставнике вы уже попросили, или он уже у вас."]


def test_mentor_who_is_not_offered_has_no_page(curator, mentor_there):
    withdraw(mentor_there)

    assert get(curator, "sharing_ask", mentor_there.pk).status_code == 404
    assert post(curator, "sharing_ask", mentor_there.pk, topics="x").status_code == 404


def test_request_is_answered_with_a_place(curator, stranger, asked):
    page = get(stranger, "sharing_answer", asked.pk)
    answer = post(stranger, "sharing_agree", asked.pk, places="1", answer="По средам")

    assert "дисциплина" in text(page)
    assert said(answer) == ["Согласовано: наставник появится в банке организации Лицей № 7."]
    assert (fresh(asked).state, asked.answer) == ("agreed", "По средам")
    own = text(get(curator, "sharing_list"))
    assert "согласовано" in own
    assert "По средам" in own
    assert text(get(curator, "person_detail", asked.guest_id)).count(asked.mentor.full_name) > 0
    assert "Согласовано" in text(get(stranger, "sharing_answer", asked.pk))


def test_refusal_needs_no_places(stranger, asked):
    answer = post(stranger, "sharing_refuse", asked.pk, places="много", answer="Он занят")

    assert said(answer) == ["Отказано: это увидит куратор организации Лицей № 7."]
    assert (fresh(asked).state, asked.answer) == ("refused", "Он занят")


def test_answer_with_faults_comes_back_with_words(stranger, asked):
    too_many = post(stranger, "sharing_agree", asked.pk, places="9")
    none = post(stranger, "sharing_agree", asked.pk, places="")

    assert errors(too_many)[0].startswith("У наставника 2")
    assert errors(none) == ["Обязательное поле."]
    assert fresh(asked).state == "asked"


def test_mentor_who_may_not_be_lent_can_only_be_refused(stranger, asked):
    withdraw(asked.mentor)

    page = text(get(stranger, "sharing_answer", asked.pk))
    answer = post(stranger, "sharing_agree", asked.pk, places="1")

    assert "нет действующего согласия" in page
    assert (">Отказать<" in page, ">Согласовать<" in page) == (True, False)
    assert errors(answer)[0].startswith("Согласовать нельзя: у наставника нет действующего согласия")


def test_request_is_taken_back(curator, asked):
    first = said(post(curator, "sharing_withdraw", asked.pk))
    get(curator, "sharing_list")
    SharingRequest.objects.update(state="refused", answered_at=asked.asked_at)
    late = said(post(curator, "sharing_withdraw", asked.pk))

    assert (first, late) == (["Просьба отозвана."], ["Отозвать нельзя: вам уже ответили."])


def test_third_school_of_the_district_sees_nothing_of_a_request(district, asked):
    third = make_persona(Role.CURATOR, OrganisationFactory(parent=district))

    answers = [
        get(third, "sharing_answer", asked.pk),
        *(post(third, name, asked.pk, places="1") for name in ("sharing_agree", "sharing_refuse", "sharing_withdraw")),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert "дисциплина" not in text(get(third, "sharing_list"))
    assert fresh(asked).state == "asked"


def test_own_requests_go_out_as_a_spreadsheet_and_on_paper(curator, stranger, asked):
    request = lend(stranger, curator.organisation, offered(stranger.organisation, surname="Ёлкина"), answer="=1+1")
    consents(request.guest)

    sheet = load_workbook(BytesIO(get(curator, "sharing_export").content)).active
    paper, day = text(get(curator, "sharing_print")), "20.11.2026"

    assert list(sheet.iter_rows(values_only=True)) == [
        ("Наставник", "Организация", "С чем помочь", "Когда просили", "Состояние", "Когда ответили", "Ответ"),
        (request.mentor.full_name, "Чужая школа", "дисциплина на уроке", day, "согласовано", day, "=1+1"),
        (asked.mentor.full_name, "Чужая школа", "дисциплина", day, "ждёт ответа", None, None),
    ]
    assert [name in paper for name in (request.mentor.full_name, asked.mentor.full_name)] == [True, True]
