"""Surveys: opening the form, durable sheets a second, 200 people at once, the results of 100,000 sheets."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from statistics import median, quantiles

from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.school import new_school
from bench.surveys_clients import get, post, seconds_for
from bench.surveys_crispy import CrispyPage
from bench.surveys_form import BARE_TABLE, half
from bench.surveys_server import BARE, PORTAL, Servers, durable_servers
from bench.surveys_waves import ask, collect_anonymous, collect_named, draft, new_wave, tokens
from bench.timing import Figure, in_turn, seconds_of
from people.access import Access
from people.models import User
from surveys.markup import form_page
from surveys.models import SealedSheet, Sheet
from surveys.operations.closing import close_wave, count_wave
from surveys.queries.answering import door_of

ROUNDS = 7
OPENINGS = 100
"""Requests a round: those of crispy-forms take their time."""

SENDINGS = 400
IDLE, CROWD = 30, 200
SHEETS, SEALED = 100_000, 10_000
PATIENCE = 300
"""Seconds until people who have not answered count as lost."""

COUNTING, PAGE = 2.0, 0.1
"""Seconds that the results of so many named sheets may take, and the page once they are counted."""


def measure() -> Iterator[Figure]:
    with durable_servers() as servers:
        access = new_school("surveys")[1]
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE {BARE_TABLE} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, answers jsonb)"
            )
        servers.start(PORTAL)
        servers.start(BARE)
        yield from _opening(access, servers)
        yield from _sending(access, servers)
        yield from _crowd(access, servers)
        yield from _results(access)


def _opening(access: Access, servers: Servers) -> list[Figure]:
    """The form half answered: rendering alone in this process, then whole requests."""
    wave = new_wave(access)
    invitation = ask(access, wave, 1)[0]
    draft(invitation, half(0))
    [token] = tokens([invitation])
    door, crispy = door_of(token, timezone.now()), CrispyPage()
    ours, theirs = in_turn(
        10 * ROUNDS, lambda: form_page(door, sent={}, faults={}) and None, lambda: crispy.render(half(0)) and None
    )
    ours_asked, theirs_asked = in_turn(
        ROUNDS,
        lambda: seconds_for(servers.ports[PORTAL], [get(f"/a/{token}/")] * OPENINGS) / OPENINGS,
        lambda: seconds_for(servers.ports[BARE], [get("/form/")] * OPENINGS) / OPENINGS,
    )
    rate = f"{1 / median(ours_asked):.0f} against {1 / median(theirs_asked):.0f} a second"
    return [
        Figure("(h) form of 20 × 10, rendering alone", "crispy-forms, anew", ours, theirs, 1 / 5),
        Figure(
            "(h) form of 20 × 10, whole request", "bare Django, crispy-forms", ours_asked, theirs_asked, 1 / 5, rate
        ),
    ]


def _sending(access: Access, servers: Servers) -> list[Figure]:
    """Whole sheets by four clients; each answer must have its row, and each row its answer."""
    figures = []
    for words, model, is_anonymous in (("named", Sheet, False), ("anonymous", SealedSheet, True)):
        wave = new_wave(access, is_anonymous=is_anonymous)
        links = tokens(ask(access, wave, SENDINGS * (ROUNDS + 1)))
        rounds = iter([links[start : start + SENDINGS] for start in range(0, len(links), SENDINGS)])
        ours, theirs = in_turn(ROUNDS, partial(_send, servers, rounds), partial(_send_bare, servers))
        assert (
            model.objects.filter(wave=wave).count() == wave.invitations.filter(is_answered=True).count() == len(links)
        )
        note = f"{1 / median(ours):.0f} against {1 / median(theirs):.0f} a second, {60 / median(ours):.0f} a minute"
        figures.append(Figure(f"(i) one {words} sheet on the disk", "bare row of JSON", ours, theirs, 2, note))
    return figures


def _send(servers: Servers, rounds) -> float:
    requests = [post(f"/a/{token}/send/", person) for person, token in enumerate(next(rounds))]
    return seconds_for(servers.ports[PORTAL], requests) / SENDINGS


def _send_bare(servers: Servers) -> float:
    before = _bare_rows()
    seconds = seconds_for(servers.ports[BARE], [post("/send/", person) for person in range(SENDINGS)])
    assert _bare_rows() - before == SENDINGS
    return seconds / SENDINGS


def _bare_rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {BARE_TABLE}")
        return cursor.fetchone()[0]


def _crowd(access: Access, servers: Servers) -> list[Figure]:
    """One person after another, then 200 at once; nobody's sheet is lost, nobody has two."""
    wave = new_wave(access)
    links = tokens(ask(access, wave, IDLE + CROWD))
    idle = _answered(servers, links[:IDLE], at_once=1)
    crowd = _answered(servers, links[IDLE:], at_once=CROWD)
    senders = set(Sheet.objects.filter(wave=wave).values_list("invitation_id", flat=True))
    assert Sheet.objects.filter(wave=wave).count() == len(senders) == IDLE + CROWD
    late = quantiles(crowd, n=20)[-1]
    note = f"{len(crowd)} requests, median {median(crowd) * 1000:.0f} ms, longest {max(crowd) * 1000:.0f} ms"
    return [Figure(f"(j) {CROWD} people at once, p95", "median, idle server", [late], [median(idle)], 10, note)]


def _answered(servers: Servers, links: list[str], *, at_once: int) -> list[float]:
    """Seconds of each request of people who answer by these links; all requests must have been answered well."""
    command = [sys.executable, "-m", "bench.surveys_crowd", str(servers.ports[PORTAL]), str(at_once)]
    told = subprocess.run(
        command, input="\n".join(links), stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE
    )
    taken = json.loads(told.stdout)
    failures = [failure for _, _, failure in taken if failure]
    assert not failures, failures[:5]
    return [seconds for _, seconds, _ in taken]


def _results(access: Access) -> list[Figure]:
    wave = new_wave(access)
    collect_named(access, wave, ask(access, wave, SHEETS))
    box = new_wave(access, is_anonymous=True)
    collect_anonymous(box, SEALED)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    [counting] = in_turn(ROUNDS, lambda: count_wave(wave, wave.version.asked(), at=timezone.now()) and None)
    page = partial(_page, _visitor(access), f"/o/{access.organisation.slug}/surveys/{wave.pk}/results/")
    [running] = in_turn(ROUNDS, page)
    closing = seconds_of(lambda: close_wave(access, wave_id=wave.pk) and None)
    [closed] = in_turn(ROUNDS, page)
    emptying = seconds_of(lambda: close_wave(access, wave_id=box.pk) and None)
    words = f"{SHEETS} named sheets"
    return [
        Figure(f"(k) counting {words}", "2 s", counting, [COUNTING] * ROUNDS, 1),
        Figure(f"(k) page of the results, {words}", "100 ms", closed, [PAGE] * ROUNDS, 1, "closed wave"),
        Figure(f"(k) page of the results, {words}", "100 ms", running, [PAGE] * ROUNDS, 1, "running wave"),
        Figure(f"(k) closing, {words}", "2 s", [closing], [COUNTING], 1),
        Figure(f"(k) closing, {SEALED} sealed sheets", "2 s", [emptying], [COUNTING], 1),
    ]


def _visitor(access: Access) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(pk=access.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def _page(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.status_code
