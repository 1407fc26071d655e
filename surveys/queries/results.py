"""Results of a wave as its page, its exports and its summary show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from people.access import Access
from people.domain.roles import Permission
from surveys.domain.comparison import Compared, changes_from, compared
from surveys.domain.questionnaire import SIDE_LABELS, Purpose, Side
from surveys.domain.results import KeyResult, SectionResult, results_of
from surveys.domain.statistics import response_rate
from surveys.models import Invitation, OpenAnswer, Wave, WaveFigures
from surveys.queries.counting import figures_now
from surveys.queries.texts import WordsRule, readable_words, threshold_for, words_rule


@dataclass(frozen=True, slots=True)
class SideResponse:
    """How many people of one side were asked, and how many have answered."""

    label: str
    invited: int
    answered: int

    @property
    def rate(self) -> Fraction | None:
        return response_rate(self.answered, self.invited)


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """The score of one named sheet of a questionnaire with levels."""

    points: int
    most: int
    level: str | None


@dataclass(frozen=True, slots=True)
class WaveResults:
    """Everything that may be shown of a wave.

    `threshold` is what it keeps, None where the asker may read each sheet. `sheets` is None as long as nothing is
    counted or may be shown, and `sections` are empty then. `earlier` is the last closed wave of the same questionnaire
    before this one, `earlier_means` its means by key. `words` counts those that the asker may read, `unread` those of
    them that wait for the wave's reader.
    """

    wave: Wave
    threshold: int | None
    sides: tuple[SideResponse, ...]
    sheets: int | None
    sections: tuple[SectionResult, ...]
    comparison: tuple[Compared, ...]
    unpaired: int
    earlier: Wave | None
    earlier_means: Mapping[str, float]
    scores: tuple[ScoreLine, ...]
    words: int
    unread: int

    @property
    def invited(self) -> int:
        return sum(side.invited for side in self.sides)

    @property
    def answered(self) -> int:
        return sum(side.answered for side in self.sides)

    @property
    def rate(self) -> Fraction | None:
        return response_rate(self.answered, self.invited)

    @property
    def keys(self) -> list[KeyResult]:
        return [each for section in self.sections for each in section.keys]

    @property
    def is_feedback(self) -> bool:
        return self.wave.version.questionnaire.purpose == Purpose.FEEDBACK

    @property
    def has_means(self) -> bool:
        """Whether there is a mean on a scale to draw."""
        return any(each.mean_per_mille is not None for each in self.keys)

    @property
    def has_changes(self) -> bool:
        """Whether entry and exit have means to draw beside each other."""
        return any(row.before is not None and row.after is not None for row in self.comparison)

    @property
    def compares_sides(self) -> bool:
        """Whether anything of a side alone may be shown."""
        return any(cut.figures for each in self.keys for cut in each.sides)

    @property
    def hides_sides(self) -> bool:
        """Whether there are several sides, and all that is of one alone is hidden."""
        return any(each.sides for each in self.keys) and not self.compares_sides


def waves_with_results(access: Access) -> QuerySet[Wave]:
    """The waves whose results may be asked for. Statements about persons are read one by one on pages of their own."""
    access.check(Permission.SURVEYS_VIEW)
    return (
        Wave.objects.visible_to(access)
        .exclude(state=Wave.State.DRAFT)
        .exclude(version__questionnaire__purpose=Purpose.STATEMENT)
        .select_related("version__questionnaire", "entry__version", "entry__figures", "reader", "summary")
    )


def wave_results(access: Access, wave: Wave, *, for_others: bool = False) -> WaveResults:
    """Everything that may be shown of `wave`, one of `waves_with_results`; of an open anonymous one the response only.

    `for_others` leaves what everybody may see who sees results, as a document does. Raises PermissionDenied.
    """
    access.check(Permission.SURVEYS_VIEW)
    threshold = threshold_for(access, wave, for_others=for_others)
    # Figures that grow sheet by sheet would tell each sheet by their differences.
    is_open = threshold is None or wave.state == Wave.State.CLOSED
    figures = figures_now(access, wave) if is_open else None
    sections = results_of(wave.version.asked(), figures.tallies, threshold) if figures else ()
    earlier = _earlier(access, wave) if figures else None
    words, unread = _words(access, wave, words_rule(figures, threshold))
    return WaveResults(
        wave=wave,
        threshold=threshold,
        sides=_responses(wave),
        sheets=figures.sheets if figures else None,
        sections=sections,
        comparison=_comparison(wave, sections, figures, threshold) if figures else (),
        unpaired=figures.unpaired if figures else 0,
        earlier=earlier,
        earlier_means=_earlier_means(earlier, sections, threshold) if earlier else {},
        scores=_scores(figures) if figures and threshold is None else (),
        words=words,
        unread=unread,
    )


def _responses(wave: Wave) -> tuple[SideResponse, ...]:
    asked = Invitation.objects.filter(wave=wave).filter(  # unscoped: counts only, of a wave already scoped
        Q(revoked_at__isnull=True) | Q(is_answered=True)
    )
    rows = asked.values_list("side").annotate(invited=Count("pk"), answered=Count("pk", filter=Q(is_answered=True)))
    found = {side: (invited, answered) for side, invited, answered in rows.order_by("side")}
    return tuple(SideResponse(SIDE_LABELS[side], *found[side.value]) for side in Side if side.value in found)


def _words(access: Access, wave: Wave, rule: WordsRule) -> tuple[int, int]:
    pending = Q(state=OpenAnswer.State.PENDING)
    found = readable_words(access, wave, rule).aggregate(words=Count("pk"), unread=Count("pk", filter=pending))
    return found["words"], found["unread"]


def _comparison(
    wave: Wave, sections: Sequence[SectionResult], figures: WaveFigures, threshold: int | None
) -> tuple[Compared, ...]:
    """Entry against exit; both waves are named or both are not, and the higher threshold of the two is kept."""
    entry = wave.entry
    counted = getattr(entry, "figures", None)
    if entry is None or counted is None:
        return ()
    kept = None if threshold is None else max(threshold, entry.threshold)
    before = results_of(entry.version.asked(), counted.tallies, kept)
    return compared(before, sections, changes_from(figures.changes), kept)


def _earlier(access: Access, wave: Wave) -> Wave | None:
    waves = Wave.objects.visible_to(access).filter(
        version__questionnaire_id=wave.version.questionnaire_id,
        state=Wave.State.CLOSED,
        opened_at__lt=wave.opened_at,
        figures__isnull=False,
    )
    others = waves.exclude(pk=wave.entry_id) if wave.entry_id else waves
    return others.select_related("version", "figures").order_by("-closed_at", "-pk").first()


def _earlier_means(earlier: Wave, sections: Sequence[SectionResult], threshold: int | None) -> dict[str, float]:
    """The means that the earlier wave shows, by key; a key that has another scale now is left out."""
    kept = max(threshold or 0, earlier.threshold) if threshold or earlier.is_anonymous else None
    before = results_of(earlier.version.asked(), earlier.figures.tallies, kept)
    return {row.key: row.entry_mean for row in compared(before, sections, {}, None) if row.entry_mean is not None}


def _scores(figures: WaveFigures) -> tuple[ScoreLine, ...]:
    return tuple(ScoreLine(each["points"], each["most"], each["label"]) for each in figures.scores)
