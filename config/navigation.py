"""The menu, by permission; it knows the pages of every app."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from people.domain.roles import Permission
from people.domain.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu."""

    label: str
    icon: str
    url_name: str
    permission: Permission
    url: str = ""
    is_current: bool = False


MENU = (
    Item("Сейчас", "lightning-charge", "now", Permission.OWN_PAGES),
    Item("Дорожная карта", "signpost-split", "roadmap_now", Permission.ROADMAP_VIEW),
    Item("Школы", "buildings", "district_schools", Permission.DISTRICT_VIEW),
    Item("Наставники", "person-badge", "mentor_list", Permission.BANKS_VIEW),
    Item("Наставляемые", "people", "mentee_list", Permission.BANKS_VIEW),
    Item("Пары и группы", "link-45deg", "pair_list", Permission.PAIRINGS_VIEW),
    Item("Встречи", "calendar-event", "event_list", Permission.EVENTS_VIEW),
    Item("Анкеты", "ui-checks", "wave_list", Permission.SURVEYS_VIEW),
    Item("Документы", "file-earmark-text", "document_list", Permission.DOCUMENTS_VIEW),
    Item("Мои дела", "list-check", "my_measures", Permission.OWN_PAGES),
    Item("Согласия", "shield-check", "consent_list", Permission.CONSENTS_RECORD),
    Item("Моё", "person-heart", "my_page", Permission.OWN_PAGES),
    Item("Настройки", "sliders", "organisation_settings", Permission.ORGANISATION_EDIT),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Menu and organisation for the base template; empty outside an organisation."""
    access = getattr(request, "access", None)
    if access is None:
        return {"access": None, "menu": (), "school_year": ""}
    here = request.resolver_match.url_name if request.resolver_match else ""
    slug = access.organisation.slug
    menu = tuple(
        Item(
            item.label,
            item.icon,
            item.url_name,
            item.permission,
            url=reverse(item.url_name, args=[slug]),
            is_current=item.url_name == here,
        )
        for item in MENU
        if access.may(item.permission)
    )
    return {"access": access, "menu": menu, "school_year": str(SchoolYear.of(access.today))}
