"""Registration journals."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from documents.forms import JournalForm
from documents.models import Journal
from documents.operations.signing import set_journal
from documents.queries import journal_lines
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import requires


@requires(Permission.ORGANISATION_EDIT)
def journal_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Registration journals and their last numbers."""
    context = {"lines": journal_lines(access, access.today), "form": JournalForm(access=access)}
    return render(request, "documents/journal_list.html", context)


@requires(Permission.ORGANISATION_EDIT)
def journal_edit(request: HttpRequest, access: Access, journal_id: int | None = None) -> HttpResponse:
    """Make or change a journal."""
    journal = get_object_or_404(Journal.objects.visible_to(access), pk=journal_id) if journal_id else None
    last = {line.journal.pk: line.last for line in journal_lines(access, access.today)}.get(journal_id, 0)
    form = JournalForm(request.POST or None, instance=journal, access=access, initial={"last": last})
    if form.is_valid():
        try:
            set_journal(access, journal_id=journal_id, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error("last", str(refusal))
        except IntegrityError:
            form.add_error("title", "Такой журнал уже есть.")
        else:
            messages.success(request, "Журнал сохранён.")
            return redirect("journal_list", access.organisation.slug)
    return render(request, "documents/journal_form.html", {"form": form, "journal": journal})
