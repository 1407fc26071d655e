"""Closing: what comes out of the box, how named sheets are counted, how entry meets exit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from people.domain.consent import Purpose
from people.domain.refusal import RefusedError
from people.models import Consent
from surveys.models import OpenAnswer, PairedScores, Tally, Wave
from surveys.operations.answering import send_answers
from surveys.operations.closing import close_overdue_wave, close_wave, count_anew
from surveys.seals import token_of
from tests.factories import AT, TODAY, InvitationFactory, SheetFactory, WaveFactory, consents


def running(school, **values):
    return WaveFactory(version__questionnaire__organisation=school, **values)


def answer(wave, secret=None, side="", **answers):
    invitation = InvitationFactory(wave=wave, side=side)
    sent = {key: [str(value)] for key, value in answers.items()}
    send_answers(token=token_of(invitation.nonce), at=AT, sent=sent, is_whole=True, secret=secret)
    return invitation


def sheet(wave, side="", **answers):
    made = SheetFactory(invitation__wave=wave, side=side, answers=answers)
    consents(made.person)
    return made


def test_box_becomes_counters_by_side_and_words_apart(school, curator):
    wave = running(school, is_anonymous=True, threshold=3)
    answer(wave, side="mentor", useful=8, again="yes", words="Хорошо")
    answer(wave, side="mentor", useful=8, again="no")
    answer(wave, side="mentor", useful=8)
    for _ in range(3):
        answer(wave, side="mentee", useful=3)

    close_wave(curator.access, wave_id=wave.pk)

    assert set(Tally.objects.values_list("side", "key", "value", "count")) == {
        ("mentor", "", "", 3),
        ("mentor", "useful", "", 3),
        ("mentor", "useful", "8", 3),
        ("mentor", "again", "", 2),
        ("mentor", "again", "yes", 1),
        ("mentor", "again", "no", 1),
        ("mentor", "words", "", 1),
        ("mentee", "", "", 3),
        ("mentee", "useful", "", 3),
        ("mentee", "useful", "3", 3),
    }
    assert list(OpenAnswer.objects.values_list("key", "text", "state", "sheet")) == [
        ("words", "Хорошо", "pending", None)
    ]


def test_named_wave_is_counted_into_the_same_figures_as_an_anonymous_one(school, curator):
    named, anonymous = running(school), running(school, is_anonymous=True, threshold=3)
    for side, answers in (
        *[("mentor", {"useful": 8, "again": "yes", "words": "Хорошо"})] * 2,
        ("mentor", {"useful": 8, "again": "no"}),
        *[("mentee", {"useful": 3})] * 3,
    ):
        sheet(named, side, **answers)
        answer(anonymous, side=side, **answers)

    for wave in (named, anonymous):
        close_wave(curator.access, wave_id=wave.pk)
        wave.refresh_from_db()

    assert named.figures.sheets == 6
    assert named.figures.tallies == anonymous.figures.tallies


A_AND_B = [["a", "А"], ["b", "Б"]]


def test_several_choices_and_rows_are_counted_by_the_database_as_by_the_formula(school, curator):
    content = {
        "title": "Темы",
        "sections": [
            {
                "title": "",
                "questions": [
                    {
                        "code": "topics",
                        "kind": "several",
                        "text": "Темы",
                        "options": [["a", "А"], ["b", "Б"]],
                        "other": True,
                    },
                    {"code": "rows", "kind": "matrix", "text": "Сложно?", "rows": [["x", "Икс"], ["y", "Игрек"]]},
                    {"code": "hours", "kind": "number", "text": "Часов"},
                ],
            }
        ],
    }
    wave = running(school, version__content=content)
    sheet(wave, **{"topics": ["a", "other"], "topics.other": "своя", "rows.x": 4, "hours": 1.5})
    sheet(wave, **{"topics": ["a", "b"], "rows.x": 4, "rows.y": 10, "hours": 2})

    close_wave(curator.access, wave_id=wave.pk)

    wave.refresh_from_db()
    assert wave.figures.tallies == {
        "": {
            "": {"": 2},
            "topics": {"": 2, "a": 2, "b": 1, "other": 1},
            "topics.other": {"": 1},
            "rows.x": {"": 2, "4": 2},
            "rows.y": {"": 1, "10": 1},
            "hours": {"": 2, "1.5": 1, "2": 1},
        }
    }


def test_sheets_of_people_who_took_their_consent_back_are_not_counted(school, curator):
    wave = running(school)
    sheet(wave, useful=8)
    gone = sheet(wave, useful=1)
    Consent.objects.filter(person=gone.person, purpose=Purpose.PROCESSING).update(state="withdrawn", withdrawn_on=TODAY)

    close_wave(curator.access, wave_id=wave.pk)

    wave.refresh_from_db()
    assert wave.figures.tallies == {"": {"": {"": 1}, "useful": {"": 1, "8": 1}}}


def test_statements_are_only_numbered(school, curator):
    wave = running(school, version__questionnaire__purpose="statement")
    about = sheet(wave).person
    SheetFactory(invitation__wave=wave, invitation__about=about, answers={"useful": 2, "words": "Тайна"})

    close_wave(curator.access, wave_id=wave.pk)

    wave.refresh_from_db()
    assert wave.figures.tallies == {"": {"": {"": 2}}}
    assert not OpenAnswer.objects.exists()


def test_closing_twice_changes_nothing(school, curator):
    wave = running(school, is_anonymous=True, threshold=3)
    for _ in range(3):
        answer(wave, useful=8, words="Раз")

    for _ in range(2):
        close_wave(curator.access, wave_id=wave.pk)

    assert (Tally.objects.filter(key="", value="").get().count, OpenAnswer.objects.count()) == (3, 3)


def test_wave_in_preparation_is_not_closed(school, curator):
    wave = running(school, draft=True)

    with pytest.raises(RefusedError):
        close_wave(curator.access, wave_id=wave.pk)


def test_clock_closes_what_is_over_and_nothing_else(school):
    over, running_still = running(school, closes_on="2026-11-19"), running(school, closes_on=TODAY)

    for wave in (over, running_still):
        close_overdue_wave(wave_id=wave.pk, at=AT)

    assert list(Wave.objects.order_by("pk").values_list("state", flat=True)) == ["closed", "open"]


def test_named_entry_meets_exit_by_person(school, curator):
    entry = running(school, stage="entry", closed=False)
    exit_wave = running(school, stage="exit", entry=entry, version=entry.version)
    for before, after in ((3, 5), (4, 4), (6, 9)):
        first = sheet(entry, useful=before)
        SheetFactory(invitation__wave=exit_wave, invitation__person=first.person, answers={"useful": after})
    sheet(exit_wave, useful=1)

    close_wave(curator.access, wave_id=exit_wave.pk)

    exit_wave.refresh_from_db()
    (change,) = exit_wave.figures.changes
    # Entry (3 + 4 + 6) / 3, exit (5 + 4 + 9) / 3, difference (2 + 0 + 3) / 3.
    assert (change["pairs"], change["better"], change["same"], change["worse"]) == (3, 2, 1, 0)
    assert change["before_mean"] == pytest.approx(13 / 3)
    assert change["after_mean"] == pytest.approx(6)
    assert exit_wave.figures.unpaired == 1


def anonymous_pair(school, words):
    """Entry and exit without names: each of `words` at entry and at exit, the second as people type it later."""
    entry = running(school, stage="entry", is_anonymous=True)
    for number, (word, _) in enumerate(words):
        answer(entry, secret=word, useful=number % 5 + 1)
    exit_wave = running(school, stage="exit", entry=entry, is_anonymous=True, version=entry.version)
    for number, (_, word) in enumerate(words):
        answer(exit_wave, secret=word, useful=number % 5 + 3)
    return entry, exit_wave


def test_anonymous_entry_meets_exit_by_the_word_that_people_keep(school, curator):
    words = [("клён-4729", "КЛЕН - 4729"), *((f"слово-{n}", f"слово-{n}") for n in range(5))]
    entry, exit_wave = anonymous_pair(school, words)

    for wave in (entry, exit_wave):
        close_wave(curator.access, wave_id=wave.pk)

    exit_wave.refresh_from_db()
    (change,) = exit_wave.figures.changes
    assert (change["pairs"], change["difference"], exit_wave.figures.unpaired) == (6, 2.0, 0)
    assert "клён" not in str(list(PairedScores.objects.values()))


def test_exit_closed_before_its_entry_is_compared_once_the_entry_closes(school, curator):
    entry, exit_wave = anonymous_pair(school, [(f"слово-{n}", f"слово-{n}") for n in range(5)])
    close_wave(curator.access, wave_id=exit_wave.pk)
    alone = exit_wave.figures.unpaired

    close_wave(curator.access, wave_id=entry.pk)

    exit_wave.refresh_from_db()
    assert (alone, exit_wave.figures.unpaired, [each["pairs"] for each in exit_wave.figures.changes]) == (5, 0, [5])


def test_words_that_two_people_chose_pair_nobody_and_too_few_pairs_give_no_figure(school, curator):
    words = [("роза-1", "роза-1"), ("роза-1", "роза-1"), *((f"слово-{n}", f"слово-{n}") for n in range(4)), ("", "")]
    entry, exit_wave = anonymous_pair(school, words)

    for wave in (entry, exit_wave):
        close_wave(curator.access, wave_id=wave.pk)

    exit_wave.refresh_from_db()
    # Four pairs are left of seven sheets: one fewer than the threshold.
    assert (exit_wave.figures.changes, exit_wave.figures.unpaired) == ([], 3)


def test_running_named_wave_is_counted_anew_only_when_sheets_have_come(school, curator, django_assert_max_num_queries):
    wave = running(school)
    sheet(wave, useful=8)

    first = count_anew(curator.access, wave_id=wave.pk)
    with django_assert_max_num_queries(5):
        again = count_anew(curator.access, wave_id=wave.pk)
    sheet(wave, useful=9)
    third = count_anew(curator.access, wave_id=wave.pk)

    assert (first.sheets, again.sheets, third.sheets) == (1, 1, 2)


def test_consent_withdrawn_in_a_running_wave_is_counted_within_ten_minutes(school, curator):
    wave = running(school)
    sheet(wave, useful=8)
    gone = sheet(wave, useful=3)
    count_anew(curator.access, wave_id=wave.pk)
    Consent.objects.filter(person=gone.person).update(state=Consent.State.WITHDRAWN, withdrawn_on=TODAY)

    at = [replace(curator.access, at=AT + timedelta(minutes=minutes)) for minutes in (10, 11)]
    counted = [count_anew(access, wave_id=wave.pk) for access in at]

    assert [(figures.sheets, figures.received) for figures in counted] == [(2, 2), (1, 2)]


def test_anonymous_wave_has_no_figures_before_it_is_closed(school, curator):
    wave = running(school, is_anonymous=True)
    answer(wave, useful=8)

    assert count_anew(curator.access, wave_id=wave.pk) is None
