"""The start page of matching: what both banks have for each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mentoring.forms.matching_settings import OBJECTIVE_WORDS
from mentoring.queries.bank_analysis import analysis_page
from mentoring.resources import analysis_xlsx
from people.access import Access
from people.domain.roles import Permission
from people.gate import requires
from people.pages import page_of, xlsx_answer

DRAWN = 8
"""How many topics and subjects the page draws; the rest stand in print and spreadsheet."""


@requires(Permission.PAIRINGS_EDIT)
def matching_now(request: HttpRequest, access: Access) -> HttpResponse:
    """Demand and supply, load, who cannot be proposed yet, and the button that starts matching."""
    shown = analysis_page(access)
    topics, subjects = shown.analysis.asked_topics, shown.analysis.asked_subjects
    context = {
        "shown": shown,
        "page": page_of(request, shown.kept_out),
        "topics": topics,
        "subjects": subjects,
        "drawn": DRAWN,
        "most": max((max(each.asking, each.places) for each in (*topics[:DRAWN], *subjects[:DRAWN])), default=1),
        "objectives": [(objective, title) for objective, (title, _) in OBJECTIVE_WORDS.items()],
    }
    return render(request, "mentoring/matching_now.html", context)


@requires(Permission.PAIRINGS_EDIT)
def matching_export(request: HttpRequest, access: Access) -> HttpResponse:
    """The analysis as a spreadsheet: topics, subjects, mentors' load, what people lack."""
    return xlsx_answer(analysis_xlsx(analysis_page(access)), f"banks-{access.today:%Y-%m-%d}")


@requires(Permission.PAIRINGS_EDIT)
def matching_print(request: HttpRequest, access: Access) -> HttpResponse:
    """The analysis as one page to print."""
    return render(request, "mentoring/matching_print.html", {"shown": analysis_page(access)})
