"""Approving a plan by an order; orders that carry a measure out."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from documents.models import Document
from documents.operations.acts import discard_act
from roadmap.models import Approval, Measure, PlannedDocument, Roadmap
from roadmap.operations.approval import REGULATION, draft_approval, draft_measure_order
from roadmap.operations.evidence import bring_up_to_date
from tests.factories import TODAY, StageFactory, planned
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import refusal_of
from tests.roadmap.plan_steps import plan_of, sign

NOT_IN_WORK = "Сначала примите дорожную карту в работу."


@pytest.fixture
def plan(curator):
    return plan_of(curator.organisation)


def approval(persona, plan, *measures, with_regulation=False):
    ids = [measure.pk for measure in measures]
    return draft_approval(persona.access, roadmap_id=plan.pk, with_regulation=with_regulation, measure_ids=ids)


def annex_titles(document):
    return [annex["title"] for annex in document.annexes]


def test_order_has_the_plan_as_its_annex(curator, plan):
    stage = StageFactory(roadmap=plan, number="1", title="Начало")
    planned(plan, stage=stage, number="1.1", title="Провести", term_text="май", responsible=["куратор"], result="Итог")

    document = approval(curator, plan)

    (annex,) = document.annexes
    assert (document.heading, annex["title"]) == ("Об утверждении дорожной карты наставничества", plan.title)
    assert [row["cells"] for row in annex["table"]["rows"]] == [
        ("1. Начало",),
        ("1.1", "Провести", "май", "куратор", "Итог"),
    ]
    assert (annex["is_wide"], plan.orders.get().document) == (True, document)


def test_order_with_the_regulation_has_it_first(curator, plan):
    document = approval(curator, plan, with_regulation=True)

    assert annex_titles(document) == [REGULATION, plan.title]
    assert document.heading == "Об утверждении Положения о системе наставничества и дорожной карты"
    assert document.points.splitlines()[0].endswith("(приложение № 1).")
    assert document.points.splitlines()[1] == (
        "Утвердить дорожную карту (план мероприятий) с 1\u00a0сентября 2026\u00a0г. по 31\u00a0августа 2027\u00a0г. "
        "(приложение № 2)."
    )


def test_signed_order_approves_the_plan_and_carries_its_measures_out(curator, director, plan):
    approved, written = planned(plan, "K31"), planned(plan, "K01")
    other = planned(plan, "K01")
    document = approval(curator, plan, written)

    sign(curator, director, document)
    bring_up_to_date(curator.access)

    assert [measure.occurrences.get().done_on for measure in (approved, written, other)] == [TODAY, TODAY, None]
    assert approved.occurrences.get().evidence.get().document == document


def test_draft_approves_nothing(curator, plan):
    measure = planned(plan, "K31")

    approval(curator, plan)
    bring_up_to_date(curator.access)

    assert measure.occurrences.get().evidence.count() == 0


def test_second_draft_is_refused_until_the_first_is_signed_or_gone(curator, director, plan):
    first = approval(curator, plan)
    refusal = refusal_of(approval, curator, plan)
    discard_act(curator.access, document_id=first.pk)
    sign(curator, director, approval(curator, plan))

    approval(curator, plan)

    assert refusal == "Проект приказа об утверждении уже есть. Подпишите его или уберите."
    assert Approval.objects.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_drafts_at_once_make_one(curator):
    plan = plan_of(curator.organisation)

    results = at_once(*[partial(approval, curator, plan)] * 2)

    assert sorted(type(result).__name__ for result in results) == ["Document", "RefusedError"]
    assert Document.objects.count() == 1


def test_order_of_a_measure_marks_it_when_signed(curator, director, plan):
    measure = planned(plan, "K01")
    draft = partial(draft_measure_order, curator.access, measure_id=measure.pk)

    document = draft(heading="О совещании", points=["Провести."])
    sign(curator, director, document)
    bring_up_to_date(curator.access)

    assert (measure.planned_documents.get().document, document.points) == (document, "Провести.")
    assert measure.occurrences.get().done_on == TODAY


def test_plan_that_waits_gets_no_orders(curator):
    plan = plan_of(curator.organisation, is_confirmed=False)
    measure = planned(plan, "K01")

    assert refusal_of(approval, curator, plan) == NOT_IN_WORK
    assert (
        refusal_of(draft_measure_order, curator.access, measure_id=measure.pk, heading="О", points=["П"]) == NOT_IN_WORK
    )
    assert Document.objects.count() == 0


def test_order_carries_out_no_measure_of_another_school(curator, stranger, plan):
    foreign = planned(plan_of(stranger.organisation), "K01")

    approval(curator, plan, foreign)

    assert PlannedDocument.objects.count() == 0


@pytest.mark.parametrize("persona", ["director", "psychologist", "mentor"])
def test_only_who_edits_plans_drafts(request, plan, persona):
    person = request.getfixturevalue(persona)

    with pytest.raises(PermissionDenied):
        approval(person, plan)
    with pytest.raises(PermissionDenied):
        draft_measure_order(person.access, measure_id=1, heading="О", points=["П"])


def test_stranger_approves_nothing(plan, stranger, district_curator):
    measure = planned(plan, "K01")

    for persona in (stranger, district_curator):
        with pytest.raises(Roadmap.DoesNotExist):
            approval(persona, plan)
        with pytest.raises(Measure.DoesNotExist):
            draft_measure_order(persona.access, measure_id=measure.pk, heading="О", points=["П"])
