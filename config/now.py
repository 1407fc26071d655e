"""«Что делать сейчас»: the first page, gathered from every app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from community.queries.steps import community_steps
from mentoring.queries.banks import bank_figures
from mentoring.queries.pairings import count_by_group, school_lines
from mentoring.queries.steps import steps
from people.access import Access
from people.domain.roles import Permission
from people.gate import requires
from roadmap.queries.steps import roadmap_steps
from surveys.queries.steps import survey_steps


@requires(Permission.OWN_PAGES)
def now(request: HttpRequest, access: Access) -> HttpResponse:
    """The few next steps of the asker's roles, and calm figures beside them."""
    figures = bank_figures(access) if access.may(Permission.BANKS_VIEW) else None
    pairs = count_by_group(access) if access.may(Permission.PAIRINGS_VIEW) else None
    found = [
        *steps(access, figures, pairs),
        *survey_steps(access),
        *community_steps(access),
        *roadmap_steps(access),
    ]
    context = {
        "steps": sorted(found, key=lambda step: step.urgency),
        "figures": figures,
        "pairs": pairs,
        "schools": school_lines(access) if access.may(Permission.DISTRICT_VIEW) else None,
    }
    return render(request, "now.html", context)


def no_signup(request: HttpRequest) -> HttpResponse:
    """Nobody signs up on their own: back to the login."""
    return redirect("account_login")
