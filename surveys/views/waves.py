"""Waves as a curator runs them: list, preparing, one wave, its next steps."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of, xlsx_answer
from surveys.domain.questionnaire import Purpose
from surveys.forms.waves import ProlongForm, WaveForm, initial_for, initial_of
from surveys.models import Questionnaire, Wave
from surveys.operations.closing import close_wave
from surveys.operations.letters import remind, start_sending
from surveys.operations.questionnaires import take_template
from surveys.operations.waves import ask_newcomers, change_wave, discard_wave, draft_wave, launch_wave, prolong_wave
from surveys.queries.questionnaires import questionnaire_lines, questionnaire_list, template_lines
from surveys.queries.readers import next_readers
from surveys.queries.statements import statement_count
from surveys.queries.waves import (
    ANSWERED_CHOICES,
    invited_people,
    selection,
    wave_lines,
    wave_page,
    waves_with_questionnaires,
)
from surveys.queries.waves import wave_list as waves_in
from surveys.resources import invited_xlsx

State = Wave.State

PEOPLE_ON_PAGE = 12
"""Each of them comes with steps to take, so the page would grow too heavy with more."""


def wave_or_404(access: Access, wave_id: int) -> Wave:
    return get_object_or_404(waves_with_questionnaires(access), pk=wave_id)


@requires(Permission.SURVEYS_VIEW)
def wave_list(request: HttpRequest, access: Access) -> HttpResponse:
    """What runs, what is being prepared, what is over."""
    page = page_of(request, waves_in(access, State.CLOSED))
    drafts = waves_in(access, State.DRAFT) if access.may(Permission.SURVEYS_EDIT) else ()
    context = {
        "running": wave_lines(waves_in(access, State.OPEN)),
        "drafts": wave_lines(drafts),
        "finished": wave_lines(page),
        "page": page,
        # Who reads them has a page of them; the others learn only how many there are.
        "statements": 0 if access.may(Permission.STATEMENTS_READ) else statement_count(access),
    }
    return render(request, "surveys/wave_list.html", context)


@requires(Permission.SURVEYS_EDIT)
def wave_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Prepare a wave; without a questionnaire in the address it is chosen first."""
    chosen = request.GET.get("questionnaire", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        return _choose(request, access)
    questionnaires = Questionnaire.objects.visible_to(access).filter(archived_at__isnull=True)
    questionnaire = get_object_or_404(questionnaires.exclude(purpose=Purpose.STATEMENT), pk=int(chosen))
    initial = initial_for(access, questionnaire)
    form = WaveForm(request.POST or None, access=access, questionnaire=questionnaire, initial=initial)
    if form.is_valid():
        try:
            wave = draft_wave(access, questionnaire_id=questionnaire.pk, values=form.values())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Готово. Проверьте, кого спросим, и запустите.")
            return redirect("wave_detail", access.organisation.slug, wave.pk)
    context = {"form": form, "questionnaire": questionnaire, "wave": None, "selection": None}
    return render(request, "surveys/wave_form.html", context)


def _choose(request: HttpRequest, access: Access) -> HttpResponse:
    own = questionnaire_list(access).exclude(purpose=Purpose.STATEMENT)
    library = [line for line in template_lines(access) if line.template.purpose != Purpose.STATEMENT]
    context = {"own": questionnaire_lines(own), "library": [line for line in library if not line.taken_id]}
    return render(request, "surveys/wave_choose.html", context)


@requires(Permission.SURVEYS_EDIT)
@post_only
def wave_from_template(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Take a questionnaire of the library and go on to its wave."""
    try:
        taken = take_template(access, key=key)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("wave_new", access.organisation.slug)
    answer = redirect("wave_new", access.organisation.slug)
    answer["Location"] += f"?questionnaire={taken.pk}"
    return answer


@requires(Permission.SURVEYS_EDIT)
def wave_edit(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Change a wave in preparation."""
    wave = wave_or_404(access, wave_id)
    if wave.state != State.DRAFT:
        return redirect("wave_detail", access.organisation.slug, wave.pk)
    found, questionnaire = selection(access, wave), wave.version.questionnaire
    people = [each.person for each in (*found.people, *found.left_out)]
    initial = initial_of(wave)
    form = WaveForm(request.POST or None, access=access, questionnaire=questionnaire, selected=people, initial=initial)
    if form.is_valid():
        try:
            change_wave(access, wave_id=wave.pk, values=form.values())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Сохранено.")
            return redirect("wave_detail", access.organisation.slug, wave.pk)
    context = {"form": form, "questionnaire": questionnaire, "wave": wave, "selection": found}
    return render(request, "surveys/wave_form.html", context)


@requires(Permission.SURVEYS_VIEW)
def wave_detail(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """A wave with everybody it asks; who may not see that is led to its results."""
    wave = wave_or_404(access, wave_id)
    if not access.may(Permission.SURVEYS_EDIT):
        return redirect("wave_results", access.organisation.slug, wave.pk)
    search, answered = request.GET.get("q", ""), request.GET.get("answered", "")
    people = invited_people(access, wave, search=search, answered=answered)
    context = {
        "view": wave_page(access, wave),
        "can_hand_over": wave.state != State.DRAFT and next_readers(access, wave).exists(),
        "wave": wave,
        "selection": selection(access, wave) if wave.state == State.DRAFT else None,
        "page": page_of(request, people, rows_on_page=PEOPLE_ON_PAGE),
        "q": search,
        "answered": answered,
        "choices": ANSWERED_CHOICES,
    }
    return render(request, "surveys/wave_detail.html", context)


@requires(Permission.SURVEYS_EDIT)
def wave_invited(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """The list of those asked, as shown, as a spreadsheet."""
    wave = wave_or_404(access, wave_id)
    search, answered = request.GET.get("q", ""), request.GET.get("answered", "")
    rows = invited_people(access, wave, search=search, answered=answered)
    return xlsx_answer(invited_xlsx(rows), f"survey-{wave.pk}-invited")


def _press(request: HttpRequest, access: Access, wave_id: int, step: Callable[[], str]) -> HttpResponse:
    """Take one step of a wave; `step` gives what to say. Letters it has queued go at once, with their progress."""
    wave_or_404(access, wave_id)
    try:
        done = step()
    except RefusedError as refusal:
        for line in str(refusal).splitlines():
            messages.error(request, line)
        return redirect("wave_detail", access.organisation.slug, wave_id)
    messages.success(request, done)
    job = start_sending(access, wave_id=wave_id)
    if job is not None:
        return redirect("job_detail", access.organisation.slug, job.pk)
    return redirect("wave_detail", access.organisation.slug, wave_id)


@requires(Permission.SURVEYS_EDIT)
@post_only
def wave_launch(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Put a wave before its audience."""

    def step() -> str:
        wave = launch_wave(access, wave_id=wave_id)
        asked = counted(wave.invitations.count(), "человек", "человека", "человек")
        return f"Анкетирование запущено, спрашиваем: {asked}. Тем, у кого нет почты, раздайте QR-коды."

    return _press(request, access, wave_id, step)


@requires(Permission.SURVEYS_EDIT)
@post_only
def wave_people(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Ask those who have come since the launch."""

    def step() -> str:
        new = ask_newcomers(access, wave_id=wave_id)
        return f"Добавлено: {counted(new, 'человек', 'человека', 'человек')}." if new else "Новых людей не появилось."

    return _press(request, access, wave_id, step)


@requires(Permission.SURVEYS_EDIT)
@post_only
def wave_remind(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Write once more to those who have not answered."""

    def step() -> str:
        letters = counted(remind(access, wave_id=wave_id), "напоминание", "напоминания", "напоминаний")
        return f"Новых на сегодня: {letters}."

    return _press(request, access, wave_id, step)


@requires(Permission.SURVEYS_EDIT)
@post_only
def wave_close(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """End a wave now."""
    return _press(request, access, wave_id, lambda: close_wave(access, wave_id=wave_id) and "Завершено, итоги готовы.")


@requires(Permission.SURVEYS_EDIT)
@post_only
def wave_discard(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Throw a wave in preparation away."""
    wave_or_404(access, wave_id)
    try:
        discard_wave(access, wave_id=wave_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("wave_detail", access.organisation.slug, wave_id)
    messages.success(request, "Черновик анкетирования убран. Анкета осталась.")
    return redirect("wave_list", access.organisation.slug)


@requires(Permission.SURVEYS_EDIT)
def wave_prolong(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Set another last day."""
    wave = wave_or_404(access, wave_id)
    form = ProlongForm(request.POST or None, access=access, initial={"closes_on": wave.closes_on})
    if form.is_valid():
        try:
            prolong_wave(access, wave_id=wave.pk, closes_on=form.cleaned_data["closes_on"])
        except RefusedError as refusal:
            form.add_error("closes_on", str(refusal))
        else:
            messages.success(request, "Срок изменён, ссылки те же.")
            return redirect("wave_detail", access.organisation.slug, wave.pk)
    return render(request, "surveys/wave_prolong.html", {"form": form, "wave": wave})
