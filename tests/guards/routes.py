"""The URL conf as plain rows, and the arguments a school's objects give to each of its pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

INSIDE = "o/<slug:org>/"

POST_ONLY = frozenset(
    {
        "act_agree",
        "act_discard",
        "act_return",
        "act_send",
        "act_sign",
        "act_take_back",
        "ban_lift",
        "consent_withdraw",
        "document_acquaint",
        "document_render",
        "event_ask",
        "event_ask_latecomers",
        "event_cancel",
        "event_close",
        "event_letters",
        "evidence_unmark",
        "feed_close",
        "feed_open",
        "head_appoint",
        "import_confirm",
        "import_discard",
        "import_map",
        "invitation_on_paper",
        "invitation_renew",
        "invitation_revoke",
        "link_revoke",
        "link_send",
        "link_sheet",
        "matching_start",
        "matching_usual",
        "measure_delete",
        "measure_down",
        "measure_remind",
        "measure_take_back",
        "measure_up",
        "member_revoke",
        "mentor_approve",
        "my_consent_sign",
        "my_consent_withdraw",
        "my_pair_agree",
        "my_pair_refuse",
        "my_event_mark",
        "occurrence_needed",
        "order_agree",
        "order_discard",
        "order_recompose",
        "order_return",
        "order_send",
        "order_sign",
        "order_take_back",
        "pair_agree",
        "pair_ask",
        "pair_ask_all",
        "pair_decline",
        "pair_pause",
        "pair_resume",
        "pair_unwilling",
        "pair_willing",
        "person_cases_correct",
        "profile_leave",
        "question_copy",
        "question_delete",
        "question_down",
        "question_up",
        "questionnaire_archive",
        "questionnaire_copy",
        "questionnaire_restore",
        "roadmap_confirm",
        "roadmap_copy",
        "roadmap_discard",
        "roadmap_feed_open",
        "roadmap_renumber",
        "roadmap_upload",
        "roadmap_upload_discard",
        "run_ban",
        "run_pin",
        "run_undo",
        "run_unpin",
        "section_delete",
        "section_down",
        "section_up",
        "sharing_agree",
        "sharing_refuse",
        "sharing_withdraw",
        "stage_delete",
        "stage_down",
        "stage_up",
        "swot_add",
        "swot_remove",
        "swot_take",
        "template_take",
        "text_group",
        "text_release",
        "text_withhold",
        "wave_close",
        "wave_discard",
        "wave_feed_confirm",
        "wave_from_template",
        "wave_launch",
        "wave_people",
        "wave_remind",
        "wave_send_letters",
        "wave_summary",
    }
)


ASKING = frozenset({"duty_edit"})
"""Pages that are there only with a question in their address."""


@dataclass(frozen=True)
class Route:
    """One URL pattern: its name with namespaces, where it hangs, its arguments and its view."""

    name: str
    path: str
    arguments: tuple[str, ...]
    view: Callable[..., HttpResponse]

    @property
    def is_inside(self) -> bool:
        return self.path.startswith(INSIDE)

    @property
    def method(self) -> str:
        return "post" if self.name in POST_ONLY else "get"

    @property
    def names_rows(self) -> bool:
        return any(argument.endswith("_id") for argument in self.arguments)


def routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, "", "", ()))


def inside_routes() -> list[Route]:
    return [route for route in routes() if route.is_inside]


def _walk(
    entries: list[URLPattern | URLResolver], path: str, namespace: str, arguments: tuple[str, ...]
) -> Iterator[Route]:
    for entry in entries:
        here = path + str(entry.pattern)
        taken = (*arguments, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            deeper = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, here, deeper, taken)
        else:
            yield Route(f"{namespace}{entry.name}", here, taken, entry.callback)


def addresses(route: Route, slug: str, known: dict[str, object]) -> list[str]:
    """Every address of the route that the known values of its arguments make, and of its questions, those first.

    Fails on an argument nobody knows.
    """
    wanted = [argument for argument in route.arguments if argument != "org"]
    unknown = [argument for argument in wanted if argument not in known]
    assert not unknown, f"{route.name}: teach tests/guards/conftest.py a value of {unknown}"
    choices = product(*(known[argument] for argument in wanted))
    asked = known["questions"].get(route.name)
    questions = [f"?{urlencode(asked)}"] if asked else []
    assert questions or route.name not in ASKING, f"{route.name}: teach tests/guards/conftest.py what to ask it"
    questions += [] if route.name in ASKING else [""]
    arguments = [dict(zip(wanted, each, strict=True)) for each in choices]
    return [reverse(route.name, kwargs={"org": slug, **each}) + end for each in arguments for end in questions]
