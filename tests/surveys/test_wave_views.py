"""The pages of waves as each persona gets them; strangers are walked in tests/guards."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from jobs.models import Job
from people.domain.roles import Role
from surveys.domain.audience import Audience
from surveys.forms.layouts import SHORT_LIST
from surveys.models import Invitation, Letter, Questionnaire, SealedSheet, Sheet, Wave
from surveys.seals import token_of
from tests.conftest import make_persona
from tests.factories import PersonFactory, SheetFactory, banked, consents
from tests.mentoring.order_steps import fresh
from tests.surveys.every_kind import EVERY_KIND
from tests.surveys.wave_steps import FORTNIGHT, asked, letter_to, questionnaire_of, real_wave

DAY = timedelta(days=1)


def path(persona, name, *args):
    return reverse(name, args=[persona.organisation.slug, *args])


def get(persona, name, *args, **query):
    return persona.client.get(path(persona, name, *args), query)


def post(persona, name, *args, **values):
    return persona.client.post(path(persona, name, *args), values)


def text(response):
    return response.content.decode()


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def filled(persona, **changed):
    today = timezone.localdate()
    return {
        "title": "Довольны ли вы",
        "sides": ["mentor", "mentee"],
        "standing": "",
        "opens_on": today,
        "closes_on": today + FORTNIGHT,
        "remind_days": "1, 3",
        "naming": "named",
        "threshold": 5,
        "stage": "",
        "reader": persona.user.pk,
    } | changed


def prepared(persona, **changed):
    """A wave in preparation as the form makes it."""
    questionnaire = questionnaire_of(persona)
    persona.client.post(f"{path(persona, 'wave_new')}?questionnaire={questionnaire.pk}", filled(persona, **changed))
    return Wave.objects.get(state="draft")


# The list


def test_list_has_what_runs_what_is_prepared_and_what_is_over(curator):
    running, draft = real_wave(curator), real_wave(curator, draft=True)
    over = real_wave(curator, closed=True)
    asked(running, is_answered=True, answered_on=timezone.localdate())
    asked(running)
    asked(running, revoked_at=timezone.now())

    context = get(curator, "wave_list").context

    lines = [context[name] for name in ("running", "drafts", "finished")]
    assert [[line.wave for line in each] for each in lines] == [[running], [draft], [over]]
    (line,) = context["running"]
    assert (line.answered, line.invited, line.percent, line.asked) == (1, 2, 50, "наставники и наставляемые из банка")


def test_director_sees_no_drafts_and_nobody_sees_statements_among_waves(director, curator):
    real_wave(curator, draft=True)
    real_wave(curator, version__questionnaire__purpose="statement")

    response = get(director, "wave_list")

    assert [response.context[name] for name in ("running", "drafts", "finished")] == [[], [], []]
    assert path(director, "wave_new") not in text(response)


def test_director_learns_how_many_statements_there_are_and_their_readers_find_them(director, curator):
    mentee = PersonFactory(organisation=curator.organisation)
    consents(mentee)
    SheetFactory(invitation__wave=real_wave(curator, version__questionnaire__purpose="statement"), about=mentee)

    pages = [get(persona, "wave_list") for persona in (director, curator)]

    assert [page.context["statements"] for page in pages] == [1, 0]
    assert [path(curator, "statement_list") in text(page) for page in pages] == [False, True]


def test_hr_officer_has_no_such_page(hr_officer):
    assert get(hr_officer, "wave_list").status_code == 403


def test_list_asks_the_database_as_often_for_three_waves_as_for_one(curator):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            asked(real_wave(curator))
        get(curator, "wave_list")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            get(curator, "wave_list")
        counts.append(len(queries))

    assert counts[0] == counts[1]


# Preparing


def test_questionnaire_is_chosen_first_or_taken_from_the_library(curator):
    own = questionnaire_of(curator)
    page = get(curator, "wave_new")

    answer = post(curator, "wave_from_template", "satisfaction")

    taken = Questionnaire.objects.get(origin="satisfaction")
    assert ([line.questionnaire for line in page.context["own"]], len(page.context["library"])) == ([own], 17)
    assert answer["Location"] == f"{path(curator, 'wave_new')}?questionnaire={taken.pk}"
    assert curator.client.get(answer["Location"]).status_code == 200


def test_form_begins_with_the_bank_of_the_questionnaires_side_and_two_weeks(curator):
    questionnaire = questionnaire_of(curator, side="mentee")

    initial = get(curator, "wave_new", questionnaire=questionnaire.pk).context["form"].initial

    assert (initial["sides"], initial["closes_on"] - initial["opens_on"]) == (["mentee"], FORTNIGHT)


def test_form_makes_a_wave_and_shows_whom_it_would_ask(curator):
    mentor, mentee = banked(curator.organisation)
    wave = prepared(curator, naming="nameless", threshold=3, kinds=["pupil"], persons=[curator.person.pk])

    page = get(curator, "wave_detail", wave.pk)

    audience = Audience(sides=("mentor", "mentee"), kinds=("pupil",), person_ids=(curator.person.pk,))
    assert (wave.asks, wave.is_anonymous, wave.threshold, wave.remind_days) == (audience, True, 3, [3, 1])
    selection = page.context["selection"]
    assert {each.person for each in selection.people} == {mentor, mentee, curator.person}
    assert (selection.mentors, selection.mentees, selection.without_consent, selection.without_address) == (1, 1, 1, 3)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sides": []}, "sides"),
        ({"closes_on": "2026-01-01", "opens_on": "2026-02-01"}, "closes_on"),
        ({"closes_on": "2025-01-02", "opens_on": "2025-01-01"}, "closes_on"),
        ({"remind_days": "завтра"}, "remind_days"),
        ({"remind_days": "1, 90"}, "remind_days"),
        ({"threshold": 2}, "threshold"),
        ({"stage": "exit"}, "stage"),
        ({"title": ""}, "title"),
        ({"reader": 0}, "reader"),
    ],
)
def test_form_says_what_is_wrong_at_the_field(curator, changed, field):
    questionnaire = questionnaire_of(curator)

    response = curator.client.post(
        f"{path(curator, 'wave_new')}?questionnaire={questionnaire.pk}", filled(curator, **changed)
    )

    assert (list(response.context["form"].errors), Wave.objects.count()) == ([field], 0)


def test_wave_in_preparation_is_changed_and_people_are_left_out_by_name(curator):
    mentor, mentee = banked(curator.organisation)
    wave = prepared(curator)
    form = get(curator, "wave_edit", wave.pk).context["form"]

    post(curator, "wave_edit", wave.pk, **filled(curator, title="Иначе", left_out=[mentee.pk]))

    selection = get(curator, "wave_edit", wave.pk).context["selection"]
    assert set(form.fields["left_out"].queryset) == {mentor, mentee}
    assert fresh(wave).title == "Иначе"
    assert [[each.person for each in group] for group in (selection.people, selection.left_out)] == [
        [mentor],
        [mentee],
    ]


def test_many_people_are_offered_by_their_first_letters_with_those_chosen_open(curator):
    chosen = PersonFactory(organisation=curator.organisation, surname="Яковлева")
    PersonFactory.create_batch(SHORT_LIST - 2, organisation=curator.organisation, surname="Абрамов")
    wave = prepared(curator, persons=[chosen.pk])
    few = text(get(curator, "wave_edit", wave.pk)).partition("По именам")[2]
    PersonFactory(organisation=curator.organisation, surname="Ёлкина")

    page = text(get(curator, "wave_edit", wave.pk)).partition("По именам")[2]

    letters = re.findall(r"<details( open)?><summary[^>]*>(.)", page)
    assert re.findall(r"<summary", few.partition("</fieldset>")[0]) == []
    assert letters[:4] == [("", "А"), ("", "Е"), ("", curator.person.surname[0]), (" open", "Я")]


def test_launched_wave_is_not_edited_and_a_draft_is_thrown_away(curator):
    running, draft = real_wave(curator), real_wave(curator, draft=True)

    assert get(curator, "wave_edit", running.pk)["Location"] == path(curator, "wave_detail", running.pk)
    assert post(curator, "wave_discard", draft.pk)["Location"] == path(curator, "wave_list")
    assert list(Wave.objects.all()) == [running]


def test_form_offers_nobody_of_another_school(curator, stranger):
    theirs = {
        "persons": [stranger.person.pk],
        "reader": stranger.user.pk,
        "stage": "exit",
        "entry": real_wave(stranger, stage="entry").pk,
    }
    real_wave(curator, stage="entry")
    address = f"{path(curator, 'wave_new')}?questionnaire={questionnaire_of(curator).pk}"

    response = curator.client.post(address, filled(curator, **theirs))

    assert (set(response.context["form"].errors), Wave.objects.filter(state="draft").count()) == (
        {"persons", "reader", "entry"},
        0,
    )


# Running


def test_launch_leads_to_the_letters_on_their_way_or_says_all_that_is_wrong(curator):
    wave = prepared(curator)
    refused = post(curator, "wave_launch", wave.pk)
    banked(curator.organisation, email="mentor@example.org")

    launched = post(curator, "wave_launch", wave.pk)

    assert told(refused)[-1:] == ["Под выбранное не подходит ни один человек."]
    assert launched["Location"] == path(curator, "job_detail", Job.objects.get().pk)
    assert (fresh(wave).state, Letter.objects.count()) == ("open", 1)


def test_page_shows_who_has_answered_on_which_day_and_what_can_be_read(curator):
    wave = real_wave(curator)
    sheet = SheetFactory(invitation__wave=wave, invitation__side="mentor")
    consents(sheet.person)
    late = asked(wave, email="late@example.org")
    letter_to(late, state="sent")

    page = get(curator, "wave_detail", wave.pk)
    unanswered = get(curator, "wave_detail", wave.pk, answered="no").context["page"].object_list

    assert {(row.pk, row.sheet_pk) for row in page.context["page"]} == {
        (sheet.invitation_id, sheet.pk),
        (late.pk, None),
    }
    assert (page.context["view"].answered, page.context["view"].invited) == (1, 2)
    assert [row.pk for row in unanswered] == [late.pk]
    assert [letter.state for letter in unanswered[0].log] == ["sent"]


def test_page_of_a_nameless_wave_says_what_is_not_seen(curator):
    wave = real_wave(curator, is_anonymous=True)
    asked(wave, is_answered=True, answered_on=timezone.localdate())

    page = text(get(curator, "wave_detail", wave.pk))

    assert "Что ответил — не видно никому" in page
    assert path(curator, "wave_results", wave.pk) in page


def test_director_is_led_to_the_results(curator, director):
    wave = real_wave(curator)

    assert get(director, "wave_detail", wave.pk)["Location"] == path(director, "wave_results", wave.pk)
    assert get(director, "wave_links", wave.pk).status_code == 403


def test_page_asks_the_database_as_often_for_three_people_as_for_one(curator):
    wave, counts = real_wave(curator), []
    for number in (1, 2):
        for _ in range(number):
            letter_to(asked(wave, email="somebody@example.org"))
        get(curator, "wave_detail", wave.pk)
        with CaptureQueriesContext(connection) as queries:
            get(curator, "wave_detail", wave.pk)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_reading_is_handed_over_to_another_curator_by_its_reader_only(curator):
    wave = real_wave(curator)
    alone = get(curator, "wave_detail", wave.pk)
    other = make_persona(Role.CURATOR, curator.organisation, surname="Белова")
    offered = get(curator, "wave_detail", wave.pk)

    nobody = post(curator, "wave_reader", wave.pk, reader="")
    stolen = post(other, "wave_reader", wave.pk, reader=other.user.pk)
    given = post(curator, "wave_reader", wave.pk, reader=other.user.pk)

    assert [page.context["can_hand_over"] for page in (alone, offered)] == [False, True]
    assert [list(page.context["form"].errors) for page in (nobody, stolen)] == [["reader"], ["reader"]]
    assert (given["Location"], fresh(wave).reader) == (path(curator, "wave_detail", wave.pk), other.user)


def test_page_leads_to_the_bank_once_there_are_answers_for_it(curator):
    wave = real_wave(curator, version__questionnaire__purpose="requests", version__content=EVERY_KIND.as_json())
    feed = path(curator, "wave_feed", wave.pk)

    before = text(get(curator, "wave_detail", wave.pk))
    SheetFactory(invitation__wave=wave)
    after = text(get(curator, "wave_detail", wave.pk))

    assert (feed in before, feed in after) == (False, True)


def test_newcomers_are_asked_reminders_are_queued_and_the_wave_is_ended(curator):
    wave = real_wave(curator)
    banked(curator.organisation)
    asked(wave, email="late@example.org")

    newcomers = told(post(curator, "wave_people", wave.pk))
    reminded = told(post(curator, "wave_remind", wave.pk))
    post(curator, "wave_close", wave.pk)

    assert newcomers == ["Добавлено: 2\u00a0человека."]
    assert reminded[-1:] == ["Новых на сегодня: 1\u00a0напоминание."]
    assert (fresh(wave).state, wave.invitations.count()) == ("closed", 3)


def test_wave_is_prolonged_and_the_past_is_refused_at_the_field(curator):
    wave, today = real_wave(curator), timezone.localdate()

    past = post(curator, "wave_prolong", wave.pk, closes_on=today - DAY)
    post(curator, "wave_prolong", wave.pk, closes_on=today + 30 * DAY)

    assert (list(past.context["form"].errors), fresh(wave).closes_on) == (["closes_on"], today + 30 * DAY)


def test_list_of_those_asked_goes_out_as_a_spreadsheet_without_answers(curator):
    wave = real_wave(curator)
    invitation = asked(wave, email="late@example.org", side="mentor", person__surname="=Петрова")

    rows = list(load_workbook(BytesIO(get(curator, "wave_invited", wave.pk).content)).active.values)

    assert rows[1:] == [
        (invitation.person.full_name, "учитель", None, "наставник", "нет", None, None, None, "late@example.org")
    ]


# Links and letters


def test_cards_are_for_who_has_not_answered_and_are_kept_nowhere(curator):
    wave = real_wave(curator)
    late, chosen = asked(wave), asked(wave)
    asked(wave, is_answered=True, answered_on=timezone.localdate())
    asked(wave, revoked_at=timezone.now())

    everybody = get(curator, "wave_links", wave.pk)
    one = get(curator, "wave_links", wave.pk, invitation=chosen.pk)

    addresses = [card.url.rpartition("/a/")[2] for card in everybody.context["cards"]]
    assert sorted(addresses) == sorted(f"{token_of(each.nonce)}/" for each in (late, chosen))
    assert [card.name for card in one.context["cards"]] == [chosen.person.full_name]
    assert "no-store" in everybody["Cache-Control"]


def test_link_is_revoked_and_the_new_one_is_shown(curator):
    invitation = asked(real_wave(curator))
    nonce = invitation.nonce
    post(curator, "invitation_revoke", invitation.pk)
    revoked = fresh(invitation).revoked_at

    answer = post(curator, "invitation_renew", invitation.pk)

    row = fresh(invitation)
    assert (revoked is None, row.revoked_at, row.nonce == nonce) == (False, None, False)
    assert token_of(row.nonce) in text(curator.client.get(answer["Location"]))


def test_log_shows_every_letter_and_tries_again_what_failed(curator):
    wave = real_wave(curator)
    letter_to(asked(wave, email="bad@example.org"), state="failed", problem="нет такого адреса")

    page = get(curator, "wave_letters", wave.pk)
    answer = post(curator, "wave_send_letters", wave.pk)

    assert (page.context["counts"], "нет такого адреса" in text(page)) == ({"queued": 0, "sent": 0, "failed": 1}, True)
    assert answer["Location"] == path(curator, "job_detail", Job.objects.get().pk)
    assert Letter.objects.get().state == "queued"


# Paper


def test_blank_has_every_question_the_name_line_and_is_tagged(curator):
    wave = real_wave(curator, version__content=EVERY_KIND.as_json(), version__frozen_at=timezone.now())

    reader = PdfReader(BytesIO(get(curator, "wave_blank", wave.pk).content))

    # A sign outside the font's plane makes pypdf read zeros between the letters.
    words = " ".join("\n".join(page.extract_text() for page in reader.pages).replace("\0", "").split())
    wanted = [
        *(f"{number}. {question.text.split()[0]}" for number, question in enumerate(EVERY_KIND.asked, 1)),
        *("Фамилия, имя, отчество", "Отвечайте, если на вопрос 3 вы ответили «-1» или «2».", "1-й выбор", "Лучше не"),
        *("-2 — совсем нет, 2 — =да", "Отметьте не больше 2.", "Число от 0 до 40", "Лист 1 из 2"),
    ]
    assert [each for each in wanted if each not in words] == []
    assert (reader.metadata.title, "/StructTreeRoot" in reader.trailer["/Root"]) == (EVERY_KIND.title, True)


def test_blank_without_names_has_no_name_line_and_asks_for_the_secret_word(curator):
    wave = real_wave(curator, is_anonymous=True, stage="entry")

    reader = PdfReader(BytesIO(get(curator, "wave_blank", wave.pk).content))

    words = " ".join(reader.pages[0].extract_text().split())
    assert ("Фамилия" in words, "не подписывайте" in words, "слово для сравнения" in words) == (False, True, True)


def test_named_sheet_is_typed_in_after_choosing_whose_it_is(curator):
    wave = real_wave(curator)
    invitation = asked(wave)
    consents(invitation.person)
    chooser = get(curator, "wave_paper", wave.pk)
    form = get(curator, "wave_paper", wave.pk, invitation=invitation.pk)

    wrong = post(curator, "wave_paper", wave.pk, invitation=invitation.pk, **{"a.useful": "99"})
    right = post(curator, "wave_paper", wave.pk, invitation=invitation.pk, **{"a.useful": "8"})

    assert (chooser.context["questions"], form.context["invitation"]) == ("", invitation)
    assert wrong.context["refusal"] == "Проверьте отмеченные ответы: лист ещё не внесён."
    assert (told(right), Sheet.objects.get().answers) == (["Внесено. Следующий лист."], {"useful": 8})


def test_nameless_sheets_are_typed_in_for_as_many_as_handed_one_in(curator):
    wave = real_wave(curator, is_anonymous=True)
    invitation = asked(wave, side="mentor")
    nothing = get(curator, "wave_paper", wave.pk)

    post(curator, "invitation_on_paper", invitation.pk)
    form = get(curator, "wave_paper", wave.pk)
    answers = [post(curator, "wave_paper", wave.pk, side="mentor", typed=0, **{"a.useful": "8"}) for _ in range(2)]

    assert (nothing.context["questions"], form.context["view"].paper_waits) == ("", 1)
    assert [answer.status_code for answer in answers] == [302, 200]
    assert SealedSheet.objects.count() == 1


def test_sheet_of_another_school_is_not_typed_in(curator, stranger):
    invitation = asked(real_wave(stranger))

    response = post(curator, "wave_paper", real_wave(curator).pk, invitation=invitation.pk, **{"a.useful": "8"})

    assert (list(response.context["form"].errors), Sheet.objects.count()) == (["invitation"], 0)


def test_wrong_marks_on_paper_are_refused_in_words(curator):
    named = asked(real_wave(curator))

    response = post(curator, "invitation_on_paper", named.pk)

    assert told(response) == ["Здесь отвечают с именами: внесите сам бумажный лист."]
    assert Invitation.objects.get().is_answered is False


# Minutes


def test_minutes_are_measured_or_estimated_by_person_and_year(curator):
    today = timezone.localdate()
    answered = {"is_answered": True, "answered_on": today}
    first = asked(real_wave(curator), minutes=7, **answered)
    asked(real_wave(curator, is_anonymous=True), person=first.person, **answered)
    asked(real_wave(curator))

    page = get(curator, "survey_minutes")
    rows = list(load_workbook(BytesIO(get(curator, "survey_minutes_export").content)).active.values)

    (line,) = page.context["lines"]
    assert (line.person, line.questionnaires, line.measured, line.estimated, line.total) == (first.person, 2, 7, 1, 8)
    assert rows[1:] == [(first.person.full_name, "учитель", 2, 7, 1, 8)]


def test_minutes_are_no_business_of_the_director(director):
    assert get(director, "survey_minutes").status_code == 403
