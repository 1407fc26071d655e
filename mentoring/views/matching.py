"""Matching: starting a run, its board, changes on it, accepting what it proposes, comparing runs."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring.domain.matching.change_words import change_words, move_words
from mentoring.domain.matching.groups import groups
from mentoring.forms.matching import StartForm, TermsForm
from mentoring.models import MatchingRun, MatchingStep
from mentoring.operations.matching import Effect, start_matching, take_step, undo_step
from mentoring.operations.proposals import Outcome, accept_proposals
from mentoring.queries.matching_board import Board, lines_going_out, mentor_tiles, with_reasons
from mentoring.queries.matching_card import mentee_card
from mentoring.queries.matching_decisions import fingerprint
from mentoring.queries.matching_runs import compared, run_list, solved_run
from mentoring.resources import run_xlsx
from mentoring.views.replies import asked_words
from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of, whole_numbers, xlsx_answer

LISTED = 40
"""Up to so many open pairs are listed for choosing; of more, all are accepted or one by one."""

PRINTED = 50
REFUSALS_TOLD = 5


@requires(Permission.PAIRINGS_EDIT)
@post_only
def matching_start(request: HttpRequest, access: Access) -> HttpResponse:
    """Have the best pairs of both banks found."""
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Выберите, что важнее, из списка.")
        return redirect("matching_now", access.organisation.slug)
    try:
        job = start_matching(access, objective=form.objective_chosen(), has_district=form.cleaned_data["has_district"])
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("matching_now", access.organisation.slug)
    return redirect("job_detail", access.organisation.slug, job.pk)


@requires(Permission.PAIRINGS_EDIT)
def matching_runs(request: HttpRequest, access: Access) -> HttpResponse:
    """All runs, newest first."""
    return render(request, "mentoring/run_list.html", {"page": page_of(request, run_list(access))})


def _board_of(access: Access, run_id: int) -> Board | None:
    """The board; None while the run is being solved, 404 for strangers."""
    run = get_object_or_404(MatchingRun.objects.visible_to(access), pk=run_id)
    return Board(access, run) if run.state == MatchingRun.State.SOLVED else None


@requires(Permission.PAIRINGS_EDIT)
def run_board(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """Proposals by mentees: the list, one mentee's card, why not another mentor."""
    board = _board_of(access, run_id)
    if board is None:
        return render(request, "mentoring/run_waiting.html")
    search, only = request.GET.get("q", ""), request.GET.get("only", "")
    page = page_of(request, board.shown(search=search, only=only))
    chosen = request.GET.get("mentee") or next((line.id for line in page), "")
    card = mentee_card(board, chosen, why=request.GET.get("why", ""))
    context = {
        "board": board,
        "page": page,
        "card": card,
        "q": search,
        "only": only,
        "is_chosen": "mentee" in request.GET,
    }
    return render(request, "mentoring/run_board.html", context)


@requires(Permission.PAIRINGS_EDIT)
def run_mentors(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """The same by mentors: who is proposed to whom, moved by dragging or by a list."""
    board = _board_of(access, run_id)
    if board is None:
        return render(request, "mentoring/run_waiting.html")
    search = request.GET.get("q", "")
    page = page_of(request, mentor_tiles(board, search=search))
    wanted = request.GET.get("mentee", "")
    context = {
        "board": board,
        "page": page,
        "alone": [line for line in board.lines if line.is_alone],
        "q": search,
        "mentee": next((line for line in board.lines if line.id == wanted), None),
    }
    return render(request, "mentoring/run_mentors.html", context)


def _take(request: HttpRequest, access: Access, run_id: int, kind: MatchingStep.Kind, done: str) -> HttpResponse:
    """Press a button of the board: the step, its effect in words, and back to the same mentee."""
    get_object_or_404(MatchingRun.objects.visible_to(access), pk=run_id)
    mentee, mentor = request.POST.get("mentee", ""), request.POST.get("mentor", "")
    reason = request.POST.get("reason", "")[:300]
    try:
        effect = take_step(access, run_id=run_id, kind=kind, mentee=mentee, mentor=mentor, reason=reason)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, access, run_id, effect, done)
    return redirect(_back(request, access, run_id, mentee))


def _back(request: HttpRequest, access: Access, run_id: int, mentee: str) -> str:
    if request.POST.get("view") == "mentors":
        return reverse("run_mentors", args=[access.organisation.slug, run_id])
    query = f"?{urlencode({'mentee': mentee})}" if mentee else ""
    return reverse("run_board", args=[access.organisation.slug, run_id]) + query


def _tell(request: HttpRequest, access: Access, run_id: int, effect: Effect, done: str) -> None:
    if effect.step is None:
        messages.success(request, "Так уже и есть.")
        return
    names = Board(access, solved_run(access, run_id)).names if effect.change.moves else {}
    words = [done, *change_words(effect.change, effect.total, is_done=True)]
    moves = "; ".join(move_words(effect.change.moves, names))
    messages.success(request, " ".join(words) + (f" {moves}." if moves else ""))


@requires(Permission.PAIRINGS_EDIT)
@post_only
def run_pin(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """Fix a pair: the rest is found around it."""
    return _take(request, access, run_id, MatchingStep.Kind.PIN, "Пара закреплена.")


@requires(Permission.PAIRINGS_EDIT)
@post_only
def run_unpin(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """Let a fixed pair go."""
    return _take(request, access, run_id, MatchingStep.Kind.UNPIN, "Закрепление снято.")


@requires(Permission.PAIRINGS_EDIT)
@post_only
def run_ban(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """Forbid a pair, with a reason."""
    return _take(request, access, run_id, MatchingStep.Kind.BAN, "Пара запрещена.")


@requires(Permission.PAIRINGS_EDIT)
@post_only
def run_undo(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """Take the last change back."""
    get_object_or_404(MatchingRun.objects.visible_to(access), pk=run_id)
    try:
        number = next(iter(whole_numbers([request.POST.get("step", "")])), 0)
        effect = undo_step(access, run_id=run_id, number=number)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, access, run_id, effect, "Последнее изменение отменено.")
    return redirect(_back(request, access, run_id, ""))


@requires(Permission.PAIRINGS_EDIT)
def run_accept(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """Choose which proposals become pairs, and on what terms."""
    board = _board_of(access, run_id)
    if board is None:
        return render(request, "mentoring/run_waiting.html")
    form = TermsForm(request.POST or None, access=access)
    if form.is_valid():
        wanted = request.POST.getlist("mentee") or (
            [line.id for line in board.lines if line.is_open] if "everybody" in request.POST else []
        )
        try:
            seen = request.POST.get("seen", "")
            outcome = accept_proposals(access, run_id=run_id, mentees=wanted, seen=seen, terms=form.terms())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell_outcome(request, board, outcome)
            return redirect("run_board", access.organisation.slug, run_id)
    return render(request, "mentoring/run_accept.html", _accept_context(request, board, form))


def _accept_context(request: HttpRequest, board: Board, form: TermsForm) -> dict[str, object]:
    lines = [line for line in board.lines if line.is_open]
    only = request.GET.get("mentee", "")
    chosen = [line for line in lines if line.id == only] if only else lines
    pairs = [line.pair for line in chosen]
    found = [
        (board.names[group.mentor], [board.names[mentee] for mentee in group.mentees], group.topic)
        for group in groups(pairs, board.mentees)
    ]
    return {
        "board": board,
        "form": form,
        "lines": chosen,
        "is_listed": len(chosen) <= LISTED,
        "groups": found[:LISTED],
        "seen": fingerprint(board.solution),
    }


def _tell_outcome(request: HttpRequest, board: Board, outcome: Outcome) -> None:
    if outcome.pairings:
        words = counted(len(outcome.pairings), "пара предложена", "пары предложены", "пар предложено")
        asked = f" {asked_words(outcome.asked)}" if outcome.asked else ""
        messages.success(request, f"{words}: ждём ответа обеих сторон.{asked}")
    for refusal in outcome.refusals[:REFUSALS_TOLD]:
        messages.error(request, f"{board.names[refusal.mentee]}: не предложено — {refusal.words}")
    if len(outcome.refusals) > REFUSALS_TOLD:
        messages.error(request, f"Не предложено ещё пар: {len(outcome.refusals) - REFUSALS_TOLD}.")


@requires(Permission.PAIRINGS_EDIT)
def run_compare(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """This run beside an earlier one."""
    later = get_object_or_404(MatchingRun.objects.visible_to(access), pk=run_id, state=MatchingRun.State.SOLVED)
    others = run_list(access).filter(state=MatchingRun.State.SOLVED).exclude(pk=run_id)[:LISTED]
    number = request.GET.get("with", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    earlier = MatchingRun.objects.visible_to(access).filter(pk=number).first() if is_number else None
    context = {"run": later, "others": others, "earlier": earlier, "comparison": None}
    if earlier and earlier.state == MatchingRun.State.SOLVED:
        context["comparison"] = comparison = compared(access, earlier, later)
        page = page_of(request, comparison.moves)
        context |= {"page": page, "moves": [next(move_words((move,), comparison.names)) for move in page]}
    return render(request, "mentoring/run_compare.html", context)


@requires(Permission.PAIRINGS_EDIT)
def run_export(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """The board as a spreadsheet: everybody's proposal with its reasons."""
    board = _board_of(access, run_id)
    if board is None:
        return render(request, "mentoring/run_waiting.html")
    rows = with_reasons(board, lines_going_out(access, board))
    return xlsx_answer(run_xlsx(rows, board.most_points), f"matching-{run_id}")


@requires(Permission.PAIRINGS_EDIT)
def run_print(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """The board as pages to print."""
    board = _board_of(access, run_id)
    if board is None:
        return render(request, "mentoring/run_waiting.html")
    page = page_of(request, lines_going_out(access, board), rows_on_page=PRINTED)
    page.object_list = with_reasons(board, page.object_list)
    return render(request, "mentoring/run_print.html", {"board": board, "page": page})
