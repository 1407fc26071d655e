"""The district's page: counts of its schools, no persons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mentoring.queries.pairings import school_lines
from people.access import Access
from people.domain.roles import Permission
from people.gate import requires


@requires(Permission.DISTRICT_VIEW)
def district_schools(request: HttpRequest, access: Access) -> HttpResponse:
    """Every organisation below the district with its counts."""
    return render(request, "mentoring/district_schools.html", {"lines": school_lines(access)})
