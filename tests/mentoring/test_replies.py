"""Reading answers to proposals, and the pages of both sides; races stand in operations/test_replies.py."""

import pytest
from django.urls import reverse

from mentoring.models import Pairing, PairingMentee, PairingReply, ProposalLetter
from mentoring.operations.pairings import agree_pairing
from mentoring.operations.replies import record_reply
from mentoring.queries.banks import bank_figures
from mentoring.queries.pairings import count_by_group, pair_list, pair_rows, pairing_of, party_lines
from mentoring.queries.replies import own_offer, own_offers
from mentoring.queries.steps import steps
from people.domain.consent import Purpose
from people.models import Consent, Person
from tests.factories import (
    PairingFactory,
    PairingMenteeFactory,
    PairingReplyFactory,
    pair,
)
from tests.mentoring.order_steps import fresh, in_bank, working
from tests.mentoring.reply_steps import access_of, answer, group, mentee_of, told


def get(persona, name, *args, **query):
    return persona.client.get(reverse(name, args=[persona.organisation.slug, *args]), query)


def post(persona, name, *args, **values):
    address = reverse(name, args=[persona.organisation.slug, *args])
    return persona.client.post(address, values, follow=True)


def text(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def said(response):
    return [str(message) for message in response.context["messages"]]


def titles(persona):
    figures = bank_figures(persona.access) if persona.access.may("banks_view") else None
    pairs = count_by_group(persona.access) if persona.access.may("pairings_view") else None
    return [(step.title.replace("\u00a0", " "), step.url) for step in steps(persona.access, figures, pairs)]


def offered_to(mentee, curator, **values):
    """A pairing proposed to a persona as its mentee."""
    pairing = pair(curator.organisation, **values)
    PairingMentee.objects.filter(pairing=pairing).update(mentee=mentee.person)
    return pairing


# Lists and counts


def test_list_says_how_many_have_not_answered(curator):
    silent, half, lacking, refused = (pair(curator.organisation) for _ in range(4))
    Consent.objects.filter(person=lacking.mentor, purpose=Purpose.PARTICIPATION).delete()
    answer(curator, half, half.mentor, True)
    for person in (lacking.mentor, mentee_of(lacking)):
        answer(curator, lacking, person, True)
    answer(curator, refused, refused.mentor, False)

    rows = {row.pk: (row.asked, row.silent, row.is_refused) for row in pair_rows(curator.access)}

    assert [rows[each.pk] for each in (silent, half, lacking)] == [(2, 2, False), (2, 1, False), (2, 0, False)]
    assert rows[refused.pk][2]
    assert set(pair_list(curator.access, states="asked")) == {silent, half}
    assert list(pair_list(curator.access, states="willing")) == [lacking]
    counts = count_by_group(curator.access)
    assert (counts["proposed"], counts["unanimous"]) == (3, 1)


def test_parties_say_what_they_answered_to_who_makes_pairs_alone(curator, director):
    pairing, (first, second) = group(curator)
    told(curator, pairing)
    answer(curator, pairing, pairing.mentor, True)
    answer(curator, pairing, first, False, "далеко")

    lines = party_lines(curator.access, pairing_of(curator.access, pairing.pk))
    seen = party_lines(director.access, pairing_of(director.access, pairing.pk))

    facts = [(line.person, line.reply and line.reply.is_willing, line.has_left) for line in lines]
    assert facts == [(pairing.mentor, True, False), (second, None, False), (first, False, True)]
    assert lines[0].letter == ProposalLetter.objects.get()
    assert [(line.person, line.reply, line.letter) for line in seen] == [
        (pairing.mentor, None, None),
        (second, None, None),
    ]


# One's own page


def test_offer_shows_who_has_answered_and_not_what(curator, mentee):
    pairing = offered_to(mentee, curator)
    record_reply(curator.access, pairing_id=pairing.pk, person_id=pairing.mentor_id, is_willing=True)

    offer = own_offer(mentee.access, own_offers(mentee.access).get())

    assert (offer.mentor.name, offer.mentor.has_answered) == (pairing.mentor.full_name, True)
    assert [(party.is_self, party.has_answered) for party in offer.mentees] == [(True, False)]
    assert (offer.may_answer, offer.reply, offer.missing) == (True, None, [])


def test_somebody_without_a_consent_goes_unnamed(curator, mentee):
    pairing = offered_to(mentee, curator)
    Consent.objects.filter(person__in=[pairing.mentor, mentee.person]).delete()

    page = text(get(mentee, "my_pair", pairing.pk))

    assert pairing.mentor.surname not in page
    assert "имя не показываем: нет согласия на обработку данных" in page
    assert mentee.person.full_name in page
    assert reverse("my_consent", args=[mentee.organisation.slug, "participation"]) in page


def test_mentee_agrees_from_the_first_page_on(curator, mentee):
    pairing = offered_to(mentee, curator)
    address = f"/o/licey/my/pairs/{pairing.pk}/"
    begun = titles(mentee)

    answered = post(mentee, "my_pair_agree", pairing.pk)
    agreed = record_reply(curator.access, pairing_id=pairing.pk, person_id=pairing.mentor_id, is_willing=True)

    assert begun[0] == ("Вам предложили наставника: ответьте", address)
    assert said(answered) == ["Спасибо! Ответ принят."]
    assert "Согласен" not in text(answered)
    assert "Ждём остальных." in text(answered)
    assert agreed.state == "agreed"
    assert "Пара согласована, дальше — приказ." in text(get(mentee, "my_pair", pairing.pk))
    assert address not in [url for _, url in titles(mentee)]


def test_mentor_refuses_with_a_reason_that_the_curator_alone_reads(curator, director, mentor, mentee):
    pairing = offered_to(mentee, curator)
    PairingMentee.objects.filter(pairing=pairing).update(mentor=mentor.person)
    Pairing.objects.filter(pk=pairing.pk).update(mentor=mentor.person)

    begun = titles(mentor)
    answered = post(mentor, "my_pair_refuse", pairing.pk, reason="  уже двое подопечных ")

    assert begun[0][0] == "Вам предложили наставляемого: ответьте"
    assert said(answered) == ["Ответ принят. Дальше решает куратор."]
    assert "Вы отказались" in text(answered)
    assert "уже двое подопечных" in text(get(curator, "pair_detail", pairing.pk))
    assert "Предложение больше не действует." in text(get(mentee, "my_pair", pairing.pk))
    for persona in (director, mentee):
        for name in ("pair_detail", "my_pair"):
            assert "уже двое подопечных" not in text(get(persona, name, pairing.pk))


def test_long_reason_is_refused_in_russian(curator, mentee):
    pairing = offered_to(mentee, curator)

    answered = post(mentee, "my_pair_refuse", pairing.pk, reason="а" * 301)

    assert said(answered) == ["Напишите причину короче: до 300 знаков."]
    assert fresh(pairing).state == "proposed"


def test_late_answer_says_what_has_become_of_the_pair(curator, mentee):
    pairing = offered_to(mentee, curator)
    agree_pairing(curator.access, pairing_id=pairing.pk)

    answered = post(mentee, "my_pair_refuse", pairing.pk)

    assert said(answered) == ["Отвечать уже не нужно: сейчас пара «согласована». Если передумали, скажите куратору."]


def test_minor_reads_and_does_not_answer(curator, mentee):
    pairing = offered_to(mentee, curator)
    Person.objects.filter(pk=mentee.person.pk).update(kind=Person.Kind.PUPIL)

    page = text(get(mentee, "my_pair", pairing.pk))

    assert "За несовершеннолетнего отвечает законный представитель, на бумаге." in page
    assert "Отказаться" not in page
    assert "предложили" not in " ".join(title for title, _ in titles(mentee))


def test_several_offers_lead_to_the_page_of_all(curator, mentor):
    for _ in range(2):
        PairingMenteeFactory(pairing=PairingFactory(mentor=mentor.person), slot=mentor.person.mentored_pairings.count())

    assert titles(mentor)[0] == ("Вам предложили 2 пары: ответьте", "/o/licey/my/")
    assert text(get(mentor, "my_page")).count("ждёт вашего ответа") == 2


@pytest.mark.parametrize("name", ["my_pair", "my_pair_agree", "my_pair_refuse"])
def test_offer_to_others_is_not_there(curator, director, mentor, name):
    pairing = pair(curator.organisation)
    ask = get if name == "my_pair" else post

    assert [ask(persona, name, pairing.pk).status_code for persona in (mentor, director, curator)] == [404] * 3
    assert PairingReply.objects.count() == 0


# The curator's page


def test_curator_records_papers_for_both(curator):
    pairing = pair(curator.organisation)
    mentee = mentee_of(pairing)

    first = post(curator, "pair_willing", pairing.pk, pairing.mentor_id)
    second = post(curator, "pair_willing", pairing.pk, mentee.pk)

    assert [*said(first), *said(second)] == ["Ответ внесён.", "Ответ внесён: все согласны."]
    assert text(second).count("куратору: на бумаге или лично") == 2
    assert fresh(pairing).state == "agreed"


def test_curator_records_a_refusal_and_is_led_on_to_the_queue(curator):
    pairing = pair(curator.organisation)

    offered = text(get(curator, "pair_detail", pairing.pk))
    answered = post(curator, "pair_unwilling", pairing.pk, mentee_of(pairing).pk, reason="далеко")
    found = titles(curator)

    assert said(answered) == ["Отказ внесён: пара отклонена, наставляемые снова в очереди."]
    assert offered.count("Внести с бумаги") == 2
    assert "Подобрать другую пару" in text(answered)
    assert found[0] == ("Отказ: подберите другого наставника", "/o/licey/queue/")
    assert "после отказа" in text(get(curator, "queue"))
    assert "отказ</span>" in text(get(curator, "pair_list"))


def test_curator_lets_one_of_a_group_go(curator):
    pairing, (mentee, _) = group(curator)

    answered = post(curator, "pair_unwilling", pairing.pk, mentee.pk)

    assert said(answered) == ["Отказ внесён: человек выбыл из группы, остальные остаются."]
    assert "вне пары" in text(answered)


def test_answer_of_somebody_who_is_no_part_is_not_found(curator):
    pairing, alone = pair(curator.organisation), in_bank(curator.organisation)

    assert post(curator, "pair_willing", pairing.pk, alone.pk).status_code == 404


def test_pair_of_a_draft_order_shows_no_buttons_for_answers(curator, director):
    pairing = working(curator, director)

    page = text(get(curator, "pair_detail", pairing.pk))

    assert "Внести с бумаги" not in page


def test_curator_sees_what_proposals_wait_for(curator):
    asked, lacking = pair(curator.organisation), pair(curator.organisation)
    Consent.objects.filter(person=lacking.mentor, purpose=Purpose.PARTICIPATION).delete()
    for person in (lacking.mentor, mentee_of(lacking)):
        answer(curator, lacking, person, True)
    answer(curator, asked, asked.mentor, True)

    page, found = text(get(curator, "pair_list")), titles(curator)

    assert "ждём ответа: 1 из 2" in page
    assert "все согласны, нет бумаг" in page
    assert found == [
        ("1 пара согласна, но нет бумаг", "/o/licey/pairs/?states=willing"),
        ("1 пара ждёт ответов", "/o/licey/pairs/?states=asked"),
    ]


def test_asking_says_who_is_to_be_reached_in_person(curator):
    pairing = pair(curator.organisation)
    Person.objects.filter(pk=pairing.mentor_id).update(email="somebody@example.org")
    mentee = mentee_of(pairing)

    answered = post(curator, "pair_ask", pairing.pk)
    again = post(curator, "pair_ask_all")

    words = f"Отправляем 1 письмо. Без почты, дайте им личную ссылку: {mentee.short_name}."
    assert [each.replace("\u00a0", " ") for each in said(answered)] == [words.replace("\u00a0", " ")]
    assert said(again) == said(answered)
    assert "письмо в очереди" in text(answered)
    assert "Спросить ещё раз" in text(answered)


def test_many_names_are_cut_short(curator):
    pairing, mentees = group(curator, mentees=5)
    Person.objects.filter(pk__in=[mentee.pk for mentee in mentees]).update(kind=Person.Kind.PUPIL)

    (words,) = said(post(curator, "pair_ask", pairing.pk))

    assert words.startswith("Новых писем на сегодня нет. Без почты, дайте им личную ссылку: ")
    assert words.count("внесите с бумаги") == 1


def test_reply_of_another_school_is_not_read(curator, stranger, mentor):
    reply = PairingReplyFactory(pairing=pair(curator.organisation))

    readers = [curator.access, access_of(curator, reply.person), stranger.access, mentor.access]

    assert [PairingReply.objects.visible_to(access).count() for access in readers] == [1, 1, 0, 0]
    assert [ProposalLetter.objects.visible_to(access).count() for access in readers] == [0] * 4
