"""Measures and stages: the page of one, editing, dates, order; whom words for a responsible mean."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from documents.papers import first_closing_points
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from roadmap.domain.plan import Window
from roadmap.domain.terms.wording import window_words
from roadmap.forms.measures import DatesForm, DutyForm, MeasureForm, OrderForm, StageForm
from roadmap.models import Measure, Stage
from roadmap.operations.approval import draft_measure_order
from roadmap.operations.duties import set_duty
from roadmap.operations.evidence import bring_up_to_date
from roadmap.operations.measures import (
    add_measure,
    add_stage,
    correct_dates,
    delete_measure,
    delete_stage,
    edit_measure,
    edit_stage,
    move_measure,
    move_stage,
)
from roadmap.queries.duties import duty_lines
from roadmap.queries.measure_page import measure_page
from roadmap.views.plans import roadmap_or_404


def measure_or_404(access: Access, measure_id: int) -> Measure:
    """A measure the asker may see, with its plan."""
    measures = Measure.objects.visible_to(access).select_related("roadmap", "stage", "origin__organisation")
    return get_object_or_404(measures, pk=measure_id)


def _shown_at(access: Access, measure: Measure) -> str:
    """Where a corrected measure is looked at: its page, or its line in a plan that is still being checked."""
    if measure.roadmap.is_confirmed:
        return reverse("measure_detail", args=[access.organisation.slug, measure.pk])
    return reverse("roadmap_detail", args=[access.organisation.slug, measure.roadmap_id]) + f"#m{measure.pk}"


@requires(Permission.OWN_PAGES)
def measure_detail(request: HttpRequest, access: Access, measure_id: int) -> HttpResponse:
    """One measure: what it says, where the work is done, how far it is, what shows it."""
    measure = measure_or_404(access, measure_id)
    bring_up_to_date(access)
    return render(request, "roadmap/measure_detail.html", {"page": measure_page(access, measure)})


@requires(Permission.ROADMAP_EDIT)
def measure_add(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Write a measure by hand."""
    roadmap = roadmap_or_404(access, roadmap_id)
    initial = {"stage": request.GET.get("stage")} if request.GET.get("stage", "").isdigit() else None
    form = MeasureForm(request.POST or None, access=access, roadmap=roadmap, initial=initial)
    if form.is_valid():
        add_measure(access, roadmap_id=roadmap_id, words=form.words())
        messages.success(request, "Мероприятие добавлено.")
        return redirect("roadmap_detail", access.organisation.slug, roadmap_id)
    back = reverse("roadmap_detail", args=[access.organisation.slug, roadmap_id])
    return render(request, "roadmap/measure_form.html", {"form": form, "measure": None, "back": back})


@requires(Permission.ROADMAP_EDIT)
def measure_edit(request: HttpRequest, access: Access, measure_id: int) -> HttpResponse:
    """Change what a measure says."""
    measure = measure_or_404(access, measure_id)
    form = MeasureForm(request.POST or None, instance=measure, access=access, roadmap=measure.roadmap)
    if form.is_valid():
        try:
            edit_measure(access, measure_id=measure_id, words=form.words())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Сохранено.")
            return redirect(_shown_at(access, measure))
    context = {"form": form, "measure": measure, "back": _shown_at(access, measure)}
    return render(request, "roadmap/measure_form.html", context)


@requires(Permission.ROADMAP_EDIT)
def measure_dates(request: HttpRequest, access: Access, measure_id: int) -> HttpResponse:
    """Correct the dates of a measure by hand."""
    measure = measure_or_404(access, measure_id)
    rows = measure.occurrences.filter(ends_on__isnull=False).order_by("position")
    shown = "\n".join(window_words(Window(row.starts_on, row.ends_on)) for row in rows)
    form = DatesForm(request.POST or None, access=access, initial={"windows": shown})
    if form.is_valid():
        try:
            correct_dates(access, measure_id=measure_id, windows=form.cleaned_data["windows"])
        except RefusedError as refusal:
            form.add_error("windows", str(refusal))
        else:
            messages.success(request, "Сроки сохранены.")
            return redirect(_shown_at(access, measure))
    context = {"form": form, "measure": measure, "back": _shown_at(access, measure)}
    return render(request, "roadmap/measure_dates.html", context)


@requires(Permission.ROADMAP_EDIT)
@post_only
def measure_delete(request: HttpRequest, access: Access, measure_id: int) -> HttpResponse:
    """Take a measure out of its plan."""
    measure = measure_or_404(access, measure_id)
    try:
        delete_measure(access, measure_id=measure_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("measure_detail", access.organisation.slug, measure_id)
    messages.success(request, "Мероприятие удалено.")
    return redirect("roadmap_detail", access.organisation.slug, measure.roadmap_id)


def _move(request: HttpRequest, access: Access, measure_id: int, *, is_up: bool) -> HttpResponse:
    measure = measure_or_404(access, measure_id)
    move_measure(access, measure_id=measure_id, is_up=is_up)
    return redirect("roadmap_detail", access.organisation.slug, measure.roadmap_id)


@requires(Permission.ROADMAP_EDIT)
@post_only
def measure_up(request: HttpRequest, access: Access, measure_id: int) -> HttpResponse:
    """Move a measure up."""
    return _move(request, access, measure_id, is_up=True)


@requires(Permission.ROADMAP_EDIT)
@post_only
def measure_down(request: HttpRequest, access: Access, measure_id: int) -> HttpResponse:
    """Move a measure down."""
    return _move(request, access, measure_id, is_up=False)


@requires(Permission.DOCUMENTS_DRAFT)
def measure_order(request: HttpRequest, access: Access, measure_id: int) -> HttpResponse:
    """Draft an order that carries out a measure."""
    measure = measure_or_404(access, measure_id)
    access.check(Permission.ROADMAP_EDIT)
    initial = {
        "heading": f"О выполнении мероприятия {measure.number} дорожной карты".replace("  ", " "),
        "points": [*measure.details, *first_closing_points(access)],
    }
    form = OrderForm(request.POST or None, access=access, initial=initial)
    if form.is_valid():
        try:
            order = draft_measure_order(access, measure_id=measure_id, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Проект приказа готов. Когда его подпишут, мероприятие отметится само.")
            return redirect(order.page, access.organisation.slug, order.pk)
    return render(request, "roadmap/measure_order.html", {"form": form, "measure": measure})


def _stage_saved(
    request: HttpRequest, access: Access, form: StageForm, roadmap_id: int, save: Callable[..., object]
) -> HttpResponse | None:
    values = {name: form.cleaned_data[name] for name in ("number", "title", "task", "result")}
    parent = form.cleaned_data["parent"]
    try:
        save(access, **values, parent_id=parent.pk if parent else None)
    except RefusedError as refusal:
        form.add_error("parent", str(refusal))
        return None
    messages.success(request, "Раздел сохранён.")
    return redirect("roadmap_detail", access.organisation.slug, roadmap_id)


@requires(Permission.ROADMAP_EDIT)
def stage_add(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Add a section to a plan."""
    roadmap = roadmap_or_404(access, roadmap_id)
    form = StageForm(request.POST or None, access=access, roadmap=roadmap)
    if form.is_valid():
        saved = _stage_saved(
            request, access, form, roadmap_id, lambda access, **v: add_stage(access, roadmap_id=roadmap_id, **v)
        )
        if saved:
            return saved
    return render(request, "roadmap/stage_form.html", {"form": form, "roadmap": roadmap, "stage": None})


@requires(Permission.ROADMAP_EDIT)
def stage_edit(request: HttpRequest, access: Access, stage_id: int) -> HttpResponse:
    """Change a section."""
    stage = get_object_or_404(Stage.objects.visible_to(access).select_related("roadmap"), pk=stage_id)
    form = StageForm(request.POST or None, instance=stage, access=access, roadmap=stage.roadmap)
    if form.is_valid():
        saved = _stage_saved(
            request, access, form, stage.roadmap_id, lambda access, **v: edit_stage(access, stage_id=stage_id, **v)
        )
        if saved:
            return saved
    return render(request, "roadmap/stage_form.html", {"form": form, "roadmap": stage.roadmap, "stage": stage})


def _move_stage(access: Access, stage_id: int, *, is_up: bool) -> HttpResponse:
    stage = get_object_or_404(Stage.objects.visible_to(access), pk=stage_id)
    move_stage(access, stage_id=stage_id, is_up=is_up)
    return redirect("roadmap_detail", access.organisation.slug, stage.roadmap_id)


@requires(Permission.ROADMAP_EDIT)
@post_only
def stage_up(request: HttpRequest, access: Access, stage_id: int) -> HttpResponse:
    """Move a section up."""
    return _move_stage(access, stage_id, is_up=True)


@requires(Permission.ROADMAP_EDIT)
@post_only
def stage_down(request: HttpRequest, access: Access, stage_id: int) -> HttpResponse:
    """Move a section down."""
    return _move_stage(access, stage_id, is_up=False)


@requires(Permission.ROADMAP_EDIT)
@post_only
def stage_delete(request: HttpRequest, access: Access, stage_id: int) -> HttpResponse:
    """Take an empty section out of a plan."""
    stage = get_object_or_404(Stage.objects.visible_to(access), pk=stage_id)
    try:
        delete_stage(access, stage_id=stage_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("roadmap_detail", access.organisation.slug, stage.roadmap_id)


@requires(Permission.ROADMAP_EDIT)
def duty_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Whom the plans' words for a responsible mean."""
    return render(request, "roadmap/duty_list.html", {"lines": duty_lines(access)})


@requires(Permission.ROADMAP_EDIT)
def duty_edit(request: HttpRequest, access: Access) -> HttpResponse:
    """Say whom some words mean."""
    words = request.GET.get("words", "")
    line = next((each for each in duty_lines(access) if each.words == words), None)
    if line is None:
        raise Http404
    initial = {
        "roles": [duty.role for duty in line.duties if duty.role],
        "persons": [duty.person_id for duty in line.duties if duty.person_id],
    }
    form = DutyForm(request.POST or None, access=access, initial=initial)
    if form.is_valid():
        ids = [person.pk for person in form.cleaned_data["persons"]]
        set_duty(access, words=words, roles=form.cleaned_data["roles"], person_ids=ids)
        messages.success(request, f"Запомнили, кто это: «{words}».")
        return redirect("duty_list", access.organisation.slug)
    return render(request, "roadmap/duty_form.html", {"form": form, "line": line})
