"""A plan as it leaves the page: calendar, print, spreadsheet, feeds."""

from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from people.domain.roles import Role
from people.models import Membership
from roadmap.models import Feed
from roadmap.queries.feeds import token_of
from tests.conftest import make_persona
from tests.roadmap.plan_steps import means
from tests.roadmap.views.pages import get, led_to, measure_now, path, plan_now, post, said, text

WORD = "ответственный"


@pytest.fixture
def plan(curator):
    plan = plan_now(curator.organisation, title="План лицея")
    means(plan.organisation, WORD, Role.CURATOR)
    means(plan.organisation, WORD, Role.PARTICIPANT)
    measure_now(plan, title="Неделя наставника", responsible=[WORD])
    return plan


def ics(feed):
    """What a calendar without login gets."""
    return Client().get(reverse("feed_ics", args=[token_of(feed)]))


def summaries(answer):
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


# Calendar and print


@pytest.mark.parametrize(("name", "words"), [("roadmap_calendar", "Неделя наставника"), ("roadmap_more", "План лицея")])
def test_plan_has_a_calendar_and_a_page_of_more(director, plan, name, words):
    page = text(get(director, name, plan.pk))

    assert words in page
    assert path(director, "roadmap_edit", plan.pk) not in page


def test_plan_is_printed_with_marks_and_without(director, plan):
    pdf = get(director, "roadmap_file", plan.pk, "pdf")
    marked = get(director, "roadmap_file", plan.pk, "docx", marks=1)
    plain = get(director, "roadmap_file", plan.pk, "docx")

    assert (pdf["Content-Type"], len(PdfReader(BytesIO(pdf.content)).pages)) == ("application/pdf", 1)
    year = get(director, "roadmap_detail", plan.pk).context["page"].year.start
    assert pdf["Content-Disposition"] == f'attachment; filename="roadmap-{year}.pdf"'
    tables = [docx.Document(BytesIO(answer.content)).tables[0] for answer in (marked, plain)]
    assert [table.rows[0].cells[-1].text for table in tables] == ["Отметка о выполнении", "Ответственные"]


def test_plan_leaves_as_a_spreadsheet(director, plan):
    answer = get(director, "roadmap_export", plan.pk)

    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[2] for row in rows] == ["Мероприятие", "Неделя наставника"]


# Feeds


def test_subscription_is_opened_read_without_login_and_closed(curator, plan):
    opened = post(curator, "roadmap_feed_open", plan.pk)
    feed = Feed.objects.get()
    page, before = text(get(curator, "feed_list")), ics(feed)

    closed = post(curator, "feed_close", feed.pk)

    assert (led_to(opened), led_to(closed)) == ("my/calendar/", "my/calendar/")
    assert reverse("feed_ics", args=[token_of(feed)]) in page
    assert (before["Content-Type"], summaries(before)) == ("text/calendar; charset=utf-8", ["Неделя наставника"])
    assert "no-store" in before["Cache-Control"]
    assert (ics(feed).status_code, post(curator, "feed_close", feed.pk).status_code) == (404, 404)
    assert said(closed) == ["Подписка закрыта: по старому адресу больше ничего не видно."]


def test_own_subscription_is_for_everybody_and_opened_once(mentor, plan):
    for _ in range(2):
        post(mentor, "feed_open")

    assert summaries(ics(Feed.objects.get())) == ["Неделя наставника"]


def test_address_of_a_feed_says_nothing_to_who_left_or_changed_it(curator, plan):
    post(curator, "feed_open")
    feed = Feed.objects.get()
    tampered = Client().get(reverse("feed_ics", args=[f"{token_of(feed)}x"]))
    Membership.objects.filter(user=curator.user).delete()

    assert (tampered.status_code, ics(feed).status_code) == (404, 404)


def test_feed_names_nobody(curator, mentor, plan):
    means(plan.organisation, WORD, person=mentor.person)
    post(curator, "roadmap_feed_open", plan.pk)

    content = ics(Feed.objects.get()).content.decode()

    for hidden in (curator.person.surname, mentor.person.surname, curator.user.email, WORD):
        assert hidden not in content


def test_feed_of_another_is_not_closed(curator, director, stranger, plan):
    post(curator, "feed_open")
    feed = Feed.objects.get()

    assert {post(persona, "feed_close", feed.pk).status_code for persona in (director, stranger)} == {404}
    assert ics(feed).status_code == 200


# Who may


PAGES = ("roadmap_calendar", "roadmap_more", "roadmap_export")


def answers(persona, plan):
    files = {get(persona, "roadmap_file", plan.pk, "docx").status_code}
    pressed = {post(persona, "roadmap_feed_open", plan.pk).status_code}
    return {get(persona, name, plan.pk).status_code for name in PAGES} | files | pressed


def test_participant_gets_nothing_of_the_whole_plan(mentor, plan):
    assert answers(mentor, plan) == {403}


def test_observer_gets_the_plan_of_their_own_organisation(district):
    assert answers(make_persona(Role.OBSERVER, district), plan_now(district)) == {200, 302}


def test_plan_of_a_school_does_not_leave_it(stranger, district_curator, plan):
    for persona in (stranger, district_curator):
        assert answers(persona, plan) == {404}


def test_plan_that_waits_leaves_by_its_editor_only(curator, director):
    waiting = plan_now(curator.organisation, is_confirmed=False)

    assert (answers(curator, waiting), answers(director, waiting)) == ({200, 302}, {404})
