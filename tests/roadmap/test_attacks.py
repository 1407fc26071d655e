"""What an attacker, or two people at once, tried against roadmaps and what must come of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from threading import Thread
from time import monotonic, sleep

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from people.domain.roles import Role
from people.models import Membership, Organisation, User
from people.operations.links import issue_links, url_of
from roadmap.domain.plan import Window
from roadmap.locks import wait_for_writers
from roadmap.models import EvidenceFile, Measure, Stage
from roadmap.operations.approval import draft_approval
from roadmap.operations.feeds import open_feed
from roadmap.operations.hand_down import hand_down, take_back_from
from roadmap.operations.measures import correct_dates, delete_measure, delete_stage, edit_measure, edit_stage
from roadmap.operations.measures import move_measure as move
from roadmap.operations.reminders import make_digests, send_digests
from roadmap.queries.feeds import feed_by_token, token_of
from tests.conftest import make_persona
from tests.factories import AT, TODAY, PersonFactory, StageFactory, consents, planned
from tests.roadmap.plan_steps import dates_of, ending, means, plan_of, sign, words
from tests.roadmap.views.pages import errors, get, measure_now, path, plan_now, post, text

race = pytest.mark.django_db(transaction=True, serialized_rollback=True)
NO_WORDS = {"number": "1", "title": "Раздел", "task": "", "result": "", "parent_id": None}


def _is_somebody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


def overtaken(organisation: Organisation, first: Callable[[], object], second: Callable[[], object]) -> None:
    """`second` begins while `first` writes, waits for it, and goes on when it has committed."""

    def go() -> None:
        try:
            second()
        except (Measure.DoesNotExist, Stage.DoesNotExist):
            pass  # a 404, or the page of an error: nothing was written
        finally:
            connections.close_all()

    thread = Thread(target=go)
    with transaction.atomic():
        wait_for_writers(organisation.pk)
        thread.start()
        until = monotonic() + 10
        while not _is_somebody_waiting() and monotonic() < until:
            sleep(0.02)
        first()
    thread.join(timeout=10)


# Two people at once


@race
def test_deleted_measure_is_not_brought_back_by_who_edits_it(curator):
    measure = planned(plan_of(curator.organisation))

    overtaken(
        curator.organisation,
        partial(delete_measure, curator.access, measure_id=measure.pk),
        partial(edit_measure, curator.access, measure_id=measure.pk, words=words()),
    )

    assert not Measure.objects.exists()


@race
def test_deleted_stage_is_not_brought_back_by_who_edits_it(curator):
    stage = StageFactory(roadmap=plan_of(curator.organisation))

    overtaken(
        curator.organisation,
        partial(delete_stage, curator.access, stage_id=stage.pk),
        partial(edit_stage, curator.access, stage_id=stage.pk, **NO_WORDS),
    )

    assert not Stage.objects.exists()


@race
def test_edited_measure_stays_where_another_has_moved_it(curator):
    plan = plan_of(curator.organisation)
    first, second = planned(plan), planned(plan)

    overtaken(
        curator.organisation,
        partial(move, curator.access, measure_id=second.pk, is_up=True),
        partial(edit_measure, curator.access, measure_id=first.pk, words=words(title="Иначе")),
    )

    assert [(each.pk, each.title) for each in plan.measures.in_order()] == [
        (second.pk, second.title),
        (first.pk, "Иначе"),
    ]


def test_plan_changed_while_its_order_waits_is_shown_as_changed(curator, director):
    plan = plan_of(curator.organisation)
    measure = planned(plan)
    order = draft_approval(curator.access, roadmap_id=plan.pk, with_regulation=False, measure_ids=[])
    hour, hours = (AT + timedelta(hours=each) for each in (1, 2))

    edit_measure(replace(curator.access, at=hour), measure_id=measure.pk, words=words())
    sign(curator, replace(director, access=replace(director.access, at=hours)), order)

    assert "изменена после составления приказа" in text(get(curator, "roadmap_detail", plan.pk))


# What the authority handed down


@pytest.fixture
def copy(district_curator, school):
    plan_of(school)
    measure = planned(plan_of(district_curator.organisation), title="Неделя", term_text="до 30 ноября 2026")
    return hand_down(district_curator.access, measure_id=measure.pk, school_ids=[school.pk])[0]


def test_school_does_not_change_the_term_by_an_extra_space(district_curator, curator, copy):
    correct_dates(district_curator.access, measure_id=copy.origin_id, windows=[Window(None, date(2026, 10, 1))])

    same = words(title="Неделя", term_text="до 30  ноября 2026", responsible=["директор"])
    edit_measure(curator.access, measure_id=copy.pk, words=same)

    copy.refresh_from_db()
    assert (copy.term_text, copy.responsible) == ("до 30 ноября 2026", ["директор"])
    assert dates_of(copy) == [(None, date(2026, 10, 1))]


@pytest.mark.parametrize("number", [99_999_999_999, 10**30])
def test_taking_back_from_no_school_at_all_changes_nothing(district_curator, copy, number):
    assert post(district_curator, "measure_take_back", copy.origin_id, number).status_code == 302
    assert Measure.objects.filter(pk=copy.pk).exists()


@race
def test_nobody_waits_for_the_writers_of_a_school_that_has_no_copy(district_curator, copy, other_school):
    taken_back = partial(take_back_from, district_curator.access, measure_id=copy.origin_id, school_id=other_school.pk)
    thread = Thread(target=lambda: (taken_back(), connections.close_all()))

    with transaction.atomic():
        wait_for_writers(other_school.pk)
        thread.start()
        thread.join(timeout=10)
        assert not thread.is_alive()


# Who sees what


def test_participant_does_not_read_why_a_measure_is_not_needed(curator, mentor):
    measure = measure_now(plan_now(curator.organisation))
    measure.occurrences.update(not_needed_reason="Лисина болеет")

    pages = [text(get(persona, "measure_detail", measure.pk)) for persona in (mentor, curator)]

    assert ["Лисина" in page for page in pages] == [False, True]
    assert "не требуется" in pages[0]


def test_responsible_is_named_to_who_may_see_that_person(curator, psychologist):
    measure = measure_now(plan_now(curator.organisation), responsible=["учитель"])
    person = PersonFactory(organisation=curator.organisation, surname="Тайная")
    means(curator.organisation, "учитель", person=person)
    editor = make_persona(Role.SITE_EDITOR, curator.organisation)

    before = [text(get(persona, "measure_detail", measure.pk)) for persona in (curator, psychologist)]
    consents(person)
    after = [text(get(persona, "measure_detail", measure.pk)) for persona in (psychologist, editor)]

    assert ["Тайная" in page for page in (*before, *after)] == [True, False, True, False]
    assert not any("никто не назван" in page for page in (*before, *after))


def test_personal_link_of_a_curator_gives_no_address_of_a_plans_feed(curator):
    plan = plan_now(curator.organisation)
    whole, own = (token_of(open_feed(curator.access, roadmap_id=each)) for each in (plan.pk, None))
    (link,) = issue_links(curator.access, person_ids=[curator.person.pk])
    came = Client()
    came.post("/l/" + url_of(link).split("/l/")[1])

    pages = [text(client.get(path(curator, "feed_list"))) for client in (came, curator.client)]

    assert [(whole in page, own in page) for page in pages] == [(False, True), (True, True)]


# Calendar and letters


def due_today(persona):
    ending(plan_of(persona.organisation), 0, responsible=["куратор"])
    means(persona.organisation, "куратор", Role.CURATOR)


def test_closed_account_has_no_feed_and_gets_no_letters(curator):
    due_today(curator)
    token = token_of(open_feed(curator.access, roadmap_id=None))
    make_digests(curator.organisation, today=TODAY, at=AT)
    User.objects.filter(pk=curator.user.pk).update(is_active=False)

    send_digests(at=AT)
    tomorrow = make_digests(curator.organisation, today=TODAY + timedelta(days=7), at=AT)

    assert Membership.objects.filter(user=curator.user).exists()
    assert (feed_by_token(token), mail.outbox, tomorrow) == (None, [], [])


@pytest.mark.parametrize("broken", ["name", "address"])
def test_line_break_in_a_name_or_address_holds_no_letters_of_others_up(curator, stranger, broken):
    for persona in (curator, stranger):
        due_today(persona)
    if broken == "name":
        Organisation.objects.filter(pk=curator.organisation.pk).update(short_name="Лицей\nBcc: a@example.org")
    else:
        User.objects.filter(pk=curator.user.pk).update(email="a@example.org\nBcc: b@example.org")
    for organisation in Organisation.objects.filter(pk__in=[curator.organisation.pk, stranger.organisation.pk]):
        make_digests(organisation, today=TODAY, at=AT)

    send_digests(at=AT)

    assert stranger.user.email in [letter.to[0] for letter in mail.outbox]
    assert len(mail.outbox) == (2 if broken == "name" else 1)
    assert not any("\n" in letter.subject for letter in mail.outbox)


# Files


@pytest.mark.parametrize(
    ("name", "content"), [("x.exe", b"MZ"), ("x.html", b"<script>"), ("x.svg", b"<svg>"), ("x", b"x"), ("x.pdf", b"MZ")]
)
def test_proof_of_another_kind_is_refused(curator, name, content):
    row = measure_now(plan_now(curator.organisation)).occurrences.get()
    values = {"happened_on": str(timezone.localdate()), "file": SimpleUploadedFile(name, content)}

    answer = post(curator, "occurrence_mark", row.pk, **values)

    assert list(errors(answer)) == ["file"]
    assert not EvidenceFile.objects.exists()
