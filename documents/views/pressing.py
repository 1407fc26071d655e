"""Buttons on the page of a document that all kinds of documents have."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from documents.domain.paper import OrderPaper
from documents.forms import SigningForm, VisaForm
from documents.models import Document, Visa
from documents.operations.drafts import give_visa, take_back
from documents.operations.signing import WrongPasswordError
from people.access import Access
from people.domain.refusal import RefusedError
from people.gate import forget_tries, may_try

VERBS = ("edit", "send", "take_back", "discard", "agree", "return", "sign")


def sent_words(document: Document) -> str:
    """What is said once a document has left the drafts."""
    return f"{_named(document)} {document.words.sent} на согласование и подпись."


def _named(document: Document) -> str:
    return document.words.nominative.capitalize()


def controls(access: Access, document: Document, paper: OrderPaper) -> dict[str, object]:
    """What the page of a document is pressed by: its addresses, and the forms for words and for a signature."""
    prefix, slug = document.page.removesuffix("_detail"), access.organisation.slug
    return {
        "urls": {verb: reverse(f"{prefix}_{verb}", args=[slug, document.pk]) for verb in VERBS},
        "visa_form": VisaForm(),
        "signing_form": SigningForm(access=access, paper=paper),
    }


def page_of_document(access: Access, document: Document) -> HttpResponse:
    """Back to where the document is worked on."""
    return redirect(document.page, access.organisation.slug, document.pk)


def press(
    request: HttpRequest,
    access: Access,
    document: Document,
    operation: Callable[..., object],
    done: str,
    **words: object,
) -> HttpResponse:
    """Do what a button says, tell how it went in `done` or by the refusal, and show the document again."""
    try:
        operation(access, document_id=document.pk, **words)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return page_of_document(access, document)


def press_take_back(request: HttpRequest, access: Access, document: Document) -> HttpResponse:
    """Take a document back from agreement."""
    return press(request, access, document, take_back, f"{_named(document)} снова в проектах: текст можно править.")


def press_agree(request: HttpRequest, access: Access, document: Document) -> HttpResponse:
    """Agree to a document."""
    words = {"decision": Visa.Decision.AGREED, "name": _name(request), "comment": ""}
    return press(request, access, document, give_visa, "Согласовано.", **words)


def press_return(request: HttpRequest, access: Access, document: Document) -> HttpResponse:
    """Return a document to the drafts with the reason."""
    comment = request.POST.get("comment", "").strip()[:1000]
    words = {"decision": Visa.Decision.RETURNED, "name": _name(request), "comment": comment}
    returned = f"{_named(document)} {document.words.returned} на доработку."
    return press(request, access, document, give_visa, returned, **words)


def press_discard(
    request: HttpRequest, access: Access, document: Document, operation: Callable[..., object], done: str
) -> HttpResponse:
    """Throw a draft away, and show the register where it no longer stands."""
    try:
        operation(access, document_id=document.pk)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return page_of_document(access, document)
    messages.success(request, done)
    return redirect("document_list", access.organisation.slug)


def press_sign(
    request: HttpRequest, access: Access, document: Document, paper: OrderPaper, sign: Callable[..., Document]
) -> SigningForm | None:
    """Sign with `sign`; gives the form back with what is wrong in it, or None when there is nothing left to fill in.

    A wrong password is counted: there are only so many tries.
    """
    form = SigningForm(request.POST, access=access, paper=paper)
    if not may_try(request, "signature", user=request.user):
        form.add_error("password", "Слишком много попыток. Подождите пять минут.")
        return form
    if not form.is_valid():
        return form
    try:
        sign(access, document_id=document.pk, **form.cleaned_data)
    except WrongPasswordError as refusal:
        form.add_error("password", str(refusal))
        return form
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return None
    forget_tries(request, "signature", user=request.user)  # many orders may be signed in a row
    messages.success(request, f"{_named(document)} {document.words.signed}. Файлы появятся на этой странице.")
    return None


def _name(request: HttpRequest) -> str:
    return request.user.get_full_name() or request.user.get_username()
