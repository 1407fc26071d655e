"""The pages of a plan from its start to its approval; strangers are walked in tests/guards."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import roadmap.tasks  # noqa: F401 so that the worker knows this kind of job
from documents.models import Document
from jobs.tasks import run
from people.domain.roles import Role
from roadmap.models import Roadmap, RoadmapUpload
from tests.conftest import make_persona
from tests.factories import StageFactory
from tests.mentoring.order_steps import fresh
from tests.roadmap.views.pages import errors, get, led_to, measure_now, path, plan_now, post, said, text

B = Path(__file__).parents[1] / "documents" / "B-omutninskiy-kolledzh.txt"
PERIOD = {"title": "Наш план", "starts_on": "01.09.2026", "ends_on": "31.08.2027"}


@pytest.fixture
def plan(curator):
    return plan_now(curator.organisation, title="План лицея")


@pytest.fixture
def waiting(curator):
    return plan_now(curator.organisation, title="План ждёт", is_confirmed=False)


def uploaded(persona, content=None, name="план.txt"):
    file = SimpleUploadedFile(name, content if content is not None else B.read_bytes())
    answer = post(persona, "roadmap_upload", file=file)
    return answer, RoadmapUpload.objects.order_by("-pk").first()


# Seeing


def test_first_page_of_a_school_without_a_plan_leads_to_one(curator, director):
    assert path(curator, "roadmap_new") in text(get(curator, "roadmap_now"))
    assert "Её готовит куратор" in text(get(director, "roadmap_now"))


def test_plan_in_work_is_shown_by_its_menu_and_by_its_number(curator, director, psychologist, plan):
    measure = measure_now(plan, title="Неделя наставника", stage=StageFactory(roadmap=plan, title="Начало"))

    for persona in (curator, director, psychologist):
        for answer in (get(persona, "roadmap_now"), get(persona, "roadmap_detail", plan.pk)):
            page = text(answer)
            assert [word for word in ("План лицея", "Неделя наставника", "Начало") if word not in page] == []
            assert path(persona, "measure_detail", measure.pk) in page


def test_buttons_to_edit_are_for_who_edits(curator, director, plan):
    edited, seen = (text(get(each, "roadmap_detail", plan.pk)) for each in (curator, director))

    for name in ("measure_add", "roadmap_approve"):
        assert (path(curator, name, plan.pk) in edited, path(curator, name, plan.pk) in seen) == (True, False)


@pytest.mark.parametrize(
    "query", [{"show": "overdue"}, {"show": "?"}, {"year": "1999"}, {"year": "²"}, {"show": "mine"}]
)
def test_nonsense_in_the_address_is_no_error(curator, plan, query):
    measure_now(plan)

    assert get(curator, "roadmap_detail", plan.pk, **query).status_code == 200


def test_plan_that_waits_is_shown_to_be_checked_and_only_to_its_editor(curator, director, waiting):
    measure = measure_now(waiting, term_doubt="Срок не понят")
    waiting.doubts = [{"line": 7, "message": "Проверьте строку"}]
    waiting.save()

    page = text(get(curator, "roadmap_detail", waiting.pk))

    assert "Проверьте дорожную карту" in page
    assert [word for word in ("строка 7:", "Проверьте строку", "Срок не понят") if word not in page] == []
    assert path(curator, "measure_edit", measure.pk) in page
    assert get(director, "roadmap_detail", waiting.pk).status_code == 404


@pytest.mark.parametrize("name", ["roadmap_timeline", "roadmap_list"])
def test_timeline_and_list_have_the_plan(director, plan, waiting, name):
    measure_now(plan, title="Неделя наставника")
    arguments = [plan.pk] if name == "roadmap_timeline" else []

    page = text(get(director, name, *arguments))

    assert ("Неделя наставника" if arguments else "План лицея") in page
    assert "План ждёт" not in page


# Starting


def test_document_is_uploaded_read_and_checked(curator):
    answer, upload = uploaded(curator)
    before = text(get(curator, "roadmap_upload_detail", upload.pk))
    run(job_id=upload.job_id)

    after = get(curator, "roadmap_upload_detail", upload.pk)

    plan = Roadmap.objects.get()
    assert led_to(answer) == f"jobs/{upload.job_id}/"
    assert upload.filename in before
    assert led_to(after) == f"roadmap/{plan.pk}/"
    assert get(curator, "roadmap_detail", plan.pk).status_code == 200


def test_document_that_is_no_plan_says_why_and_is_thrown_away(curator):
    _, upload = uploaded(curator, "Понедельник: каша, чай.".encode(), "меню.txt")
    run(job_id=upload.job_id)

    page = text(get(curator, "roadmap_upload_detail", upload.pk))
    problem = fresh(upload).problem
    answers = [post(curator, "roadmap_upload_discard", upload.pk) for _ in range(2)]

    assert (bool(problem), problem in page) == (True, True)
    assert [led_to(answers[0]), answers[1].status_code] == ["roadmap/new/", 404]
    assert RoadmapUpload.objects.count() == 0


def test_upload_without_a_file_is_refused_on_the_page(curator):
    answer = post(curator, "roadmap_upload")

    assert (answer.status_code, errors(answer)) == (200, {"file": ["Обязательное поле."]})


def test_plan_starts_from_a_pattern(curator):
    year = str(get(curator, "roadmap_from_pattern").context["form"].fields["year"].choices[0][0])

    answer = post(curator, "roadmap_from_pattern", pattern="B", year=year)

    plan = Roadmap.objects.get()
    assert (led_to(answer), plan.measures.count(), plan.source) == (f"roadmap/{plan.pk}/", 18, "pattern")
    assert errors(post(curator, "roadmap_from_pattern", pattern="F", year=year)).keys() == {"pattern"}


def test_plan_starts_by_hand(curator):
    answer = post(curator, "roadmap_by_hand", **PERIOD)

    plan = Roadmap.objects.get()
    assert (led_to(answer), plan.title, plan.is_confirmed) == (f"roadmap/{plan.pk}/", "Наш план", False)
    wrong = post(curator, "roadmap_by_hand", **PERIOD | {"ends_on": "01.01.2020"})
    assert errors(wrong) == {"ends_on": ["Дорожная карта заканчивается раньше, чем начинается."]}


def test_ways_to_a_plan_are_shown_with_last_years(curator, plan):
    page = text(get(curator, "roadmap_new"))

    assert path(curator, "roadmap_copy", plan.pk) in page
    assert f"{path(curator, 'roadmap_from_pattern')}?pattern=E" in page


# Changing


def test_plan_is_renamed_and_its_period_changed(curator, plan):
    answer = post(curator, "roadmap_edit", plan.pk, **PERIOD)

    assert (led_to(answer), fresh(plan).title) == (f"roadmap/{plan.pk}/", "Наш план")
    assert f"{get(curator, 'roadmap_edit', plan.pk).context['form']['starts_on'].value():%d.%m.%Y}" == "01.09.2026"


def test_approval_blocks_are_corrected(curator, plan):
    lines = {"form-0-kind": "approved", "form-0-body": "Директор", "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}

    answer = post(curator, "roadmap_approvals", plan.pk, **lines)
    wrong = post(curator, "roadmap_approvals", plan.pk, **lines | {"form-0-date": "чепуха"})

    assert [(each["kind"], each["body"]) for each in fresh(plan).approvals] == [("approved", "Директор")]
    assert (led_to(answer), wrong.status_code) == (f"roadmap/{plan.pk}/", 200)


def test_plan_is_taken_into_work_and_a_plan_without_measures_is_not(curator, waiting):
    empty = post(curator, "roadmap_confirm", waiting.pk)
    measure_now(waiting)
    full, again = post(curator, "roadmap_confirm", waiting.pk), post(curator, "roadmap_confirm", waiting.pk)

    assert said(empty) == ["В дорожной карте нет ни одного мероприятия."]
    assert said(full)[-1] == said(again)[-1] == "Дорожная карта в работе. Осталось утвердить её приказом."
    assert fresh(waiting).is_confirmed is True


def test_plan_is_numbered_and_copied(curator, plan, waiting):
    measure = measure_now(plan, number="7")

    post(curator, "roadmap_renumber", plan.pk)
    copied, again = post(curator, "roadmap_copy", plan.pk), post(curator, "roadmap_copy", plan.pk)

    copy = Roadmap.objects.get(previous=plan)
    assert fresh(measure).number == "1"
    assert led_to(copied) == led_to(again) == f"roadmap/{copy.pk}/"
    assert said(post(curator, "roadmap_copy", waiting.pk))[-1] == "Сначала примите дорожную карту в работу."


def test_plan_is_thrown_away_only_while_it_waits(curator, plan, waiting):
    thrown, kept = post(curator, "roadmap_discard", waiting.pk), post(curator, "roadmap_discard", plan.pk)

    assert (led_to(thrown), led_to(kept)) == ("roadmap/new/", f"roadmap/{plan.pk}/")
    assert said(kept)[-1] == "Эта дорожная карта уже в работе. Её можно править, но не выбросить."
    assert list(Roadmap.objects.all()) == [plan]


def test_plan_is_approved_by_one_order(curator, plan):
    measure = measure_now(plan, "K01")

    answer = post(curator, "roadmap_approve", plan.pk, with_regulation="on", measures=[measure.pk])
    again = post(curator, "roadmap_approve", plan.pk, with_regulation="")

    document = Document.objects.get()
    assert led_to(answer) == reverse(document.page, args=["licey", document.pk]).split("/", 3)[3]
    assert (len(document.annexes), measure.planned_documents.get().document) == (2, document)
    assert errors(again) == {"__all__": ["Проект приказа об утверждении уже есть. Подпишите его или уберите."]}
    assert "ждёт подписи" in text(get(curator, "roadmap_detail", plan.pk))


# Who may


SEEN = ("roadmap_detail", "roadmap_timeline")
EDITED = ("roadmap_edit", "roadmap_approvals", "roadmap_approve")
PRESSED = ("roadmap_confirm", "roadmap_renumber", "roadmap_copy", "roadmap_discard")


def test_participant_sees_no_plans(mentor, plan):
    for name in ("roadmap_now", "roadmap_list", "roadmap_new", "roadmap_by_hand", "roadmap_from_pattern"):
        assert get(mentor, name).status_code == 403
    for name in (*SEEN, *EDITED):
        assert get(mentor, name, plan.pk).status_code == 403
    for name in PRESSED:
        assert post(mentor, name, plan.pk).status_code == 403


@pytest.mark.parametrize("persona", ["director", "psychologist", "hr_officer"])
def test_reader_sees_plans_and_changes_nothing(request, plan, persona):
    reader = request.getfixturevalue(persona)

    assert {get(reader, name, plan.pk).status_code for name in SEEN} == {200}
    assert {get(reader, name, plan.pk).status_code for name in EDITED} == {403}
    assert {post(reader, name, plan.pk).status_code for name in (*PRESSED, *EDITED)} == {403}
    assert {get(reader, name).status_code for name in ("roadmap_new", "roadmap_by_hand")} == {403}


def test_observer_of_the_district_sees_its_plan_and_changes_nothing(district):
    observer, plan = make_persona(Role.OBSERVER, district), plan_now(district)

    assert {get(observer, name, plan.pk).status_code for name in SEEN} == {200}
    assert {post(observer, name, plan.pk).status_code for name in (*PRESSED, *EDITED)} == {403}


def test_plan_of_a_school_is_not_there_for_another_or_for_the_district(plan, waiting, stranger, district_curator):
    for persona in (stranger, district_curator):
        for each in (plan, waiting):
            assert {get(persona, name, each.pk).status_code for name in (*SEEN, *EDITED)} == {404}
            assert {post(persona, name, each.pk).status_code for name in PRESSED} == {404}
        assert "План лицея" not in text(get(persona, "roadmap_list"))
    assert Roadmap.objects.count() == 2
