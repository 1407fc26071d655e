"""A person's card, the cases of their name."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.forms.persons import CasesForm, PersonForm
from people.gate import post_only, requires
from people.models import CaseCorrection, Person
from people.operations.persons import add_person, change_person, correct_cases
from people.queries.names import cases_of

Part = CaseCorrection.Part


@requires(Permission.PEOPLE_EDIT)
def person_add(request: HttpRequest, access: Access) -> HttpResponse:
    """Enter a person."""
    form = PersonForm(request.POST or None, access=access)
    if form.is_valid():
        values = form.cleaned_data
        try:
            person = add_person(access, values=values, is_namesake=values.pop("is_namesake"))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{person.full_name}: карточка создана.")
            return redirect("person_detail", access.organisation.slug, person.pk)
    return render(request, "people/person_form.html", {"form": form, "person": None})


@requires(Permission.PEOPLE_EDIT)
def person_edit(request: HttpRequest, access: Access, person_id: int) -> HttpResponse:
    """Change a person's card."""
    person = get_object_or_404(Person.objects.visible_to(access), pk=person_id)
    form = PersonForm(request.POST or None, instance=person, access=access)
    if form.is_valid():
        change_person(access, person_id=person_id, values=form.cleaned_data)
        messages.success(request, "Карточка сохранена.")
        return redirect("person_detail", access.organisation.slug, person_id)
    return render(request, "people/person_form.html", {"form": form, "person": person})


@requires(Permission.PEOPLE_EDIT)
def person_cases(request: HttpRequest, access: Access, person_id: int) -> HttpResponse:
    """See how the name and post are declined, and put it right once."""
    person = get_object_or_404(Person.objects.visible_to(access), pk=person_id)
    now = cases_of(access, [person])[person.pk]
    forms = [(part, CasesForm(access=access, forms_now=now[part], prefix=part)) for part in Part if now[part].nom]
    return render(request, "people/person_cases.html", {"person": person, "forms": forms, "now": now})


@requires(Permission.PEOPLE_EDIT)
@post_only
def person_cases_correct(request: HttpRequest, access: Access, person_id: int, part: str) -> HttpResponse:
    """Remember corrected cases."""
    if part not in Part.values:
        raise Http404
    person = get_object_or_404(Person.objects.visible_to(access), pk=person_id)
    now = cases_of(access, [person])[person.pk]
    form = CasesForm(request.POST, access=access, forms_now=now[Part(part)], prefix=part)
    if not form.is_valid():
        messages.error(request, "Заполните все падежи.")
    else:
        correct_cases(access, person_id=person_id, part=Part(part), texts=form.texts())
        messages.success(request, "Запомнили: так будет во всех следующих документах.")
    return redirect("person_cases", access.organisation.slug, person_id)
