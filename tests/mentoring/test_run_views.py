"""Runs side by side, and what of them leaves the portal."""

from io import BytesIO

import openpyxl
import pytest

from mentoring.domain.matching.values import Objective
from mentoring.models import MatchingRun
from mentoring.operations.pairings import propose_pairing
from people.domain.consent import Purpose
from tests.factories import MatchingRunFactory, MatchingSettingsFactory
from tests.mentoring.matching_scene import four_matched, mentee_of, mentor_of, solved_run
from tests.mentoring.order_steps import terms
from tests.mentoring.sharing_steps import offered, withdraw
from tests.mentoring.test_matching_views import pinned
from tests.mentoring.test_views import get, text


@pytest.fixture
def four(curator):
    return four_matched(curator)


def sheet_of(curator, run):
    content = get(curator, "run_export", run.pk).content
    return [[cell or "" for cell in row] for row in openpyxl.load_workbook(BytesIO(content)).active.values]


def test_runs_are_listed_newest_first_with_what_came_of_them(curator, four):
    pairing = propose_pairing(curator.access, mentor_id=four.sedov.pk, mentee_ids=[four.lisina.pk], terms=terms())
    pairing.run = four.run
    pairing.save(update_fields=["run"])
    waiting = MatchingRunFactory(organisation=curator.organisation, objective="sum")

    response = get(curator, "run_list")

    assert [(run.pk, run.made) for run in response.context["page"]] == [(waiting.pk, 0), (four.run.pk, 1)]
    assert "считается" in text(response)
    assert "наибольшая сумма баллов" in text(response)


def test_first_run_is_offered_where_there_is_none(curator):
    page = text(get(curator, "run_list"))

    assert "Подборов ещё не было" in page


# Comparing


def test_single_run_has_nothing_to_be_compared_with(curator, four):
    MatchingRunFactory(organisation=curator.organisation)

    assert "Сравнить пока не с чем" in text(get(curator, "run_compare", four.run.pk))


def test_runs_are_compared_by_rules_figures_and_people(curator, four, other_school):
    MatchingSettingsFactory(organisation=curator.organisation, weights={"topics": 0})
    propose_pairing(curator.access, mentor_id=four.sedov.pk, mentee_ids=[four.lisina.pk], terms=terms())
    mentee_of(curator.organisation, "Цой", "этика")
    offered(other_school, surname="Дальняя")
    later = solved_run(curator.access, Objective.SUM, has_district=True)

    response = get(curator, "run_compare", later.pk, **{"with": four.run.pk})

    found = response.context["comparison"]
    assert [(rule.label, rule.was, rule.now) for rule in found.rules] == [
        ("запросы и сильные темы", "40", "0"),
        (
            "что важнее",
            "наставник для каждого, затем самая слабая пара, затем сумма баллов",
            "наибольшая сумма баллов",
        ),
        ("наставники района", "без них", "с ними"),
    ]
    assert [name.split()[0] for name in (*found.came, *found.left)] == ["Цой", "Лисина"]
    assert (found.earlier.total, len(found.later.pairs)) == (94, 2)
    assert [words.split()[0] for words in response.context["moves"]] == ["Ахметов"]
    assert "Добавились" in text(response)
    assert "Уже не ждут" in text(response)


def test_comparison_tells_who_has_another_mentor(curator, school):
    mentor_of(school, "Котова", "урок")
    mentee_of(school, "Лисина", "урок")
    earlier = solved_run(curator.access)
    mentor_of(school, "Седов", "урок", hours=1)
    later = solved_run(curator.access)

    response = get(curator, "run_compare", later.pk, **{"with": earlier.pk})
    same = get(curator, "run_compare", later.pk, **{"with": later.pk})

    assert "Лисина А. И.: Котова А. И. (47) → Седов А. И. (50)" in text(response)
    assert "Ни у кого: пары те же." in text(same)


@pytest.mark.parametrize("number", ["", "x", "²", "9" * 18, "9" * 40])
def test_comparison_with_no_run_asks_which(curator, four, number):
    other = solved_run(curator.access)

    response = get(curator, "run_compare", four.run.pk, **{"with": number})

    assert response.context["comparison"] is None
    assert f'<option value="{other.pk}">' in text(response)


def test_run_of_another_school_is_not_compared_with(curator, four, stranger):
    mentor_of(stranger.organisation, "Чужакова")
    mentee_of(stranger.organisation, "Чужакова")
    alien = solved_run(stranger.access)

    response = get(curator, "run_compare", four.run.pk, **{"with": alien.pk})

    assert response.context["comparison"] is None
    assert "Чужакова" not in text(response)


# Leaving the portal


def test_spreadsheet_names_those_alone_whose_consent_is_in_force(curator, four, other_school):
    offered(other_school, surname="Дальняя")
    mentee_of(curator.organisation, "Цой")
    mentee_of(curator.organisation, "Тайная", is_consenting=False)
    run = solved_run(curator.access, has_district=True)
    withdraw(four.sedov, Purpose.PROCESSING)

    rows = sheet_of(curator, run)

    assert [row[:3] for row in rows] == [
        ["Наставляемый", "Наставник", "Баллы (из 100)"],
        ["Лисина\u00a0А.\u00a0И.", "Котова\u00a0А.\u00a0И.", 47],
        ["Цой\u00a0А.\u00a0И.", "Дальняя Анна Ивановна (Чужая школа)", 2],
    ]
    assert rows[1][3].startswith("+40 Запрос «оценивание» — сильная тема наставника; +5 Из одной организации")


def test_spreadsheet_tells_who_is_alone_and_who_has_somebody(curator, four):
    mentee_of(curator.organisation, "Цой", "этика")
    run = solved_run(curator.access)
    propose_pairing(curator.access, mentor_id=four.sedov.pk, mentee_ids=[four.akhmetov.pk], terms=terms())

    rows = sheet_of(curator, run)

    assert [(row[0].split()[0], row[1].split()[:1], row[4]) for row in rows[1:]] == [
        ("Ахметов", [], "уже есть наставник"),
        ("Лисина", ["Котова"], ""),
        ("Цой", ["Седов"], ""),
    ]


def test_print_holds_the_board_as_it_is_now_without_who_did_not_consent(curator, four):
    pinned(curator, four.run, four.lisina, four.sedov)
    mentee_of(curator.organisation, "Тайная", is_consenting=False)

    page = text(get(curator, "run_print", four.run.pk))

    assert "пар 2 из 2, сумма 74" in page
    assert "+20 Запрос «оценивание» — сильная тема наставника; не закрыто запросов: 1; +5 Из одной организации" in page
    assert "Тайная" not in page
    assert MatchingRun.objects.count() == 1
