"""What comes in with every request, made fit before anybody reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

from people.domain.text import clean_text


class CleanTextMiddleware:
    """Takes control characters out of everything typed or pasted, on every page and form alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = _clean(request.GET)
        if request.method == "POST":
            request.POST = _clean(request.POST)
        return self.get_response(request)


def _clean(values: QueryDict) -> QueryDict:
    if all(clean_text(text) == text for _, texts in values.lists() for text in texts):
        return values
    cleaned = QueryDict(mutable=True)
    for name, texts in values.lists():
        cleaned.setlist(name, [clean_text(text) for text in texts])
    return cleaned
