"""Pages of execution: one's own measures, marks and their proofs."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from people.domain.roles import Role
from roadmap.models import Evidence, EvidenceFile
from tests.conftest import make_persona
from tests.factories import EvidenceFactory
from tests.mentoring.order_steps import fresh
from tests.roadmap.plan_steps import means
from tests.roadmap.views.pages import errors, get, led_to, measure_now, path, plan_now, post, said, text

WORD = "ответственный"


@pytest.fixture
def plan(curator):
    return plan_now(curator.organisation)


@pytest.fixture
def row(plan):
    means(plan.organisation, WORD, Role.PSYCHOLOGIST)
    return measure_now(plan, "K16", "K17", title="Неделя наставника", responsible=[WORD]).occurrences.get()


def proof(**values):
    return {"words": "Проведено", "happened_on": f"{timezone.localdate():%d.%m.%Y}", **values}


def scan(content=b"scan"):
    return SimpleUploadedFile("скан.pdf", content)


def test_own_measures_are_shown_to_whoever_has_them(psychologist, director, mentor, row):
    means(mentor.organisation, WORD, person=mentor.person)

    pages = [text(get(persona, "my_measures")) for persona in (psychologist, mentor, director)]

    assert ["Неделя наставника" in page for page in pages] == [True, True, False]
    assert "За вами сейчас ничего не записано" in pages[2]


def test_measure_is_marked_by_words_and_file(curator, row):
    answer = post(curator, "occurrence_mark", row.pk, **proof(file=scan()))

    mark = row.evidence.get()
    assert (led_to(answer), said(answer)) == (f"roadmap/measures/{row.measure_id}/", ["Отмечено."])
    assert (mark.words, mark.capability, bytes(mark.file.content)) == ("Проведено", "", b"scan")
    assert fresh(row).done_on == timezone.localdate()


@pytest.mark.parametrize(("part", "status", "marked"), [("K16", 302, ["K16"]), ("K01", 404, []), ("чепуха", 404, [])])
def test_part_of_a_measure_is_marked_where_it_is_one(curator, row, part, status, marked):
    answer = curator.client.post(f"{path(curator, 'occurrence_mark', row.pk)}?part={part}", proof())

    assert (answer.status_code, [each.capability for each in row.evidence.all()]) == (status, marked)


def test_double_press_marks_once(curator, row):
    for _ in range(2):
        post(curator, "occurrence_mark", row.pk, **proof(file=scan()))

    assert (Evidence.objects.count(), EvidenceFile.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"words": ""}, {"__all__": ["Напишите, что сделано, приложите файл или выберите документ."]}),
        ({"happened_on": "tomorrow"}, {"__all__": ["Дата выполнения ещё не наступила."]}),
        ({"happened_on": ""}, {"happened_on": ["Обязательное поле."]}),
    ],
)
def test_mark_without_proof_or_of_tomorrow_is_refused(curator, row, change, fault):
    if change.get("happened_on") == "tomorrow":
        change = {"happened_on": f"{timezone.localdate() + timedelta(days=2):%d.%m.%Y}"}

    answer = post(curator, "occurrence_mark", row.pk, **proof() | change)

    assert errors(answer) == fault
    assert row.evidence.count() == 0


def test_responsible_marks_what_is_theirs_and_nothing_else(psychologist, plan, row):
    foreign = measure_now(plan, responsible=["другие"]).occurrences.get()

    own, other = (post(psychologist, "occurrence_mark", each.pk, **proof()) for each in (row, foreign))

    assert (led_to(own), row.evidence.count()) == (f"roadmap/measures/{row.measure_id}/", 1)
    assert errors(other) == {"__all__": ["Отметить можно только то мероприятие, за которое вы отвечаете."]}


def test_several_measures_are_marked_at_once(curator, plan, row):
    other = measure_now(plan).occurrences.get()

    answer = post(curator, "roadmap_mark", plan.pk, **proof(occurrences=[row.pk, other.pk], file=scan()))
    nothing = post(curator, "roadmap_mark", plan.pk, **proof())

    assert led_to(answer) == f"roadmap/{plan.pk}/"
    assert {mark.occurrence for mark in EvidenceFile.objects.get().proves.all()} == {row, other}
    assert errors(nothing) == {"occurrences": ["Обязательное поле."]}


def test_mark_is_taken_back_by_who_may_and_once(curator, psychologist, hr_officer, row):
    mark = EvidenceFactory(occurrence=row, recorded_by=curator.user)

    refused = post(hr_officer, "evidence_unmark", mark.pk)
    taken = post(psychologist, "evidence_unmark", mark.pk)
    again = post(psychologist, "evidence_unmark", mark.pk)

    assert said(refused) == ["Отметить можно только то мероприятие, за которое вы отвечаете."]
    assert (led_to(taken), said(taken)) == (f"roadmap/measures/{row.measure_id}/", ["Отметка снята."])
    assert (again.status_code, Evidence.objects.count()) == (404, 0)


def test_file_leaves_as_an_attachment_to_who_may_open_it(curator, director, psychologist, row):
    post(curator, "occurrence_mark", row.pk, **proof(file=scan(b"<script>alert()</script>")))
    file = EvidenceFile.objects.get()

    answer = get(director, "evidence_file", file.pk)

    assert (answer.content, answer["Content-Type"]) == (b"<script>alert()</script>", "application/octet-stream")
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-{file.pk}.pdf"'
    assert get(psychologist, "evidence_file", file.pk).status_code == 404


def test_measure_is_given_up_with_a_reason_and_taken_back(curator, row):
    wrong = post(curator, "occurrence_not_needed", row.pk, reason="")
    given_up = post(curator, "occurrence_not_needed", row.pk, reason="Нет наставляемых")
    reason = fresh(row).not_needed_reason
    page = text(get(curator, "measure_detail", row.measure_id))

    taken_back = post(curator, "occurrence_needed", row.pk)

    assert errors(wrong) == {"reason": ["Обязательное поле."]}
    assert (said(given_up), reason) == (["Отмечено: не требуется."], "Нет наставляемых")
    assert path(curator, "occurrence_needed", row.pk) in page
    assert (led_to(taken_back), fresh(row).not_needed_reason) == (f"roadmap/measures/{row.measure_id}/", "")


def test_done_measure_is_not_given_up(curator, row):
    post(curator, "occurrence_mark", row.pk, **proof())

    assert errors(post(curator, "occurrence_not_needed", row.pk, reason="Нет")) == {
        "__all__": ["Мероприятие уже выполнено."]
    }


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_participants_and_observers_mark_nothing(curator, row, role):
    persona = make_persona(role, curator.organisation)
    means(curator.organisation, WORD, role)
    mark = EvidenceFactory(occurrence=row)

    assert {get(persona, "occurrence_mark", row.pk).status_code} == {403}
    for name, number in (
        ("occurrence_mark", row.pk),
        ("roadmap_mark", row.measure.roadmap_id),
        ("evidence_unmark", mark.pk),
        ("occurrence_not_needed", row.pk),
        ("occurrence_needed", row.pk),
    ):
        assert post(persona, name, number, **proof()).status_code == 403
    assert (get(persona, "evidence_file", 1).status_code, Evidence.objects.get()) == (403, mark)


def test_execution_of_a_school_is_not_there_for_another_or_for_the_district(curator, stranger, district_curator, row):
    post(curator, "occurrence_mark", row.pk, **proof(file=scan()))
    mark = row.evidence.get()

    for persona in (stranger, district_curator):
        assert post(persona, "occurrence_mark", row.pk, **proof()).status_code == 404
        assert post(persona, "roadmap_mark", row.measure.roadmap_id, **proof()).status_code == 404
        assert post(persona, "evidence_unmark", mark.pk).status_code == 404
        assert post(persona, "occurrence_not_needed", row.pk, reason="Нет").status_code == 404
        assert get(persona, "evidence_file", mark.file_id).status_code == 404
    assert row.evidence.get() == mark
