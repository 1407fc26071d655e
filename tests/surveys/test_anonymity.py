"""Somebody who has everything in the database tries to tell who answered what in an anonymous wave."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import pytest
from django.db import connection

from surveys.models import Invitation, Wave
from surveys.operations.answering import save_answers, send_answers
from surveys.operations.closing import close_wave
from surveys.seals import token_of
from tests.factories import AT, InvitationFactory, WaveFactory

PEOPLE = 12
WAVES = 4
SEVEN_SIGMA = WAVES + 7 * WAVES**0.5
"""A blind guess hits one person a wave on the average, whatever their number, with a variance of one."""

Row = dict[str, object]


@dataclass(frozen=True)
class Loot:
    """Two tables as a thief sees them: hidden columns included, in the order they lie on the disk."""

    people: list[Row]
    words: list[Row]


def everything() -> dict[str, list[Row]]:
    """Every row of every table, with the place and the transaction that wrote it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT ctid::text AS place, xmin::text::bigint AS written_by, t.* FROM {table} t")
            names = [column.name for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def answered(wave: Wave, order: Random) -> dict[int, str]:
    """Everybody answers, in an order of their own, with drafts on the way; who wrote what, as only we know it."""
    invitations = list(Invitation.objects.filter(wave=wave).order_by("pk"))
    order.shuffle(invitations)
    truth = {}
    for number, invitation in enumerate(invitations):
        token, words = token_of(invitation.nonce), f"слова-{wave.pk}-{number}"
        save_answers(token=token, at=AT, sent={"useful": [str(number % 10 + 1)]}, seconds=10 + number)
        send_answers(token=token, at=AT, sent={"words": [words]}, is_whole=False, seconds=number)
        truth[invitation.pk] = words
    return truth


def asked(curator) -> Wave:
    wave = WaveFactory(
        version__questionnaire__organisation=curator.organisation, is_anonymous=True, reader=curator.user
    )
    InvitationFactory.create_batch(PEOPLE, wave=wave)
    return wave


def ordered(*columns: str) -> Callable[[Row], tuple]:
    return lambda row: tuple(
        _place(row[column]) if column == "place" else str(row[column]).zfill(40) for column in columns
    )


def _place(place: object) -> tuple[int, ...]:
    return tuple(int(part) for part in str(place).strip("()").split(","))


STRATEGIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "by place on the disk": (("place",), ("place",)),
    "by transaction, then place": (("written_by", "place"), ("written_by", "place")),
    "by transaction against place": (("written_by", "place"), ("place",)),
    "by key": (("id",), ("id",)),
    "by transaction against key": (("written_by", "place"), ("id",)),
}


def guesses(loot: Loot) -> Iterator[tuple[str, dict[int, str]]]:
    """What each strategy makes of the loot: whose words are whose; every strategy also backwards."""
    for name, (people_by, words_by) in STRATEGIES.items():
        people = sorted(loot.people, key=ordered(*people_by))
        words = [str(row["text"]) for row in sorted(loot.words, key=ordered(*words_by))]
        yield name, {int(str(row["id"])): text for row, text in zip(people, words, strict=True)}
        yield (
            f"{name}, backwards",
            {int(str(row["id"])): text for row, text in zip(people, reversed(words), strict=True)},
        )


def loot_of(wave: Wave, stolen: dict[str, list[Row]], words_in: str) -> Loot:
    return Loot(
        people=[row for row in stolen["surveys_invitation"] if row["wave_id"] == wave.pk],
        words=[row for row in stolen[words_in] if row["wave_id"] == wave.pk],
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_thief_does_no_better_than_chance(curator):
    hits: dict[str, int] = {}
    for number in range(WAVES):
        wave = asked(curator)
        truth = answered(wave, Random(number))
        close_wave(curator.access, wave_id=wave.pk)
        for name, guess in guesses(loot_of(wave, everything(), "surveys_openanswer")):
            hits[name] = hits.get(name, 0) + sum(truth[person] == words for person, words in guess.items())

    assert {name: count for name, count in hits.items() if count > SEVEN_SIGMA} == {}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_same_thief_reads_a_table_that_only_leaves_the_name_out(curator):
    """The attack has teeth: where rows are written as they come, it finds everybody."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive (id bigserial PRIMARY KEY, wave_id bigint, text text)")
    wave = asked(curator)
    invitations = list(Invitation.objects.order_by("pk"))
    Random(1).shuffle(invitations)
    truth = {}
    for number, invitation in enumerate(invitations):
        truth[invitation.pk] = f"слова-{number}"
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO naive (wave_id, text) VALUES (%s, %s)", [wave.pk, truth[invitation.pk]])
        Invitation.objects.filter(pk=invitation.pk).update(is_answered=True, answered_on=AT.date())
    try:
        found = dict(guesses(loot_of(wave, everything(), "naive")))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE naive")

    assert found["by transaction, then place"] == truth


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_box_tells_nothing_before_it_is_opened_and_nothing_leads_back_afterwards(curator):
    wave = asked(curator)
    answered(wave, Random(1))

    shut = everything()
    close_wave(curator.access, wave_id=wave.pk)
    emptied = everything()

    # Shut: as many sealed sheets as people, all of one length, and their words stand nowhere.
    assert len(shut["surveys_sealedsheet"]) == PEOPLE
    assert len({len(bytes(row["sealed"])) for row in shut["surveys_sealedsheet"]}) == 1
    assert [name for name, rows in shut.items() if "слова-" in readable(rows)] == []
    # Opened: in one place, by one transaction that wrote no invitation, the box and the drafts gone.
    assert [name for name, rows in emptied.items() if "слова-" in readable(rows)] == ["surveys_openanswer"]
    assert (emptied["surveys_sealedsheet"], emptied["surveys_draft"], emptied["surveys_sheet"]) == ([], [], [])
    writers = {row["written_by"] for table in ("surveys_openanswer", "surveys_tally") for row in emptied[table]}
    assert len(writers) == 1
    assert writers.isdisjoint(row["written_by"] for row in emptied["surveys_invitation"])
    # Both have nothing in common but the wave; what an invitation knows is the same for everybody.
    assert {name for row in emptied["surveys_openanswer"] for name in row} == {
        *("place", "written_by", "id", "organisation_id", "wave_id", "sheet_id", "side", "key", "text", "group"),
        "state",
    }
    assert {row["sheet_id"] for row in emptied["surveys_openanswer"]} == {None}
    assert {(row["minutes"], row["answered_on"]) for row in emptied["surveys_invitation"]} == {(None, AT.date())}


def readable(rows: list[Row]) -> str:
    """Everything in the rows as text, bytes byte by byte."""
    sealed = [each for row in rows for each in row.values() if isinstance(each, memoryview)]
    return "".join([*(bytes(each).decode("utf-8", "replace") for each in sealed), str(rows)])
