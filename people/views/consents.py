"""Consents: who lacks them, recording, signing one's own, withdrawing, the sheet to print."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.access import Access
from people.domain.consent import Purpose
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.forms.persons import ConsentForm
from people.gate import post_only, requires
from people.models import Consent, Person
from people.operations.consents import SignedPaper, record_consent, sign_own_consent, withdraw_consent
from people.pages import page_of
from people.queries.consents import consent_sheet, consent_table
from people.queries.persons import own_person


@requires(Permission.CONSENTS_RECORD)
def consent_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Everybody with the state of the four consents; those who lack the first come first."""
    search, only = request.GET.get("q", ""), request.GET.get("only", "")
    people = consent_table(access, search=search, only=only)
    page = page_of(request, people)
    return render(request, "people/consent_list.html", {"page": page, "q": search, "only": only})


@requires(Permission.CONSENTS_RECORD)
def consent_record(request: HttpRequest, access: Access, person_id: int) -> HttpResponse:
    """Record a consent signed on paper."""
    person = get_object_or_404(Person.objects.visible_to(access), pk=person_id)
    form = ConsentForm(
        request.POST or None, access=access, person=person, initial={"purpose": request.GET.get("purpose")}
    )
    if form.is_valid():
        values = form.cleaned_data
        paper = SignedPaper(
            values["signer_name"], values["signer_relation"], values["signed_on"], values["valid_until"]
        )
        try:
            record_consent(access, person_id=person_id, purpose=form.chosen_purpose, paper=paper)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Согласие внесено.")
            return redirect("person_detail", access.organisation.slug, person_id)
    return render(request, "people/consent_form.html", {"form": form, "person": person})


@requires(Permission.CONSENTS_RECORD)
@post_only
def consent_withdraw(request: HttpRequest, access: Access, consent_id: int) -> HttpResponse:
    """Note that somebody has withdrawn a consent."""
    consent = get_object_or_404(Consent.objects.visible_to(access), pk=consent_id)
    try:
        withdraw_consent(access, consent_id=consent_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        hidden = consent.purpose == Purpose.PROCESSING
        more = " Человек больше не показывается другим." if hidden else ""
        messages.success(request, f"Согласие отозвано.{more}")
    return redirect("person_detail", access.organisation.slug, consent.person_id)


@requires(Permission.CONSENTS_RECORD)
def consent_paper(request: HttpRequest, access: Access, person_id: int, purpose: str) -> HttpResponse:
    """The consent as a sheet to print and sign by hand."""
    person = get_object_or_404(Person.objects.visible_to(access), pk=person_id)
    return render(request, "people/consent_paper.html", {"sheet": consent_sheet(access, person, _purpose(purpose))})


@requires(Permission.OWN_PAGES)
def my_consent(request: HttpRequest, access: Access, purpose: str) -> HttpResponse:
    """One's own consent to one purpose: the text, its state, and the button to sign."""
    person = own_person(access)
    if person is None:
        raise Http404
    return render(request, "people/my_consent.html", {"sheet": consent_sheet(access, person, _purpose(purpose))})


@requires(Permission.OWN_PAGES)
@post_only
def my_consent_sign(request: HttpRequest, access: Access, purpose: str) -> HttpResponse:
    """Sign one's own consent in the portal."""
    if own_person(access) is None:
        raise Http404
    text = request.POST.get("text", "")
    try:
        sign_own_consent(
            access,
            purpose=_purpose(purpose),
            text_id=int(text) if text.isdecimal() else 0,
            address=get_adapter().get_client_ip(request),
        )
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Согласие подписано. Спасибо!")
    return redirect("my_consent", access.organisation.slug, purpose)


@requires(Permission.OWN_PAGES)
@post_only
def my_consent_withdraw(request: HttpRequest, access: Access, purpose: str) -> HttpResponse:
    """Withdraw one's own consent."""
    consents = Consent.objects.visible_to(access).in_force(access.today)
    consent = get_object_or_404(consents, person_id=access.person_id, purpose=_purpose(purpose))
    withdraw_consent(access, consent_id=consent.pk)
    messages.success(request, "Согласие отозвано.")
    return redirect("my_consent", access.organisation.slug, purpose)


def _purpose(code: str) -> Purpose:
    try:
        return Purpose(code)
    except ValueError:
        raise Http404 from None
