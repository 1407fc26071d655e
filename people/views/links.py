"""Personal links: sheets to print, sending, revoking, and the door they open."""

from allauth.account.views import password_change as account_password_change
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from people.access import Access
from people.backends import LINK_SESSION_KEY
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import may_try, post_only, requires
from people.models import Person
from people.operations.links import enter_by_link, issue_links, revoke_link, send_link
from people.pages import whole_numbers
from people.queries.links import link_cards, link_of

GONE = "Эта ссылка не действует. Попросите у куратора новую."


@requires(Permission.LINKS_ISSUE)
@post_only
def link_sheet(request: HttpRequest, access: Access) -> HttpResponse:
    """Issue links to the chosen people and show them as QR cards to print and cut."""
    links = issue_links(access, person_ids=whole_numbers(request.POST.getlist("person")))
    return render(request, "people/link_sheet.html", {"cards": link_cards(links)})


@requires(Permission.LINKS_ISSUE)
@post_only
def link_send(request: HttpRequest, access: Access, person_id: int) -> HttpResponse:
    """Issue a link and e-mail it."""
    person = get_object_or_404(Person.objects.visible_to(access), pk=person_id)
    try:
        send_link(access, person_id=person.pk)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Письмо со ссылкой отправлено.")
    return redirect("person_detail", access.organisation.slug, person_id)


@requires(Permission.LINKS_ISSUE)
@post_only
def link_revoke(request: HttpRequest, access: Access, person_id: int) -> HttpResponse:
    """End a person's link."""
    person = get_object_or_404(Person.objects.visible_to(access), pk=person_id)
    revoke_link(access, person_id=person.pk)
    messages.success(request, "Ссылка больше не действует.")
    return redirect("person_detail", access.organisation.slug, person_id)


@login_not_required
@never_cache
def link_enter(request: HttpRequest, token: str) -> HttpResponse:
    """The door: a page with one button, so that mail scanners do not walk through it; POST comes in.

    Says the same for a token that never existed and for one that has ended. Who tries many of those waits
    (a class that comes in from one address by its own links does not).
    """
    link = link_of(token, timezone.now())
    if not may_try(request, "personal_link", is_counted=link is None):
        return render(request, "429.html", status=429)
    if request.method != "POST":
        status = 200 if link else 404
        context = {"organisation": link.organisation if link else None, "gone": GONE}
        return render(request, "people/link_enter.html", context, status=status)
    try:
        user, link = enter_by_link(token=token, at=timezone.now())
    except RefusedError:
        return render(request, "people/link_enter.html", {"organisation": None, "gone": GONE}, status=404)
    login(request, user, backend="people.backends.PersonalLinkBackend")
    request.session[LINK_SESSION_KEY] = link.pk
    return redirect("now", link.organisation.slug)


def password_change(request: HttpRequest) -> HttpResponse:
    """Changing a password is for who came in with one: a link must not grow into more than it opens."""
    if LINK_SESSION_KEY in request.session or not request.user.has_usable_password():
        raise PermissionDenied
    return account_password_change(request)
