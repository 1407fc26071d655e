"""Pages of results: figures, charts, files, words, the SWOT table, the summary."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from documents.operations.acts import send_act, sign_act
from people.domain.roles import Role
from surveys.models import OpenAnswer, SwotPoint, Wave
from surveys.operations.summary import draft_summary
from tests.conftest import Persona, make_persona
from tests.factories import PASSWORD, InvitationFactory, SheetFactory, WaveFactory, consents
from tests.surveys.counted import BOTH, MENTEES, MENTORS, counted_wave, said

GETS = ("wave_results", "wave_texts", "wave_swot")
POSTS = ("wave_summary", "swot_add", "swot_take")


def address(page: str, wave: Wave, *more: object) -> str:
    return reverse(page, args=[wave.organisation.slug, wave.pk, *more])


def shown(persona: Persona, page: str, wave: Wave, *more: object, query: str = "") -> str:
    answer = persona.client.get(address(page, wave, *more) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html: str) -> str:
    """What a reader of the page reads, all spaces alike."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def pressed(persona: Persona, page: str, wave: Wave, *more: object, **values: object) -> list[str]:
    answer = persona.client.post(address(page, wave, *more), values, follow=True)
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]


def test_page_shows_response_means_and_distributions(curator):
    wave = counted_wave(curator, BOTH)
    InvitationFactory(wave=wave, side="mentor", is_answered=True, answered_on=wave.opens_on)
    InvitationFactory(wave=wave, side="mentee")

    read = words_of(shown(curator, "wave_results", wave))

    assert "Ответили 1 из 2 · 50 %" in read
    assert "Полезны ли встречи? 11 7,9 из 10 медиана 8,0, разброс 1,9 8 и больше: 64 %" in read
    assert "низкие 0 · средние 4 · высокие 7 7,0 9,0" in read
    assert "Хотите продолжать? 11 73 % «да»" in read
    assert "план урока 5 (45 %)" in read
    assert "Составить сводку" in read


def test_open_anonymous_page_shows_the_response_only(curator):
    wave = WaveFactory(version__questionnaire__organisation=curator.organisation, is_anonymous=True)
    InvitationFactory(wave=wave, is_answered=True, answered_on=wave.opens_on)

    read = words_of(shown(curator, "wave_results", wave))

    assert "Ответы откроются, когда оно завершится, последний день — 30.11.2026" in read
    assert [word in read for word in ("Насколько вам полезны", "Excel", "Составить сводку")] == [False] * 3


def test_thresholds_hold_on_the_page(curator):
    wave = counted_wave(
        curator, {"mentor": MENTORS, "mentee": {"": {"": 2}, "useful": {"": 2, "10": 2}}}, is_anonymous=True
    )

    read = words_of(shown(curator, "wave_results", wave))

    assert "не показываем: иначе по разности видны ответы немногих меньше 5 ответов — не показываем" in read


def test_named_open_wave_is_counted_when_the_page_is_opened(curator):
    wave = WaveFactory(version__questionnaire__organisation=curator.organisation)
    consents(SheetFactory(invitation__wave=wave).person)

    assert "8,0 из 10" in words_of(shown(curator, "wave_results", wave))


def test_director_reads_and_changes_nothing(curator, director):
    wave = counted_wave(curator, BOTH)
    said(wave, "шумно", state="released")

    pages = [words_of(shown(director, page, wave)) for page in GETS]

    assert ["шумно" in read for read in pages] == [False, True, False]
    assert [word in read for read in pages for word in ("Составить сводку", "Добавить", "Скрыть")] == [False] * 9
    assert {director.client.post(address(page, wave)).status_code for page in POSTS} == {403}


@pytest.mark.parametrize("page", GETS)
def test_pages_are_closed_to_others(curator, hr_officer, stranger, page):
    wave = counted_wave(curator, BOTH)
    foreign = reverse(page, args=[stranger.organisation.slug, wave.pk])

    assert hr_officer.client.get(address(page, wave)).status_code == 403
    assert stranger.client.get(address(page, wave)).status_code == 404
    assert stranger.client.get(foreign).status_code == 404


def test_chart_carries_its_own_policy(curator):
    wave = counted_wave(curator, BOTH)

    answer = curator.client.get(address("wave_chart", wave, "means"))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    policy = sorted(answer["Content-Security-Policy"].split("; "))
    assert policy == ["default-src 'none'", "frame-ancestors 'none'", "style-src 'unsafe-inline'"]


@pytest.mark.parametrize("chart", ["pie", "change"])
def test_what_is_not_drawn_is_not_found(curator, chart):
    assert curator.client.get(address("wave_chart", counted_wave(curator, BOTH), chart)).status_code == 404


def test_what_is_not_exported_is_not_found(curator):
    csv = address("wave_export", counted_wave(curator, BOTH), "csv")

    assert curator.client.get(csv.removesuffix("csv") + "exe").status_code == 404


def export(persona: Persona, wave: Wave, table_format: str) -> HttpResponse:
    return persona.client.get(address("wave_export", wave, table_format))


def test_files_are_attachments(curator, director):
    wave = counted_wave(curator, BOTH)

    spreadsheet, table = export(director, wave, "xlsx"), export(director, wave, "csv")

    assert (spreadsheet.content[:2], table["Content-Type"]) == (b"PK", "text/csv; charset=utf-8")
    assert table["Content-Disposition"].startswith(f'attachment; filename="survey-{wave.pk}-')


def test_reader_judges_words_with_buttons(curator):
    wave = counted_wave(curator, BOTH)
    one, other = said(wave, "мало времени"), said(wave, "шумно")

    asked = words_of(shown(curator, "wave_texts", wave))
    pressed(curator, "text_release", wave, one.pk, group="Время")
    pressed(curator, "text_withhold", wave, other.pk)
    read = words_of(shown(curator, "wave_texts", wave))
    edited = words_of(shown(curator, "wave_texts", wave, query="?read=1"))

    assert [word in asked for word in ("Не прочитано: 2", "мало времени", "шумно")] == [True] * 3
    assert [word in read for word in ("Время: 1 мало времени", "шумно")] == [True, False]
    assert [word in edited for word in ("Скрыто: 1 шумно", "В эту группу")] == [True] * 2


def test_group_is_changed_and_a_long_name_refused(curator):
    answer = said(counted_wave(curator, BOTH), "мало времени", state="released")
    wave = answer.wave

    moved = pressed(curator, "text_group", wave, answer.pk, group="Время")
    refused = [pressed(curator, page, wave, answer.pk, group="в" * 101) for page in ("text_group", "text_release")]

    assert (moved, OpenAnswer.objects.get().group) == ([], "Время")
    assert refused == [["Название группы длиннее 100 знаков: сократите его."]] * 2


def test_words_of_another_reader_are_not_judged(curator, school):
    other = make_persona(Role.CURATOR, school, surname="Вторая")
    wave = counted_wave(curator, BOTH)
    pending, released = said(wave, "шумно"), said(wave, "тихо", state="released")

    assert other.client.post(address("text_release", wave, pending.pk)).status_code == 404
    assert other.client.post(address("text_release", wave, uuid4())).status_code == 404
    assert pressed(other, "text_withhold", wave, released.pk) == [
        "Свободные ответы этого анкетирования читает другой человек."
    ]


def test_words_page_says_why_it_is_empty(curator, director):
    few = counted_wave(curator, {"mentor": MENTORS}, is_anonymous=True, threshold=7)
    unread = counted_wave(curator, BOTH)

    assert "не меньше 7 ответов" in words_of(shown(curator, "wave_texts", few))
    assert "Сначала их читает один человек" in words_of(shown(director, "wave_texts", unread))


def test_swot_is_filled_with_buttons(curator):
    wave = counted_wave(curator, BOTH)
    answer = said(wave, "мало времени", state="released")

    told = [
        pressed(curator, "swot_add", wave, quadrant="strength", text="Команда"),
        pressed(curator, "swot_take", wave, quadrant="weakness", answer=answer.pk),
        pressed(curator, "swot_add", wave, quadrant="strength", text=" "),
        pressed(curator, "swot_add", wave, quadrant="strength", text="Команда"),
        pressed(curator, "swot_take", wave, quadrant="nowhere", answer=answer.pk),
    ]

    assert told == [[], [], ["Напишите строку."], ["Такая строка уже есть."], ["Выберите, куда поставить ответ."]]
    assert "Сильные стороны Команда Убрать" in words_of(shown(curator, "wave_swot", wave))
    assert pressed(curator, "swot_remove", wave, SwotPoint.objects.get(quadrant="strength").pk) == []
    assert list(SwotPoint.objects.values_list("text", flat=True)) == ["мало времени"]


def test_comparison_stands_on_the_exit_page(curator):
    entry = counted_wave(curator, {"mentor": MENTORS}, stage="entry")
    wave = counted_wave(
        curator, {"mentor": MENTORS, "mentee": MENTEES}, stage="exit", entry=entry, version=entry.version, unpaired=1
    )

    read = words_of(shown(curator, "wave_results", wave))

    assert "Полезны ли встречи? мало ответов 7,0 → 7,9" in read
    assert "без пары осталось 1 анкета на выходе" in read


def test_summary_is_drafted_and_read_as_no_order(curator, director):
    wave = counted_wave(curator, BOTH)

    answer = curator.client.post(address("wave_summary", wave), follow=True)
    again = curator.client.post(address("wave_summary", wave), follow=True)
    edit = curator.client.get(answer.redirect_chain[-1][0] + "edit/").content.decode()

    read = words_of(answer.content.decode())
    assert answer.redirect_chain == again.redirect_chain
    assert [word in read for word in ("Проект сводки", "СВОДКА", "Выводы:", "Приложение № 1 к сводке")] == [True] * 4
    assert [word for word in ("риказ", "ПРИКАЗ") if word in read + words_of(edit)] == []
    assert "Открыть сводку" in words_of(shown(director, "wave_results", wave))


def test_summary_thrown_away_is_drafted_anew(curator):
    wave = counted_wave(curator, BOTH)
    first = draft_summary(curator.access, wave_id=wave.pk)

    curator.client.post(reverse("act_discard", args=[wave.organisation.slug, first.pk]))

    assert draft_summary(curator.access, wave_id=wave.pk).pk != first.pk


def test_summary_is_agreed_on_signed_and_numbered_apart_from_orders(curator, director):
    document = draft_summary(curator.access, wave_id=counted_wave(curator, BOTH).pk)

    send_act(curator.access, document_id=document.pk)
    signed = sign_act(director.access, document_id=document.pk, password=PASSWORD, effective_on=director.access.today)
    page = director.client.get(reverse("act_detail", args=[signed.organisation.slug, signed.pk])).content.decode()

    assert (signed.number, signed.state) == ("1", "in_force")
    assert "Сводка № 1" in words_of(page)


def test_summary_of_an_open_wave_is_refused(curator):
    wave = counted_wave(curator, BOTH, state="open", closed_at=None, is_anonymous=True)

    assert pressed(curator, "wave_summary", wave) == [
        "Сначала завершите анкетирование: пока ответы приходят, итоги меняются."
    ]
