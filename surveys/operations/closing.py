"""Closing a wave: the box of an anonymous one is emptied in random order, the figures are counted."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from random import SystemRandom
from typing import Any

from django.db import transaction

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from surveys.domain.answers import Answers, tallied, written
from surveys.domain.questionnaire import WRITTEN, Purpose, Questionnaire, Side
from surveys.models import Draft, OpenAnswer, PairedScores, SealedSheet, Tally, Wave, WaveFigures
from surveys.queries.answering import asks_secret, local_day
from surveys.queries.counting import (
    ALL,
    changes_of,
    counted_sheets,
    named_tallies,
    scaled_keys,
    scores_of,
    sheets_in,
    tallies_of_rows,
)
from surveys.seals import mark_of, open_sheet

DICE = SystemRandom()


@transaction.atomic
def close_wave(access: Access, *, wave_id: int) -> Wave:
    """End a wave before its last day, or on it; a second press changes nothing. Refuses a wave that has not begun."""
    access.check(Permission.SURVEYS_EDIT)
    wave = Wave.objects.visible_to(access).select_for_update(of=("self",)).get(pk=wave_id)
    if wave.state == Wave.State.DRAFT:
        raise RefusedError("Это анкетирование ещё не запущено.")
    return _close(wave, access.at)


@transaction.atomic
def close_overdue_wave(*, wave_id: int, at: datetime) -> Wave:
    """What the clock does the day after a wave's last day."""
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave_id)  # unscoped: clock
    if wave.state == Wave.State.OPEN and wave.closes_on < local_day(wave.organisation, at):
        _close(wave, at)
    return wave


def _close(wave: Wave, at: datetime) -> Wave:
    """Close a locked wave. Whoever is sending at this moment is waited for; who comes later is refused by the table."""
    if wave.state == Wave.State.CLOSED:
        return wave
    questionnaire = wave.version.asked()
    if wave.is_anonymous:
        _empty_box(wave, questionnaire)
    else:
        _take_words(wave, questionnaire, local_day(wave.organisation, at))
    wave.state, wave.closed_at = Wave.State.CLOSED, at
    wave.save(update_fields=["state", "closed_at"])
    count_wave(wave, questionnaire, at=at)
    return wave


@dataclass(slots=True)
class Emptied:
    """What the sheets of a box become, each apart from the others."""

    tallies: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    words: list[OpenAnswer] = field(default_factory=list)
    scores: list[PairedScores] = field(default_factory=list)


def _empty_box(wave: Wave, questionnaire: Questionnaire) -> None:
    """Open all sheets at once and write them down in another order than they came in.

    One transaction writes everything, so that neither time nor transaction number tells one sheet from another; words
    and scores are shuffled apart, so that their places do not tell that they came together.
    """
    sheets = SealedSheet.objects.filter(wave=wave)  # unscoped: of a wave already scoped
    opened = [open_sheet(wave.key, bytes(sealed)) for sealed in sheets.values_list("sealed", flat=True)]
    DICE.shuffle(opened)
    found = Emptied()
    for sheet in opened:
        _take_apart(wave, questionnaire, sheet, found)
    DICE.shuffle(found.words)
    DICE.shuffle(found.scores)
    Tally.objects.bulk_create(
        Tally(organisation_id=wave.organisation_id, wave=wave, side=side, key=key, value=value, count=count)
        for (side, key, value), count in sorted(found.tallies.items())
    )
    OpenAnswer.objects.bulk_create(found.words)
    PairedScores.objects.bulk_create(found.scores)
    sheets.delete()
    Draft.objects.filter(invitation__wave=wave).delete()  # unscoped: of a wave already scoped


def _take_apart(wave: Wave, questionnaire: Questionnaire, sheet: dict[str, Any], found: Emptied) -> None:
    answers: Answers = sheet["answers"]
    side: str = sheet["side"]
    owner = {"organisation_id": wave.organisation_id, "wave": wave}
    found.tallies[side, ALL, ALL] += 1
    for key in answers:
        found.tallies[side, key, ALL] += 1
    for key, value in tallied(questionnaire, answers):
        found.tallies[side, key, value] += 1
    found.words += [OpenAnswer(**owner, side=side, key=key, text=text) for key, text in written(questionnaire, answers)]
    if asks_secret(wave) and sheet["secret"]:
        entry = wave.entry or wave
        scores = {key: answers[key] for key in scaled_keys(questionnaire) if key in answers}
        found.scores.append(PairedScores(**owner, mark=mark_of(entry.key, sheet["secret"]), scores=scores))


def _take_words(wave: Wave, questionnaire: Questionnaire, on: date) -> None:
    """The words of named sheets, to be read and released like those of an anonymous wave; no statement's."""
    if not any(question.kind in WRITTEN or question.has_other for question in questionnaire.asked):
        return
    rows = counted_sheets(wave, on).filter(about__isnull=True).only("pk", "side", "answers")
    OpenAnswer.objects.bulk_create(
        (
            OpenAnswer(
                organisation_id=wave.organisation_id, wave=wave, sheet=sheet, side=sheet.side, key=key, text=text
            )
            for sheet in rows
            for key, text in written(questionnaire, sheet.answers)
        ),
        ignore_conflicts=True,
    )


def count_wave(wave: Wave, questionnaire: Questionnaire, *, at: datetime) -> WaveFigures:
    """Count what a wave has collected and keep the figures; counting again replaces them.

    Statements are never summed up: only how many there are is kept.
    """
    on = local_day(wave.organisation, at)
    if wave.version.questionnaire.purpose == Purpose.STATEMENT:
        tallies = {Side.NONE.value: {ALL: {ALL: counted_sheets(wave, on).count()}}}
    elif wave.is_anonymous:
        tallies = tallies_of_rows(wave.tallies.order_by("pk").values_list("side", "key", "value", "count"))
    else:
        tallies = named_tallies(wave, questionnaire, on)
    changes, unpaired = changes_of(wave, questionnaire, on) if wave.entry_id else ([], 0)
    values = {
        "organisation_id": wave.organisation_id,
        "sheets": sheets_in(tallies),
        "counted_at": at,
        "tallies": tallies,
        "changes": changes,
        "unpaired": unpaired,
        "scores": scores_of(wave, questionnaire, on),
    }
    return WaveFigures.objects.update_or_create(wave=wave, defaults=values)[0]  # unscoped: of a wave already scoped


@transaction.atomic
def count_anew(access: Access, *, wave_id: int) -> WaveFigures | None:
    """Count a named wave that is still running, unless its figures are from as many sheets as there are.

    Gives None for an anonymous wave before it is closed: its box stays shut.
    """
    access.check(Permission.SURVEYS_VIEW)
    wave = Wave.objects.visible_to(access).select_for_update(of=("self",), no_key=True).get(pk=wave_id)
    figures = WaveFigures.objects.visible_to(access).filter(wave=wave).first()
    if wave.is_anonymous or wave.state != Wave.State.OPEN:
        return figures
    if figures and figures.sheets == counted_sheets(wave, access.today).count():
        return figures
    return count_wave(wave, wave.version.asked(), at=access.at)
