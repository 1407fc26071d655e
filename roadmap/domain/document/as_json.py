"""A plan as the JSON that `read_roadmap` prints."""

from datetime import date
from typing import Any

from roadmap.domain.plan import Measure, Plan


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan in the shape of issue 3: ISO dates, None where the document says nothing, sections by their indices."""
    return {
        "title": plan.title,
        "organisation": plan.organisation,
        "period": [_iso(day) for day in plan.period],
        "approvals": [
            {
                "kind": stamp.kind,
                "body": stamp.body,
                "act": stamp.act,
                "number": stamp.number,
                "date": _iso(stamp.issued_on),
                "person": stamp.person,
            }
            for stamp in plan.approvals
        ],
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "parent": section.parent,
                "task": section.task,
                "result": section.result,
            }
            for section in plan.sections
        ],
        "measures": [_measure(measure) for measure in plan.measures],
        "warnings": [{"line": doubt.line, "message": doubt.message} for doubt in plan.doubts],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "number": measure.number,
        "section": measure.section,
        "title": measure.title,
        "details": list(measure.details),
        "term": {
            "text": measure.term.text,
            "kind": measure.term.kind.value,
            "windows": [[_iso(window.first), _iso(window.last)] for window in measure.term.windows],
            "assumed": list(measure.term.assumed),
        },
        "responsible": list(measure.responsible),
        "result": measure.result,
        "documents": [
            {"kind": document.kind, "number": document.number, "date": _iso(document.issued_on)}
            for document in measure.documents
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
