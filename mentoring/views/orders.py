"""Assignment orders: drafting, rewording, agreement, signing; a participant's own page."""

from collections.abc import Callable

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from documents.forms import DraftForm, VisaForm
from documents.models import Visa
from documents.operations.drafts import give_visa, reword_draft, take_back
from documents.operations.signing import WrongPasswordError
from mentoring.forms.pairings import SigningForm
from mentoring.models import AssignmentOrder
from mentoring.operations.orders import (
    discard_order,
    draft_assignment,
    recompose_order,
    send_order,
    sign_order,
)
from mentoring.papers import order_paper
from mentoring.queries.cards import own_page
from mentoring.queries.order_page import order_page
from mentoring.queries.orders import agreed_pairings
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.models import User
from people.pages import whole_numbers


def _order(access: Access, order_id: int) -> AssignmentOrder:
    orders = AssignmentOrder.objects.visible_to(access).select_related("document__journal", "control")
    return get_object_or_404(orders, pk=order_id)


@requires(Permission.DOCUMENTS_DRAFT)
def order_draft(request: HttpRequest, access: Access) -> HttpResponse:
    """Choose agreed pairs for a new order."""
    if request.method == "POST":
        chosen = whole_numbers(request.POST.getlist("pairing"))
        try:
            order = draft_assignment(access, pairing_ids=chosen)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Проект готов. Проверьте текст и отправьте на подпись.")
            return redirect("order_detail", access.organisation.slug, order.pk)
    return render(request, "mentoring/order_draft.html", {"pairings": agreed_pairings(access)})


@requires(Permission.DOCUMENTS_VIEW)
def order_detail(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """The paper beside its life."""
    order = _order(access, order_id)
    paper = order_paper(access, order)
    page = order_page(access, order, paper)
    forms = {"visa_form": VisaForm(), "signing_form": SigningForm(access=access, paper=paper)}
    return render(request, "mentoring/order_detail.html", {"page": page, **forms})


@requires(Permission.DOCUMENTS_DRAFT)
def order_edit(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Reword a draft."""
    order = _order(access, order_id)
    form = DraftForm(request.POST or None, instance=order.document, access=access)
    if form.is_valid():
        values = form.cleaned_data | {"journal_id": form.cleaned_data["journal"].pk}
        del values["journal"]
        try:
            reword_draft(access, document_id=order_id, **values)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Текст сохранён.")
            return redirect("order_detail", access.organisation.slug, order_id)
    return render(request, "mentoring/order_form.html", {"form": form, "order": order})


def _press(
    request: HttpRequest, access: Access, order_id: int, operation: Callable[..., object], done: str, **words: object
) -> HttpResponse:
    _order(access, order_id)
    try:
        operation(access, document_id=order_id, **words)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("order_detail", access.organisation.slug, order_id)


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def order_recompose(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Put the wording of a draft together anew."""
    return _press(request, access, order_id, recompose_order, "Текст составлен заново.")


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def order_send(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Send a draft to agreement and signature."""
    return _press(request, access, order_id, send_order, "Приказ отправлен на согласование и подпись.")


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def order_take_back(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Take an order back from agreement."""
    return _press(request, access, order_id, take_back, "Приказ снова в проектах: текст можно править.")


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def order_discard(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Throw a draft away."""
    _order(access, order_id)
    try:
        discard_order(access, document_id=order_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("order_detail", access.organisation.slug, order_id)
    messages.success(request, "Проект убран, пары свободны для другого приказа.")
    return redirect("document_list", access.organisation.slug)


@requires(Permission.DOCUMENTS_AGREE)
@post_only
def order_agree(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Agree to an order."""
    words = {"decision": Visa.Decision.AGREED, "name": _name(request.user), "comment": ""}
    return _press(request, access, order_id, give_visa, "Согласовано.", **words)


@requires(Permission.DOCUMENTS_AGREE)
@post_only
def order_return(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Return an order to the drafts with the reason."""
    comment = request.POST.get("comment", "").strip()[:1000]
    words = {"decision": Visa.Decision.RETURNED, "name": _name(request.user), "comment": comment}
    return _press(request, access, order_id, give_visa, "Приказ возвращён на доработку.", **words)


@requires(Permission.DOCUMENTS_SIGN)
@post_only
def order_sign(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Sign an order with a simple signature."""
    order = _order(access, order_id)
    paper = order_paper(access, order)
    form = SigningForm(request.POST, access=access, paper=paper)
    limit = {"app": "allauth.account", "action": "signature", "user": request.user}
    if not ratelimit.consume(request, **limit):
        form.add_error("password", "Слишком много попыток. Подождите пять минут.")
    elif form.is_valid():
        try:
            sign_order(access, document_id=order_id, **form.cleaned_data)
        except WrongPasswordError as refusal:
            form.add_error("password", str(refusal))
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect("order_detail", access.organisation.slug, order_id)
        else:
            ratelimit.clear(request, **limit)  # only wrong passwords count: many orders may be signed in a row
            messages.success(request, "Приказ подписан. Файлы появятся на этой странице.")
            return redirect("order_detail", access.organisation.slug, order_id)
    context = {"page": order_page(access, order, paper), "visa_form": VisaForm(), "signing_form": form}
    return render(request, "mentoring/order_detail.html", context)


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()


@requires(Permission.OWN_PAGES)
def my_page(request: HttpRequest, access: Access) -> HttpResponse:
    """One's own pairs, orders and consents."""
    return render(request, "mentoring/my_page.html", {"own": own_page(access)})
