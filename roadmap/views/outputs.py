"""A plan as it leaves the page: calendar, print, spreadsheet, feeds."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from documents.views.register import CONTENT_TYPES
from people.access import Access
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import xlsx_answer
from roadmap.operations.evidence import bring_up_to_date
from roadmap.operations.feeds import close_feed, open_feed
from roadmap.papers import plan_paper
from roadmap.printing.docx import plan_docx
from roadmap.printing.ics import calendar_of
from roadmap.printing.pdf import plan_pdf
from roadmap.queries.calendar import months_of, undated
from roadmap.queries.feeds import feed_by_token, feed_events, own_feeds, token_of
from roadmap.queries.plan_page import PlanPage, plan_page, shown_year
from roadmap.resources import roadmap_xlsx
from roadmap.views.plans import roadmap_or_404


def _page(request: HttpRequest, access: Access, roadmap_id: int) -> PlanPage:
    roadmap = roadmap_or_404(access, roadmap_id)
    bring_up_to_date(access)
    return plan_page(access, roadmap, year=shown_year(roadmap, access.today, request.GET.get("year", "")))


@requires(Permission.ROADMAP_VIEW)
def roadmap_calendar(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """A plan month by month."""
    page = _page(request, access, roadmap_id)
    context = {"page": page, "roadmap": page.roadmap, "months": months_of(page, access.today), "undated": undated(page)}
    return render(request, "roadmap/roadmap_calendar.html", context)


@requires(Permission.ROADMAP_VIEW)
def roadmap_more(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """What else can be done with a plan."""
    roadmap = roadmap_or_404(access, roadmap_id)
    return render(request, "roadmap/roadmap_more.html", {"roadmap": roadmap})


@requires(Permission.ROADMAP_VIEW)
def roadmap_file(request: HttpRequest, access: Access, roadmap_id: int, file_format: str) -> HttpResponse:
    """A plan to print, with marks of execution where the address asks for them."""
    page = _page(request, access, roadmap_id)
    paper = plan_paper(access, page, with_marks="marks" in request.GET)
    content = plan_pdf(paper) if file_format == "pdf" else plan_docx(paper)
    name = f"roadmap-{page.year.start}.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[file_format], headers=headers)


@requires(Permission.ROADMAP_VIEW)
def roadmap_export(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """A plan as a spreadsheet."""
    page = _page(request, access, roadmap_id)
    return xlsx_answer(roadmap_xlsx(page.blocks), f"roadmap-{page.year.start}")


@requires(Permission.OWN_PAGES)
def feed_list(request: HttpRequest, access: Access) -> HttpResponse:
    """One's own calendar subscriptions."""
    lines = [(feed, settings.PORTAL_URL + reverse("feed_ics", args=[token_of(feed)])) for feed in own_feeds(access)]
    return render(request, "roadmap/feed_list.html", {"lines": lines})


@requires(Permission.OWN_PAGES)
@post_only
def feed_open(request: HttpRequest, access: Access) -> HttpResponse:
    """Open a subscription to one's own measures."""
    open_feed(access, roadmap_id=None)
    return redirect("feed_list", access.organisation.slug)


@requires(Permission.ROADMAP_VIEW)
@post_only
def roadmap_feed_open(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Open a subscription to a whole plan."""
    roadmap_or_404(access, roadmap_id)
    open_feed(access, roadmap_id=roadmap_id)
    return redirect("feed_list", access.organisation.slug)


@requires(Permission.OWN_PAGES)
@post_only
def feed_close(request: HttpRequest, access: Access, feed_id: int) -> HttpResponse:
    """Close a subscription."""
    if not own_feeds(access).filter(pk=feed_id).exists():
        raise Http404
    close_feed(access, feed_id=feed_id)
    messages.success(request, "Подписка закрыта: по старому адресу больше ничего не видно.")
    return redirect("feed_list", access.organisation.slug)


@login_not_required
@never_cache
def feed_ics(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself, for a calendar that cannot log in: the signed token is the permission."""
    feed = feed_by_token(token)
    if feed is None:
        raise Http404
    name = f"Дорожная карта: {feed.organisation.short_name}"
    content = calendar_of(name, feed_events(feed), portal=settings.PORTAL_URL, at=timezone.now())
    headers = {"Content-Disposition": 'inline; filename="roadmap.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
