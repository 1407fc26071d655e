"""Icons, Russian plurals and page links for templates."""

import re
from functools import cache

from django import template
from django.conf import settings
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from people.access import Access
from people.domain.plurals import counted
from people.domain.roles import Permission

register = template.Library()


@cache
def _icon(name: str) -> SafeString:
    svg = (settings.ICONS_DIR / f"{name}.svg").read_text()
    svg = re.sub(r'\s(xmlns|class|width|height|fill)="[^"]*"', "", svg, count=5)
    svg = re.sub(r"\s+", " ", svg).replace("> <", "><").strip()
    return mark_safe(svg.replace("<svg", '<svg class="icon" aria-hidden="true"', 1))


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon by its Bootstrap Icons name, drawn in the page: no font and no request for it."""
    return _icon(name)


@register.simple_tag
def sprite(*names: str) -> SafeString:
    """Icons that `icon_of` draws many times over on the page, each of them written out here once."""
    return mark_safe(f'<svg class="d-none" aria-hidden="true">{"".join(map(_symbol, names))}</svg>')


@cache
def _symbol(name: str) -> str:
    inside = _icon(name).partition("viewBox")
    return f'<symbol id="icon-{name}" viewBox{inside[2]}'.replace("</svg>", "</symbol>")


@register.simple_tag
def icon_of(name: str) -> SafeString:
    """An icon of the page's `sprite`."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#icon-{}"/></svg>', name)


@register.filter
def count(number: int, forms: str) -> str:
    """`{{ n|count:"пара,пары,пар" }}`: the number with the noun that agrees with it."""
    return counted(number, *forms.split(","))


@register.simple_tag
def query(current: QueryDict, **changes: object) -> str:
    """The query string of this page with some parameters changed; None removes one."""
    changed = current.copy()
    for name, value in changes.items():
        if value is None or value == "":
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return "?" + changed.urlencode()


@register.filter
def may(access: Access, permission: str) -> bool:
    """`{% if access|may:"banks_edit" %}`: whether the asker holds a permission; a misspelt one raises."""
    return access.may(Permission(permission))


@register.filter
def flip(current: str | None, wanted: str) -> str:
    """The sort order a column's heading leads to: the column, or its reverse when it is sorted by already."""
    return f"-{wanted}" if current == wanted else wanted
