"""Assignment orders: drafting, rewording, agreement, signing; a participant's own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from documents.forms import DraftForm
from documents.operations.drafts import reword_draft
from documents.views.pressing import (
    controls,
    page_of_document,
    press,
    press_agree,
    press_discard,
    press_return,
    press_sign,
    press_take_back,
    sent_words,
)
from mentoring.models import AssignmentOrder
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import discard_order, recompose_order, send_order, sign_order
from mentoring.papers import order_paper
from mentoring.queries.cards import own_page
from mentoring.queries.order_page import order_page
from mentoring.queries.orders import agreed_pairings
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import whole_numbers


def _order(access: Access, order_id: int) -> AssignmentOrder:
    orders = AssignmentOrder.objects.visible_to(access).select_related("document__journal", "control")
    return get_object_or_404(orders, pk=order_id)


@requires(Permission.PAIRINGS_EDIT)
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
    context = {"page": order_page(access, order, paper), **controls(access, order.document, paper)}
    return render(request, "mentoring/order_detail.html", context)


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


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def order_recompose(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Put the wording of a draft together anew."""
    return press(request, access, _order(access, order_id).document, recompose_order, "Текст составлен заново.")


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def order_send(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Send a draft to agreement and signature."""
    document = _order(access, order_id).document
    return press(request, access, document, send_order, sent_words(document))


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def order_take_back(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Take an order back from agreement."""
    return press_take_back(request, access, _order(access, order_id).document)


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def order_discard(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Throw a draft away."""
    done = "Проект убран, пары свободны для другого приказа."
    return press_discard(request, access, _order(access, order_id).document, discard_order, done)


@requires(Permission.DOCUMENTS_AGREE)
@post_only
def order_agree(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Agree to an order."""
    return press_agree(request, access, _order(access, order_id).document)


@requires(Permission.DOCUMENTS_AGREE)
@post_only
def order_return(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Return an order to the drafts with the reason."""
    return press_return(request, access, _order(access, order_id).document)


@requires(Permission.DOCUMENTS_SIGN)
@post_only
def order_sign(request: HttpRequest, access: Access, order_id: int) -> HttpResponse:
    """Sign an order with a simple signature."""
    order = _order(access, order_id)
    paper = order_paper(access, order)
    form = press_sign(request, access, order.document, paper, sign_order)
    if form is None:
        return page_of_document(access, order.document)
    context = {
        "page": order_page(access, order, paper),
        **controls(access, order.document, paper),
        "signing_form": form,
    }
    return render(request, "mentoring/order_detail.html", context)


@requires(Permission.OWN_PAGES)
def my_page(request: HttpRequest, access: Access) -> HttpResponse:
    """One's own pairs, orders and consents."""
    return render(request, "mentoring/my_page.html", {"own": own_page(access)})
