"""What comes in with every request, made fit before anybody reads it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from pghistory.middleware import HistoryMiddleware

from people.domain.text import clean_text
from people.domain.tokens import without_secrets


class CleanTextMiddleware:
    """Takes control characters out of everything typed or pasted, on every page and form alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = _clean(request.GET)
        if request.method == "POST":
            request.POST = _clean(_posted(request))
        return self.get_response(request)


def _posted(request: HttpRequest) -> QueryDict:
    """The form that was sent; raises BadRequest where it claims to be written in what is no writing."""
    try:
        return request.POST
    except LookupError as error:
        raise BadRequest("unknown charset") from error


def _clean(values: QueryDict) -> QueryDict:
    if all(clean_text(text) == text for _, texts in values.lists() for text in texts):
        return values
    cleaned = QueryDict(mutable=True)
    for name, texts in values.lists():
        cleaned.setlist(name, [clean_text(text) for text in texts])
    return cleaned


class LinkSafeHistoryMiddleware(HistoryMiddleware):
    """Who changed what at which page, without the tokens that stand in some addresses: nothing that opens is stored."""

    def get_context(self, request: HttpRequest) -> dict[str, object]:
        context = super().get_context(request)
        return context | {"url": without_secrets(context["url"])}
