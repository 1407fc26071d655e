"""Statements of third persons: the list, asking for one, reading one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from people.access import Access
from people.domain.consent import NEEDED_TO_ORDER
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import requires
from people.pages import page_of
from people.queries.persons import missing_consents
from surveys.forms.statements import StatementForm
from surveys.models import Invitation, Sheet
from surveys.operations.statements import ask_for_statement, read_statement
from surveys.queries.statements import TOLD_CHOICES, statement_lines, statement_mentees, statement_page


@requires(Permission.STATEMENTS_READ)
def statement_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Mentees, who was asked about them, and what was told."""
    search, told = request.GET.get("q", ""), request.GET.get("told", "")
    page = page_of(request, statement_mentees(access, search, told))
    lines = statement_lines(access, page.object_list)
    context = {"page": page, "lines": lines, "q": search, "told": told, "choices": TOLD_CHOICES}
    return render(request, "surveys/statement_list.html", context)


@requires(Permission.SURVEYS_EDIT)
def statement_ask(request: HttpRequest, access: Access, person_id: int) -> HttpResponse:
    """Ask somebody about a mentee."""
    about = get_object_or_404(statement_mentees(access), person_id=person_id).person
    form = StatementForm(request.POST or None, access=access, about=about)
    if form.is_valid():
        try:
            invitation = ask_for_statement(access, about_id=about.pk, **form.wanted())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _asked_words(invitation))
            return redirect("statement_list", access.organisation.slug)
    missing = missing_consents(about.pk, NEEDED_TO_ORDER, access.today)
    return render(request, "surveys/statement_ask.html", {"form": form, "about": about, "missing": missing})


def _asked_words(invitation: Invitation) -> str:
    name = invitation.person.short_name
    if invitation.is_answered:
        return f"{name}: сведения уже получены."
    if invitation.person.email:
        return f"{name}: письмо со ссылкой поставлено в очередь."
    return f"{name}: ссылка готова. Эл. почты нет, поэтому напечатайте QR-код и передайте его."


@requires(Permission.STATEMENTS_READ)
@never_cache
def statement_detail(request: HttpRequest, access: Access, sheet_id: int) -> HttpResponse:
    """One statement; that it was read is written down."""
    try:
        sheet = read_statement(access, sheet_id=sheet_id)
    except Sheet.DoesNotExist:
        raise Http404 from None
    return render(request, "surveys/statement_detail.html", {"page": statement_page(access, sheet)})
