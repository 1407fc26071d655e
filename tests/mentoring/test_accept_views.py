"""Accepting proposals as a curator gets it: choosing, the terms, what is told afterwards."""

import pytest

from mentoring.models import Pairing
from mentoring.views import matching
from people.domain.consent import Purpose
from tests.mentoring.matching_scene import four_matched, mentee_of, mentor_of, solved_run
from tests.mentoring.sharing_steps import offered, withdraw
from tests.mentoring.test_matching_views import pinned
from tests.mentoring.test_views import errors, get, path, post, said, text

TERMS = {"first_day": "2026-11-23", "last_day": "2027-05-31"}
PROPOSED = "ждём ответа обеих сторон."


@pytest.fixture
def four(curator):
    return four_matched(curator)


def seen(curator, run):
    return get(curator, "run_accept", run.pk).context["seen"]


def accept(curator, run, *mentees, **values):
    shown = {"seen": seen(curator, run), "mentee": [mentee.pk for mentee in mentees]}
    return post(curator, "run_accept", run.pk, **{**TERMS, **shown, **values})


def people():
    return set(Pairing.objects.values_list("mentor__surname", "mentees__mentee__surname"))


def plain(messages):
    return [message.replace("\u00a0", " ") for message in messages]


def test_open_pairs_are_listed_to_choose_from(curator, four):
    page = text(get(curator, "run_accept", four.run.pk))

    assert "Котова А. И. — Лисина А. И." in page
    assert "Седов А. И. — Ахметов А. И." in page
    assert page.count('name="mentee"') == 2
    assert "everybody" not in page


def test_like_requests_are_told_before_they_are_put_together(curator, school):
    mentor_of(school, "Котова", "урок", capacity=2)
    for surname in ("Лисина", "Ахметов"):
        mentee_of(school, surname, "урок")
    run = solved_run(curator.access)

    page = text(get(curator, "run_accept", run.pk))

    assert "Похожие запросы: Котова А. И. — Лисина А. И., Ахметов А. И. («урок»)" in page


def test_pair_of_a_card_is_accepted_alone(curator, four):
    page = text(get(curator, "run_accept", four.run.pk, mentee=four.lisina.pk))

    response = accept(curator, four.run, four.lisina)

    assert page.count('name="mentee"') == 1
    assert response.url == path(curator, "run_board", four.run.pk)
    assert plain(said(response)) == [f"1 пара предложена: {PROPOSED}"]
    assert people() == {("Котова", "Лисина")}


def test_what_asking_has_come_to_is_told(curator, four):
    response = accept(curator, four.run, four.lisina, four.akhmetov, is_asked="on")

    (words,) = plain(said(response))
    assert words.startswith(f"2 пары предложены: {PROPOSED} Новых писем на сегодня нет. Без почты")
    assert "Предлагать больше нечего" in text(get(curator, "run_accept", four.run.pk))
    assert "К предложенным парам" in text(get(curator, "run_board", four.run.pk))


def test_many_pairs_are_accepted_all_at_once_without_those_of_the_district(curator, four, other_school, monkeypatch):
    offered(other_school, surname="Дальняя")
    mentee_of(curator.organisation, "Цой")
    run = solved_run(curator.access, has_district=True)
    monkeypatch.setattr(matching, "LISTED", 1)

    page = text(get(curator, "run_accept", run.pk))
    response = accept(curator, run, everybody="1")

    assert page.count('name="mentee"') == 0
    assert '<input type="hidden" name="everybody" value="1">' in page
    assert plain(said(response)) == [f"2 пары предложены: {PROPOSED}"]
    assert len(people()) == 2


def test_choice_of_nobody_is_refused_on_the_page(curator, four):
    response = accept(curator, four.run)

    assert errors(response) == ["Выберите хотя бы одну пару, которая ещё не предложена."]
    assert response.status_code == 200
    assert Pairing.objects.count() == 0


def test_board_that_has_changed_meanwhile_is_shown_anew(curator, four):
    shown = seen(curator, four.run)
    pinned(curator, four.run, four.lisina, four.sedov)

    response = accept(curator, four.run, four.lisina, seen=shown)

    assert "Пока вы смотрели, доска изменилась" in errors(response)[0]
    assert "Седов А. И. — Лисина А. И." in text(response)
    assert response.context["seen"] != shown
    assert Pairing.objects.count() == 0


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        ("2026-11-01", "Период заканчивается раньше, чем начинается."),
        ("", "Обязательное поле."),
    ],
)
def test_terms_are_checked(curator, four, last_day, words):
    response = accept(curator, four.run, four.lisina, last_day=last_day)

    assert errors(response) == [words]
    assert Pairing.objects.count() == 0


def test_what_could_not_be_proposed_is_told_a_few_by_name(curator, four, monkeypatch):
    for person in (four.kotova, four.sedov):
        withdraw(person, Purpose.PROCESSING)
    monkeypatch.setattr(matching, "REFUSALS_TOLD", 1)

    response = accept(curator, four.run, four.lisina, four.akhmetov)

    first, rest = plain(said(response))
    assert first in {
        f"{name} А. И.: не предложено — нет согласия на обработку персональных данных" for name in ("Лисина", "Ахметов")
    }
    assert rest == "Не предложено ещё пар: 1."
