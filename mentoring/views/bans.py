"""Bans: the list, its export and print, a new one, lifting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.forms.bans import BanForm
from mentoring.models import PairBan
from mentoring.operations.bans import ban_pair, lift_ban
from mentoring.queries.bans import ban_list as standing_bans
from mentoring.queries.bans import bans_for_export
from mentoring.resources import bans_xlsx
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of, xlsx_answer


@requires(Permission.PAIRINGS_EDIT)
def ban_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Whom not to put together."""
    search = request.GET.get("q", "")
    page = page_of(request, standing_bans(access, search=search))
    return render(request, "mentoring/ban_list.html", {"page": page, "q": search})


@requires(Permission.PAIRINGS_EDIT)
def ban_export(request: HttpRequest, access: Access) -> HttpResponse:
    """The list as shown, as a spreadsheet."""
    content = bans_xlsx(bans_for_export(access, search=request.GET.get("q", "")))
    return xlsx_answer(content, f"bans-{access.today:%Y-%m-%d}")


@requires(Permission.PAIRINGS_EDIT)
def ban_print(request: HttpRequest, access: Access) -> HttpResponse:
    """The list as shown, as one page to print."""
    bans = bans_for_export(access, search=request.GET.get("q", ""))
    return render(request, "mentoring/ban_print.html", {"bans": bans})


@requires(Permission.PAIRINGS_EDIT)
def ban_add(request: HttpRequest, access: Access) -> HttpResponse:
    """Forbid a pair."""
    initial = {"mentor": request.GET.get("mentor"), "mentee": request.GET.get("mentee"), "ground": "curator"}
    form = BanForm(request.POST or None, access=access, initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        mentor, mentee = values["mentor"], values["mentee"]
        words = {"ground": values["ground"], "reason": values["reason"]}
        try:
            ban_pair(access, mentor_id=mentor.pk, mentee_id=mentee.pk, **words)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Запрещено: {mentor.short_name} и {mentee.short_name}.")
            return redirect("ban_list", access.organisation.slug)
    return render(request, "mentoring/ban_add.html", {"form": form})


@requires(Permission.PAIRINGS_EDIT)
@post_only
def ban_lift(request: HttpRequest, access: Access, ban_id: int) -> HttpResponse:
    """Lift a ban."""
    get_object_or_404(PairBan.objects.visible_to(access), pk=ban_id)
    lift_ban(access, ban_id=ban_id)
    messages.success(request, "Запрет снят: эту пару снова можно подобрать.")
    return redirect("ban_list", access.organisation.slug)
