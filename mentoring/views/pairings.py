"""Pairs and groups: list, card, proposing, agreeing, pausing; and the orders that change them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.domain.pairing_states import ANSWERABLE
from mentoring.domain.vocabulary import EndGround
from mentoring.forms.pairings import EndingForm, ExtensionForm, PairingForm, ReplacementForm
from mentoring.models import AssignmentOrder, Pairing
from mentoring.operations.order_drafts import draft_ending, draft_extension, draft_replacement
from mentoring.operations.pairings import agree_pairing, decline_pairing, propose_pairing, set_pause
from mentoring.queries.pairings import (
    count_by_group,
    order_lines_of,
    pair_rows,
    pairing_of,
    pairs_for_export,
    party_lines,
)
from mentoring.resources import pairs_xlsx
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of, xlsx_answer


@requires(Permission.PAIRINGS_VIEW)
def pairing_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Pairs and groups."""
    search, states = request.GET.get("q", ""), request.GET.get("states", "")
    page = page_of(request, pair_rows(access, search=search, states=states))
    context = {"page": page, "q": search, "states": states, "counts": count_by_group(access)}
    return render(request, "mentoring/pair_list.html", context)


@requires(Permission.PAIRINGS_VIEW)
def pairing_export(request: HttpRequest, access: Access) -> HttpResponse:
    """The list as shown, as a spreadsheet; pairings with somebody without a consent stay out."""
    search, states = request.GET.get("q", ""), request.GET.get("states", "")
    return xlsx_answer(pairs_xlsx(pairs_for_export(access, search, states)), f"pairs-{access.today:%Y-%m-%d}")


@requires(Permission.PAIRINGS_VIEW)
def pairing_detail(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """One pair or group: who, until when, which orders, and the next step."""
    get_object_or_404(Pairing.objects.visible_to(access), pk=pairing_id)
    pairing = pairing_of(access, pairing_id)
    parties, lines = party_lines(access, pairing), order_lines_of(access, pairing)
    context = {
        "pairing": pairing,
        "parties": parties,
        "lines": lines,
        "is_asked": any(party.letter for party in parties),
        "is_open": pairing.state in ANSWERABLE and not lines and access.may(Permission.PAIRINGS_EDIT),
    }
    return render(request, "mentoring/pair_detail.html", context)


@requires(Permission.PAIRINGS_EDIT)
def pairing_propose(request: HttpRequest, access: Access) -> HttpResponse:
    """Put a mentor and mentees together."""
    initial = {"mentees": request.GET.getlist("mentee"), "mentor": request.GET.get("mentor")}
    form = PairingForm(request.POST or None, access=access, initial=initial)
    if form.is_valid():
        mentees = [person.pk for person in form.cleaned_data["mentees"]]
        mentor = form.cleaned_data["mentor"]
        try:
            pairing = propose_pairing(access, mentor_id=mentor.pk, mentee_ids=mentees, terms=form.terms())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Пара предложена. Проверьте согласия и согласуйте её.")
            return redirect("pair_detail", access.organisation.slug, pairing.pk)
    return render(request, "mentoring/pair_form.html", {"form": form})


def _press(
    request: HttpRequest, access: Access, pairing_id: int, operation: Callable[..., object], done: str, **words: object
) -> HttpResponse:
    get_object_or_404(Pairing.objects.visible_to(access), pk=pairing_id)
    try:
        operation(access, pairing_id=pairing_id, **words)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("pair_detail", access.organisation.slug, pairing_id)


@requires(Permission.PAIRINGS_EDIT)
@post_only
def pairing_agree(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Note that both sides agree."""
    return _press(request, access, pairing_id, agree_pairing, "Пара согласована: её можно включить в приказ.")


@requires(Permission.PAIRINGS_EDIT)
@post_only
def pairing_decline(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Withdraw a proposal."""
    return _press(request, access, pairing_id, decline_pairing, "Предложение отклонено, наставляемые снова в очереди.")


@requires(Permission.PAIRINGS_EDIT)
@post_only
def pairing_pause(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Pause a working pair."""
    return _press(request, access, pairing_id, set_pause, "Работа пары приостановлена.", is_paused=True)


@requires(Permission.PAIRINGS_EDIT)
@post_only
def pairing_resume(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Let a paused pair work on."""
    return _press(request, access, pairing_id, set_pause, "Пара снова работает.", is_paused=False)


def _change(
    request: HttpRequest,
    access: Access,
    pairing: Pairing,
    form: object,
    draft: Callable[[], AssignmentOrder],
    title: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            order = draft()
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Проект приказа готов. Проверьте текст.")
            return redirect("order_detail", access.organisation.slug, order.pk)
    return render(request, "mentoring/pair_change.html", {"form": form, "pairing": pairing, "title": title})


def _pairing(access: Access, pairing_id: int) -> Pairing:
    return get_object_or_404(Pairing.objects.visible_to(access).select_related("mentor"), pk=pairing_id)


@requires(Permission.DOCUMENTS_DRAFT)
def pairing_end(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Draft the order that ends a pair."""
    pairing, form = _pairing(access, pairing_id), EndingForm(request.POST or None, access=access)

    def draft() -> AssignmentOrder:
        values = form.cleaned_data
        ground = EndGround(values["ground"])
        return draft_ending(access, pairing_id=pairing_id, last_day=values["last_day"], ground=ground)

    return _change(request, access, pairing, form, draft, "Прекратить наставничество")


@requires(Permission.DOCUMENTS_DRAFT)
def pairing_extend(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Draft the order that prolongs a pair."""
    pairing, form = _pairing(access, pairing_id), ExtensionForm(request.POST or None, access=access)

    def draft() -> AssignmentOrder:
        return draft_extension(access, pairing_id=pairing_id, last_day=form.cleaned_data["last_day"])

    return _change(request, access, pairing, form, draft, "Продлить наставничество")


@requires(Permission.DOCUMENTS_DRAFT)
def pairing_replace(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Draft the order that replaces the mentor."""
    pairing = _pairing(access, pairing_id)
    form = ReplacementForm(request.POST or None, access=access, pairing=pairing)

    def draft() -> AssignmentOrder:
        values = form.cleaned_data
        return draft_replacement(
            access,
            pairing_id=pairing_id,
            mentor_id=values["mentor"].pk,
            last_day=values["last_day"],
            over_capacity_reason=values["over_capacity_reason"],
        )

    return _change(request, access, pairing, form, draft, "Заменить наставника")
