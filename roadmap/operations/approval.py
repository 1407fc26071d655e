"""Approving a plan: an order with the regulation and the roadmap as its annexes; orders made for a measure."""

from collections.abc import Collection

from django.db import transaction

from documents.domain.paper import Annex
from documents.models import Document
from documents.operations.acts import draft_act
from mentoring.papers import regulation_paragraphs
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from roadmap.models import Approval
from roadmap.operations.marks import plan_document
from roadmap.operations.measures import locked_measure
from roadmap.operations.plans import locked_roadmap
from roadmap.papers import approval_points, roadmap_annex
from roadmap.queries.plan_page import plan_page, years_of
from roadmap.queries.plans import approving_orders

REGULATION = "Положение о системе наставничества педагогических работников"
PREAMBLE = (
    "В соответствии с Федеральным законом от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации», "
    "в целях организации наставничества"
)


@transaction.atomic
def draft_approval(access: Access, *, roadmap_id: int, with_regulation: bool, measure_ids: Collection[int]) -> Document:
    """Draft the order that approves a plan in work; `measure_ids` are the measures the order itself carries out.

    Refuses a plan that is not in work, and a second draft while one is open.
    """
    access.check(Permission.ROADMAP_EDIT)
    roadmap = locked_roadmap(access, roadmap_id)
    if not roadmap.is_confirmed:
        raise RefusedError("Сначала примите дорожную карту в работу.")
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
        points=approval_points(roadmap, with_regulation=with_regulation),
        annexes=[*annexes, roadmap_annex(roadmap, blocks)],
    )
    Approval.objects.create(organisation=access.organisation, roadmap=roadmap, document=document)
    plan_document(access, document_id=document.pk, measure_ids=measure_ids)
    return document


@transaction.atomic
def draft_measure_order(access: Access, *, measure_id: int, heading: str, points: Collection[str]) -> Document:
    """Draft an order that carries out a measure: once it is signed, it is the measure's evidence."""
    access.check(Permission.ROADMAP_EDIT)
    measure = locked_measure(access, measure_id)
    if not measure.roadmap.is_confirmed:
        raise RefusedError("Сначала примите дорожную карту в работу.")
    document = draft_act(access, heading=heading, preamble=PREAMBLE, points=list(points))
    plan_document(access, document_id=document.pk, measure_ids=[measure.pk])
    return document
