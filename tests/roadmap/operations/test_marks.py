"""What a person says of the execution: done, not needed, by this document."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from documents.models import Document
from people.domain.roles import Role
from roadmap.models import Evidence, EvidenceFile, PlannedDocument
from roadmap.operations.evidence import bring_up_to_date
from roadmap.operations.marks import Proof, mark_done, plan_document, set_needed, set_not_needed, unmark
from tests.factories import AT, TODAY, OccurrenceFactory, planned
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import fresh, refusal_of
from tests.roadmap.plan_steps import act_draft, means, plan_of, sign, signed_act

PROVED = Proof("Проведено", TODAY)
NOT_IN_WORK = "Выберите мероприятия дорожной карты, которая в работе."


@pytest.fixture
def row(curator):
    return planned(plan_of(curator.organisation), "K16", "K17", responsible=["педагог-психолог"]).occurrences.get()


def marked(persona, *rows, proof=PROVED, **values):
    return mark_done(persona.access, occurrence_ids=[row.pk for row in rows], proof=proof, **values)


def filed(content=b"scan", words=""):
    return Proof(words, TODAY, filename="скан.pdf", content=content)


# Done


def test_mark_of_the_whole_makes_it_done_on_its_day(curator, row):
    (mark,) = marked(curator, row, proof=Proof("Проведено", date(2026, 11, 5)))

    assert (mark.way, mark.capability, mark.words) == (Evidence.Way.HAND, "", "Проведено")
    assert (mark.recorded_by, mark.recorded_at, mark.organisation) == (curator.user, AT, curator.organisation)
    assert fresh(row).done_on == date(2026, 11, 5)


def test_mark_of_a_part_makes_it_done_with_the_other_parts(curator, row):
    marked(curator, row, capability="K16")
    half_done = fresh(row).done_on
    marked(curator, row, capability="K17")

    assert (half_done, fresh(row).done_on) == (None, TODAY)


def test_part_that_a_measure_does_not_name_is_refused(curator, row):
    refusal = refusal_of(marked, curator, row, capability="K01")

    assert (refusal, row.evidence.count()) == ("У мероприятия нет такой части: откройте его заново.", 0)


def test_several_measures_are_marked_by_one_signed_document(curator, director, row):
    other = planned(row.measure.roadmap).occurrences.get()
    document = signed_act(curator, director)

    made = marked(curator, row, other, proof=Proof("", TODAY, document_id=document.pk))

    assert [(each.occurrence, each.document) for each in made] == [(row, document), (other, document)]
    assert {each.words for each in made} == {f"{document} от {TODAY:%d.%m.%Y}"}
    assert [fresh(each).done_on for each in (row, other)] == [TODAY, TODAY]


def test_one_file_proves_several_measures_and_goes_with_the_last_mark(curator, row):
    other = planned(row.measure.roadmap).occurrences.get()
    first, second = marked(curator, row, other, proof=filed())
    stored = (first.file == second.file, bytes(first.file.content), first.file.size, first.words)

    unmark(curator.access, evidence_id=first.pk)
    left_after_one = EvidenceFile.objects.count()
    unmark(curator.access, evidence_id=second.pk)

    assert stored == (True, b"scan", 4, "скан.pdf")
    assert (left_after_one, EvidenceFile.objects.count()) == (1, 0)


@pytest.mark.parametrize("kind", ["words", "file", "document"])
def test_same_proof_marks_once(curator, director, row, kind):
    document = signed_act(curator, director)
    proof = {"words": PROVED, "file": filed(), "document": Proof("", TODAY, document_id=document.pk)}[kind]

    for _ in range(2):
        marked(curator, row, proof=proof)

    assert (Evidence.objects.count(), EvidenceFile.objects.count()) == (1, 1 if kind == "file" else 0)


def test_other_file_or_other_day_is_another_proof(curator, row):
    for proof in (filed(), filed(b"photo"), PROVED, Proof("Проведено", TODAY - timedelta(days=1))):
        marked(curator, row, proof=proof)

    assert row.evidence.count() == 4


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("proof", [PROVED, filed()], ids=["words", "file"])
def test_double_press_marks_once(curator, proof):
    row = planned(plan_of(curator.organisation)).occurrences.get()

    at_once(*[partial(marked, curator, row, proof=proof)] * 2)

    assert (Evidence.objects.count(), fresh(row).done_on) == (1, TODAY)


@pytest.mark.parametrize(
    ("proof", "refusal"),
    [
        (Proof("Проведено", TODAY + timedelta(days=1)), "Дата выполнения ещё не наступила."),
        (Proof("", TODAY), "Напишите, что сделано, приложите файл или выберите документ."),
    ],
)
def test_proof_that_says_nothing_or_is_of_tomorrow_is_refused(curator, row, proof, refusal):
    assert refusal_of(marked, curator, row, proof=proof) == refusal
    assert Evidence.objects.count() == 0


def test_unsigned_document_proves_nothing(curator, row):
    draft = act_draft(curator)

    refusal = refusal_of(marked, curator, row, proof=Proof("", TODAY, document_id=draft.pk))

    assert refusal == "Документ ещё не подписан: подтвердить им выполнение нельзя."


def test_document_of_another_school_is_not_to_be_had(curator, director, stranger):
    document = signed_act(curator, director)
    row = planned(plan_of(stranger.organisation)).occurrences.get()

    with pytest.raises(Document.DoesNotExist):
        marked(stranger, row, proof=Proof("", TODAY, document_id=document.pk))


def test_plan_that_waits_is_not_marked(curator):
    row = planned(plan_of(curator.organisation, is_confirmed=False)).occurrences.get()

    assert refusal_of(marked, curator, row) == NOT_IN_WORK
    assert refusal_of(marked, curator) == NOT_IN_WORK


# Taking back


def test_mark_taken_back_makes_it_undone(curator, row):
    (mark,) = marked(curator, row)

    for _ in range(2):
        unmark(curator.access, evidence_id=mark.pk)

    assert (fresh(row).done_on, row.evidence.count()) == (None, 0)


def test_finding_of_the_portal_is_not_taken_back(curator, director):
    row = planned(plan_of(curator.organisation), "K01").occurrences.get()
    document = act_draft(curator)
    plan_document(curator.access, document_id=document.pk, measure_ids=[row.measure_id])
    sign(curator, director, document)
    bring_up_to_date(curator.access)

    unmark(curator.access, evidence_id=row.evidence.get().pk)

    assert (fresh(row).done_on, row.evidence.get().document) == (TODAY, document)


# Not needed


def test_measure_given_up_and_taken_back(curator, row):
    given_up = set_not_needed(curator.access, occurrence_id=row.pk, reason="  Нет наставляемых ")
    reason = given_up.not_needed_reason

    taken_back = set_needed(curator.access, occurrence_id=row.pk)

    assert (reason, taken_back.not_needed_reason) == ("Нет наставляемых", "")


def test_measure_given_up_is_not_marked_and_a_done_one_is_not_given_up(curator, row):
    other = OccurrenceFactory(measure=row.measure, position=1)
    set_not_needed(curator.access, occurrence_id=row.pk, reason="Нет наставляемых")
    marked(curator, other)

    assert refusal_of(marked, curator, row) == "Мероприятие отмечено как ненужное: сначала верните его в план."
    give_up = partial(set_not_needed, curator.access)
    assert refusal_of(give_up, occurrence_id=other.pk, reason="Нет") == "Мероприятие уже выполнено."
    assert refusal_of(give_up, occurrence_id=row.pk, reason=" ") == "Напишите, почему мероприятие не требуется."


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_done_and_given_up_at_once_is_one_of_both(curator):
    row = planned(plan_of(curator.organisation)).occurrences.get()

    at_once(
        partial(marked, curator, row), partial(set_not_needed, curator.access, occurrence_id=row.pk, reason="Не нужно")
    )

    assert (fresh(row).done_on, row.not_needed_reason, row.evidence.count()) in (
        (TODAY, "", 1),
        (None, "Не нужно", 0),
    )


# A document that is to carry a measure out


def test_planned_document_marks_its_measure_when_it_is_signed(curator, director):
    measure = planned(plan_of(curator.organisation), "K01")
    document = act_draft(curator)
    for _ in range(2):
        plan_document(curator.access, document_id=document.pk, measure_ids=[measure.pk])
    before = measure.occurrences.get().done_on

    sign(curator, director, document)
    bring_up_to_date(curator.access)

    assert (before, measure.occurrences.get().done_on) == (None, TODAY)
    assert PlannedDocument.objects.count() == 1


# Who may


def test_responsible_marks_what_is_theirs_and_nothing_else(psychologist, row):
    means(psychologist.organisation, "педагог-психолог", Role.PSYCHOLOGIST)
    foreign = planned(row.measure.roadmap, responsible=["директор"]).occurrences.get()

    marked(psychologist, row)

    assert fresh(row).done_on == TODAY
    assert refusal_of(marked, psychologist, foreign) == (
        "Отметить можно только то мероприятие, за которое вы отвечаете."
    )
    assert refusal_of(marked, psychologist, row, foreign, proof=filed()) == (
        "Отметить можно только то мероприятие, за которое вы отвечаете."
    )


def test_who_is_not_responsible_takes_back_nobodys_mark(psychologist, curator, row):
    (mark,) = marked(curator, row)

    assert refusal_of(unmark, psychologist.access, evidence_id=mark.pk) == (
        "Отметить можно только то мероприятие, за которое вы отвечаете."
    )
    assert row.evidence.get() == mark


def test_participant_marks_nothing_even_as_the_responsible(mentor, row):
    means(mentor.organisation, "педагог-психолог", person=mentor.person)

    with pytest.raises(PermissionDenied):
        marked(mentor, row)


@pytest.mark.parametrize("persona", ["director", "psychologist", "mentor"])
def test_only_who_edits_plans_gives_measures_up_and_plans_documents(request, row, persona):
    access = request.getfixturevalue(persona).access

    for call in (
        partial(set_not_needed, occurrence_id=row.pk, reason="Нет"),
        partial(set_needed, occurrence_id=row.pk),
        partial(plan_document, document_id=1, measure_ids=[row.measure_id]),
    ):
        with pytest.raises(PermissionDenied):
            call(access)


def test_stranger_and_district_mark_nothing_of_the_school(stranger, district_curator, curator, row):
    (mark,) = marked(curator, row)

    for persona in (stranger, district_curator):
        assert refusal_of(marked, persona, row) == NOT_IN_WORK
        assert refusal_of(set_not_needed, persona.access, occurrence_id=row.pk, reason="Нет") == NOT_IN_WORK
        unmark(persona.access, evidence_id=mark.pk)
    assert row.evidence.get() == mark
