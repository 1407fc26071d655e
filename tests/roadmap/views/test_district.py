"""An authority's measures in its schools: handing down, the matrix, reminding, taking back."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from people.domain.roles import Role
from roadmap.models import DistrictReminder
from tests.conftest import make_persona
from tests.factories import EvidenceFactory
from tests.roadmap.views.pages import errors, get, led_to, measure_now, path, plan_now, post, said, text


@pytest.fixture
def origin(district_curator):
    return measure_now(plan_now(district_curator.organisation), "K16", title="Неделя наставника")


@pytest.fixture
def copy(origin, school):
    return measure_now(plan_now(school), "K16", title="Неделя наставника", origin=origin)


def test_measure_is_handed_down_to_chosen_schools_and_seen_there(
    district_curator, curator, director, school, other_school, origin
):
    answer = post(district_curator, "measure_hand_down", origin.pk, schools=[school.pk])
    again = post(district_curator, "measure_hand_down", origin.pk, schools=[school.pk])

    (copy,) = origin.copies.all()
    assert led_to(answer) == f"roadmap/{origin.roadmap_id}/schools/"
    assert said(answer) == ["Мероприятие поручено 1\u00a0организации."]
    assert (copy.organisation, list(errors(again))) == (school, ["schools"])
    for persona in (curator, director):
        page = text(get(persona, "roadmap_now"))
        assert ("Неделя наставника" in page, "поручил округ" in page) == (True, True)


def test_schools_must_be_chosen(district_curator, school, origin):
    answer = post(district_curator, "measure_hand_down", origin.pk, nothing="chosen")

    assert errors(answer) == {"schools": ["Обязательное поле."]}


def test_matrix_shows_states_and_nothing_of_the_schools_words_papers_and_people(
    district, district_curator, curator, copy
):
    row = copy.occurrences.get()
    EvidenceFactory(occurrence=row, words="Провела Котова", recorded_by=curator.user)

    for persona in (district_curator, make_persona(Role.OBSERVER, district)):
        page = text(get(persona, "roadmap_matrix", copy.origin.roadmap_id))
        assert ("Неделя наставника" in page, "Лицей № 7" in page) == (True, True)
        hidden = ("Котова", curator.person.surname, path(curator, "measure_detail", copy.pk))
        assert [words for words in hidden if words in page] == []


def test_matrix_leaves_as_a_spreadsheet_with_nothing_more(district_curator, curator, copy):
    EvidenceFactory(occurrence=copy.occurrences.get(), words="Провела Котова", recorded_by=curator.user)

    answer = get(district_curator, "roadmap_matrix_export", copy.origin.roadmap_id)

    cells = [str(value) for row in load_workbook(BytesIO(answer.content)).active.values for value in row]
    assert ("Неделя наставника" in " ".join(cells), "Котова" in " ".join(cells)) == (True, False)


def test_buttons_of_the_matrix_are_for_the_coordinator(district, district_curator, copy):
    observer, plan = make_persona(Role.OBSERVER, district), copy.origin.roadmap

    edited, seen = (text(get(each, "roadmap_matrix", plan.pk)) for each in (district_curator, observer))

    remind = path(district_curator, "measure_remind", copy.origin_id)
    assert (remind in edited, remind in seen) == (True, False)


def test_schools_behind_are_reminded_once_a_day(district_curator, curator, copy):
    first, second = (post(district_curator, "measure_remind", copy.origin_id) for _ in range(2))

    assert led_to(first) == f"roadmap/{copy.origin.roadmap_id}/schools/"
    told = "1\u00a0организация получит напоминание: на первой странице и в письме."
    assert (said(first), said(second)[-1]) == ([told], "Всем отстающим сегодня уже напомнили.")
    assert DistrictReminder.objects.get().measure == copy
    assert "Округ напоминает" in text(get(curator, "now"))


def test_measure_is_taken_back_and_a_marked_one_is_not(district_curator, other_school, school, copy):
    marked = measure_now(plan_now(other_school), origin=copy.origin)
    EvidenceFactory(occurrence=marked.occurrences.get())
    press = [
        post(district_curator, "measure_take_back", copy.origin_id, each.pk) for each in (school, other_school, school)
    ]

    assert {led_to(answer) for answer in press} == {f"roadmap/{copy.origin.roadmap_id}/schools/"}
    assert said(press[1]) == ["Школа уже отметила выполнение: отозвать мероприятие нельзя."]
    assert list(copy.origin.copies.all()) == [marked]


PRESSED = ("measure_hand_down", "measure_remind")


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.DIRECTOR, Role.PARTICIPANT])
def test_only_the_coordinator_hands_down(district, school, copy, role):
    persona = make_persona(role, district)

    assert {post(persona, name, copy.origin_id).status_code for name in PRESSED} == {403}
    assert post(persona, "measure_take_back", copy.origin_id, school.pk).status_code == 403
    matrix = get(persona, "roadmap_matrix", copy.origin.roadmap_id)
    assert matrix.status_code == (200 if role == Role.OBSERVER else 403)


def test_school_hands_nothing_down_and_sees_no_plan_of_the_district(curator, director, copy):
    for persona in (curator, director):
        for number in (copy.pk, copy.origin_id):
            assert {post(persona, name, number).status_code for name in PRESSED} == {403}
        assert get(persona, "roadmap_matrix", copy.origin.roadmap_id).status_code == 403
        assert get(persona, "measure_detail", copy.origin_id).status_code == 404
        assert get(persona, "roadmap_detail", copy.origin.roadmap_id).status_code == 404


def test_district_opens_no_page_of_a_schools_plan(district_curator, copy):
    assert get(district_curator, "measure_detail", copy.pk).status_code == 404
    assert get(district_curator, "roadmap_detail", copy.roadmap_id).status_code == 404
    assert get(district_curator, "roadmap_matrix", copy.roadmap_id).status_code == 404
    assert {post(district_curator, name, copy.pk).status_code for name in PRESSED} == {404}
