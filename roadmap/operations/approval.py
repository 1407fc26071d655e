"""Approving a plan: an order with the regulation and the roadmap as its annexes; orders made for a measure."""

from collections.abc import Collection

from django.db import transaction

from documents.domain.paper import Annex
from documents.models import Document
from documents.operations.acts import draft_act
from documents.papers import first_closing_points
from mentoring.papers import regulation_paragraphs
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from roadmap.models import Approval
from roadmap.operations.marks import plan_document
from roadmap.operations.measures import locked_measure
from roadmap.operations.plans import demand_in_work, locked_roadmap
from roadmap.papers import PREAMBLE, REGULATION, approval_points, roadmap_annex
from roadmap.queries.duties import responsible_persons
from roadmap.queries.plan_page import plan_page, years_of
from roadmap.queries.plans import approving_orders


@transaction.atomic
def draft_approval(access: Access, *, roadmap_id: int, with_regulation: bool, measure_ids: Collection[int]) -> Document:
    """Draft the order that approves a plan in work; `measure_ids` are the measures the order itself carries out.

    Refuses a plan that is not in work, and a second draft while one is open.
    """
    access.check(Permission.ROADMAP_EDIT)
    roadmap = locked_roadmap(access, roadmap_id)
    demand_in_work(roadmap)
    if any(not order.is_frozen for order in approving_orders(roadmap)):
        raise RefusedError("Проект приказа об утверждении уже есть. Подпишите его или уберите.")
    blocks = plan_page(access, roadmap, year=years_of(roadmap)[0]).blocks
    regulation = Annex(REGULATION, paragraphs=regulation_paragraphs(access.organisation))
    annexes = [regulation] if with_regulation else []
    heading = "Об утверждении дорожной карты наставничества"
    if with_regulation:
        heading = "Об утверждении Положения о системе наставничества и дорожной карты"
    document = draft_act(
        access,
        heading=heading,
        preamble=PREAMBLE,
        points=[*approval_points(roadmap, with_regulation=with_regulation), *first_closing_points(access)],
        annexes=[*annexes, roadmap_annex(roadmap, blocks)],
        named_person_ids=responsible_persons(access, roadmap),
    )
    Approval.objects.create(organisation=access.organisation, roadmap=roadmap, document=document)
    plan_document(access, document_id=document.pk, measure_ids=measure_ids)
    return document


@transaction.atomic
def draft_measure_order(access: Access, *, measure_id: int, heading: str, points: Collection[str]) -> Document:
    """Draft an order that carries out a measure: once it is signed, it is the measure's evidence."""
    access.check(Permission.ROADMAP_EDIT)
    measure = locked_measure(access, measure_id)
    demand_in_work(measure.roadmap)
    document = draft_act(access, heading=heading, preamble=PREAMBLE, points=list(points))
    plan_document(access, document_id=document.pk, measure_ids=[measure.pk])
    return document
