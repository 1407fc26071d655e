"""General orders: drafting, rewording, agreement, signing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from documents.domain.kinds import GENERAL_KINDS
from documents.forms import ActForm
from documents.models import Document
from documents.operations.acts import discard_act, draft_act, reword_act, send_act, sign_act
from documents.papers import act_paper, first_closing_points
from documents.queries import document_page
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
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires


def _act(access: Access, act_id: int) -> Document:
    acts = Document.objects.visible_to(access).filter(kind__in=GENERAL_KINDS).select_related("journal")
    return get_object_or_404(acts, pk=act_id)


@requires(Permission.DOCUMENTS_DRAFT)
def act_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Write a new general order."""
    form = ActForm(request.POST or None, access=access, initial={"points": "\n".join(first_closing_points(access))})
    if form.is_valid():
        words = form.words()
        act = draft_act(access, **words | {"points": words["points"].splitlines()})
        messages.success(request, "Проект готов. Проверьте текст и отправьте на подпись.")
        return page_of_document(access, act)
    return render(request, "documents/act_form.html", {"form": form, "act": None})


@requires(Permission.DOCUMENTS_VIEW)
def act_detail(request: HttpRequest, access: Access, act_id: int) -> HttpResponse:
    """The paper beside its life."""
    act = _act(access, act_id)
    paper = act_paper(access, act)
    context = {"page": document_page(access, act, paper), **controls(access, act, paper)}
    return render(request, "documents/act_detail.html", context)


@requires(Permission.DOCUMENTS_DRAFT)
def act_edit(request: HttpRequest, access: Access, act_id: int) -> HttpResponse:
    """Reword a draft and its text annexes."""
    act = _act(access, act_id)
    form = ActForm(request.POST or None, instance=act, access=access)
    if form.is_valid():
        try:
            reword_act(access, document_id=act_id, journal_id=form.cleaned_data["journal"].pk, **form.words())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Текст сохранён.")
            return page_of_document(access, act)
    return render(request, "documents/act_form.html", {"form": form, "act": act})


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def act_send(request: HttpRequest, access: Access, act_id: int) -> HttpResponse:
    """Send a draft to agreement and signature."""
    act = _act(access, act_id)
    return press(request, access, act, send_act, sent_words(act))


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def act_take_back(request: HttpRequest, access: Access, act_id: int) -> HttpResponse:
    """Take an order back from agreement."""
    return press_take_back(request, access, _act(access, act_id))


@requires(Permission.DOCUMENTS_DRAFT)
@post_only
def act_discard(request: HttpRequest, access: Access, act_id: int) -> HttpResponse:
    """Throw a draft away."""
    return press_discard(request, access, _act(access, act_id), discard_act, "Проект убран.")


@requires(Permission.DOCUMENTS_AGREE)
@post_only
def act_agree(request: HttpRequest, access: Access, act_id: int) -> HttpResponse:
    """Agree to an order."""
    return press_agree(request, access, _act(access, act_id))


@requires(Permission.DOCUMENTS_AGREE)
@post_only
def act_return(request: HttpRequest, access: Access, act_id: int) -> HttpResponse:
    """Return an order to the drafts with the reason."""
    return press_return(request, access, _act(access, act_id))


@requires(Permission.DOCUMENTS_SIGN)
@post_only
def act_sign(request: HttpRequest, access: Access, act_id: int) -> HttpResponse:
    """Sign an order with a simple signature."""
    act = _act(access, act_id)
    paper = act_paper(access, act)
    form = press_sign(request, access, act, paper, sign_act)
    if form is None:
        return page_of_document(access, act)
    pressed = controls(access, act, paper) | {"signing_form": form}
    context = {"page": document_page(access, act, paper), **pressed}
    return render(request, "documents/act_detail.html", context)
