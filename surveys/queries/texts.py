"""Words of a wave: who may read them, by question and group; and the SWOT table made from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from people.access import Access
from people.domain.roles import Permission
from surveys.domain.disclosure import shown_cuts, whole_is_shown
from surveys.domain.questionnaire import NAMELESS_PURPOSES, OTHER, SIDE_LABELS, WRITTEN, Questionnaire, Side
from surveys.domain.results import sheets_by_side
from surveys.models import OpenAnswer, SwotPoint, Wave, WaveFigures
from surveys.queries.counting import counted_sheets, figures_now

State = OpenAnswer.State


@dataclass(frozen=True, slots=True)
class WordsRule:
    """What the thresholds of a wave leave of its words: whether they are shown, and which sides are named beside them.

    Sides are named only where there are several, and where naming one tells nothing about the few of another.
    """

    is_shown: bool
    sides: frozenset[str]


def threshold_for(access: Access, wave: Wave, *, for_others: bool = False) -> int | None:
    """The threshold that what is shown of a wave must keep; None where the asker may read its sheets one by one.

    Of a named wave people were told that only the curator reads their answers, so for everybody else, and in what is
    made for others, it keeps its threshold like an anonymous one. Answers about nobody's person need none.
    """
    if wave.is_anonymous:
        return wave.threshold
    is_nameless = wave.version.questionnaire.purpose in NAMELESS_PURPOSES
    reads_sheets = access.may(Permission.SURVEYS_EDIT) and not for_others
    return None if is_nameless or reads_sheets else wave.threshold


def words_rule(figures: WaveFigures | None, threshold: int | None) -> WordsRule:
    """The rule for a wave with these figures; below the threshold no words are shown, nor sides beside them."""
    sheets = sheets_by_side(figures.tallies) if figures else {}
    several = frozenset(sheets) if len(sheets) > 1 else frozenset()
    if threshold is None:
        return WordsRule(True, several)
    return WordsRule(whole_is_shown(sheets, threshold), several & shown_cuts(sheets, threshold))


def readable_words(access: Access, wave: Wave, rule: WordsRule) -> QuerySet[OpenAnswer]:
    """The words of a wave that the asker may read; those of a named sheet only as long as its person allows it."""
    words = OpenAnswer.objects.visible_to(access).filter(wave=wave)
    if not rule.is_shown:
        return words.none()
    if wave.is_anonymous:
        return words
    return words.filter(Q(sheet__isnull=True) | Q(sheet__in=counted_sheets(wave, access.today)))


@dataclass(frozen=True, slots=True)
class Words:
    """One answer in words; `side` is blank where it may not be named."""

    answer: OpenAnswer
    side: str


@dataclass(frozen=True, slots=True)
class WordsGroup:
    """Answers that a curator put together under a name; those without a name stand last."""

    name: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The words under one question: released in groups, and for the wave's reader those that wait or are withheld."""

    text: str
    groups: tuple[WordsGroup, ...]
    pending: tuple[Words, ...]
    withheld: tuple[Words, ...]

    @property
    def released(self) -> int:
        return sum(len(group.words) for group in self.groups)


@dataclass(frozen=True, slots=True)
class WaveWords:
    """The words of a wave as the asker may read them; `is_reader` says whether they release and withhold."""

    wave: Wave
    rule: WordsRule
    is_reader: bool
    questions: tuple[QuestionWords, ...]

    @property
    def pending(self) -> int:
        return sum(len(question.pending) for question in self.questions)

    @property
    def withheld(self) -> int:
        return sum(len(question.withheld) for question in self.questions)

    @property
    def released(self) -> int:
        return sum(question.released for question in self.questions)

    @property
    def group_names(self) -> list[str]:
        """Names given so far, to choose from."""
        return sorted({group.name for question in self.questions for group in question.groups if group.name})


def reads_words(access: Access, wave: Wave) -> bool:
    """Whether the asker is the one curator who reads the wave's words before anyone else."""
    return access.may(Permission.SURVEYS_EDIT) and wave.reader_id == access.user_id


def wave_words(access: Access, wave: Wave, *, for_others: bool = False) -> WaveWords:
    """The words of a wave, one of `waves_with_results`, in the order of its questions.

    `for_others` leaves what everybody may read who sees results. Raises PermissionDenied.
    """
    access.check(Permission.SURVEYS_VIEW)
    rule = words_rule(figures_now(access, wave), threshold_for(access, wave, for_others=for_others))
    is_reader = reads_words(access, wave) and not for_others
    # By the random key of the row: no other order says less about when and by whom it was written.
    rows = readable_words(access, wave, rule).order_by("key", "group", "pk")
    found: dict[str, list[Words]] = {}
    for answer in rows if is_reader else rows.filter(state=State.RELEASED):
        side = SIDE_LABELS[Side(answer.side)] if answer.side in rule.sides else ""
        found.setdefault(answer.key, []).append(Words(answer, side))
    labels = written_keys(wave.version.asked())
    keys = [*(key for key in labels if key in found), *(key for key in found if key not in labels)]
    return WaveWords(wave, rule, is_reader, tuple(_question(labels.get(key, key), found[key]) for key in keys))


def written_keys(questionnaire: Questionnaire) -> dict[str, str]:
    """The keys answered in words with the texts of their questions, in the order they are asked."""
    found = {}
    for question in questionnaire.asked:
        if question.kind in WRITTEN:
            found[question.code] = question.text
        elif question.has_other:
            found[f"{question.code}.{OTHER}"] = f"{question.text} Другое"
    return found


def _question(text: str, words: Iterable[Words]) -> QuestionWords:
    by_state: dict[str, list[Words]] = {state: [] for state in State.values}
    for each in words:
        by_state[each.answer.state].append(each)
    names = sorted({each.answer.group for each in by_state[State.RELEASED]}, key=lambda name: (not name, name))
    groups = (
        WordsGroup(name, tuple(each for each in by_state[State.RELEASED] if each.answer.group == name))
        for name in names
    )
    return QuestionWords(text, tuple(groups), tuple(by_state[State.PENDING]), tuple(by_state[State.WITHHELD]))


@dataclass(frozen=True, slots=True)
class SwotBox:
    """One of the four boxes with its lines in the order they were put in."""

    quadrant: str
    label: str
    points: tuple[SwotPoint, ...]


def swot_boxes(access: Access, wave: Wave) -> tuple[SwotBox, ...]:
    """The SWOT table of a wave. Raises PermissionDenied."""
    access.check(Permission.SURVEYS_VIEW)
    points = list(SwotPoint.objects.visible_to(access).filter(wave=wave).order_by("pk"))
    return tuple(
        SwotBox(value, label, tuple(point for point in points if point.quadrant == value))
        for value, label in SwotPoint.Quadrant.choices
    )
