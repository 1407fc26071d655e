"""An authority's measures in its schools: handing down, the matrix, reminding."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import xlsx_answer
from roadmap.forms.plans import HandDownForm
from roadmap.models import Roadmap
from roadmap.operations.evidence import bring_up_to_date
from roadmap.operations.hand_down import hand_down, remind_schools, take_back_from
from roadmap.queries.district import Matrix, handed_to, matrix
from roadmap.queries.plan_page import shown_year
from roadmap.resources import matrix_xlsx
from roadmap.views.measures import measure_or_404
from roadmap.views.plans import roadmap_or_404


def _matrix(request: HttpRequest, access: Access, roadmap: Roadmap) -> Matrix:
    bring_up_to_date(access)
    return matrix(access, roadmap, shown_year(roadmap, access.today, request.GET.get("year", "")))


@requires(Permission.DISTRICT_VIEW)
def roadmap_matrix(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Schools by measures."""
    roadmap = roadmap_or_404(access, roadmap_id)
    context = {"roadmap": roadmap, "matrix": _matrix(request, access, roadmap)}
    return render(request, "roadmap/roadmap_matrix.html", context)


@requires(Permission.DISTRICT_VIEW)
def roadmap_matrix_export(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Schools by measures as a spreadsheet."""
    found = _matrix(request, access, roadmap_or_404(access, roadmap_id))
    return xlsx_answer(matrix_xlsx(found), f"schools-{access.today:%Y-%m-%d}")


@requires(Permission.DISTRICT_EDIT)
def measure_hand_down(request: HttpRequest, access: Access, measure_id: int) -> HttpResponse:
    """Choose the schools a measure goes down to."""
    measure = measure_or_404(access, measure_id)
    form = HandDownForm(request.POST or None, access=access, there=handed_to(access, measure))
    if form.is_valid():
        ids = [school.pk for school in form.cleaned_data["schools"]]
        try:
            copies = hand_down(access, measure_id=measure_id, school_ids=ids)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = counted(len(copies), "организации", "организациям", "организациям")
            messages.success(request, f"Мероприятие поручено {words}.")
            return redirect("roadmap_matrix", access.organisation.slug, measure.roadmap_id)
    return render(request, "roadmap/measure_hand_down.html", {"form": form, "measure": measure})


@requires(Permission.DISTRICT_EDIT)
@post_only
def measure_remind(request: HttpRequest, access: Access, measure_id: int) -> HttpResponse:
    """Remind the schools that are behind."""
    measure = measure_or_404(access, measure_id)
    count = remind_schools(access, measure_id=measure_id)
    words = counted(count, "организация получит", "организации получат", "организаций получат")
    told = f"{words} напоминание: на первой странице и в письме."
    messages.success(request, told if count else "Всем отстающим сегодня уже напомнили.")
    return redirect("roadmap_matrix", access.organisation.slug, measure.roadmap_id)


@requires(Permission.DISTRICT_EDIT)
@post_only
def measure_take_back(request: HttpRequest, access: Access, measure_id: int, school_id: int) -> HttpResponse:
    """Take a measure back from a school."""
    measure = measure_or_404(access, measure_id)
    try:
        take_back_from(access, measure_id=measure_id, school_id=school_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("roadmap_matrix", access.organisation.slug, measure.roadmap_id)
