"""The board of matching as a curator gets it: starting a run, proposals, why not another mentor, changes."""

import pytest

from jobs.models import Job
from mentoring.models import MatchingRun, MatchingStep, PairBan, Pairing
from mentoring.operations.bans import ban_pair
from mentoring.operations.matching import take_step
from mentoring.operations.pairings import propose_pairing
from tests.factories import MatchingRunFactory, MatchingSettingsFactory
from tests.mentoring.matching_scene import four_matched, mentee_of, mentor_of, offers, solved_run
from tests.mentoring.order_steps import terms
from tests.mentoring.sharing_steps import offered
from tests.mentoring.test_views import get, path, post, said, text

PAGES = ["run_board", "run_mentors", "run_accept", "run_export", "run_print"]


@pytest.fixture
def four(curator):
    return four_matched(curator)


def pinned(curator, run, mentee, mentor):
    ids = {"mentee": str(mentee.pk), "mentor": str(mentor.pk)}
    return take_step(curator.access, run_id=run.pk, kind=MatchingStep.Kind.PIN, **ids)


def listed(response):
    """Surnames in the list of mentees."""
    return [line.name.split()[0] for line in response.context["page"]]


def board(persona, run, **query):
    return text(get(persona, "run_board", run.pk, **query))


# Starting


def test_curator_starts_a_run_and_waits_for_its_job(curator, school):
    mentor_of(school, "Котова")
    mentee_of(school, "Лисина")

    response = post(curator, "matching_start", objective="stable", has_district="on")

    run = MatchingRun.objects.get()
    assert response.url == path(curator, "job_detail", Job.objects.get(kind="mentoring.match").pk)
    assert (run.objective, run.has_district) == ("stable", True)


@pytest.mark.parametrize(
    ("objective", "words"),
    [
        ("cover", "Подбирать некого: у каждого наставляемого есть наставник."),
        ("everything", "Выберите, что важнее, из списка."),
    ],
)
def test_run_that_cannot_start_is_told_on_the_page_it_starts_from(curator, objective, words):
    response = post(curator, "matching_start", objective=objective)

    assert response.url == path(curator, "matching_now")
    assert said(response) == [words]
    assert Job.objects.count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_run_that_is_being_solved_asks_to_wait(curator, name):
    run = MatchingRunFactory(organisation=curator.organisation)

    response = get(curator, name, run.pk)

    assert "Подбор ещё считается" in text(response)


# Mentees, and the card of one of them


def test_board_shows_proposals_and_how_good_they_are(curator, four):
    page = board(curator, four.run)

    for words in (
        "2 из 2 наставляемых обеспечены · сумма 94 · слабейшая пара 47",
        "лучше не бывает, других столь же хороших решений нет",
        "Предложение: Ахметов А. И., учитель",
        "Запросы «дисциплина» и «оценивание» — сильные темы наставника",
        "учитель · мест 1, занято 0",
        "Из одной организации",
        "Принять 2 пары",
        "По темам мест хватает всем.",
    ):
        assert words in page


def test_list_is_narrowed_by_state_and_by_names(curator, four):
    mentee_of(curator.organisation, "Цой", "этика")
    run = solved_run(curator.access)
    pinned(curator, run, four.lisina, four.sedov)
    before = {
        only: listed(get(curator, "run_board", run.pk, only=only)) for only in ("alone", "weak", "open", "pinned")
    }

    propose_pairing(curator.access, mentor_id=four.sedov.pk, mentee_ids=[four.lisina.pk], terms=terms())
    Pairing.objects.update(run=run)

    assert before == {"alone": ["Цой"], "weak": ["Ахметов"], "open": ["Ахметов", "Лисина"], "pinned": ["Лисина"]}
    for query, expected in (
        ({"only": "accepted"}, ["Лисина"]),
        ({"only": "pinned"}, []),
        ({"only": "open"}, ["Ахметов"]),
        ({"only": "nobody knows"}, ["Ахметов", "Лисина", "Цой"]),
        ({"q": "цОй"}, ["Цой"]),
        ({"q": "котова"}, ["Ахметов"]),
        ({"q": "нет такого"}, []),
    ):
        assert listed(get(curator, "run_board", run.pk, **query)) == expected
    assert "Таких нет." in board(curator, run, q="нет такого")


def test_mentee_with_a_mentor_past_the_run_needs_no_proposal(curator, four):
    propose_pairing(curator.access, mentor_id=four.sedov.pk, mentee_ids=[four.lisina.pk], terms=terms())

    page = board(curator, four.run, mentee=four.lisina.pk)

    assert "уже есть наставник" in page
    assert "1 из 1 наставляемого обеспечен" in page
    assert "Другие наставники" not in page


def test_mentee_without_a_mentor_is_told_why_and_what_would_help(curator, four):
    tsoi = mentee_of(curator.organisation, "Цой", "этика")
    run = solved_run(curator.access)

    page = board(curator, run, mentee=tsoi.pk)

    assert "Мест не хватает: подходящих наставников 2, а на свободные места (2) — 3 наставляемых." in page
    assert f'<a href="{path(curator, "person_detail", four.kotova.pk)}">Котова А. И.</a>: ещё одно место' in page
    assert "Без наставника: 1." in page
    assert '<span class="chip late">некому</span>' in page


def test_mentor_of_the_district_may_be_what_would_help(curator, other_school):
    MatchingSettingsFactory(organisation=curator.organisation, demands_training=True)
    offered(other_school, surname="Дальняя", profile={"capacity": 1})
    lisina = mentee_of(curator.organisation, "Лисина")
    run = solved_run(curator.access, has_district=True)

    page = board(curator, run, mentee=lisina.pk)

    assert "<li>Дальняя Анна Ивановна (Чужая школа): не прошёл подготовку наставников</li>" in page


def test_mentor_of_the_district_is_proposed_as_such_and_not_fixed(curator, other_school):
    offered(other_school, surname="Дальняя")
    lisina = mentee_of(curator.organisation, "Лисина")
    run = solved_run(curator.access, has_district=True)

    page = board(curator, run, mentee=lisina.pk)

    assert "наставник района" in page
    assert "Спросить их куратора" in page
    assert "Закрепить" not in page
    assert "Принять эту пару" not in page


def test_mentor_who_took_the_consent_back_is_not_named(curator, other_school):
    shared = offered(other_school, surname="Дальняя")
    mentee_of(curator.organisation, "Лисина")
    run = solved_run(curator.access, has_district=True)
    shared.consents.all().delete()

    page = board(curator, run)

    assert "Дальняя" not in page
    assert "наставник района (Чужая школа)" in page


# Why not


def test_why_not_names_the_rule_that_forbids_the_pair(curator, four):
    ban_pair(curator.access, mentor_id=four.sedov.pk, mentee_id=four.lisina.pk, ground="relatives")

    page = board(curator, four.run, mentee=four.lisina.pk, why=four.sedov.pk)

    assert "Почему не Седов А. И.?" in page
    assert "Нельзя: родственники." in page
    assert "Запрещены: Седов А. И. — родственники." in page
    assert "Всё равно выбрать" not in page


def test_why_not_tells_the_price_and_who_moves(curator, four):
    page = board(curator, four.run, mentee=four.lisina.pk, why=four.sedov.pk)

    for words in (
        "У этой пары 47 баллов, у предложенной 47.",
        "Сумма уменьшится на 20 баллов: 74 вместо 94. Слабейшая пара: 27 вместо 47.",
        "<li>Ахметов А. И.: Седов А. И. (47) → Котова А. И. (27)</li>",
        "Всё равно выбрать",
    ):
        assert words in page


def test_why_not_a_mentor_of_the_district_leads_to_their_curator(curator, other_school):
    shared = offered(other_school, surname="Дальняя")
    mentor_of(curator.organisation, "Котова")
    lisina = mentee_of(curator.organisation, "Лисина")
    run = solved_run(curator.access, has_district=True)

    page = board(curator, run, mentee=lisina.pk, why=f"d{shared.pk}")

    assert "Почему не Дальняя Анна Ивановна (Чужая школа)?" in page
    assert "Спросить их куратора" in page
    assert "Всё равно выбрать" not in page


@pytest.mark.parametrize(
    "query", [{"mentee": "x"}, {"mentee": "9" * 30}, {"mentee": "<script>alert(1)"}, {"page": "x"}]
)
def test_question_about_nobody_shows_the_board_all_the_same(curator, four, query):
    page = board(curator, four.run, **query, why="<script>alert(2)")

    assert "Почему не" not in page
    assert "<script>alert" not in page
    assert ("Выберите наставляемого в списке." in page) == ("mentee" in query)


# Mentors


def test_mentors_are_shown_with_whom_they_get_and_the_unfit_last(curator, four):
    mentor_of(curator.organisation, "Ааронова", standing="candidate")
    mentee_of(curator.organisation, "Цой", "этика")
    run = solved_run(curator.access)

    response = get(curator, "run_mentors", run.pk)

    tiles = [(tile.name.split()[0], len(tile.lines), tile.free, tile.may_take) for tile in response.context["page"]]
    assert tiles == [("Котова", 1, 0, True), ("Седов", 1, 0, True), ("Ааронова", 0, 0, False)]
    assert text(response).count("data-mentor=") == 2
    assert "кандидат ещё не утверждён" in text(response)
    assert "Без наставника" in text(response)


def test_mentors_are_searched_by_both_names_and_chosen_for_somebody(curator, four):
    response = get(curator, "run_mentors", four.run.pk, q="лисина", mentee=four.lisina.pk)
    nobody = get(curator, "run_mentors", four.run.pk, q="нет такого", mentee="x")

    assert [tile.name.split()[0] for tile in response.context["page"]] == ["Котова"]
    assert "Выбираем наставника: <strong>Лисина А. И.</strong>" in text(response)
    assert f"?mentee={four.lisina.pk}&amp;why={four.kotova.pk}#why" in text(response)
    assert "Никого не нашли." in text(nobody)


# Changes


def test_pair_is_fixed_and_let_go_with_what_that_changed(curator, four):
    people = {"mentee": four.lisina.pk, "mentor": four.sedov.pk}

    fixed = post(curator, "run_pin", four.run.pk, **people)
    again = post(curator, "run_pin", four.run.pk, **people)
    page = board(curator, four.run, mentee=four.lisina.pk)
    free = post(curator, "run_unpin", four.run.pk, **people)

    assert fixed.url == f"{path(curator, 'run_board', four.run.pk)}?mentee={four.lisina.pk}"
    (words,) = said(fixed)
    assert words.replace("\u00a0", " ").startswith(
        "Пара закреплена. Сумма уменьшилась на 20 баллов: 74 вместо 94. Слабейшая пара: 27 вместо 47. "
    )
    assert "Ахметов А. И.: Седов А. И. (47) → Котова А. И. (27)" in words.replace("\u00a0", " ")
    assert said(again)[-1] == "Так уже и есть."
    assert "Снять закрепление" in page
    assert said(free)[-1].startswith("Закрепление снято. Сумма выросла на 20")


def test_pair_is_forbidden_and_that_is_undone(curator, four):
    banned = post(curator, "run_ban", four.run.pk, mentee=four.lisina.pk, mentor=four.kotova.pk, reason="я" * 400)
    page = board(curator, four.run, mentee=four.lisina.pk)
    undone = post(curator, "run_undo", four.run.pk, view="mentors", step=1)
    again = post(curator, "run_undo", four.run.pk, step=1)
    nothing = post(curator, "run_undo", four.run.pk)

    assert said(banned)[0].startswith("Пара запрещена. Сумма уменьшилась")
    assert PairBan.objects.get().reason == "я" * 300
    assert 'name="step" value="1"' in page
    assert 'title="запрещено: Лисина А. И. – Котова А. И."' in page
    assert undone.url == path(curator, "run_mentors", four.run.pk)
    assert said(undone)[-1].startswith("Последнее изменение отменено. Сумма выросла")
    assert said(again)[-1] == "Так уже и есть."
    assert said(nothing)[-1] == "Отменять нечего."


@pytest.mark.parametrize("people", [{}, {"mentee": "<b>", "mentor": "x"}])
def test_step_about_nobody_is_refused_in_words(curator, four, people):
    response = post(curator, "run_pin", four.run.pk, **people)

    assert said(response) == ["Этого человека в подборе нет: он появился позже. Начните новый подбор."]
    assert four.run.steps.count() == 0


def test_board_is_for_who_makes_pairs_alone(curator, four, director, stranger):
    for name in [*PAGES, "run_compare"]:
        assert get(director, name, four.run.pk).status_code == 403
        assert stranger.client.get(path(stranger, name, four.run.pk)).status_code == 404
    for name in ("run_pin", "run_unpin", "run_ban", "run_undo"):
        people = {"mentee": four.lisina.pk, "mentor": four.sedov.pk}
        assert post(director, name, four.run.pk, **people).status_code == 403
        assert stranger.client.post(path(stranger, name, four.run.pk), people).status_code == 404
    assert offers(curator.access, four.run) == {("Лисина", "Котова"), ("Ахметов", "Седов")}
