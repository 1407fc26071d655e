"""The door people answer at: every state of it, keeping, sending, guessing."""

from collections.abc import Callable
from datetime import date

import lxml.html
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from people.models import Organisation
from surveys.domain.questionnaire import Question, QuestionKind, Questionnaire, Section
from surveys.models import Invitation, Sheet, Wave
from surveys.operations.answering import save_answers
from surveys.seals import token_of
from tests.factories import AT, InvitationFactory, PersonFactory, WaveFactory, consents

SCRIPT = {"Accept": "application/json"}
TYPED = '<script>alert("1")</script> 🙂'
ALWAYS = {"opens_on": date(2000, 1, 1), "closes_on": date(2099, 12, 20)}


@pytest.fixture
def wave(school: Organisation) -> Wave:
    return WaveFactory(version__questionnaire__organisation=school, **ALWAYS)


@pytest.fixture
def invitation(wave: Wave) -> Invitation:
    invited = InvitationFactory(wave=wave)
    consents(invited.person)
    return invited


def door(invitation: Invitation, name: str = "answer_form") -> str:
    return reverse(name, args=[token_of(invitation.nonce)])


def keep(invitation: Invitation, **answers: str) -> None:
    save_answers(token=token_of(invitation.nonce), at=AT, sent={key: [text] for key, text in answers.items()})


def typed(response: HttpResponse) -> dict[str, str]:
    """What the form on the page is filled with."""
    values = lxml.html.fromstring(response.content.decode()).forms[0].form_values()
    return {name: value for name, value in values if name.startswith("a.") and value}


def words(response: HttpResponse) -> list[str]:
    """The heading and the paragraphs of a page without a form."""
    return [
        " ".join(place.text_content().split()) for place in lxml.html.fromstring(response.content).xpath("//h1|//p")
    ]


def note(response: HttpResponse) -> list[str]:
    return [
        " ".join(place.text_content().split())
        for place in lxml.html.fromstring(response.content).xpath("//*[@id='note']/p | //*[@id='note']//li")
    ]


def test_door_opens_the_form_with_the_draft_in_it(client: Client, invitation: Invitation) -> None:
    keep(invitation, useful="8", words="<b>реже</b>")

    response = client.get(door(invitation))

    assert response.status_code == 200
    assert typed(response) == {"a.useful": "8", "a.words": "<b>реже</b>"}


def test_door_leaves_no_trace(client: Client, invitation: Invitation) -> None:
    response = client.get(door(invitation))

    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert dict(response.cookies) == {}


def test_door_opens_in_one_query_once_its_version_is_known(
    client: Client, invitation: Invitation, django_assert_num_queries: Callable
) -> None:
    client.get(door(invitation))

    with django_assert_num_queries(1):
        client.get(door(invitation))


@pytest.mark.parametrize("name", ["answer_save", "answer_send"])
def test_address_of_a_button_leads_to_the_form(client: Client, invitation: Invitation, name: str) -> None:
    response = client.get(door(invitation, name))

    assert (response.status_code, response["Location"]) == (302, door(invitation))


def test_script_keeps_one_answer_and_hears_what_is_wrong(client: Client, invitation: Invitation) -> None:
    keep(invitation, again="yes")

    fields = {"a.useful": "11", "a.words": "Чаще", "seconds": "40"}
    response = client.post(door(invitation, "answer_save"), fields, headers=SCRIPT)

    assert response.json() == {"saved": True, "faults": {"useful": "Выберите число от 1 до 10."}, "refusal": ""}
    assert typed(client.get(door(invitation))) == {"a.again": "yes", "a.words": "Чаще"}


@pytest.mark.parametrize("seconds", ["", "-5", "1e9", "99999999999999", "²"])
def test_nonsense_instead_of_seconds_does_not_stop_saving(client: Client, invitation: Invitation, seconds: str) -> None:
    fields = {"a.useful": "3", "seconds": seconds}

    response = client.post(door(invitation, "answer_save"), fields, headers=SCRIPT)

    assert response.json()["saved"] is True


def test_plain_form_is_kept_for_later(client: Client, invitation: Invitation) -> None:
    response = client.post(door(invitation, "answer_save"), {"a.useful": "3", "whole": "1"}, follow=True)

    assert note(response) == ["Сохранено. Продолжить можно по этой же ссылке."]
    assert typed(response) == {"a.useful": "3"}


def test_plain_form_with_a_fault_is_kept_and_shown_again(client: Client, invitation: Invitation) -> None:
    fields = {"a.useful": "3", "a.words": "я" * 4001, "whole": "1"}

    response = client.post(door(invitation, "answer_save"), fields)

    assert typed(response) == {"a.useful": "3", "a.words": "я" * 4001}
    assert note(response)[0] == "Проверьте эти ответы, остальные сохранены:"


def test_plain_form_is_sent_once_however_often_the_button_is_pressed(client: Client, invitation: Invitation) -> None:
    answers = [
        client.post(door(invitation, "answer_send"), {"a.useful": useful, "whole": "1"}, follow=True)
        for useful in ("3", "9")
    ]

    assert [words(answer)[1] for answer in answers] == ["Анкета отправлена", "Анкета отправлена"]
    assert [sheet.answers for sheet in Sheet.objects.all()] == [{"useful": 3}]


def test_plain_form_comes_back_with_what_was_typed_and_what_is_wrong(client: Client, invitation: Invitation) -> None:
    fields = {"a.again": "yes", "a.words": TYPED, "whole": "1"}

    response = client.post(door(invitation, "answer_send"), fields)

    assert typed(response) == {"a.again": "yes", "a.words": TYPED}
    assert note(response) == [
        "Анкета не отправлена. Проверьте эти ответы, остальные сохранены:",
        "Насколько вам полезны встречи?: Ответьте на этот вопрос.",
    ]
    assert Sheet.objects.count() == 0


def test_script_sends_the_draft_and_what_has_changed_since(client: Client, invitation: Invitation) -> None:
    keep(invitation, useful="8", again="no")

    response = client.post(door(invitation, "answer_send"), {"a.again": "yes", "seconds": "100"}, headers=SCRIPT)

    assert response.json() == {"sent": True, "saved": True, "faults": {}, "refusal": "", "is_shut": False}
    assert Sheet.objects.get().answers == {"useful": 8, "again": "yes"}


def test_script_hears_why_a_sheet_was_not_sent(client: Client, invitation: Invitation) -> None:
    response = client.post(door(invitation, "answer_send"), {"a.again": "yes"}, headers=SCRIPT)

    assert response.json() == {
        "sent": False,
        "saved": True,
        "faults": {"useful": "Ответьте на этот вопрос."},
        "refusal": "",
        "is_shut": False,
    }


def test_script_that_sends_nothing_hears_so_and_may_go_on(client: Client, school: Organisation) -> None:
    content = Questionnaire(
        "Анкета", (Section("", (Question("words", QuestionKind.LONG, "Что изменить?"),)),)
    ).as_json()
    wave = WaveFactory(version__questionnaire__organisation=school, version__content=content, **ALWAYS)
    invitation = InvitationFactory(wave=wave)
    consents(invitation.person)

    told = client.post(door(invitation, "answer_send"), {"a.words": ""}, headers=SCRIPT).json()

    assert (told["sent"], told["is_shut"], told["refusal"]) == (False, False, "Вы ещё ничего не ответили.")


def test_second_tab_is_told_that_the_sheet_has_been_sent(client: Client, invitation: Invitation) -> None:
    client.post(door(invitation, "answer_send"), {"a.useful": "3"}, headers=SCRIPT)

    saved = client.post(door(invitation, "answer_save"), {"a.useful": "9"}, headers=SCRIPT)
    page = client.get(door(invitation))

    assert saved.json() == {"saved": False, "faults": {}, "refusal": "Анкета уже отправлена"}
    assert words(page)[1] == "Анкета уже отправлена"


def test_wave_that_closed_meanwhile_keeps_what_was_on_its_way(client: Client, invitation: Invitation) -> None:
    Wave.objects.update(closes_on=date(2001, 1, 20))

    response = client.post(door(invitation, "answer_send"), {"a.useful": "3", "whole": "1"})

    assert words(response)[1:] == [
        "Анкета закрыта",
        "«Довольны ли вы наставничеством»",
        "Анкетирование завершено 20.01. Ваши ответы не отправлены, они сохранены: "
        "спросите у куратора, продлит ли он срок.",
    ]
    assert Sheet.objects.count() == 0


def test_wave_that_opens_later_says_when(client: Client, invitation: Invitation) -> None:
    Wave.objects.update(opens_on=date(2099, 12, 1))

    response = client.get(door(invitation))

    assert words(response)[1::2] == ["Анкета ещё не открыта", "Откроется 1 декабря. Приходите по этой же ссылке."]


def test_wave_closed_before_an_answer_says_so(client: Client, invitation: Invitation) -> None:
    Wave.objects.update(closes_on=date(2001, 1, 20), state=Wave.State.CLOSED, closed_at=AT)

    response = client.get(door(invitation))

    assert words(response)[1::2] == [
        "Анкета закрыта",
        "Анкетирование завершено 20.01. Вы не успели ответить: спросите у куратора, продлит ли он срок.",
    ]


def test_anonymous_wave_whose_box_is_open_takes_nothing_more(client: Client, school: Organisation) -> None:
    wave = WaveFactory(version__questionnaire__organisation=school, is_anonymous=True, closed=True, **ALWAYS)
    invitation = InvitationFactory(wave=wave)

    told = client.post(door(invitation, "answer_send"), {"a.useful": "3"}, headers=SCRIPT).json()
    page = client.get(door(invitation))

    sentence = "Анкетирование завершено: ответы без имён уже вскрыты, и новые не принимаются."
    assert told == {"sent": False, "saved": False, "faults": {}, "refusal": sentence, "is_shut": True}
    assert words(page)[1::2] == ["Анкета закрыта", sentence]


def test_person_without_consent_is_sent_to_the_curator(client: Client, wave: Wave) -> None:
    response = client.get(door(InvitationFactory(wave=wave)))

    assert words(response)[1::2] == [
        "Ответить сейчас нельзя",
        "Нет согласия на обработку персональных данных: ответы не сохраняются. Обратитесь к куратору.",
    ]


def test_person_who_answered_on_paper_is_told(client: Client, invitation: Invitation) -> None:
    Invitation.objects.update(is_answered=True, answered_on=date(2026, 11, 3), is_on_paper=True)

    response = client.get(door(invitation))

    assert words(response)[1::2] == ["Анкета уже отправлена", "Ваши ответы внесены с бумаги 3 ноября. Спасибо!"]


@pytest.mark.parametrize("name", ["answer_form", "answer_save", "answer_send"])
def test_forged_revoked_and_left_links_are_told_the_same(client: Client, wave: Wave, name: str) -> None:
    revoked = InvitationFactory(wave=wave, revoked_at=AT)
    left = InvitationFactory(wave=wave, person=PersonFactory(organisation=wave.organisation, left_on=date(2026, 1, 1)))
    method = "get" if name == "answer_form" else "post"

    answers = [
        getattr(client, method)(address)
        for address in (reverse(name, args=["forged"]), door(revoked, name), door(left, name))
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1
    assert words(answers[0]) == ["Анкета не открылась", "Эта ссылка не действует. Попросите у куратора новую."]


def test_who_guesses_links_waits_and_who_has_one_does_not(client: Client, invitation: Invitation) -> None:
    guesses = [client.get(reverse("answer_form", args=[f"guess-{number}"])).status_code for number in range(22)]

    assert guesses == [404] * 20 + [429] * 2
    assert client.get(door(invitation)).status_code == 200


def test_statement_tells_about_whom_and_who_reads(client: Client, wave: Wave) -> None:
    about = PersonFactory(organisation=wave.organisation, surname="Лисина")
    consents(about)

    response = client.get(door(InvitationFactory(wave=wave, about=about)))

    told = words(response)
    assert [line for line in told if line.startswith("О ком")] == [f"О ком: {about.full_name}"]
    assert told.count("Ответы увидят куратор и педагог-психолог, каждое чтение записывается.") == 1


def test_anonymous_entry_tells_its_threshold_and_offers_a_word(client: Client, school: Organisation) -> None:
    wave = WaveFactory(version__questionnaire__organisation=school, is_anonymous=True, stage="entry", **ALWAYS)
    invitation = InvitationFactory(wave=wave)
    client.post(door(invitation, "answer_save"), {"a.useful": "3", "secret": "клён-4729"}, headers=SCRIPT)

    response = client.get(door(invitation))

    page = lxml.html.fromstring(response.content.decode())
    promise = [place.text_content() for place in page.find_class("survey-promise")[0].findall("p")]
    assert promise == [
        "Без имени: портал записывает, что вы ответили, но не что именно.\n",
        "Ответы лежат запечатанными до конца анкетирования и открываются все сразу, вперемешку. "
        "Итоги показывают, только если ответили не меньше 5\u00a0человек.",
    ]
    assert page.get_element_by_id("secret").value == "клён-4729"
