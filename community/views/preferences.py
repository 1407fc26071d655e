"""Asking those who came with whom they would like to work."""

from django.http import HttpRequest, HttpResponse

from community.forms import AskForm
from community.operations.preferences import ask_latecomers, ask_preferences
from community.views.events import press
from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires

PEOPLE = ("человек", "человека", "человек")


@requires(Permission.EVENTS_EDIT)
@post_only
def event_ask(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """Ask both sides of those who came."""

    def step() -> str:
        form = AskForm(request.POST, access=access)
        if not form.is_valid():
            raise RefusedError(f"Последний день ответов: {form.errors['closes_on'][0]}")
        asked = ask_preferences(access, event_id=event_id, closes_on=form.cleaned_data["closes_on"])
        if not asked:
            return "Опрос уже идёт: второй раз никого не спросили."
        return f"Опрос идёт, спрашиваем: {counted(asked, *PEOPLE)}. Тем, у кого нет почты, раздайте QR-коды."

    return press(request, access, event_id, step)


@requires(Permission.EVENTS_EDIT)
@post_only
def event_ask_latecomers(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """Ask those who were marked later."""

    def step() -> str:
        new = ask_latecomers(access, event_id=event_id)
        return f"Спросили ещё: {counted(new, *PEOPLE)}." if new else "Все, кто пришёл, уже спрошены."

    return press(request, access, event_id, step)
