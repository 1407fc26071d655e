"""Pages of long lists."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 25


def page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """The page of `rows` that the request asks for (`?page=`); the nearest one where there is none such."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
