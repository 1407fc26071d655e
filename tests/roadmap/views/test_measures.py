"""The pages of measures, stages and responsible; strangers are walked in tests/guards."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from documents.models import Document
from people.domain.roles import Role
from roadmap.models import Duty, Measure
from tests.conftest import make_persona
from tests.factories import EvidenceFactory, StageFactory
from tests.mentoring.order_steps import fresh
from tests.roadmap.plan_steps import dates_of, means
from tests.roadmap.views.pages import errors, get, led_to, measure_now, path, plan_now, post, said, text

WORD = "ответственный за всё"
SAID = {"title": "Провести неделю", "details": "", "responsible": WORD, "documents": "", "term_text": "до 1 октября"}


@pytest.fixture
def plan(curator):
    return plan_now(curator.organisation)


@pytest.fixture
def measure(plan):
    return measure_now(plan, "K16", title="Неделя наставника", responsible=[WORD])


# One measure


def test_measure_shows_what_it_says_and_the_way_to_mark_it(curator, measure):
    EvidenceFactory(occurrence=measure.occurrences.get(), capability="K16", words="Провели на этапе")

    page = text(get(curator, "measure_detail", measure.pk))

    assert [words for words in ("Неделя наставника", WORD, "Провели на этапе") if words not in page] == []
    assert path(curator, "measure_edit", measure.pk) in page


def test_reader_sees_a_measure_without_buttons_and_a_participant_without_evidence(director, mentor, measure):
    EvidenceFactory(occurrence=measure.occurrences.get(), words="Провела Котова")

    read, own = text(get(director, "measure_detail", measure.pk)), text(get(mentor, "measure_detail", measure.pk))

    assert ("Провела Котова" in read, path(director, "measure_edit", measure.pk) in read) == (True, False)
    assert ("Неделя наставника" in own, "Провела Котова" in own) == (True, False)


def test_measure_of_a_plan_that_waits_is_for_its_editor(curator, director, mentor):
    measure = measure_now(plan_now(curator.organisation, is_confirmed=False))

    answers = [get(persona, "measure_detail", measure.pk).status_code for persona in (curator, director, mentor)]

    assert answers == [200, 404, 404]


def test_measure_is_added_to_the_stage_it_was_asked_for(curator, plan):
    stage = StageFactory(roadmap=plan)

    form = get(curator, "measure_add", plan.pk, stage=stage.pk).context["form"]
    answer = post(curator, "measure_add", plan.pk, **SAID, stage=stage.pk)
    wrong = post(curator, "measure_add", plan.pk, **SAID | {"title": ""})

    assert str(form["stage"].value()) == str(stage.pk)
    assert (led_to(answer), Measure.objects.get().stage) == (f"roadmap/{plan.pk}/", stage)
    assert errors(wrong) == {"title": ["Обязательное поле."]}
    assert get(curator, "measure_add", plan.pk, stage="²").status_code == 200


def test_measure_is_edited_on_what_was_seen(curator, measure):
    form = get(curator, "measure_edit", measure.pk).context["form"]
    seen = form["seen"].value()

    answer = post(curator, "measure_edit", measure.pk, **SAID, seen=seen)
    stale = post(curator, "measure_edit", measure.pk, **SAID | {"title": "Чужая правка"}, seen=seen)

    assert (led_to(answer), fresh(measure).title) == (f"roadmap/measures/{measure.pk}/", "Провести неделю")
    assert (stale.status_code, fresh(measure).title) == (200, "Провести неделю")


def test_dates_are_corrected_and_wrong_ones_are_said(curator, measure):
    answer = post(curator, "measure_dates", measure.pk, windows="до 20.12.2026\n01.04.2027 – 05.04.2027")
    shown = get(curator, "measure_dates", measure.pk).context["form"]["windows"].value()
    wrong = post(curator, "measure_dates", measure.pk, windows="30.02.2027")

    assert led_to(answer) == f"roadmap/measures/{measure.pk}/"
    assert [last.isoformat() for _, last in dates_of(measure)] == ["2026-12-20", "2027-04-05"]
    assert errors(wrong) == {"windows": ["Строка 1: дня 30.02.2027 не бывает."]}
    assert led_to(post(curator, "measure_dates", measure.pk, windows=shown)) == f"roadmap/measures/{measure.pk}/"


def test_measure_is_moved_and_deleted_and_a_marked_one_stays(curator, plan, measure):
    second = measure_now(plan)

    up = post(curator, "measure_up", second.pk)
    order = list(plan.measures.in_order())
    post(curator, "measure_down", second.pk)
    EvidenceFactory(occurrence=second.occurrences.get())
    gone, kept = post(curator, "measure_delete", measure.pk), post(curator, "measure_delete", second.pk)

    assert (led_to(up), order) == (f"roadmap/{plan.pk}/", [second, measure])
    assert (led_to(gone), said(kept)[-1]) == (
        f"roadmap/{plan.pk}/",
        "На мероприятии стоит отметка о выполнении. Сначала снимите её.",
    )
    assert list(plan.measures.all()) == [second]


def test_order_is_drafted_for_a_measure(curator, measure):
    points = get(curator, "measure_order", measure.pk).context["form"]["points"].value()

    answer = post(curator, "measure_order", measure.pk, heading="О неделе", points="Провести неделю.")
    wrong = post(curator, "measure_order", measure.pk, heading="", points="")

    document = Document.objects.get()
    assert points.splitlines()[-1].startswith("Контроль за исполнением приказа возложить на заместителя директора")
    assert led_to(answer) == reverse(document.page, args=["licey", document.pk]).split("/", 3)[3]
    assert measure.planned_documents.get().document == document
    assert sorted(errors(wrong)) == ["heading", "points"]


# Stages


def test_stage_is_added_edited_and_deleted(curator, plan):
    values = {"number": "1", "title": "Начало", "task": "", "result": ""}
    added = post(curator, "stage_add", plan.pk, **values)
    stage = plan.stages.get()
    seen = get(curator, "stage_edit", stage.pk).context["form"]["seen"].value()
    post(curator, "stage_edit", stage.pk, **values | {"title": "Конец"}, seen=seen)
    title = fresh(stage).title

    deleted = post(curator, "stage_delete", stage.pk)

    assert (led_to(added), title, led_to(deleted)) == (f"roadmap/{plan.pk}/", "Конец", f"roadmap/{plan.pk}/")
    assert plan.stages.count() == 0


def test_stage_in_itself_and_a_full_one_are_refused(curator, plan):
    stage = StageFactory(roadmap=plan)
    part = StageFactory(roadmap=plan, parent=stage)
    seen = get(curator, "stage_edit", stage.pk).context["form"]["seen"].value()

    inside = post(curator, "stage_edit", stage.pk, number="1", title="Начало", parent=part.pk, seen=seen)
    full = post(curator, "stage_delete", stage.pk)

    assert errors(inside) == {"parent": ["Раздел не может входить сам в себя."]}
    assert said(full) == ["В разделе есть мероприятия или подразделы: сначала перенесите или удалите их."]


# Responsible


def test_words_and_whom_they_mean_are_listed_and_set(curator, psychologist, measure):
    means(curator.organisation, WORD, Role.DIRECTOR)
    address = f"{path(curator, 'duty_edit')}?words={quote(WORD)}"

    page = text(get(curator, "duty_list"))
    form = curator.client.get(address).context["form"]
    answer = curator.client.post(address, {"roles": ["curator"], "persons": [psychologist.person.pk]})

    assert (WORD in page, "Руководитель" in page) == (True, True)
    assert form.initial == {"roles": ["director"], "persons": []}
    assert led_to(answer) == "roadmap/responsible/"
    assert sorted(Duty.objects.values_list("role", "person"), key=str) == [
        ("", psychologist.person.pk),
        ("curator", None),
    ]


def test_words_that_stand_nowhere_have_no_page(curator, measure):
    assert get(curator, "duty_edit", words="никто").status_code == 404
    assert get(curator, "duty_edit").status_code == 404


# Who may


EDITED = ("measure_edit", "measure_dates", "measure_order")
PRESSED = ("measure_up", "measure_down", "measure_delete")


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PSYCHOLOGIST, Role.SITE_EDITOR, Role.PARTICIPANT])
def test_only_the_editor_edits(curator, measure, role):
    persona, stage = make_persona(role, curator.organisation), StageFactory(roadmap=measure.roadmap)

    assert {get(persona, name, measure.pk).status_code for name in EDITED} == {403}
    assert {post(persona, name, measure.pk).status_code for name in (*EDITED, *PRESSED)} == {403}
    for name, row in (("measure_add", measure.roadmap), ("stage_add", measure.roadmap), ("stage_edit", stage)):
        assert get(persona, name, row.pk).status_code == 403
    assert post(persona, "stage_delete", stage.pk).status_code == 403
    assert {get(persona, name).status_code for name in ("duty_list", "duty_edit")} == {403}


def test_measure_of_a_school_is_not_there_for_another_or_for_the_district(measure, stranger, district_curator):
    for persona in (stranger, district_curator):
        assert {get(persona, name, measure.pk).status_code for name in ("measure_detail", *EDITED)} == {404}
        assert {post(persona, name, measure.pk).status_code for name in PRESSED} == {404}
        assert WORD not in text(get(persona, "duty_list"))
    assert Measure.objects.count() == 1
