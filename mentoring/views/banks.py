"""Both banks: lists, export, print, profiles, a person's card, the queue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.forms.banks import PROFILE_FORMS, BankFilterForm, WhoForm
from mentoring.operations.profiles import TABLES, approve_mentor, change_profile, enter_bank, leave_bank
from mentoring.queries.banks import (
    bank_for_export,
    bank_for_print,
    bank_list,
    by_index_of_names,
    hidden_count,
    queue,
)
from mentoring.queries.cards import person_card
from mentoring.resources import bank_xlsx
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.models import Person
from people.pages import page_of, xlsx_answer

LIST_NAMES = {Bank.MENTORS: "mentor_list", Bank.MENTEES: "mentee_list"}


@requires(Permission.BANKS_VIEW)
def mentor_list(request: HttpRequest, access: Access) -> HttpResponse:
    """The bank of mentors."""
    return _bank(request, access, Bank.MENTORS)


@requires(Permission.BANKS_VIEW)
def mentee_list(request: HttpRequest, access: Access) -> HttpResponse:
    """The bank of mentees."""
    return _bank(request, access, Bank.MENTEES)


def _bank(request: HttpRequest, access: Access, bank: Bank) -> HttpResponse:
    form = BankFilterForm(request.GET, access=access, bank=bank)
    profiles = bank_list(access, bank, form.wanted())
    page = page_of(request, by_index_of_names(access, profiles), counted=profiles)
    hidden = 0 if access.may(Permission.BANKS_EDIT) else hidden_count(access, bank)
    context = {"form": form, "page": page, "bank": bank, "hidden": hidden, "is_mentors": bank == Bank.MENTORS}
    return render(request, f"mentoring/{LIST_NAMES[bank]}.html", context)


@requires(Permission.BANKS_VIEW)
def bank_export(request: HttpRequest, access: Access, bank: Bank) -> HttpResponse:
    """The list as shown, as a spreadsheet in the columns of the target model."""
    form = BankFilterForm(request.GET, access=access, bank=bank)
    content = bank_xlsx(bank, bank_for_export(access, bank, form.wanted()))
    return xlsx_answer(content, f"{bank}-{access.today:%Y-%m-%d}")


@requires(Permission.BANKS_VIEW)
def bank_print(request: HttpRequest, access: Access, bank: Bank) -> HttpResponse:
    """The list as shown, as one page to print."""
    form = BankFilterForm(request.GET, access=access, bank=bank)
    profiles = bank_for_print(access, bank, form.wanted())
    return render(request, "mentoring/bank_print.html", {"profiles": profiles, "is_mentors": bank == Bank.MENTORS})


@requires(Permission.BANKS_EDIT)
def profile_add(request: HttpRequest, access: Access, bank: Bank) -> HttpResponse:
    """Enter a person of the organisation into a bank."""
    who = WhoForm(request.POST or None, access=access, bank=bank, initial={"person": request.GET.get("person")})
    form = PROFILE_FORMS[bank](request.POST or None, access=access, initial={"entered_on": access.today})
    if who.is_valid() and form.is_valid():
        values = form.cleaned_data
        topics = values.pop("topics")
        person = who.cleaned_data["person"]
        try:
            enter_bank(access, bank=bank, person_id=person.pk, values=values, topics=topics)
        except RefusedError as refusal:
            who.add_error("person", str(refusal))
        else:
            messages.success(request, f"{person.full_name}: в банке.")
            return redirect("person_detail", access.organisation.slug, person.pk)
    return render(request, "mentoring/profile_form.html", {"who": who, "form": form, "bank": bank, "profile": None})


@requires(Permission.BANKS_EDIT)
def profile_edit(request: HttpRequest, access: Access, bank: Bank, profile_id: int) -> HttpResponse:
    """Change a profile."""
    profiles = TABLES[bank].profile.objects.visible_to(access).select_related("person")
    profile = get_object_or_404(profiles, pk=profile_id)
    topics = profile.topics if bank == Bank.MENTORS else profile.requests
    lines = "\n".join(topics.order_by("pk").values_list("topic", flat=True))
    form = PROFILE_FORMS[bank](request.POST or None, instance=profile, access=access, initial={"topics": lines})
    if form.is_valid():
        values = form.cleaned_data
        change_profile(access, bank=bank, profile_id=profile_id, topics=values.pop("topics"), values=values)
        messages.success(request, "Сохранено.")
        return redirect("person_detail", access.organisation.slug, profile.person_id)
    context = {"who": None, "form": form, "bank": bank, "profile": profile}
    return render(request, "mentoring/profile_form.html", context)


@requires(Permission.BANKS_EDIT)
@post_only
def mentor_approve(request: HttpRequest, access: Access, mentor_id: int) -> HttpResponse:
    """Approve a candidate."""
    profile = get_object_or_404(TABLES[Bank.MENTORS].profile.objects.visible_to(access), pk=mentor_id)
    try:
        approve_mentor(access, profile_id=mentor_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Наставник утверждён: его можно предлагать в пары.")
    return redirect("person_detail", access.organisation.slug, profile.person_id)


@requires(Permission.BANKS_EDIT)
@post_only
def profile_leave(request: HttpRequest, access: Access, bank: Bank, profile_id: int) -> HttpResponse:
    """Let a person leave a bank."""
    profile = get_object_or_404(TABLES[bank].profile.objects.visible_to(access), pk=profile_id)
    try:
        leave_bank(access, bank=bank, profile_id=profile_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Человек вышел из банка. История сохранена.")
    return redirect("person_detail", access.organisation.slug, profile.person_id)


@requires(Permission.PEOPLE_VIEW)
def person_detail(request: HttpRequest, access: Access, person_id: int) -> HttpResponse:
    """A person's card: banks, consents, pairs and orders over the years."""
    person = get_object_or_404(Person.objects.visible_to(access), pk=person_id)
    return render(request, "mentoring/person_detail.html", {"card": person_card(access, person)})


@requires(Permission.PAIRINGS_VIEW)
def mentee_queue(request: HttpRequest, access: Access) -> HttpResponse:
    """Mentees without a mentor, the longest waiting first."""
    page = page_of(request, queue(access))
    return render(request, "mentoring/queue.html", {"page": page})
