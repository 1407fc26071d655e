"""What an attacker, a curious colleague, or two people at once tried against questionnaires, and what came of it."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from threading import Thread
from time import monotonic, sleep

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from people.domain.refusal import RefusedError
from people.domain.roles import Role
from surveys.domain.checking import faults_of
from surveys.domain.questionnaire import Option, Purpose, Question, QuestionKind, Questionnaire, Section, Side
from surveys.models import Draft, Invitation, OpenAnswer, PairedScores, SealedSheet, Sheet, Tally, Wave
from surveys.operations.answering import save_answers, send_answers
from surveys.operations.closing import close_wave
from surveys.operations.paper import NOT_RUNNING, type_named_sheet
from surveys.operations.questionnaires import Description, take_template
from surveys.operations.questions import CHANGED, add_section, describe_questionnaire
from surveys.operations.statements import read_statement
from surveys.operations.waves import launch_wave, revoke_invitation
from surveys.periodic import close_overdue
from surveys.queries.links import links_to_give
from surveys.seals import seal_draft, token_of
from tests.conftest import Persona, make_persona
from tests.factories import AT, TODAY, InvitationFactory, MenteeProfileFactory, PersonFactory, SheetFactory, consents
from tests.guards.conftest import text_of
from tests.guards.routes import addresses, inside_routes
from tests.mentoring.at_once import at_once
from tests.surveys.wave_steps import asked, questionnaire_of, real_wave, values_for, wave_of

race = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SECRET = "Завуч кричит на уроках"


def save(invitation: Invitation, **answers: str) -> None:
    save_answers(token=token_of(invitation.nonce), at=AT, sent={key: [text] for key, text in answers.items()})


def send(invitation: Invitation, *, secret: str | None = None, **answers: str) -> object:
    sent = {key: [text] for key, text in answers.items()}
    return send_answers(token=token_of(invitation.nonce), at=AT, sent=sent, is_whole=True, secret=secret)


def door(invitation: Invitation, name: str = "answer_form") -> str:
    return reverse(name, args=[token_of(invitation.nonce)])


# Who has the whole database


def test_long_words_lie_in_an_envelope_like_any_other(curator):
    wave = wave_of(curator, is_anonymous=True)
    brief, long, begun_brief, begun_long = (asked(wave) for _ in range(4))

    for invitation, words in ((brief, "да"), (long, "ы" * 4000)):
        send(invitation, useful="8", words=words)
    for invitation, words in ((begun_brief, "да"), (begun_long, "ы" * 4000)):
        save(invitation, words=words)

    kept = [*SealedSheet.objects.values_list("sealed", flat=True), *Draft.objects.values_list("sealed", flat=True)]
    assert (len(kept), len({len(bytes(sealed)) for sealed in kept})) == (4, 1)


def test_of_a_few_nameless_answers_only_their_number_stays(curator):
    wave = wave_of(curator, is_anonymous=True, stage="entry", threshold=3)
    for number in range(2):
        send(asked(wave, side="mentor"), useful=str(number + 1), words=SECRET, secret=f"берег-{number}")

    close_wave(curator.access, wave_id=wave.pk)

    rows = set(Tally.objects.values_list("side", "key", "value", "count"))
    assert rows == {("", "", "", 2), ("", "useful", "", 2), ("", "words", "", 2)}
    assert not any(model.objects.exists() for model in (OpenAnswer, PairedScores, SealedSheet))


def test_side_of_one_person_is_counted_together_with_another(curator):
    wave = wave_of(curator, is_anonymous=True, threshold=3)
    for side in ("mentor", "mentor", "mentor", "mentee"):
        send(asked(wave, side=side), useful="8" if side == "mentor" else "1", words=side)

    close_wave(curator.access, wave_id=wave.pk)

    assert {row.side for model in (Tally, OpenAnswer) for row in model.objects.all()} == {""}
    assert Tally.objects.get(key="", value="").count == 4


def test_draft_that_came_while_the_box_was_opened_is_forgotten(curator):
    nameless, named = (wave_of(curator, closed=True, is_anonymous=each) for each in (True, False))
    late, kept = asked(nameless), asked(named)
    sealed = seal_draft(late.nonce, {"answers": {"words": SECRET}, "secret": ""})
    Draft.objects.create(invitation=late, organisation=late.organisation, sealed=sealed)
    Draft.objects.create(invitation=kept, organisation=kept.organisation, answers={"answers": {}, "secret": ""})

    close_overdue()

    assert list(Draft.objects.values_list("invitation", flat=True)) == [kept.pk]


# Who gives the links out


@pytest.mark.parametrize(("is_anonymous", "given"), [(True, 1), (False, 2)])
def test_link_of_who_has_begun_without_a_name_is_not_shown_again(curator, is_anonymous, given):
    wave = wave_of(curator, is_anonymous=is_anonymous)
    begun, _ = (asked(wave) for _ in range(2))
    consents(begun.person)
    save(begun, words=SECRET)

    assert links_to_give(curator.access, wave).count() == given
    assert links_to_give(curator.access, wave, [begun.pk]).count() == given - 1


# Who may see results, and not what one person says


def every_page(persona: Persona, wave: Wave, sheet: Sheet | None) -> Iterator[tuple[str, str]]:
    """The names of the pages of surveys, and what each says to the persona."""
    known = {
        "wave_id": [wave.pk],
        "invitation_id": list(wave.invitations.values_list("pk", flat=True)),
        "questionnaire_id": [wave.version.questionnaire_id],
        "sheet_id": [sheet.pk if sheet else 1],
        "text_id": list(wave.open_answers.values_list("pk", flat=True)),
        "point_id": [1],
        "person_id": [persona.person.pk],
        "index": [0],
        "code": ["useful"],
        "key": ["satisfaction"],
        "export_format": ["xlsx", "json"],
        "table_format": ["xlsx", "csv"],
        "chart": ["means", "bands", "change"],
        "questions": {},
    }
    routes = (each for each in inside_routes() if each.view.__module__.startswith("surveys."))
    for route in routes:
        if route.method == "get":
            for address in addresses(route, persona.organisation.slug, known):
                yield route.name, text_of(persona.client.get(address))


def telling(persona: Persona, wave: Wave, sheet: Sheet | None = None) -> set[str]:
    """The pages that tell the persona what somebody has written."""
    return {name for name, said in every_page(persona, wave, sheet) if SECRET in said}


def test_words_with_a_name_are_told_to_curators_only(curator):
    wave = real_wave(curator)
    invitation = InvitationFactory(wave=wave, is_answered=True, answered_on=TODAY)
    sheet = SheetFactory(invitation=invitation, answers={"useful": 8, "words": SECRET})
    consents(sheet.person)
    close_wave(curator.access, wave_id=wave.pk)
    others = {role: make_persona(role, curator.organisation) for role in Role}

    told = {role: telling(persona, wave, sheet) for role, persona in others.items()}

    assert {role: pages for role, pages in told.items() if pages} == {Role.CURATOR: {"sheet_detail"}}
    assert telling(curator, wave, sheet) == {"sheet_detail", "wave_texts"}


def test_nameless_wave_tells_its_reader_nothing_while_it_runs(curator):
    wave = real_wave(curator, is_anonymous=True, threshold=3)
    for _ in range(4):
        send(asked(wave), useful="8", words=SECRET)
    save(asked(wave), words=SECRET)

    assert telling(curator, wave) == set()


def test_nobody_reads_a_statement_about_themselves(curator, psychologist):
    wave = wave_of(curator, version__questionnaire__purpose=Purpose.STATEMENT)
    MenteeProfileFactory(person=psychologist.person)
    consents(psychologist.person)
    sheet = SheetFactory(invitation=InvitationFactory(wave=wave, about=psychologist.person))

    with pytest.raises(Sheet.DoesNotExist):
        read_statement(psychologist.access, sheet_id=sheet.pk)

    assert read_statement(curator.access, sheet_id=sheet.pk) == sheet


def test_door_of_a_statement_names_nobody_once_it_is_sent_or_forbidden(client, curator):
    wave = real_wave(curator, version__questionnaire__purpose=Purpose.STATEMENT)
    about = PersonFactory(organisation=curator.organisation, surname="Зайцев")
    consents(about)
    sent, waiting = (InvitationFactory(wave=wave, about=about) for _ in range(2))
    save(waiting, words=SECRET)
    send(sent, useful="8", words=SECRET)

    opened = text_of(client.get(door(waiting)))
    about.consents.all().delete()
    shut = [text_of(client.get(door(invitation))) for invitation in (sent, waiting)]

    assert (SECRET in opened, "Зайцев" in opened) == (True, True)
    assert [(SECRET in page, "Зайцев" in page) for page in shut] == [(False, False)] * 2


# At the door


@pytest.fixture
def invitation(curator) -> Invitation:
    invited = asked(real_wave(curator))
    consents(invited.person)
    return invited


FORM = "application/x-www-form-urlencoded"
BAD_BODIES = {
    "json": ("application/json", b'{"a.useful": "8"}', 200),
    "words": ("text/plain", b"a.useful=8", 200),
    "another charset": (f"{FORM}; charset=utf-16", b"a.useful=8", 400),
    "broken parts": ("multipart/form-data", b"--B\r\nfoo", 400),
    "too many fields": (FORM, b"&".join(b"a.useful=8" for _ in range(1001)), 400),
    "too much": (FORM, b"whole=1&a.words=" + b"x" * 5_300_000, 400),
    "another option": (FORM, b"whole=1&a.useful=8&a.again=maybe", 200),
    "zero": (FORM, b"whole=1&a.useful=0", 200),
    "eleven": (FORM, b"whole=1&a.useful=11", 200),
    "fraction": (FORM, b"whole=1&a.useful=1.5", 200),
    "exponent": (FORM, b"whole=1&a.useful=1e0", 200),
    "arabic digit": (FORM, "whole=1&a.useful=٣".encode(), 200),
    "sign": (FORM, b"whole=1&a.useful=%2B8", 200),
    "other questionnaire": (FORM, b"whole=1&a.usefull=8&useful=8&a.useful.other=8", 200),
}


def test_nonsense_makes_no_sheet_and_no_error_of_ours(client, invitation):
    address = door(invitation, "answer_send")

    came_to = {
        name: client.generic("POST", address, body, content_type=content_type).status_code
        for name, (content_type, body, _) in BAD_BODIES.items()
    }

    assert came_to == {name: status for name, (_, _, status) in BAD_BODIES.items()}
    assert Sheet.objects.count() == 0


def test_words_with_broken_characters_are_kept_without_them(client, invitation):
    content = b"whole=1&a.useful=8&a.%00=1&secret=%00&a.words=%00%ff%ed%a0%80%e2%80%8f=cmd"

    client.generic("POST", door(invitation, "answer_send"), content, content_type=FORM)

    assert Sheet.objects.get().answers == {"useful": 8, "words": "\ufffd" * 4 + "\u200f=cmd"}


def test_token_put_together_of_two_opens_nothing(client, invitation):
    other = token_of(InvitationFactory(wave=invitation.wave).nonce)
    own = token_of(invitation.nonce)
    mixed = [own[:22] + other[22:], own[:-1], own + "A", own.swapcase(), "=" * 43, "ы" * 43, "%00" * 15]

    assert [client.get(f"/a/{token}/").status_code for token in mixed] == [404] * len(mixed)


def test_token_stands_in_no_log(invitation):
    (console,) = (each for each in logging.getLogger().handlers if each.get_name() == "console")
    address = door(invitation, "answer_send")
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Bad Request: %s", (address,), None)

    console.filter(record)

    assert console.format(record).endswith("Bad Request: /a/…/send/")


# Curators by mistake or on purpose


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "٣"])
def test_number_that_is_none_is_not_found(curator, number):
    pages = ("surveys/{}/", "surveys/{}/results.csv", "questionnaires/{}/questionnaire.json", "surveys/sheets/{}/")

    assert [curator.client.get(f"/o/licey/{page.format(number)}").status_code for page in pages] == [404] * 4


def test_prepared_wave_does_not_become_one_of_statements(curator):
    wave = wave_of(curator, draft=True, version__frozen_at=None)
    said = Description("Сведения", "", Purpose.STATEMENT, Side.NONE)

    with pytest.raises(RefusedError, match="сведения от третьих лиц собирают иначе"):
        describe_questionnaire(
            curator.access, questionnaire_id=wave.version.questionnaire_id, revision=wave.version.revision, said=said
        )


def asking(*questions: Question) -> Questionnaire:
    return Questionnaire("Анкета", (Section("", questions),))


def test_form_that_no_server_would_build_or_take_is_not_asked():
    rows = tuple(Option(f"r{number}", "строка") for number in range(40))
    tables = (Question(f"m{number}", QuestionKind.MATRIX, "Таблица", rows=rows) for number in range(23))
    persons = Question("persons", QuestionKind.PERSONS, "С кем?", most=10**9)

    found = [[fault.message for fault in faults_of(each)] for each in (asking(*tables), asking(persons))]

    assert found == [
        ["Полей для ответа 920, можно не больше 900: разделите анкету на две."],
        ["Сколько можно выбрать: число слишком велико."],
    ]


# Two at once


def _is_somebody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


def overtaken(first: Callable[[], object], second: Callable[[], object]) -> object:
    """What `second` comes to: it begins after `first` has written, waits for it, and goes on once that is committed."""
    came_to: list[object] = []

    def go() -> None:
        try:
            came_to.append(second())
        except RefusedError as refusal:
            came_to.append(str(refusal))
        finally:
            connections.close_all()

    thread = Thread(target=go)
    with transaction.atomic():
        first()
        thread.start()
        until = monotonic() + 10
        while not _is_somebody_waiting() and monotonic() < until:
            sleep(0.02)
    thread.join(timeout=10)
    return came_to[0]


@race
def test_paper_typed_in_while_the_wave_is_closed_is_refused_in_words(curator):
    invitation = asked(wave_of(curator))
    consents(invitation.person)

    came_to = overtaken(
        partial(close_wave, curator.access, wave_id=invitation.wave_id),
        partial(type_named_sheet, curator.access, invitation_id=invitation.pk, sent={"useful": ["8"]}),
    )

    assert (came_to, Sheet.objects.count(), Wave.objects.get().figures.sheets) == (NOT_RUNNING, 0, 0)


@race
def test_sheet_sent_while_its_link_is_revoked_is_not_taken(curator):
    invitation = asked(wave_of(curator))
    consents(invitation.person)

    came_to = overtaken(
        partial(revoke_invitation, curator.access, invitation_id=invitation.pk), partial(send, invitation, useful="8")
    )

    assert came_to == "Эта ссылка не действует. Попросите у куратора новую."
    assert (Sheet.objects.count(), Invitation.objects.get().is_answered) == (0, False)


@race
def test_buttons_pressed_by_two_at_once_do_their_work_once(curator):
    questionnaire = questionnaire_of(curator)
    picked = values_for(curator)["audience"] | {"person_ids": [curator.person.pk]}
    wave = wave_of(curator, draft=True, version=questionnaire.versions.get(), audience=picked)
    section = {"questionnaire_id": questionnaire.pk, "revision": 1, "title": "Ещё", "note": ""}

    launched = at_once(*[partial(launch_wave, curator.access, wave_id=wave.pk)] * 2)
    edited = at_once(*[partial(add_section, curator.access, **section)] * 2)
    taken = at_once(*[partial(take_template, curator.access, key="request")] * 2)

    assert [str(each) for each in edited if isinstance(each, RefusedError)] == [CHANGED]
    assert [each.state for each in launched] == ["open", "open"]
    assert (Invitation.objects.count(), taken[0].pk) == (1, taken[1].pk)
