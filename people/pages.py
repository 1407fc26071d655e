"""Pages of long lists, lists as spreadsheets, boxes ticked in lists."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

ROWS = 20


def page_of(request: HttpRequest, rows: QuerySet, *, counted: QuerySet | None = None, rows_on_page: int = ROWS) -> Page:
    """The page of `rows` that the request asks for (`?page=`); the nearest one where there is none such.

    `counted` are the same rows in words that are cheaper to count.
    """
    paginator = Paginator(rows, rows_on_page)
    if counted is not None:
        paginator.count = counted.count()
    return paginator.get_page(request.GET.get("page"))


def xlsx_answer(content: bytes, name: str) -> HttpResponse:
    """A spreadsheet as an attachment."""
    return HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def whole_numbers(values: list[str]) -> list[int]:
    """The ids among the values of a form's boxes; whatever is none is left out."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]
