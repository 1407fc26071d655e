"""How long people spend on questionnaires."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.access import Access
from people.domain.roles import Permission
from people.domain.school_year import SchoolYear
from people.gate import requires
from people.pages import page_of, xlsx_answer
from surveys.queries.minutes import minutes_lines, people_who_answered, years_answered
from surveys.resources import minutes_xlsx


def _year(request: HttpRequest, access: Access, years: list[SchoolYear]) -> SchoolYear:
    """The school year in the address if anybody answered in it, the present one otherwise."""
    return next((year for year in years if str(year.start) == request.GET.get("year")), SchoolYear.of(access.today))


@requires(Permission.SURVEYS_EDIT)
def survey_minutes(request: HttpRequest, access: Access) -> HttpResponse:
    """Minutes by person in a school year."""
    years = years_answered(access)
    year = _year(request, access, years)
    page = page_of(request, people_who_answered(access, year))
    context = {"lines": minutes_lines(access, year, page), "page": page, "years": years, "year": year}
    return render(request, "surveys/survey_minutes.html", context)


@requires(Permission.SURVEYS_EDIT)
def survey_minutes_export(request: HttpRequest, access: Access) -> HttpResponse:
    """The same for everybody as a spreadsheet."""
    year = _year(request, access, years_answered(access))
    lines = minutes_lines(access, year, people_who_answered(access, year))
    return xlsx_answer(minutes_xlsx(lines), f"survey-minutes-{year.start}")
