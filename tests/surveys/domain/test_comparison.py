"""Entry beside exit: what is compared, and what would give away those who answered once."""

import pytest

from surveys.domain.comparison import FEW_PAIRS, MEANS_HIDDEN, Compared, changes_from, compared
from surveys.domain.pairs import change_of
from surveys.domain.questionnaire import Question, QuestionKind, Questionnaire, Scale, Section
from surveys.domain.results import SectionResult, results_of

ASKED = Questionnaire("А", (Section("Б", (Question("q", QuestionKind.SCALE, "Хватает ли сил?"),)),))
STORED = {
    "key": "q",
    "pairs": 6,
    "before_mean": 4.0,
    "after_mean": 6.0,
    "difference": 2.0,
    "spread": 1.5,
    "better": 5,
    "same": 0,
    "worse": 1,
    "effect": 0.8,
    "p_value": 0.06,
}


def sections(people: int, value: int = 5, asked: Questionnaire = ASKED) -> tuple[SectionResult, ...]:
    return results_of(asked, {"": {"": {"": people}, "q": {"": people, str(value): people}}}, None)


def row(entry: int, exit_: int, threshold: int | None, *, pairs: int = 6) -> Compared:
    (found,) = compared(sections(entry, 4), sections(exit_, 6), changes_from([STORED | {"pairs": pairs}]), threshold)
    return found


def test_changes_come_back_as_they_were_stored() -> None:
    change = change_of("q", [(1, 2), (3, 5), (4, 4), (2, 6), (5, 4), (1, 3)])

    found = changes_from([{name: getattr(change, name) for name in STORED} | {"more": 1}])

    assert found == {"q": change}


def test_pairs_and_whole_waves_stand_side_by_side() -> None:
    found = row(9, 8, None)

    assert (found.change.pairs, found.entry_mean, found.exit_mean) == (6, 4.0, 6.0)
    assert (found.before, found.after, found.note) == (4.0, 6.0, "")


@pytest.mark.parametrize(("pairs", "threshold"), [(4, None), (4, 3), (6, 7)])
def test_few_pairs_are_no_figure(pairs: int, threshold: int | None) -> None:
    found = row(20, 20, threshold, pairs=pairs)

    assert (found.change, found.note) == (None, FEW_PAIRS)


@pytest.mark.parametrize(
    ("entry", "exit_", "is_hidden"),
    [
        (6, 6, False),  # all are in pairs
        (11, 11, False),  # five are left in each: as many as the threshold
        (7, 6, True),  # the entry of one person would follow from both means
        (6, 10, True),  # the exits of four would
    ],
)
def test_means_of_pairs_are_hidden_where_few_answered_once(entry: int, exit_: int, is_hidden: bool) -> None:
    found = row(entry, exit_, 5)

    assert (found.hides_means, found.note) == (is_hidden, MEANS_HIDDEN if is_hidden else "")
    assert found.change.effect == 0.8


def test_named_pairs_hide_nothing() -> None:
    assert not row(7, 6, None).hides_means


def test_what_is_drawn_falls_back_to_whole_waves() -> None:
    found = row(7, 7, 5)

    assert (found.before, found.after) == (found.entry_mean, found.exit_mean) == (4.0, 6.0)


def test_key_on_another_scale_is_not_compared() -> None:
    other = Questionnaire("А", (Section("", (Question("q", QuestionKind.SCALE, "Б?", scale=Scale(1, 5)),)),))

    assert compared(sections(6, 4, other), sections(6), {}, None) == ()


def test_key_without_a_number_is_not_compared() -> None:
    other = Questionnaire("А", (Section("", (Question("q", QuestionKind.YES_NO, "Б?"),)),))

    assert compared(sections(6, 4, other), sections(6, 4, other), {}, None) == ()
