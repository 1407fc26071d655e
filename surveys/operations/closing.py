"""Closing a wave: the box of an anonymous one is emptied in random order, the figures are counted."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from random import SystemRandom
from typing import Any

from django.db import transaction

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from surveys.domain.answers import Answers, tallied, written, written_keys
from surveys.domain.disclosure import shown_cuts, whole_is_shown
from surveys.domain.questionnaire import Purpose, Questionnaire, Side
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
BATCH = 5000

FRESH_FOR = timedelta(minutes=10)
"""So long figures may lack a consent that was withdrawn or given: to look at all of them takes as long as to count."""


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
    for later in wave.exits.filter(state=Wave.State.CLOSED).order_by("pk"):
        # It was closed before its entry, and had nothing to be compared with.
        count_wave(later, later.version.asked(), at=at)
    return wave


@transaction.atomic
def forget_late_drafts() -> int:
    """Delete the sealed drafts that were being written while their wave was closed; gives how many there were."""
    late = Draft.objects.filter(sealed__isnull=False, invitation__wave__state=Wave.State.CLOSED)  # unscoped: clock
    return late.delete()[0]


def _empty_box(wave: Wave, questionnaire: Questionnaire) -> None:
    """Open all sheets at once and write them down in another order than they came in.

    Of fewer than the threshold only their number is kept, and how many answered each question. Sides of few are put
    together as one.

    One transaction writes everything, so that neither time nor transaction number tells one sheet from another; words
    and scores are shuffled apart, so that their places do not tell that they came together.
    """
    sheets = SealedSheet.objects.filter(wave=wave)  # unscoped: of a wave already scoped
    boxed = sheets.values_list("sealed", flat=True).iterator(BATCH)
    opened = [open_sheet(wave.key, bytes(sealed)) for sealed in boxed]
    DICE.shuffle(opened)
    # Who has answered is known by name, so what a few say is theirs: no page would show it, and nobody keeps it.
    apart = shown_cuts(Counter(sheet["side"] for sheet in opened), wave.threshold)
    by_side: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for sheet in opened:
        by_side[sheet["side"] if sheet["side"] in apart else Side.NONE.value].append(sheet)
    is_told = whole_is_shown({ALL: len(opened)}, wave.threshold)
    for side, told in sorted(by_side.items()):
        _write_tallies(wave, questionnaire, side, [sheet["answers"] for sheet in told], is_told=is_told)
    if is_told:
        _write_words(wave, questionnaire, by_side)
        _write_scores(wave, questionnaire, opened)
    sheets.delete()
    Draft.objects.filter(invitation__wave=wave).delete()  # unscoped: of a wave already scoped


def _write_tallies(
    wave: Wave, questionnaire: Questionnaire, side: str, sheets: list[Answers], *, is_told: bool
) -> None:
    answered = Counter(key for answers in sheets for key in answers)
    found = {(ALL, ALL): len(sheets)} | {(key, ALL): count for key, count in answered.items()}
    if is_told:
        found |= tallied(questionnaire, sheets)
    Tally.objects.bulk_create(
        Tally(organisation_id=wave.organisation_id, wave=wave, side=side, key=key, value=value, count=count)
        for (key, value), count in sorted(found.items())
    )


def _write_words(wave: Wave, questionnaire: Questionnaire, by_side: dict[str, list[dict[str, Any]]]) -> None:
    keys = written_keys(questionnaire)
    words = [
        OpenAnswer(organisation_id=wave.organisation_id, wave=wave, side=side, key=key, text=text)
        for side, sheets in by_side.items()
        for sheet in sheets
        for key, text in written(keys, sheet["answers"])
    ]
    DICE.shuffle(words)
    OpenAnswer.objects.bulk_create(words, batch_size=BATCH)


def _write_scores(wave: Wave, questionnaire: Questionnaire, opened: list[dict[str, Any]]) -> None:
    if not asks_secret(wave):
        return
    entry, keys = wave.entry or wave, scaled_keys(questionnaire)
    scores = [
        PairedScores(
            organisation_id=wave.organisation_id,
            wave=wave,
            mark=mark_of(entry.key, sheet["secret"]),
            scores={key: sheet["answers"][key] for key in keys if key in sheet["answers"]},
        )
        for sheet in opened
        if sheet["secret"]
    ]
    DICE.shuffle(scores)
    PairedScores.objects.bulk_create(scores, batch_size=BATCH)


def _take_words(wave: Wave, questionnaire: Questionnaire, on: date) -> None:
    """The words of named sheets, to be read and released like those of an anonymous wave; no statement's."""
    keys = written_keys(questionnaire)
    if not keys:
        return
    rows = counted_sheets(wave, on).filter(about__isnull=True).only("pk", "side", "answers")
    OpenAnswer.objects.bulk_create(
        (
            OpenAnswer(
                organisation_id=wave.organisation_id, wave=wave, sheet=sheet, side=sheet.side, key=key, text=text
            )
            for sheet in rows
            for key, text in written(keys, sheet.answers)
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
        "received": sheets_in(tallies) if wave.is_anonymous else wave.sheets.count(),
        "counted_at": at,
        "tallies": tallies,
        "changes": changes,
        "unpaired": unpaired,
        "scores": scores_of(wave, questionnaire, on),
    }
    return WaveFigures.objects.update_or_create(wave=wave, defaults=values)[0]  # unscoped: of a wave already scoped


def count_anew(access: Access, *, wave_id: int) -> WaveFigures | None:
    """Count a named wave that is still running, unless its figures are fresh (`_are_fresh`).

    Gives None for an anonymous wave before it is closed: its box stays shut.
    """
    access.check(Permission.SURVEYS_VIEW)
    wave = Wave.objects.visible_to(access).get(pk=wave_id)
    figures = WaveFigures.objects.visible_to(access).filter(wave=wave).first()
    if wave.is_anonymous or wave.state != Wave.State.OPEN or _are_fresh(figures, wave, access.at):
        return figures
    with transaction.atomic():
        # Only to count: who sends a sheet waits for this lock.
        wave = Wave.objects.visible_to(access).select_for_update(of=("self",), no_key=True).get(pk=wave_id)
        if wave.state != Wave.State.OPEN:
            return WaveFigures.objects.visible_to(access).get(wave=wave)
        return count_wave(wave, wave.version.asked(), at=access.at)


def _are_fresh(figures: WaveFigures | None, wave: Wave, at: datetime) -> bool:
    """Whether no sheet has come since, and consents have hardly had time to change."""
    if figures is None or at - figures.counted_at > FRESH_FOR:
        return False
    return figures.received == wave.sheets.count()
