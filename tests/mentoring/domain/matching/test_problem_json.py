"""Problems and solutions as JSON: there and back, and each fault with its place."""

import json
from typing import Any

import pytest

from mentoring.domain.bank_sheet.values import Category
from mentoring.domain.matching.matching import match, solve
from mentoring.domain.matching.problem_json import problem_json, read_problem, read_solution, solution_json
from mentoring.domain.matching.values import (
    DEFAULT_WEIGHTS,
    Ban,
    Criterion,
    MatchingInputError,
    Mentee,
    Mentor,
    Objective,
    Problem,
)
from tests.mentoring.domain.matching.small_problems import cases

NUMBER = "нужно число от 0 до 1000000"
WHOLE = "нужно целое число от 0 до 1000000"
CATEGORIES = "none, fits, first, highest, methodologist, mentor"


def test_every_key_has_its_place():
    given = {
        "objective": "stable",
        "weights": {"topics": 1000, "balance": 0},
        "mentors": [
            {
                "id": "m",
                "capacity": 2,
                "taken": 1,
                "topics": {"урок": 4.5, "ИКТ": 0},
                "subjects": ["физика"],
                "experience": 12.5,
                "category": "highest",
                "forms": ["п"],
                "hours": 2,
                "organisation": "лицей",
                "avoid": ["a"],
                "prefers": ["b"],
                "shared": False,
                "person": "ш1",
                "obstacles": ["не утверждён"],
            }
        ],
        "mentees": [
            {"id": "b"},
            {
                "id": "a",
                "requests": {"урок": 5},
                "subjects": ["химия"],
                "experience": 0,
                "category": "none",
                "form": "п",
                "organisation": "школа",
                "avoid": ["m"],
                "prefers": [],
                "person": "ш2",
                "obstacles": ["нет согласия"],
            },
        ],
        "pins": [["b", "m"]],
        "bans": [["a", "m"], ["a", "m", "родственники"]],
    }

    assert read_problem(given) == Problem(
        mentors=(
            Mentor(
                id="m",
                capacity=2,
                taken=1,
                topics={"урок": 4.5},
                subjects=("физика",),
                experience=12.5,
                category=Category.HIGHEST,
                forms=("п",),
                hours=2,
                organisation="лицей",
                avoid=("a",),
                prefers=("b",),
                is_shared=False,
                person="ш1",
                obstacles=("не утверждён",),
            ),
        ),
        mentees=(
            Mentee("b"),
            Mentee(
                id="a",
                requests={"урок": 5},
                subjects=("химия",),
                experience=0,
                category=Category.NONE,
                form="п",
                organisation="школа",
                avoid=("m",),
                person="ш2",
                obstacles=("нет согласия",),
            ),
        ),
        objective=Objective.STABLE,
        weights={**DEFAULT_WEIGHTS, Criterion.TOPICS: 1000, Criterion.BALANCE: 0},
        pins=(("b", "m"),),
        bans=(Ban("a", "m"), Ban("a", "m", "родственники")),
    )


def test_what_is_not_told_or_null_is_as_usual():
    nothing = dict.fromkeys(
        ("topics", "subjects", "experience", "category", "forms", "hours", "organisation", "avoid", "person")
    )

    assert read_problem({}) == Problem((), ())
    assert read_problem({"weights": None, "mentors": [{"id": "m", **nothing}]}) == Problem((Mentor("m"),), ())


def test_numbers_are_ids_zero_too():
    given = {
        "mentors": [{"id": 0, "organisation": 0, "forms": [0], "avoid": [1], "person": 7}],
        "mentees": [{"id": 1, "organisation": 0, "form": 0, "prefers": ["0"], "person": 0}],
        "bans": [[1, 0]],
    }

    assert read_problem(given) == Problem(
        (Mentor("0", organisation="0", forms=("0",), avoid=("1",), person="7"),),
        (Mentee("1", organisation="0", form="0", prefers=("0",), person="0"),),
        bans=(Ban("1", "0"),),
    )


def test_problem_survives_the_way_there_and_back():
    for prepared, _, pins in cases(500)[:200]:
        problem = Problem(
            prepared.problem.mentors, prepared.problem.mentees, Objective.SUM, pins=pins, bans=prepared.problem.bans
        )

        written = json.dumps(problem_json(problem))

        assert read_problem(json.loads(written)) == problem


def test_choice_of_who_is_not_there_is_not_kept():
    problem = Problem((Mentor("m", prefers=("ушёл", "a"), avoid=("ушёл",)),), (Mentee("a", prefers=("нет",)),))

    assert read_problem(problem_json(problem)) == Problem((Mentor("m", prefers=("a",)),), (Mentee("a"),))


def test_solution_survives_the_way_there_and_back():
    for prepared, _, pins in cases(500)[:100]:
        solution = solve(prepared, pins)

        assert read_solution(json.loads(json.dumps(solution_json(solution)))) == solution


def _mentor(**keys: object) -> dict[str, Any]:
    return {"mentors": [{"id": "m"}, {"id": "n", **keys}]}


def _mentee(**keys: object) -> dict[str, Any]:
    return {"mentees": [{"id": "a", **keys}]}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "файл: нужен объект {…}"),
        (None, "файл: нужен объект {…}"),
        ({"mentor": []}, "файл: неизвестный ключ «mentor»"),
        ({"mentors": {}}, "mentors: нужен список […]"),
        ({"mentees": None}, "mentees: нужен список […]"),
        ({"mentors": ["m"]}, "mentors[0]: нужен объект {…}"),
        ({"pins": "ab"}, "pins: нужен список […]"),
        ({"objective": "best"}, "objective: бывает cover, sum, stable"),
        ({"objective": None}, "objective: бывает cover, sum, stable"),
        ({"objective": ["sum"]}, "objective: бывает cover, sum, stable"),
        ({"weights": []}, "weights: нужен объект {…}"),
        ({"weights": 0}, "weights: нужен объект {…}"),
        ({"weights": {"topic": 1}}, "weights: неизвестный ключ «topic»"),
        ({"weights": {"topics": -1}}, "weights.topics: нужно целое число от 0 до 1000"),
        ({"weights": {"topics": 1001}}, "weights.topics: нужно целое число от 0 до 1000"),
        ({"weights": {"topics": 1.5}}, "weights.topics: нужно целое число от 0 до 1000"),
        ({"weights": {"topics": True}}, "weights.topics: нужно целое число от 0 до 1000"),
        ({"weights": {"topics": None}}, "weights.topics: нужно целое число от 0 до 1000"),
        ({"mentors": [{}]}, "mentors[0]: нет id"),
        ({"mentors": [{"id": None}]}, "mentors[0]: нет id"),
        ({"mentees": [{"id": ""}]}, "mentees[0]: нет id"),
        (_mentor(id=1.5), "mentors[1].id: нужна строка"),
        (_mentor(id=True), "mentors[1].id: нужна строка"),
        (_mentor(id=["n"]), "mentors[1].id: нужна строка"),
        (_mentor(requests={}), "mentors[1]: неизвестный ключ «requests»"),
        (_mentee(capacity=1), "mentees[0]: неизвестный ключ «capacity»"),
        (_mentor(capacity=-1), f"mentors[1].capacity: {WHOLE}"),
        (_mentor(capacity=True), f"mentors[1].capacity: {WHOLE}"),
        (_mentor(capacity=1.0), f"mentors[1].capacity: {WHOLE}"),
        (_mentor(capacity="2"), f"mentors[1].capacity: {WHOLE}"),
        (_mentor(capacity=10**30), f"mentors[1].capacity: {WHOLE}"),
        (_mentor(taken=-2), f"mentors[1].taken: {WHOLE}"),
        (_mentor(hours=-0.5), f"mentors[1].hours: {NUMBER}"),
        (_mentor(hours="два"), f"mentors[1].hours: {NUMBER}"),
        (_mentor(experience=float("nan")), f"mentors[1].experience: {NUMBER}"),
        (_mentee(experience=float("inf")), f"mentees[0].experience: {NUMBER}"),
        (_mentee(experience=False), f"mentees[0].experience: {NUMBER}"),
        (_mentor(topics=[]), "mentors[1].topics: нужен объект «тема»: число"),
        (_mentor(topics={"урок": float("nan")}), f"mentors[1].topics.урок: {NUMBER}"),
        (_mentor(topics={"урок": float("-inf")}), f"mentors[1].topics.урок: {NUMBER}"),
        (_mentee(requests={"урок": -1}), f"mentees[0].requests.урок: {NUMBER}"),
        (_mentee(requests={"урок": True}), f"mentees[0].requests.урок: {NUMBER}"),
        (_mentee(requests={"урок": "5"}), f"mentees[0].requests.урок: {NUMBER}"),
        (_mentee(requests={"урок": None}), f"mentees[0].requests.урок: {NUMBER}"),
        (_mentee(requests=0), "mentees[0].requests: нужен объект «тема»: число"),
        (_mentor(subjects="физика"), "mentors[1].subjects: нужен список […]"),
        (_mentor(subjects=False), "mentors[1].subjects: нужен список […]"),
        (_mentor(subjects=[None]), "mentors[1].subjects: нужна строка"),
        (_mentor(subjects=["физика", "физика"]), "mentors[1].subjects: одно и то же названо дважды"),
        (_mentee(prefers=[1, "1"]), "mentees[0].prefers: одно и то же названо дважды"),
        (_mentor(forms="п"), "mentors[1].forms: нужен список […]"),
        (_mentee(form=["п"]), "mentees[0].form: нужна строка"),
        (_mentee(form=False), "mentees[0].form: нужна строка"),
        (_mentee(organisation=1.5), "mentees[0].organisation: нужна строка"),
        (_mentee(person={}), "mentees[0].person: нужна строка"),
        (_mentor(shared=None), "mentors[1].shared: бывает true или false"),
        (_mentor(shared=1), "mentors[1].shared: бывает true или false"),
        (_mentor(category="высшая"), f"mentors[1].category: бывает {CATEGORIES}"),
        (_mentor(category=[]), f"mentors[1].category: бывает {CATEGORIES}"),
        ({"pins": [["a"]]}, "pins[0]: нужна пара [наставляемый, наставник]"),
        ({"pins": [["a", "m", "слова"]]}, "pins[0]: нужна пара [наставляемый, наставник]"),
        ({"bans": [["a", "m"], "am"]}, "bans[1]: нужен список […]"),
        ({"bans": [["a", "m", "слова", "ещё"]]}, "bans[0]: нужна пара [наставляемый, наставник]"),
        ({"bans": [["a", None]]}, "bans[0]: нужна строка"),
        (_mentor(avoid=["кто"]), "mentors[1] («n»): назван «кто», кого в файле нет"),
        (_mentee(prefers=["a"]), "mentees[0] («a»): назван «a», кого в файле нет"),
    ],
)
def test_fault_is_told_with_its_place(given: object, message: str):
    with pytest.raises(MatchingInputError) as error:
        read_problem(given)

    assert str(error.value) == message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"mentors": [{"id": 1}, {"id": "1"}]}, "наставник «1»: встречается дважды"),
        ({"mentees": [{"id": "a"}, {"id": "b"}, {"id": "a"}]}, "наставляемый «a»: встречается дважды"),
        ({**_mentee(), "pins": [["a", "m"]]}, "закрепление «a» – «m»: такого наставника нет"),
        ({**_mentor(), "bans": [["a", "m"]]}, "запрет «a» – «m»: такого наставляемого нет"),
        (
            {**_mentor(forms=["п"]), **_mentee(form="у"), "pins": [["a", "n"]]},
            "закрепление «a» – «n»: эту форму наставничества наставник не ведёт",
        ),
        (
            {"mentors": [{"id": 0}], "mentees": [{"id": 1}, {"id": 2}], "pins": [[1, 0], [2, 0]]},
            "закрепление «2» – «0»: у наставника нет столько мест",
        ),
    ],
)
def test_fault_between_people_is_told_when_matching(given: object, message: str):
    with pytest.raises(MatchingInputError) as error:
        match(read_problem(given))

    assert str(error.value) == message
