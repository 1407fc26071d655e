"""Letters that ask for an answer, and what the clock does for proposals."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings
from django.urls import reverse

from jobs.models import Job
from jobs.tasks import run
from mentoring.models import ProposalLetter
from mentoring.operations.pairings import decline_pairing
from mentoring.periodic import agree_pairings, send_waiting_letters
from people.domain.consent import Purpose
from people.models import Consent, Person
from people.operations.links import issue_links, revoke_link
from people.queries.links import url_of
from tests.factories import (
    consents,
    pair,
)
from tests.mentoring.order_steps import fresh
from tests.mentoring.reply_steps import answer, mentee_of, told

DEAD_PORT = 1
IN_MEMORY = "django.core.mail.backends.locmem.EmailBackend"


class RefusingBackend(BaseEmailBackend):
    """A mail server that knows no such address."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({"somebody@example.org": (550, b"no such user")})


def get(persona, name, *args, **query):
    return persona.client.get(reverse(name, args=[persona.organisation.slug, *args]), query)


def text(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def run_letters():
    run(job_id=Job.objects.get(kind="mentoring.send_proposal_letters").pk)
    return Job.objects.get(kind="mentoring.send_proposal_letters")


@override_settings(EMAIL_BACKEND=IN_MEMORY)
def test_letter_holds_the_link_and_nothing_personal(curator):
    pairing = pair(curator.organisation)
    told(curator, pairing)

    job = run_letters()
    send_waiting_letters()

    (letter,) = mail.outbox
    assert (job.state, letter.to) == ("done", ["somebody@example.org"])
    assert letter.subject == "Вам предложили пару, Лицей № 7"
    (link,) = issue_links(curator.access, person_ids=[pairing.mentor_id])
    assert url_of(link) in letter.body
    for person in (pairing.mentor, mentee_of(pairing)):
        assert person.surname not in letter.body + letter.subject
    assert ProposalLetter.objects.get().sent_at is not None


@override_settings(EMAIL_BACKEND=IN_MEMORY)
@pytest.mark.parametrize("change", ["answered", "declined", "revoked", "withdrawn", "no address"])
def test_letter_nobody_needs_any_more_is_not_sent(curator, change):
    pairing = pair(curator.organisation)
    told(curator, pairing)
    {
        "answered": lambda: answer(curator, pairing, pairing.mentor, True),
        "declined": lambda: decline_pairing(curator.access, pairing_id=pairing.pk),
        "revoked": lambda: revoke_link(curator.access, person_id=pairing.mentor_id),
        "withdrawn": lambda: Consent.objects.filter(person=pairing.mentor).delete(),
        "no address": lambda: Person.objects.filter(pk=pairing.mentor_id).update(email=""),
    }[change]()

    run_letters()

    assert (len(mail.outbox), ProposalLetter.objects.count()) == (0, 0)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=DEAD_PORT)
def test_letters_wait_for_a_mail_server_that_is_down(curator):
    told(curator, pair(curator.organisation))

    job = run_letters()
    send_waiting_letters()

    assert (job.state, job.error) == (
        "failed",
        "Почтовый сервер не отвечает. Письма уйдут сами, как только он ответит.",
    )
    assert list(ProposalLetter.objects.values_list("sent_at", "problem")) == [(None, "")]


@override_settings(EMAIL_BACKEND=f"{__name__}.RefusingBackend")
def test_letter_to_a_wrong_address_says_so_and_is_not_tried_by_the_clock(curator):
    pairing = pair(curator.organisation)
    told(curator, pairing)

    state = run_letters().state
    send_waiting_letters()

    assert state == "done"
    page = text(get(curator, "pair_detail", pairing.pk))
    assert "Почтовый сервер не принял письмо: проверьте адрес." in page


def test_clock_agrees_a_pair_whose_last_paper_has_come(curator):
    pairing = pair(curator.organisation)
    Consent.objects.filter(person=pairing.mentor, purpose=Purpose.PARTICIPATION).delete()
    for person in (pairing.mentor, mentee_of(pairing)):
        answer(curator, pairing, person, True)
    consents(pairing.mentor, Purpose.PARTICIPATION)

    agree_pairings()

    assert fresh(pairing).state == "agreed"
