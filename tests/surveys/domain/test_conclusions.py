"""What figures say in words, sentence by sentence."""

from dataclasses import replace
from fractions import Fraction

import pytest

from surveys.domain.comparison import Compared
from surveys.domain.conclusions import change_words, conclusions, decimal, percent, points, response_words, score_words
from surveys.domain.pairs import Change
from surveys.domain.questionnaire import Question, QuestionKind, Questionnaire, Scale, Section
from surveys.domain.results import results_of
from surveys.domain.statistics import SHARES
from tests.surveys.counted import ASKED, BOTH

UP = Change("q", 6, 4.0, 6.25, 2.25, 1.0, 6, 0, 0, 1.0, 0.03)


def compared(text: str, change: Change | None, *, hides_means: bool = False) -> Compared:
    return Compared("q", text, Scale(), change, hides_means, None, None)


def test_conclusions_of_a_small_wave() -> None:
    assert conclusions(results_of(ASKED, BOTH, None), is_feedback=False) == [
        "Самый высокий средний балл: «Спокойно ли вам?» — 9,0 из 10.",
        "Самый низкий средний балл: «Полезны ли встречи?» — 7,9 из 10.",
        "Доля ответов «да»: «Хотите продолжать?» — 73\u00a0%.",
    ]


def test_satisfied_people_are_told_of_feedback() -> None:
    asked = Questionnaire("А", (Section("", (Question("satisfied", QuestionKind.SCALE, "Довольны?"),)),))
    sections = results_of(asked, {"": {"": {"": 4}, "satisfied": {"": 4, "8": 2, "10": 1, "2": 1}}}, None)

    assert conclusions(sections, is_feedback=True) == [
        "Довольных программой, то есть поставивших 8 баллов и больше: 75\u00a0% ответивших на вопрос «Довольны?».",
        "Средний балл: «Довольны?» — 7,0 из 10.",
    ]


def test_blocks_are_told_where_there_are_several() -> None:
    one, other = (Section(name, (Question(name, QuestionKind.SCALE, f"{name}?"),)) for name in ("А", "Б"))
    sections = results_of(
        Questionnaire("В", (one, other)), {"": {"": {"": 1}, "А": {"": 1, "3": 1}, "Б": {"": 1, "4": 1}}}, None
    )

    assert conclusions(sections, is_feedback=False)[-1] == "Средний балл по разделам: «А» — 3,0 из 10; «Б» — 4,0 из 10."


def test_hidden_figures_say_nothing() -> None:
    assert conclusions(results_of(ASKED, BOTH, 12), is_feedback=True) == []


def test_changes_up_down_and_none() -> None:
    down = replace(UP, before_mean=5.0, after_mean=3.0, effect=-0.4)
    rows = [
        compared("Силы?", UP),
        compared("Покой?", down),
        compared("Вес?", replace(UP, effect=0.05)),
        compared("Рост?", None),
        compared("Сон?", replace(UP, effect=0.2), hides_means=True),
    ]

    assert change_words(rows) == [
        "Выше, чем на входе: «Силы?» — с 4,0 до 6,2 (эффект сильный, 6\u00a0пар ответов); "
        "«Сон?» (эффект слабый, 6\u00a0пар ответов).",
        "Ниже, чем на входе: «Покой?» — с 5,0 до 3,0 (эффект средний, 6\u00a0пар ответов).",
        "Без заметных перемен: 1\u00a0вопрос.",
    ]


def test_only_the_strongest_changes_are_named() -> None:
    rows = [compared(f"{number}?", replace(UP, effect=number / 10)) for number in (2, 5, 4, 3, 9)]

    (sentence,) = change_words(rows)

    assert [sentence.index(f"«{number}?»") for number in (9, 5, 4)] == sorted(
        sentence.index(f"«{number}?»") for number in (9, 5, 4)
    )
    assert sentence.endswith("; и ещё 2\u00a0вопроса.")


def test_changes_without_pairs() -> None:
    assert change_words([compared("Силы?", None)]) == [
        "Сравнить вход и выход по ответам одних и тех же людей нельзя: таких ответов мало."
    ]
    assert change_words([]) == []


@pytest.mark.parametrize(
    ("answered", "invited", "words"),
    [
        (1, 4, "Ответил 1\u00a0человек из 4 приглашённых (25\u00a0%)."),
        (18, 24, "Ответили 18\u00a0человек из 24 приглашённых (75\u00a0%)."),
        (2, 0, "Ответили 2\u00a0человека."),
    ],
)
def test_response_in_words(answered: int, invited: int, words: str) -> None:
    assert response_words(answered, invited, Fraction(answered, invited) if invited else None) == words


def test_score_in_words() -> None:
    assert score_words([(14, 18, "допустимый"), (0, 18, None)]) == [
        "Самооценка: 14 из 18 баллов, уровень «допустимый».",
        "Самооценка: 0 из 18 баллов.",
    ]


def test_numbers_in_words() -> None:
    assert (decimal(-0.04), decimal(-1.5), decimal(0.125, 2)) == ("0,0", "−1,5", "0,12")
    assert (percent(Fraction(1, 3)), points(0.73, SHARES), points(3.0, None)) == ("33\u00a0%", "73\u00a0% шкалы", "3,0")
