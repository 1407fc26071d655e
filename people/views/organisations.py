"""Switching between organisations, an organisation's settings and head."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from people.access import Access
from people.backends import LINK_SESSION_KEY
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.forms.organisations import HeadForm, OrganisationForm
from people.gate import post_only, requires
from people.operations.organisations import appoint_head, change_organisation
from people.queries.organisations import heads_of, own_organisations


def home(request: HttpRequest) -> HttpResponse:
    """The one organisation of the user, or the choice between several."""
    organisations = own_organisations(request.user.pk, request.session.get(LINK_SESSION_KEY))
    if len(organisations) == 1:
        return redirect("now", organisations[0].slug)
    return render(request, "people/home.html", {"organisations": organisations})


@requires(Permission.ORGANISATION_EDIT)
def organisation_settings(request: HttpRequest, access: Access) -> HttpResponse:
    """What papers and rules need to know of the organisation."""
    # A copy: a form writes into its instance even what it then refuses, and the menu shows the organisation's name.
    form = OrganisationForm(request.POST or None, instance=copy(access.organisation), access=access)
    if form.is_valid():
        change_organisation(access, values=form.cleaned_data)
        messages.success(request, "Настройки сохранены.")
        return redirect("organisation_settings", access.organisation.slug)
    context = {"form": form, "head_form": HeadForm(access=access), "heads": heads_of(access)}
    return render(request, "people/organisation_settings.html", context)


@requires(Permission.DOCUMENTS_SIGN)
@post_only
def head_appoint(request: HttpRequest, access: Access) -> HttpResponse:
    """Say who signs from a day on."""
    form = HeadForm(request.POST, access=access)
    if form.is_valid():
        values = form.cleaned_data | {"person_id": form.cleaned_data["person"].pk}
        del values["person"]
        try:
            appoint_head(access, **values)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Руководитель записан.")
            return redirect("organisation_settings", access.organisation.slug)
    context = {
        "form": OrganisationForm(instance=access.organisation, access=access),
        "head_form": form,
        "heads": heads_of(access),
    }
    return render(request, "people/organisation_settings.html", context)
