"""Tallies laid out for reading: figures by hand, and what thresholds hide."""

from fractions import Fraction

import pytest

from surveys.domain.questionnaire import Option, Question, QuestionKind, Questionnaire, Scale, Section, Side
from surveys.domain.results import Bands, KeyResult, bands_of, mean_per_mille, results_of, values_of
from surveys.domain.statistics import SHARES
from tests.surveys.counted import ASKED, BOTH, MENTEES, MENTORS

FEW = "меньше 5 ответов — не показываем"
BY_DIFFERENCE = "не показываем: иначе по разности видны ответы немногих"


def key(name: str, tallies: dict, threshold: int | None) -> KeyResult:
    sections = results_of(ASKED, tallies, threshold)
    return next(each for section in sections for each in section.keys if each.key == name)


def test_figures_of_all_and_of_each_side() -> None:
    useful = key("useful", BOTH, None)

    # (8*3 + 6*3 + 10*4 + 5) / 11 = 87 / 11; mentors 42 / 6; mentees 45 / 5
    assert useful.whole.figures.mean == pytest.approx(87 / 11)
    assert [(cut.side, cut.answered, cut.figures.mean) for cut in useful.sides] == [
        (Side.MENTOR, 6, 7.0),
        (Side.MENTEE, 5, 9.0),
    ]
    assert useful.satisfied == Fraction(7, 11)


def test_values_have_labels_and_shares_of_those_who_answered() -> None:
    topics = key("topics", BOTH, None)

    assert [(value.label, value.people, value.share) for value in topics.values] == [
        ("план урока", 5, Fraction(5, 11)),
        ("=общение", 7, Fraction(7, 11)),
        ("другое", 0, Fraction(0)),
    ]
    assert [value.people for value in values_of(topics.question, topics.sides[1])] == [0, 5, 0]


def test_words_are_counted_as_answered_only() -> None:
    words = key("words", BOTH, 3)

    assert (words.whole.answered, words.whole.figures, words.whole.hidden) == (3, None, "")
    assert words.values == ()


def test_one_side_alone_is_not_set_beside_itself() -> None:
    sections = results_of(ASKED, {"mentor": MENTORS}, None)

    assert [cut for section in sections for each in section.keys for cut in each.sides] == []
    assert [section.side_means for section in sections] == [(), ()]


def test_block_mean_is_of_all_answers_of_the_block() -> None:
    meetings, later = results_of(ASKED, BOTH, None)

    # all: (87 + 54) / 17; mentors (42 + 54) / 12; mentees 45 / 5
    assert meetings.mean == pytest.approx(141 / 17)
    assert meetings.side_means == ((Side.MENTOR, 8.0), (Side.MENTEE, 9.0))
    assert (later.mean, later.scale) == (None, None)


def test_blocks_of_different_scales_have_a_share_of_the_scale() -> None:
    asked = Questionnaire(
        "А",
        (
            Section(
                "Б",
                (
                    Question("ten", QuestionKind.SCALE, "В?"),
                    Question("two", QuestionKind.SCALE, "Г?", scale=Scale(0, 2)),
                ),
            ),
        ),
    )

    (block,) = results_of(asked, {"": {"": {"": 1}, "ten": {"": 1, "10": 1}, "two": {"": 1, "1": 1}}}, None)

    assert (block.scale, block.mean) == (SHARES, 0.75)


def test_matrix_is_a_key_a_row() -> None:
    rows = (Option("a", "план"), Option("b", "речь"))
    asked = Questionnaire("А", (Section("", (Question("m", QuestionKind.MATRIX, "Оцените", rows=rows),)),))

    (block,) = results_of(asked, {"": {"": {"": 1}, "m.a": {"": 1, "3": 1}, "m.b": {"": 1, "7": 1}}}, None)

    assert [(each.key, each.text, each.whole.figures.mean) for each in block.keys] == [
        ("m.a", "Оцените план", 3.0),
        ("m.b", "Оцените речь", 7.0),
    ]


def test_few_answers_are_hidden() -> None:
    few = {"mentor": {"": {"": 4}, "useful": {"": 4, "8": 4}}}

    useful = key("useful", few, 5)

    assert (useful.whole.answered, useful.whole.figures, useful.whole.hidden) == (4, None, FEW)
    assert (useful.values, useful.bands, useful.mean_per_mille, useful.satisfied) == ((), None, None, None)


def test_side_that_would_give_a_small_one_away_is_hidden_with_it() -> None:
    tallies = BOTH | {"mentee": {"": {"": 2}, "useful": {"": 2, "10": 2}}}

    useful = key("useful", tallies, 5)

    assert useful.whole.figures is not None
    assert [(cut.side, cut.hidden) for cut in useful.sides] == [(Side.MENTOR, BY_DIFFERENCE), (Side.MENTEE, FEW)]


def test_key_that_few_answered_is_hidden_in_a_wave_of_many() -> None:
    tallies = {"mentor": MENTORS | {"calm": {"": 3, "1": 3}}}

    meetings = results_of(ASKED, tallies, 5)[0]

    assert [each.whole.hidden for each in meetings.keys] == ["", FEW]
    assert meetings.mean == 7.0  # without what is hidden


def test_named_wave_hides_nothing() -> None:
    useful = key("useful", {"mentor": {"": {"": 1}, "useful": {"": 1, "8": 1}}}, None)

    assert (useful.whole.figures.mean, useful.whole.hidden) == (8.0, "")


@pytest.mark.parametrize(
    ("scale", "low", "middle", "high"),
    [
        (Scale(1, 10), {1, 2, 3}, {4, 5, 6, 7}, {8, 9, 10}),
        (Scale(0, 2), {0}, {1}, {2}),
        (Scale(1, 5), {1, 2}, {3}, {4, 5}),
    ],
)
def test_bands_are_thirds_of_the_scale(scale: Scale, low: set, middle: set, high: set) -> None:
    asked = Questionnaire("А", (Section("", (Question("q", QuestionKind.SCALE, "Б?", scale=scale),)),))

    found = [
        bands_of(results_of(asked, {"": {"": {"": 1}, "q": {"": 1, str(value): 1}}}, None)[0].keys[0].whole)
        for value in scale.values
    ]

    assert found == [Bands(value in low, value in middle, value in high) for value in scale.values]


def test_bands_fill_the_bar() -> None:
    assert (Bands(1, 1, 1).per_mille, Bands(1, 1, 1).up_to_middle) == ((333, 334, 333), 667)
    assert Bands(0, 0, 0).per_mille == (0, 0, 0)


def test_mean_stands_between_the_ends_of_its_scale() -> None:
    useful = key("useful", {"mentee": MENTEES}, None)

    assert mean_per_mille(useful.whole.figures) == 889  # (9 - 1) / 9
    assert mean_per_mille(None) is None
