"""The pages of meetings as each persona gets them; strangers are walked in tests/guards."""

from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from community.models import Event, EventGuest
from community.seals import code_of
from jobs.models import Job
from people.operations.links import issue_links
from people.queries.links import token_of as link_token
from surveys.models import Invitation, Wave
from surveys.seals import token_of
from tests.community.meetings import invited, own_guest, real_event
from tests.factories import EventGuestFactory, banked
from tests.mentoring.order_steps import fresh


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


def filled(**changed):
    day = timezone.localdate().isoformat()
    return {
        "title": "Знакомство",
        "day": day,
        "time": "15:00",
        "minutes": "90",
        "place": "Кабинет 12",
        "agenda": "",
    } | changed


@pytest.fixture
def today(school):
    """A meeting of today."""
    return real_event(school)


# The curator's way from planning to the questions


def test_curator_goes_from_the_plan_to_the_questions_page_by_page(curator, school):
    mentor, mentee = banked(school)
    empty = get(curator, "event_list")
    planned = post(curator, "event_new", **filled())
    event = Event.objects.get()
    invitation = post(curator, "event_invite", event.pk, groups=["mentors"], persons=[mentee.pk])
    marking = post(curator, "event_attendance", event.pk, came=list(event.guests.values_list("pk", flat=True)))
    ready = get(curator, "event_detail", event.pk)
    asking = post(curator, "event_ask", event.pk, closes_on=timezone.localdate().isoformat())
    closing = post(curator, "event_close", event.pk)

    assert "Встреч пока не было" in text(empty)
    page = path(curator, "event_detail", event.pk)
    assert [each["Location"] for each in (planned, invitation, marking, asking, closing)] == [page] * 5
    assert told(invitation)[-1] == "Приглашены: 2\u00a0человека."
    assert told(marking)[-1] == "Сохранено. Отмечено пришедших: 2."
    assert "Провести опрос предпочтений (2\u00a0человека)" in text(ready)
    assert told(asking)[-1].startswith("Опрос идёт, спрашиваем: 2\u00a0человека.")
    assert sorted(Invitation.objects.values_list("person_id", flat=True)) == sorted([mentor.pk, mentee.pk])
    assert fresh(event).state == "held"


def test_hour_is_one_of_the_schools_clock(curator, school):
    school.time_zone = "Asia/Vladivostok"
    school.save()

    post(curator, "event_new", **filled(day="2026-12-01"))

    event = Event.objects.get()
    assert event.starts_at.isoformat() == "2026-12-01T05:00:00+00:00"
    assert "01.12.2026 15:00" in text(get(curator, "event_list"))
    form = get(curator, "event_edit", event.pk).context["form"]
    assert [str(form[name].initial) for name in ("day", "time")] == ["2026-12-01", "15:00:00"]


@pytest.mark.parametrize(
    ("changed", "field"), [({"minutes": "5"}, "__all__"), ({"day": "0206-01-01"}, "day"), ({"place": ""}, "place")]
)
def test_what_cannot_be_is_said_at_the_form(curator, changed, field):
    answer = post(curator, "event_new", **filled(**changed))

    assert (answer.status_code, list(answer.context["form"].errors), Event.objects.count()) == (200, [field], 0)


def test_second_curator_learns_that_the_meeting_was_changed_meanwhile(curator, today):
    seen = get(curator, "event_edit", today.pk).context["form"]["seen"].value()
    first = post(curator, "event_edit", today.pk, **filled(place="Библиотека", seen=seen))

    second = post(curator, "event_edit", today.pk, **filled(place="Двор", seen=seen))

    assert (first.status_code, second.status_code, fresh(today).place) == (302, 200, "Библиотека")


def test_refusal_is_said_on_the_page(curator, today):
    answers = [post(curator, name, today.pk) for name in ("event_close", "event_ask", "event_ask_latecomers")]

    assert [told(answer)[-1] for answer in answers] == [
        "Сначала отметьте, кто пришёл.",
        "Последний день ответов: Обязательное поле.",
        "Опрос после этой встречи ещё не проводили.",
    ]


def test_called_off_meeting_tells_its_guests_next(curator, school):
    event = real_event(school, days=2)
    invited(event, person__email="a@example.org", told="invitation", told_at=timezone.now())

    post(curator, "event_cancel", event.pk)

    assert "Сообщить об отмене (1)" in text(get(curator, "event_detail", event.pk))
    assert get(curator, "event_edit", event.pk)["Location"] == path(curator, "event_detail", event.pk)
    assert get(curator, "event_invite", event.pk)["Location"] == path(curator, "event_detail", event.pk)


def test_letters_show_their_progress(curator, today):
    invited(today, person__email="a@example.org")

    answer = post(curator, "event_letters", today.pk)

    assert answer["Location"] == path(curator, "job_detail", Job.objects.get().pk)


def test_guests_without_an_address_get_cards_with_their_links(curator, today):
    guest = invited(today)

    page = text(get(curator, "event_detail", today.pk))

    assert f'<input type="hidden" name="person" value="{guest.person_id}">' in page
    assert path(curator, "link_sheet") in page


def test_empty_invitation_is_refused(curator, today):
    answer = post(curator, "event_invite", today.pk, csrfmiddlewaretoken="x")

    assert answer.context["form"].non_field_errors() == ["Отметьте, кого пригласить."]


def test_tick_that_is_taken_away_unmarks(curator, today):
    guest = invited(today, attended=True)

    post(curator, "event_attendance", today.pk, was=[guest.pk])

    assert fresh(guest).attended_at is None


def test_director_looks_and_changes_nothing(director, today):
    invited(today)

    page = text(get(director, "event_detail", today.pk))

    assert [path(director, name, today.pk) in page for name in ("event_invite", "event_attendance")] == [False] * 2
    assert get(director, "event_poster", today.pk).status_code == 403


def test_poster_says_when_and_where_and_leads_to_the_door(curator, today):
    page = get(curator, "event_poster", today.pk)

    assert page.context["poster"].url.endswith(f"/my/events/{today.pk}/here/{code_of(today.pk)}/")
    assert [words for words in ("15:00–16:30", "Кабинет 12", "data:image/svg+xml") if words not in text(page)] == []


def test_list_goes_out_as_a_sheet_and_as_a_spreadsheet(director, today):
    guest = invited(today, person__surname="=Формула", attended=True)
    EventGuestFactory(event=today)

    sheet = load_workbook(BytesIO(get(director, "event_guests_export", today.pk).content)).active
    paper = get(director, "event_guests_print", today.pk)

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [[guest.person.full_name, "учитель", None, "наставник", "да", "куратор"]]
    assert paper.context["guests"] == [guest]


# The participant


def test_guest_scans_presses_and_goes_on_to_the_questionnaire(curator, mentor, today):
    guest = own_guest(today, mentor.person)
    code = code_of(today.pk)
    door = get(mentor, "my_event_here", today.pk, code)
    pressed = post(mentor, "my_event_mark", today.pk, code)
    post(curator, "event_ask", today.pk, closes_on=timezone.localdate().isoformat())
    own = get(mentor, "my_event", today.pk)
    again = get(mentor, "my_event_here", today.pk, code)

    page = path(mentor, "my_event", today.pk)
    assert "Я на встрече" in text(door)
    assert (pressed["Location"], fresh(guest).marked_by) == (page, "qr")
    assert ("Вы отмечены" in text(own), "Вы отмечены" in text(again)) == (True, True)
    assert f"/a/{token_of(Invitation.objects.get().nonce)}/" in text(own)
    assert Wave.objects.get().title.startswith("С кем хотят работать наставники")


def test_personal_link_opens_the_door_of_the_poster(curator, today):
    guest = invited(today)
    (link,) = issue_links(curator.access, person_ids=[guest.person_id])
    phone = Client()
    phone.post(reverse("link_enter", args=[link_token(link)]))

    phone.post(path(curator, "my_event_mark", today.pk, code_of(today.pk)))

    assert fresh(guest).marked_by == "qr"


def test_who_is_not_invited_reads_so_and_is_not_marked(mentor, today):
    pressed = post(mentor, "my_event_mark", today.pk, code_of(today.pk))

    page = mentor.client.get(pressed["Location"])

    assert "Вас нет в списке приглашённых" in text(page)
    assert "Я на встрече" not in text(page)
    assert (EventGuest.objects.count(), get(mentor, "my_event", today.pk).status_code) == (0, 404)


def test_wrong_code_tells_nothing_of_the_meeting(mentor, today):
    own_guest(today, mentor.person)

    page = get(mentor, "my_event_here", today.pk, "wrong")

    assert (page.status_code, today.title in text(page)) == (404, False)
    assert "Этот код не подходит" in text(page)


def test_poster_of_yesterday_says_what_to_do(mentor, school):
    event = real_event(school, days=-1)
    own_guest(event, mentor.person)

    page = text(get(mentor, "my_event_here", event.pk, code_of(event.pk)))

    assert "скажите куратору: он отметит вас" in page


@pytest.mark.parametrize(
    ("event", "guest", "words"),
    [
        ({"days": 2}, {}, "Вас пригласили на эту встречу"),
        ({"days": 2, "state": "cancelled"}, {}, "Встреча отменена"),
        ({"days": -2, "held": True}, {}, "вы на ней не отмечены"),
        ({"days": -2, "held": True}, {"attended": True}, "Вы отмечены"),
    ],
)
def test_own_page_says_how_it_stands(mentor, school, event, guest, words):
    row = own_guest(real_event(school, **event), mentor.person, **guest)

    assert words in text(get(mentor, "my_event", row.event_id))
