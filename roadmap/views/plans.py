"""A plan from start to approval: the page of today, starting, checking, confirming, changing, approving."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.domain.school_year import SchoolYear
from people.gate import post_only, requires
from roadmap.forms.plans import ApprovalForm, PatternForm, RoadmapForm, RoadmapUploadForm, StampFormSet
from roadmap.models import Roadmap, RoadmapUpload
from roadmap.operations.approval import draft_approval
from roadmap.operations.evidence import bring_up_to_date
from roadmap.operations.plans import (
    change_roadmap,
    confirm_roadmap,
    copy_roadmap,
    discard_roadmap,
    renumber,
    set_approvals,
    start_from_pattern,
    start_roadmap,
)
from roadmap.operations.uploads import discard_upload, upload_roadmap
from roadmap.papers import stamps_of
from roadmap.patterns import patterns
from roadmap.queries.plan_page import SHOWN, plan_page, shown_year
from roadmap.queries.plans import newest_roadmap, roadmap_list, roadmap_of_day

SAVED = "Сохранено."


def roadmap_or_404(access: Access, roadmap_id: int) -> Roadmap:
    """A plan the asker may see."""
    return get_object_or_404(Roadmap.objects.visible_to(access), pk=roadmap_id)


@requires(Permission.ROADMAP_VIEW)
def roadmap_now(request: HttpRequest, access: Access) -> HttpResponse:
    """The plan in work today; where there is none, how to get one."""
    roadmap = roadmap_of_day(access, access.today) or newest_roadmap(access)
    if roadmap is None:
        return render(request, "roadmap/roadmap_now.html", {"plans": roadmap_list(access)[:5]})
    return _plan(request, access, roadmap)


@requires(Permission.ROADMAP_VIEW)
def roadmap_detail(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """One plan: to be checked after it was read, or in work."""
    return _plan(request, access, roadmap_or_404(access, roadmap_id))


def _plan(request: HttpRequest, access: Access, roadmap: Roadmap) -> HttpResponse:
    bring_up_to_date(access)
    show = request.GET.get("show", "")
    year = shown_year(roadmap, access.today, request.GET.get("year", ""))
    page = plan_page(access, roadmap, year=year, show=show if show in SHOWN else "")
    template = "roadmap/roadmap_detail.html" if roadmap.is_confirmed else "roadmap/roadmap_check.html"
    context = {"page": page, "roadmap": roadmap, "show": show, "stamps": stamps_of(roadmap, page.order)}
    return render(request, template, context)


@requires(Permission.ROADMAP_VIEW)
def roadmap_timeline(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """A plan as a picture over the months of a school year."""
    roadmap = roadmap_or_404(access, roadmap_id)
    bring_up_to_date(access)
    year = shown_year(roadmap, access.today, request.GET.get("year", ""))
    page = plan_page(access, roadmap, year=year)
    return render(request, "roadmap/roadmap_timeline.html", {"page": page, "roadmap": roadmap})


@requires(Permission.ROADMAP_VIEW)
def roadmap_index(request: HttpRequest, access: Access) -> HttpResponse:
    """All plans of the organisation."""
    return render(request, "roadmap/roadmap_list.html", {"plans": roadmap_list(access)})


@requires(Permission.ROADMAP_EDIT)
def roadmap_new(request: HttpRequest, access: Access) -> HttpResponse:
    """The four ways to a plan: a document, a built-in plan, last year's, by hand."""
    context = {"form": RoadmapUploadForm(access=access), "plans": roadmap_list(access)[:5], "patterns": patterns()}
    return render(request, "roadmap/roadmap_new.html", context)


@requires(Permission.ROADMAP_EDIT)
@post_only
def roadmap_upload(request: HttpRequest, access: Access) -> HttpResponse:
    """Upload a document and have it read."""
    form = RoadmapUploadForm(request.POST, request.FILES, access=access)
    if not form.is_valid():
        context = {"form": form, "plans": roadmap_list(access)[:5], "patterns": patterns()}
        return render(request, "roadmap/roadmap_new.html", context)
    file = form.cleaned_data["file"]
    upload = upload_roadmap(access, filename=file.name, content=file.read())
    return redirect("job_detail", access.organisation.slug, upload.job_id)


@requires(Permission.ROADMAP_EDIT)
def roadmap_upload_detail(request: HttpRequest, access: Access, upload_id: int) -> HttpResponse:
    """What came of reading a document: the plan to check, or why it could not be read."""
    uploads = RoadmapUpload.objects.visible_to(access).select_related("job").defer("content")
    upload = get_object_or_404(uploads, pk=upload_id)
    if upload.roadmap_id:
        return redirect("roadmap_detail", access.organisation.slug, upload.roadmap_id)
    return render(request, "roadmap/roadmap_upload_detail.html", {"upload": upload})


@requires(Permission.ROADMAP_EDIT)
@post_only
def roadmap_upload_discard(request: HttpRequest, access: Access, upload_id: int) -> HttpResponse:
    """Throw away a document that could not be read."""
    get_object_or_404(RoadmapUpload.objects.visible_to(access).defer("content"), pk=upload_id)
    discard_upload(access, upload_id=upload_id)
    return redirect("roadmap_new", access.organisation.slug)


@requires(Permission.ROADMAP_EDIT)
def roadmap_from_pattern(request: HttpRequest, access: Access) -> HttpResponse:
    """Start from a built-in plan."""
    form = PatternForm(request.POST or None, access=access, initial={"pattern": request.GET.get("pattern", "B")})
    if form.is_valid():
        chosen = next(each for each in patterns() if each.key == form.cleaned_data["pattern"])
        year = SchoolYear(int(form.cleaned_data["year"]))
        roadmap = start_from_pattern(access, pattern=chosen, year=year)
        return redirect("roadmap_detail", access.organisation.slug, roadmap.pk)
    context = {"form": form, "title": "Дорожная карта по образцу", "button": "Составить"}
    return render(request, "roadmap/roadmap_start.html", context)


@requires(Permission.ROADMAP_EDIT)
def roadmap_by_hand(request: HttpRequest, access: Access) -> HttpResponse:
    """Start an empty plan."""
    year = SchoolYear.of(access.today)
    initial = {
        "title": f"Дорожная карта наставничества на {year} учебный год",
        "starts_on": year.first_day,
        "ends_on": year.last_day,
    }
    form = RoadmapForm(request.POST or None, access=access, initial=initial)
    if form.is_valid():
        roadmap = start_roadmap(access, **form.cleaned_data)
        return redirect("roadmap_detail", access.organisation.slug, roadmap.pk)
    context = {"form": form, "title": "Новая дорожная карта", "button": "Начать"}
    return render(request, "roadmap/roadmap_start.html", context)


@requires(Permission.ROADMAP_EDIT)
def roadmap_edit(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Change a plan's title and period."""
    roadmap = roadmap_or_404(access, roadmap_id)
    initial = {"title": roadmap.title, "starts_on": roadmap.starts_on, "ends_on": roadmap.ends_on}
    form = RoadmapForm(request.POST or None, access=access, initial=initial)
    if form.is_valid():
        try:
            change_roadmap(access, roadmap_id=roadmap_id, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            moved = {"starts_on", "ends_on"} & set(form.changed_data)
            messages.success(request, "Сохранено. Сроки мероприятий пересчитаны по новому периоду." if moved else SAVED)
            return redirect("roadmap_detail", access.organisation.slug, roadmap_id)
    return render(request, "roadmap/roadmap_form.html", {"form": form, "roadmap": roadmap})


@requires(Permission.ROADMAP_EDIT)
def roadmap_approvals(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Correct the approval blocks of the title page."""
    roadmap = roadmap_or_404(access, roadmap_id)
    forms = StampFormSet(request.POST or None, initial=roadmap.approvals)
    if forms.is_valid():
        stamps = [stamp for stamp in (form.stamp() for form in forms if form.cleaned_data) if stamp]
        set_approvals(access, roadmap_id=roadmap_id, approvals=stamps)
        messages.success(request, "Грифы сохранены.")
        return redirect("roadmap_detail", access.organisation.slug, roadmap_id)
    return render(request, "roadmap/roadmap_approvals.html", {"forms": forms, "roadmap": roadmap})


@requires(Permission.ROADMAP_EDIT)
@post_only
def roadmap_confirm(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Take a checked plan into work."""
    return _press(
        request, access, roadmap_id, confirm_roadmap, "Дорожная карта в работе. Осталось утвердить её приказом."
    )


@requires(Permission.ROADMAP_EDIT)
@post_only
def roadmap_renumber(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Number the measures anew."""
    return _press(request, access, roadmap_id, renumber, "Мероприятия пронумерованы по порядку.")


def _press(request: HttpRequest, access: Access, roadmap_id: int, operation: object, done: str) -> HttpResponse:
    roadmap_or_404(access, roadmap_id)
    try:
        operation(access, roadmap_id=roadmap_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("roadmap_detail", access.organisation.slug, roadmap_id)


@requires(Permission.ROADMAP_EDIT)
@post_only
def roadmap_copy(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Copy a plan to the next school year."""
    roadmap_or_404(access, roadmap_id)
    try:
        copy = copy_roadmap(access, roadmap_id=roadmap_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("roadmap_detail", access.organisation.slug, roadmap_id)
    messages.success(request, "Копия готова, сроки перенесены на год. Проверьте её и примите в работу.")
    return redirect("roadmap_detail", access.organisation.slug, copy.pk)


@requires(Permission.ROADMAP_EDIT)
@post_only
def roadmap_discard(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Throw away a plan that is not in work."""
    roadmap_or_404(access, roadmap_id)
    try:
        discard_roadmap(access, roadmap_id=roadmap_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("roadmap_detail", access.organisation.slug, roadmap_id)
    messages.success(request, "Ничего не сохранено: дорожная карта убрана.")
    return redirect("roadmap_new", access.organisation.slug)


@requires(Permission.ROADMAP_EDIT)
def roadmap_approve(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Draft the order that approves a plan."""
    roadmap = roadmap_or_404(access, roadmap_id)
    form = ApprovalForm(request.POST or None, access=access, roadmap=roadmap)
    if form.is_valid():
        values = form.cleaned_data
        ids = [measure.pk for measure in values["measures"]]
        try:
            order = draft_approval(
                access, roadmap_id=roadmap_id, with_regulation=values["with_regulation"], measure_ids=ids
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Проект приказа готов. Проверьте текст и отправьте на подпись.")
            return redirect(order.page, access.organisation.slug, order.pk)
    return render(request, "roadmap/roadmap_approve.html", {"form": form, "roadmap": roadmap})
