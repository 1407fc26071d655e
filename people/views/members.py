"""Who has which role in the organisation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission, Role
from people.forms.members import MemberForm
from people.gate import post_only, requires
from people.operations.members import grant_role, revoke_role
from people.queries.organisations import members_of


@requires(Permission.ORGANISATION_EDIT)
def member_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Roles of the organisation, and a form that gives one; a fresh password is shown once."""
    form = MemberForm(request.POST or None, access=access)
    granted = None
    if form.is_valid():
        values = form.cleaned_data
        try:
            granted = grant_role(
                access, person_id=values["person"].pk, role=Role(values["role"]), login=values["login"]
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            form = MemberForm(access=access)
    givable = [code for code, _ in form.fields["role"].choices]
    context = {"form": form, "granted": granted, "members": members_of(access), "givable": givable}
    return render(request, "people/member_list.html", context)


@requires(Permission.ORGANISATION_EDIT)
@post_only
def member_revoke(request: HttpRequest, access: Access, membership_id: int) -> HttpResponse:
    """Take a role back."""
    get_object_or_404(members_of(access), pk=membership_id)
    try:
        revoke_role(access, membership_id=membership_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Роль снята.")
    return redirect("member_list", access.organisation.slug)
