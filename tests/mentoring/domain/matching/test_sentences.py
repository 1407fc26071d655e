"""Reasons of a pair: a Russian sentence for each criterion, and points that add up."""

from dataclasses import replace

import pytest

from mentoring.domain.bank_sheet.values import Category
from mentoring.domain.matching.matching import prepare, solve
from mentoring.domain.matching.sentences import reasons
from mentoring.domain.matching.values import DEFAULT_WEIGHTS, Criterion, Mentee, Mentor, Pair, Problem
from tests.mentoring.domain.matching.small_problems import cases

MENTOR, MENTEE = Mentor("m"), Mentee("a")


def _sentence(criterion: Criterion, mentor: dict[str, object], mentee: dict[str, object]) -> str:
    prepared = prepare(Problem((replace(MENTOR, **mentor),), (replace(MENTEE, **mentee),)))
    (found,) = reasons(prepared, [Pair("a", "m", 0)])
    return next(reason.text for reason in found if reason.criterion == criterion)


@pytest.mark.parametrize(
    ("requests", "topics", "text"),
    [
        ({}, {"урок": 5}, "Запросы наставляемого не указаны"),
        ({"урок": 1}, {"ИКТ": 5}, "Запрошенных тем среди компетенций наставника нет"),
        ({"урок": 1}, {"урок": 5}, "Запрос «урок» — сильная тема наставника"),
        ({"урок": 1}, {"урок": 3}, "Запрос «урок» — тема наставника"),
        ({"урок": 1, "ИКТ": 2}, {"урок": 4, "ИКТ": 5}, "Запросы «ИКТ» и «урок» — сильные темы наставника"),
        ({"урок": 1, "ИКТ": 2}, {"урок": 4, "ИКТ": 3}, "Запросы «ИКТ» и «урок» — темы наставника"),
        ({"урок": 1, "ИКТ": 2}, {"урок": 4}, "Запрос «урок» — сильная тема наставника; не закрыто запросов: 1"),
        (
            {"а": 1, "б": 5, "в": 1},
            {"а": 5, "б": 5, "в": 5},
            "Запросы «б», «а» и «в» — сильные темы наставника",
        ),
        (
            dict.fromkeys("абвгд", 1) | {"е": 1},
            dict.fromkeys("дгвба", 2),
            "Запросы «а», «б», «в» и ещё 2 — темы наставника; не закрыто запросов: 1",
        ),
    ],
)
def test_topics_are_named_the_weightiest_first(requests: dict[str, float], topics: dict[str, float], text: str):
    assert _sentence(Criterion.TOPICS, {"topics": topics}, {"requests": requests}) == text


@pytest.mark.parametrize(
    ("by_mentee", "by_mentor", "text"),
    [
        ((), (), "Предпочтений никто не называл"),
        (("x",), (), "Друг друга не называли"),
        ((), ("x",), "Друг друга не называли"),
        (("m",), (), "Наставляемый выбрал этого наставника: место 1"),
        (("x", "m"), ("y",), "Наставляемый выбрал этого наставника: место 2"),
        ((), ("x", "y", "a"), "Наставник выбрал этого наставляемого: место 3"),
        (("m",), ("a",), "Выбрали друг друга после групповой встречи"),
        (("x", "m"), ("a",), "Выбрали друг друга после групповой встречи (места 2 и 1)"),
    ],
)
def test_preference_is_told_with_its_place(by_mentee: tuple[str, ...], by_mentor: tuple[str, ...], text: str):
    assert _sentence(Criterion.PREFERENCE, {"prefers": by_mentor}, {"prefers": by_mentee}) == text


@pytest.mark.parametrize(
    ("had", "asked", "text"),
    [
        (("физика",), ("физика",), "Один предмет — физика"),
        (("химия", "физика"), ("физика", "химия"), "Общие предметы — физика, химия"),
        (("физика",), ("химия",), "Предметы разные"),
        (("физика",), (), "Предмет указан не у обоих"),
        ((), (), "Предмет указан не у обоих"),
    ],
)
def test_subject_is_named(had: tuple[str, ...], asked: tuple[str, ...], text: str):
    assert _sentence(Criterion.SUBJECT, {"subjects": had}, {"subjects": asked}) == text


@pytest.mark.parametrize(
    ("mentor", "mentee", "text"),
    [
        ((None, None), (3, None), "Стаж указан не у обоих"),
        ((3, None), (3, None), "Стаж наставника не больше"),
        ((3.5, None), (3, None), "Стаж наставника почти тот же"),
        ((4, None), (3, None), "Стаж наставника больше на 1\u00a0год"),
        ((3.3, None), (2.3, None), "Стаж наставника больше на 1\u00a0год"),
        ((5.9, None), (3, None), "Стаж наставника больше на 2\u00a0года"),
        ((14, None), (3, None), "Стаж наставника больше на 11\u00a0лет"),
        ((24, Category.HIGHEST), (3, Category.FIRST), "Стаж наставника больше на 21\u00a0год, категория выше"),
        ((None, Category.FIRST), (3, Category.FIRST), "Стаж указан не у обоих, категория не выше"),
    ],
)
def test_experience_is_told_in_years(
    mentor: tuple[float | None, Category | None], mentee: tuple[float | None, Category | None], text: str
):
    one, other = ({"experience": years, "category": category} for years, category in (mentor, mentee))

    assert _sentence(Criterion.EXPERIENCE, one, other) == text


@pytest.mark.parametrize(
    ("criterion", "mentor", "mentee", "text"),
    [
        (Criterion.FORM, {}, {}, "Подойдёт любая форма"),
        (Criterion.FORM, {"forms": ("п",)}, {"form": "п"}, "Эту форму наставник ведёт"),
        (Criterion.FORM, {}, {"form": "п"}, "Форму наставник не указал"),
        (Criterion.ORGANISATION, {"organisation": "л"}, {}, "Организация указана не у обоих"),
        (Criterion.ORGANISATION, {"organisation": "л"}, {"organisation": "л"}, "Из одной организации"),
        (Criterion.ORGANISATION, {"organisation": "л"}, {"organisation": "ш"}, "Из другой организации"),
        (Criterion.BALANCE, {}, {}, "Наставник ещё никого не ведёт"),
        (Criterion.BALANCE, {"taken": 1}, {}, "Наставник уже ведёт 1\u00a0наставляемого, свободно мест: 1"),
        (
            Criterion.BALANCE,
            {"taken": 2, "capacity": 3},
            {},
            "Наставник уже ведёт 2\u00a0наставляемых, свободно мест: 3",
        ),
    ],
)
def test_form_organisation_and_balance_are_told(
    criterion: Criterion, mentor: dict[str, object], mentee: dict[str, object], text: str
):
    assert _sentence(criterion, mentor, mentee) == text


@pytest.mark.parametrize(
    ("hours", "places", "share"),
    [
        (1, 1, "1\u00a0час"),
        (2, 1, "2\u00a0часа"),
        (10, 1, "10\u00a0часов"),
        (21, 1, "21\u00a0час"),
        (1, 2, "0,5\u00a0часа"),
        (4, 3, "1,3\u00a0часа"),
        (1.96, 1, "2\u00a0часа"),
        (4.96, 1, "5\u00a0часов"),
        (0.04, 1, "0\u00a0часов"),
        (0, 1, "0\u00a0часов"),
    ],
)
def test_hours_agree_with_their_number(hours: float, places: int, share: str):
    text = _sentence(Criterion.HOURS, {"hours": hours, "capacity": places}, {})

    assert text == f"У наставника {share} в неделю на каждого"


def test_hours_nobody_told_are_said_to_be_unknown():
    assert _sentence(Criterion.HOURS, {}, {}) == "Сколько времени есть у наставника, не указано"


def test_reasons_add_up_to_the_points_of_the_pair_the_greatest_first():
    for prepared, _, pins in cases(500)[:200]:
        solution = solve(prepared, pins)

        found = reasons(prepared, solution.pairs)

        assert [sum(reason.points for reason in why) for why in found] == [pair.points for pair in solution.pairs]
        for why in found:
            assert [reason.points for reason in why] == sorted((reason.points for reason in why), reverse=True)
            assert {reason.criterion for reason in why} == set(Criterion)


def test_criterion_that_does_not_count_is_not_told():
    weights = {**DEFAULT_WEIGHTS, Criterion.BALANCE: 0, Criterion.TOPICS: 0}
    prepared = prepare(Problem((MENTOR,), (MENTEE,), weights=weights))

    (why,) = reasons(prepared, [Pair("a", "m", 0)])

    assert [reason.criterion for reason in why] == [
        each for each in Criterion if each not in {Criterion.BALANCE, Criterion.TOPICS}
    ]
