"""The gate of every page: makes `Access` from a request, and refuses before a view runs."""

from collections.abc import Callable
from functools import wraps

from allauth.core.internal import ratelimit
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from people.access import Access
from people.backends import LINK_SESSION_KEY
from people.domain.roles import Permission, Role
from people.models import Membership, Organisation, PersonalLink

LIMITS = {"app": "allauth.account"}
"""The limits are kept by the library that keeps those of the login; it opens them by no public name."""


def requires(permission: Permission) -> Callable:
    """Mark a view with the permission it needs and pass it `Access` after the request.

    The organisation comes from the URL (`org`). A stranger to it gets 404, a member without the
    permission 403. The mark is what the permission walk in the tests looks for.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def gated(request: HttpRequest, org: str, **kwargs: object) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            access = access_for(request, org)
            request.access = access
            access.check(permission)
            return view(request, access, **kwargs)

        gated.permission = permission
        return gated

    return decorate


def post_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that a button presses: whoever comes by its address is led to the nearest page above it.

    That happens to people: a reload after an error, a login in between, a bookmark.
    """

    @wraps(view)
    def pressed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        return redirect(_nearest_page(request.path))

    pressed.is_post_only = True
    return pressed


def _nearest_page(path: str) -> str:
    while path != "/":
        path = path[: path.rstrip("/").rfind("/") + 1]
        try:
            found = resolve(path).func
        except Resolver404:
            continue
        if not getattr(found, "is_post_only", False):
            return path
    return path


def may_try(request: HttpRequest, action: str, *, is_counted: bool = True, **limit: object) -> bool:
    """Count a try at what people may try only so often (ACCOUNT_RATE_LIMITS in the settings), and say if it is in time.

    `limit` says whose tries are counted together where it is not the address: `user=…`.
    """
    return ratelimit.consume(request, action=action, dry_run=not is_counted, limit_get=True, **LIMITS, **limit)


def forget_tries(request: HttpRequest, action: str, **limit: object) -> None:
    """Start counting anew, after a try that has succeeded."""
    ratelimit.clear(request, action=action, **LIMITS, **limit)


def access_for(request: HttpRequest, slug: str) -> Access:
    """The asking user's access to the organisation `slug`, read anew on each request.

    Raises Http404 where the user has no membership there, or where the personal link they came by has
    been revoked, has run out, or belongs to another organisation.
    """
    everywhere = list(
        Membership.objects.filter(user_id=request.user.pk)  # unscoped: this makes the scope
        .select_related("organisation")
        .order_by("pk")
    )
    memberships = [each for each in everywhere if each.organisation.slug == slug]
    if not memberships:
        raise Http404
    organisation = memberships[0].organisation
    now = timezone.now()
    link_id = request.session.get(LINK_SESSION_KEY)
    if link_id is not None:
        return _access_by_link(request, organisation, link_id, now)
    return Access(
        user_id=request.user.pk,
        organisation=organisation,
        roles=frozenset(Role(each.role) for each in memberships),
        person_id=next((each.person_id for each in memberships if each.person_id), None),
        at=now,
        has_other_organisations=any(each.organisation_id != organisation.pk for each in everywhere),
    )


def _access_by_link(request: HttpRequest, organisation: Organisation, link_id: int, now) -> Access:
    links = PersonalLink.objects.usable(now)  # unscoped: filtered by organisation below
    person_id = links.filter(pk=link_id, organisation=organisation).values_list("person_id", flat=True).first()
    if person_id is None:
        raise Http404
    return Access(
        user_id=request.user.pk,
        organisation=organisation,
        roles=frozenset({Role.PARTICIPANT}),
        person_id=person_id,
        at=now,
        via_link=True,
    )
