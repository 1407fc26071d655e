"""A roadmap as a tagged PDF."""

from django.template.loader import render_to_string

from documents.printing.pdf import html_to_pdf
from roadmap.papers import PlanPaper


def plan_pdf(paper: PlanPaper) -> bytes:
    """The printed roadmap as the bytes of a PDF/UA-1 file."""
    return html_to_pdf(render_to_string("roadmap/papers/plan.html", {"paper": paper}))
