"""Letters with links: what they say, that each goes once, what becomes of those that cannot go."""

from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from jobs.models import Job
from people.domain.refusal import RefusedError
from surveys.models import Letter, Wave
from surveys.operations.letters import make_reminders, remind, send_again, start_sending
from surveys.periodic import close_overdue, send_waiting
from surveys.periodic import remind as remind_by_clock
from surveys.queries.letters import letters_to_send
from surveys.seals import token_of
from surveys.tasks import send_letters, send_wave_letters
from tests.factories import AT, TODAY
from tests.mentoring.order_steps import fresh, refusal_of
from tests.roadmap.mail import REFUSED
from tests.roadmap.test_periodic import zone_where_it_is
from tests.surveys.wave_steps import asked, letter_to, real_wave, wave_of

DAY = timedelta(days=1)
HERE = "tests.surveys.operations.test_letters"


class BusyServer(EmailBackend):
    """Asks everybody to come again later."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (451, b"greylisted")})


@pytest.fixture
def wave(curator):
    return wave_of(curator)


def post(organisation, at=AT):
    return send_letters(letters_to_send(organisation, at), at=at)


def states():
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


# What is said


def test_letter_says_what_is_asked_until_when_and_by_which_link_and_nothing_about_the_person(wave):
    invitation = asked(wave, email="petrova@example.org")
    letter_to(invitation)

    sent = post(wave.organisation)

    (message,) = mail.outbox
    assert (sent, message.to, message.subject) == (1, ["petrova@example.org"], "Анкета, Лицей № 7")
    wanted = [
        *("Лицей № 7 просит вас ответить на анкету «Довольны ли вы наставничеством».", "около 1\u00a0минуты"),
        *("до 30 ноября 2026 г. включительно", f"/a/{token_of(invitation.nonce)}/", "Анкета с именами"),
    ]
    assert [words for words in wanted if words not in message.body] == []
    assert [part for part in (invitation.person.surname, invitation.person.given) if part in message.body] == []
    assert (fresh(invitation).letters.get().state, fresh(invitation).letters.get().sent_at) == ("sent", AT)


def test_reminder_of_a_nameless_wave_says_so(curator):
    wave = wave_of(curator, is_anonymous=True)
    letter_to(asked(wave, email="petrova@example.org"), kind="reminder")

    post(wave.organisation)

    assert mail.outbox[0].subject == "Напоминание: анкета, Лицей № 7"
    assert "Анкета без имён" in mail.outbox[0].body


# What goes, and what does not


def test_letter_goes_once_however_often_it_is_sent(wave):
    letter_to(asked(wave, email="petrova@example.org"))

    assert [post(wave.organisation), post(wave.organisation), len(mail.outbox)] == [1, 0, 1]


def test_letter_nobody_needs_any_more_is_dropped(wave):
    left = {"person__left_on": TODAY}
    for values in ({"is_answered": True, "answered_on": TODAY}, {"revoked_at": AT}, left):
        letter_to(asked(wave, email="petrova@example.org", **values))
    letter_to(asked(wave))

    sent = post(wave.organisation)

    assert (sent, mail.outbox, Letter.objects.count()) == (0, [], 0)


def test_letter_waits_for_its_day_and_for_a_wave_that_takes_answers(curator, wave):
    letter_to(asked(wave, email="a@example.org"), day=TODAY + DAY)
    letter_to(asked(wave_of(curator, closed=True), email="b@example.org"))
    letter_to(asked(wave_of(curator, opens_on=TODAY + DAY), email="c@example.org"), day=TODAY)

    assert (post(wave.organisation), states()) == (0, ["queued", "queued", "queued"])


def test_refused_address_says_why_and_holds_nobody_up(settings, wave):
    settings.EMAIL_BACKEND = "tests.roadmap.mail.PickyServer"
    letter_to(asked(wave, email=REFUSED))
    letter_to(asked(wave, email="petrova@example.org"))

    sent = post(wave.organisation)

    failed = Letter.objects.get(state="failed")
    assert (sent, states()) == (1, ["failed", "sent"])
    assert failed.problem == "почтовый сервер не знает такого адреса (код 550): проверьте его в карточке человека"


def test_address_with_a_line_break_says_so(wave):
    letter_to(asked(wave, email="petrova@example.org\nBcc: all@example.org"))

    post(wave.organisation)

    assert (mail.outbox, Letter.objects.get().problem) == (
        [],
        "адрес записан с ошибкой: проверьте его в карточке человека",
    )


@pytest.mark.parametrize("server", ["tests.roadmap.mail.DeadServer", f"{HERE}.BusyServer"])
def test_letters_wait_for_a_server_that_is_down_or_busy(settings, wave, server):
    settings.EMAIL_BACKEND = server
    letter_to(asked(wave, email="petrova@example.org"))
    with suppress(OSError):
        post(wave.organisation)
    waiting = states()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert (waiting, post(wave.organisation)) == (["queued"], 1)


# What a curator presses


def test_reminder_is_queued_once_a_day_to_who_has_not_answered(curator, wave):
    late = asked(wave, email="late@example.org")
    asked(wave, email="done@example.org", is_answered=True, answered_on=TODAY)

    new = [remind(curator.access, wave_id=wave.pk) for _ in range(2)]

    assert (new, list(Letter.objects.values_list("invitation", "kind", "day"))) == (
        [1, 0],
        [(late.pk, "reminder", TODAY)],
    )


def test_nobody_is_reminded_of_a_wave_that_is_over(curator):
    over = wave_of(curator, closed=True)

    assert refusal_of(remind, curator.access, wave_id=over.pk) == "Напоминать можно, только пока анкетирование идёт."


def test_failed_letters_are_sent_again(curator, wave):
    letter_to(asked(wave, email="petrova@example.org"), state="failed", problem="нет такого адреса")

    again = send_again(curator.access, wave_id=wave.pk)

    assert (again, post(wave.organisation), Letter.objects.get().problem) == (1, 1, "")


def test_sending_is_a_job_where_anything_waits(curator, wave):
    nothing = start_sending(curator.access, wave_id=wave.pk)
    letter_to(asked(wave, email="petrova@example.org"))

    job = start_sending(curator.access, wave_id=wave.pk)

    assert (nothing, job.kind, job.params, Job.objects.count()) == (
        None,
        "surveys.send_letters",
        {"wave_id": wave.pk},
        1,
    )
    assert job.return_path == f"/o/licey/surveys/{wave.pk}/letters/"


def test_director_sends_nothing_and_a_stranger_finds_nothing(wave, director, stranger):
    for call in (remind, send_again, start_sending):
        with pytest.raises(PermissionDenied):
            call(director.access, wave_id=wave.pk)
        with pytest.raises(Wave.DoesNotExist):
            call(stranger.access, wave_id=wave.pk)


# What the clock does


@pytest.mark.parametrize(("days_left", "opened_before", "waves"), [(3, 5, 1), (1, 5, 1), (2, 5, 0), (3, 0, 0)])
def test_reminders_are_made_on_their_days_once_and_not_on_the_first(curator, days_left, opened_before, waves):
    begun = TODAY - opened_before * DAY
    wave = wave_of(curator, opens_on=begun, opened_at=AT - opened_before * DAY, closes_on=TODAY + days_left * DAY)
    asked(wave, email="petrova@example.org")

    made = [make_reminders(wave.organisation, at=AT) for _ in range(2)]

    assert (made, Letter.objects.filter(kind="reminder").count()) == ([waves, 0], waves)


def test_reminders_of_one_school_are_not_made_with_anothers(curator, stranger):
    wave_of(stranger, closes_on=TODAY + DAY, opened_at=AT - 5 * DAY)

    assert make_reminders(curator.organisation, at=AT) == 0


@pytest.mark.parametrize(("hour", "letters"), [(7, 0), (12, 1)])
def test_clock_reminds_and_sends_from_eight_in_the_morning(curator, hour, letters):
    curator.organisation.time_zone = zone_where_it_is(hour)
    curator.organisation.save()
    today = timezone.now().astimezone().date()
    wave = real_wave(curator, closes_on=today + DAY, remind_days=[0, 1, 2], opened_at=timezone.now() - 5 * DAY)
    asked(wave, email="petrova@example.org")

    for _ in range(2):
        remind_by_clock()
        send_waiting()

    assert (len(mail.outbox), Letter.objects.filter(state="sent").count()) == (letters, letters)


def test_clock_waits_for_a_server_that_is_down(settings, curator):
    curator.organisation.time_zone = zone_where_it_is(12)
    curator.organisation.save()
    letter_to(asked(real_wave(curator), email="petrova@example.org"))
    settings.EMAIL_BACKEND = "tests.roadmap.mail.DeadServer"

    send_waiting()

    assert states() == ["queued"]


def test_clock_closes_what_is_over_and_one_bad_wave_stops_no_other(curator, caplog):
    over = {"opens_on": TODAY - 400 * DAY, "closes_on": TODAY - 300 * DAY}
    broken = wave_of(curator, version__content={}, **over)
    fine, running = wave_of(curator, **over), real_wave(curator)

    close_overdue()

    assert [fresh(wave).state for wave in (broken, fine, running)] == ["open", "closed", "open"]
    assert [record.message for record in caplog.records] == [f"wave {broken.pk} could not be closed"]


# The job


def test_job_tells_how_far_it_is(curator):
    wave = real_wave(curator)
    letter_to(asked(wave, email="petrova@example.org"))
    told = []

    send_wave_letters(lambda *words: told.append(words), wave_id=wave.pk)

    assert (len(mail.outbox), told) == (1, [(1, 1, "Отправляем письма")])


def test_job_says_when_the_server_is_down_and_passes_over_a_wave_that_is_gone(settings, curator):
    wave = real_wave(curator)
    letter_to(asked(wave, email="petrova@example.org"))
    settings.EMAIL_BACKEND = "tests.roadmap.mail.DeadServer"
    send_wave_letters(lambda *words: None, wave_id=wave.pk + 100)

    with pytest.raises(RefusedError) as refusal:
        send_wave_letters(lambda *words: None, wave_id=wave.pk)

    assert str(refusal.value).startswith("Почтовый сервер не отвечает.")
    assert states() == ["queued"]
