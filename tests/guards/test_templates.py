"""Templates compile, include fragments with `only`, and hold no inline script or style."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from config.environment import BASE_DIR

TEMPLATES = BASE_DIR / "templates"
PAPERS = TEMPLATES / "documents" / "papers"

INCLUDE = re.compile(r"{%\s*include\s+(?P<what>\S+)(?P<rest>.*?)%}", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z][^<>]*>", re.DOTALL)
INLINE = re.compile(r"\s(style|on[a-z]+)\s*=", re.IGNORECASE)
TEMPLATE_CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)


def names(folder: Path = TEMPLATES) -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in folder.rglob("*") if path.is_file())


PAGES = [name for name in names() if name not in names(PAPERS)]


def loose_includes(source: str) -> list[str]:
    """Includes that are not of a fragment (`_name.html`) or let the whole context in."""
    found = []
    for include in INCLUDE.finditer(source):
        what = include["what"].strip("\"'")
        if not what.rpartition("/")[2].startswith("_") or include["rest"].split()[-1:] != ["only"]:
            found.append(what)
    return found


def inline_code(source: str) -> list[str]:
    """Tags with a style or a handler in them, style sheets in the page, and scripts without a nonce."""
    found = []
    for tag in TAG.findall(TEMPLATE_CODE.sub("", source)):
        is_bare_script = re.match(r"<script\b", tag, re.IGNORECASE) and not re.search(r"\b(nonce|src)=", tag)
        if is_bare_script or re.match(r"<style\b", tag, re.IGNORECASE) or INLINE.search(tag):
            found.append(tag)
    return found


@pytest.mark.parametrize("name", names())
def test_template_compiles(name: str) -> None:
    assert get_template(name).template.name == name


@pytest.mark.parametrize("name", names())
def test_fragments_are_included_with_only(name: str) -> None:
    assert loose_includes((TEMPLATES / name).read_text()) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_holds_no_inline_script_or_style(name: str) -> None:
    assert inline_code((TEMPLATES / name).read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        '{% include "_a.html" %}',
        '{% include "people/_a.html" with x=1 %}',
        '{% include "people/a.html" with x=1 only %}',
        "{% include name only %}",
    ],
)
def test_loose_include_is_seen(source: str) -> None:
    assert len(loose_includes(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        '<p class="a"\n  STYLE = "color: red">',
        "<style>p { }</style>",
        "<script>go()</script>",
        '<button onclick="go()">',
        '<a href="{% url \'home\' %}" onmouseover="go()">',
    ],
)
def test_inline_code_is_seen(source: str) -> None:
    assert len(inline_code(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '<script nonce="{{ request.csp_nonce }}">go()</script>',
        '<p class="style">one = two</p>',
        "{% if on == 'x' %}<b>on</b>{% endif %}",
    ],
)
def test_plain_markup_passes(source: str) -> None:
    assert inline_code(source) == []
