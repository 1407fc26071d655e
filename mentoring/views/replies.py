"""Answers to proposed pairings: a participant's own page, and what a curator records and asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.domain.pairing_states import PairingState
from mentoring.forms.replies import RefusalForm
from mentoring.models import Pairing
from mentoring.operations.replies import Asked, ask_participants, record_reply, reply_to_pairing
from mentoring.queries.replies import may_reply, own_offer, own_offers, proposed_ids
from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires

LETTERS = ("письмо", "письма", "писем")
MOST_NAMES = 5


@requires(Permission.OWN_PAGES)
def my_pair(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """A pairing proposed to the asker: who with, until when, what follows, and the two buttons."""
    pairing = get_object_or_404(own_offers(access), pk=pairing_id)
    return render(request, "mentoring/my_pair.html", {"offer": own_offer(access, pairing)})


def _answer(request: HttpRequest, access: Access, pairing_id: int, *, is_willing: bool) -> HttpResponse:
    get_object_or_404(own_offers(access), pk=pairing_id)
    form = RefusalForm(request.POST, access=access)
    try:
        if not form.is_valid():
            raise RefusedError(form.fault())
        reason = form.cleaned_data["reason"]
        pairing = reply_to_pairing(access, pairing_id=pairing_id, is_willing=is_willing, reason=reason)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _thanks(pairing, is_willing))
    return redirect("my_pair", access.organisation.slug, pairing_id)


def _thanks(pairing: Pairing, is_willing: bool) -> str:
    if not is_willing:
        return "Ответ принят. Дальше решает куратор."
    return "Спасибо! Пара согласована." if pairing.state == PairingState.AGREED else "Спасибо! Ответ принят."


@requires(Permission.OWN_PAGES)
@post_only
def my_pair_agree(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Agree to a proposed pairing."""
    return _answer(request, access, pairing_id, is_willing=True)


@requires(Permission.OWN_PAGES)
@post_only
def my_pair_refuse(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Refuse a proposed pairing, with a reason or without."""
    return _answer(request, access, pairing_id, is_willing=False)


def _record(request: HttpRequest, access: Access, pairing_id: int, person_id: int, *, is_willing: bool) -> HttpResponse:
    get_object_or_404(may_reply(access, person_id), pk=pairing_id)
    form = RefusalForm(request.POST, access=access)
    try:
        if not form.is_valid():
            raise RefusedError(form.fault())
        reason = form.cleaned_data["reason"]
        pairing = record_reply(access, pairing_id=pairing_id, person_id=person_id, is_willing=is_willing, reason=reason)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _recorded(pairing, is_willing))
    return redirect("pair_detail", access.organisation.slug, pairing_id)


def _recorded(pairing: Pairing, is_willing: bool) -> str:
    if pairing.state == PairingState.DECLINED:
        return "Отказ внесён: пара отклонена, наставляемые снова в очереди."
    if not is_willing:
        return "Отказ внесён: человек выбыл из группы, остальные остаются."
    return "Ответ внесён: все согласны." if pairing.state == PairingState.AGREED else "Ответ внесён."


@requires(Permission.PAIRINGS_EDIT)
@post_only
def pair_willing(request: HttpRequest, access: Access, pairing_id: int, person_id: int) -> HttpResponse:
    """Record that somebody of a pairing agrees, by a paper."""
    return _record(request, access, pairing_id, person_id, is_willing=True)


@requires(Permission.PAIRINGS_EDIT)
@post_only
def pair_unwilling(request: HttpRequest, access: Access, pairing_id: int, person_id: int) -> HttpResponse:
    """Record that somebody of a pairing refuses, by a paper."""
    return _record(request, access, pairing_id, person_id, is_willing=False)


@requires(Permission.PAIRINGS_EDIT)
@post_only
def pair_ask(request: HttpRequest, access: Access, pairing_id: int) -> HttpResponse:
    """Ask those of a proposed pairing who have not answered."""
    get_object_or_404(Pairing.objects.visible_to(access), pk=pairing_id)
    messages.success(request, asked_words(ask_participants(access, pairing_ids=[pairing_id])))
    return redirect("pair_detail", access.organisation.slug, pairing_id)


@requires(Permission.PAIRINGS_EDIT)
@post_only
def pair_ask_all(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask everybody who has not answered a proposal."""
    messages.success(request, asked_words(ask_participants(access, pairing_ids=proposed_ids(access))))
    return redirect("pair_list", access.organisation.slug)


def asked_words(asked: Asked) -> str:
    """What asking has come to, and who is left to be reached in person."""
    told = f"Отправляем {counted(asked.letters, *LETTERS)}." if asked.letters else "Новых писем на сегодня нет."
    for people, words in (
        (asked.without_address, "Без почты, дайте им личную ссылку"),
        (asked.minors, "Несовершеннолетние, ответ представителя внесите с бумаги"),
    ):
        if people:
            names = ", ".join(person.short_name for person in people[:MOST_NAMES])
            more = f" и ещё {len(people) - MOST_NAMES}" if len(people) > MOST_NAMES else ""
            told += f" {words}: {names}{more}."
    return told
