"""The pages behind a personal link to a questionnaire: the form, keeping the draft, sending it.

Nobody is logged in here and no cookie is read or set: the address, which nobody can guess, is the permission. That is
also why these pages need no token against forged requests: a forger would have to know the address.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from people.domain.refusal import RefusedError
from people.gate import may_try, post_only
from surveys.markup import PREFIX, form_page
from surveys.operations.answering import (
    CLOSED_FOR_GOOD,
    EMPTY,
    GONE,
    MOST_SECONDS,
    NO_CONSENT,
    Kept,
    refusal_of,
    save_answers,
    send_answers,
)
from surveys.queries.answering import Door, DoorState, door_of, local_day

SAVED = "Сохранено. Продолжить можно по этой же ссылке."
WRONG = "Проверьте эти ответы, остальные сохранены:"
UNSENT = "Анкета не отправлена. Проверьте эти ответы, остальные сохранены:"
UNANSWERED = "Вы не успели ответить: спросите у куратора, продлит ли он срок."
UNSENT_DRAFT = "Ваши ответы не отправлены, они сохранены: спросите у куратора, продлит ли он срок."
ALREADY = "Анкета уже отправлена"


@login_not_required
@never_cache
@require_safe
def answer_form(request: HttpRequest, token: str) -> HttpResponse:
    """What the link opens: the form, or why there is none. A whole class may come from one address by its own links."""
    door = door_of(token, timezone.now())
    if door is None:
        return _gone(request)
    if door.state != DoorState.OPEN:
        return _page(_state_page(door, has_just_sent="sent" in request.GET))
    return _page(form_page(door, sent={}, faults={}, note=SAVED if "saved" in request.GET else ""))


@csrf_exempt
@login_not_required
@never_cache
@post_only
def answer_save(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what was sent in the draft; a script gets JSON, a person the form again."""
    try:
        kept = save_answers(
            token=token, at=timezone.now(), sent=_sent(request), seconds=_seconds(request), secret=_secret(request)
        )
    except RefusedError:
        return _gone(request)
    if _is_script(request):
        refusal = kept.refusal or ("" if kept.is_kept else ALREADY)
        return JsonResponse({"saved": kept.is_kept, "faults": kept.faults, "refusal": refusal})
    if kept.faults:
        return _form_again(request, token, kept, WRONG)
    return _to_form(token, saved=1)


@csrf_exempt
@login_not_required
@never_cache
@post_only
def answer_send(request: HttpRequest, token: str) -> HttpResponse:
    """Send the sheet; with faults the form again, with everything that was typed."""
    try:
        kept = send_answers(
            token=token,
            at=timezone.now(),
            sent=_sent(request),
            is_whole="whole" in request.POST,
            seconds=_seconds(request),
            secret=_secret(request),
        )
    except RefusedError:
        return _gone(request)
    is_sent = kept.is_kept and not kept.faults and not kept.refusal
    if _is_script(request):
        is_shut = kept.refusal not in ("", EMPTY)
        told = {"sent": is_sent, "saved": kept.is_kept, "faults": kept.faults, "refusal": kept.refusal}
        return JsonResponse(told | {"is_shut": is_shut})
    if is_sent:
        return _to_form(token, sent=1)
    return _form_again(request, token, kept, kept.refusal or UNSENT)


def _sent(request: HttpRequest) -> dict[str, list[str]]:
    """The answers among the fields, by answer key."""
    fields = request.POST.lists()
    return {name.removeprefix(PREFIX): values for name, values in fields if name.startswith(PREFIX)}


def _seconds(request: HttpRequest) -> int:
    """How long somebody was busy since the last saving; nonsense is no time."""
    text = request.POST.get("seconds", "")
    return min(int(text), MOST_SECONDS) if text.isdecimal() and len(text) < 6 else 0


def _secret(request: HttpRequest) -> str | None:
    return request.POST.get("secret")


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _form_again(request: HttpRequest, token: str, kept: Kept, note: str) -> HttpResponse:
    """The form with what was typed and what is wrong with it; another page, if the door has closed meanwhile."""
    door = door_of(token, timezone.now())
    if door is None:
        return _gone(request)
    if door.state != DoorState.OPEN:
        return _page(_state_page(door, has_just_sent=False))
    return _page(form_page(door, sent=_sent(request), faults=kept.faults, note=note, secret=_secret(request)))


def _to_form(token: str, **question: int) -> HttpResponse:
    return redirect(f"{reverse('answer_form', args=[token])}?{urlencode(question)}")


def _page(html: str, status: int = 200) -> HttpResponse:
    """A page whose address goes nowhere else."""
    return HttpResponse(html, status=status, headers={"Referrer-Policy": "no-referrer"})


def _gone(request: HttpRequest) -> HttpResponse:
    """The same words whether the link never existed or opens nothing any more; who tries many of those waits."""
    if not may_try(request, "personal_link"):
        return render(request, "429.html", status=429)
    if _is_script(request):
        told = {"sent": False, "saved": False, "faults": {}, "refusal": GONE, "is_shut": True}
        return JsonResponse(told, status=404)
    context = {"heading": "Анкета не открылась", "organisation": "", "lines": [GONE], "is_over": False}
    return _page(render_to_string("surveys/answer_state.html", context), status=404)


def _state_page(door: Door, *, has_just_sent: bool) -> str:
    heading, *lines = {
        DoorState.ANSWERED: _answered,
        DoorState.CLOSED: _closed,
        DoorState.EARLY: _early,
        DoorState.NO_CONSENT: _no_consent,
    }[door.state](door)
    if has_just_sent and door.state == DoorState.ANSWERED:
        heading = "Анкета отправлена"
    context = {
        "heading": heading,
        "organisation": door.organisation.short_name,
        "lines": [f"«{door.questionnaire.title}»", *lines],
        "is_over": door.state == DoorState.ANSWERED or refusal_of(door) == CLOSED_FOR_GOOD,
    }
    return render_to_string("surveys/answer_state.html", context)


def _answered(door: Door) -> tuple[str, ...]:
    day = format_date(door.invitation.answered_on, "j E")
    if door.invitation.is_on_paper:
        return ALREADY, f"Ваши ответы внесены с бумаги {day}. Спасибо!"
    return ALREADY, f"Спасибо! Ответы получены {day}, изменить их уже нельзя. Если отправляли ещё раз, учтены первые."


def _closed(door: Door) -> tuple[str, ...]:
    refusal = refusal_of(door)
    if refusal == CLOSED_FOR_GOOD:
        return "Анкета закрыта", refusal
    closed_at = door.wave.closed_at
    last = min(door.wave.closes_on, local_day(door.organisation, closed_at)) if closed_at else door.wave.closes_on
    over = f"Анкетирование завершено {format_date(last, 'd.m')}."
    return "Анкета закрыта", f"{over} {UNSENT_DRAFT if door.answers else UNANSWERED}"


def _early(door: Door) -> tuple[str, ...]:
    if door.wave.opens_on > door.today:
        opens = f"Откроется {format_date(door.wave.opens_on, 'j E')}."
    else:
        opens = "Куратор ещё не открыл её."
    return "Анкета ещё не открыта", f"{opens} Приходите по этой же ссылке."


def _no_consent(door: Door) -> tuple[str, ...]:
    if door.invitation.about_id is not None:
        return "Ответить сейчас нельзя", "Эти сведения сейчас не собирают. Спросите у куратора."
    return "Ответить сейчас нельзя", NO_CONSENT
