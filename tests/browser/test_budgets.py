"""What pages may weigh, and what they may do in a browser."""

import http.client
import re
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.xdist_group("portal")

LISTS = (
    "",
    "mentors/",
    "mentees/",
    "queue/",
    "pairs/",
    "documents/",
    "consents/",
    "my/",
    "mentors/import/",
    "settings/",
    "roadmap/all/",
    "roadmap/new/",
    "roadmap/responsible/",
    "matching/",
    "matching/bans/",
    "matching/settings/",
    "matching/sharing/",
    "my/measures/",
    "my/calendar/",
    "events/",
    "surveys/",
    "surveys/new/",
    "surveys/minutes/",
    "questionnaires/",
    "statements/",
)
WAVES = {
    "Запросы на учебный год": ("", "results/", "texts/", "feed/"),
    "Оценка на входе": ("results/", "texts/", "swot/"),
    "Как идёт наставничество": ("", "letters/"),
    "Готовность наставников": ("", "results/"),
}
PLAN = ("Таблица", "На шкале", "Календарь")
LARGEST_HTML = 30_000
LARGEST_PLAN = 80_000  # read as one page: 35 measures with words, evidence and year, or 25 questions with buttons
LARGEST_CSS = 40_000
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.mark.parametrize("path", LISTS)
def test_list_is_light_and_keeps_to_itself(come_in, portal, path):
    page = come_in("licey-7-curator")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))

    answer = page.goto(f"/o/licey-7/{path}")

    assert len(answer.body()) <= LARGEST_HTML
    assert set(asked) == {f"127.0.0.1:{portal.port}"}
    assert policy(answer.headers["content-security-policy"]) == POLICY


@pytest.mark.parametrize("title", WAVES)
def test_pages_of_a_wave_are_light(come_in, title):
    page = come_in("licey-7-curator")
    page.goto("/o/licey-7/surveys/")
    address = page.get_by_role("link", name=title, exact=True).get_attribute("href")

    weights = {path: len(page.goto(address + path).body()) for path in WAVES[title]}

    assert {path: weight for path, weight in weights.items() if weight > LARGEST_HTML} == {}


def test_longest_questionnaire_is_light_in_the_builder(come_in):
    page = come_in("licey-7-curator")
    page.goto("/o/licey-7/questionnaires/")
    page.get_by_role("link", name="Готовы ли вы стать наставником", exact=True).click()

    answer = page.reload()

    assert len(answer.body()) <= LARGEST_PLAN


@pytest.mark.parametrize("view", PLAN)
def test_plan_page_is_light(come_in, view):
    page = come_in("licey-7-curator")
    page.goto("/o/licey-7/roadmap/")
    address = page.get_by_role("link", name=view, exact=True).get_attribute("href")

    answer = page.goto(address)

    assert len(answer.body()) <= LARGEST_PLAN


def test_district_list_is_light(come_in):
    page = come_in("priozersk-district_curator")

    answer = page.goto("/o/priozersk/schools/")

    assert len(answer.body()) <= LARGEST_HTML


def test_styles_are_light_together(come_in, portal):
    page = come_in()
    page.goto("/")
    sheets = page.locator("link[rel=stylesheet]").evaluate_all("links => links.map(link => link.href)")

    weights = [compressed(portal.port, urlsplit(sheet).path) for sheet in sheets]

    assert len(weights) >= 2
    assert sum(weights) <= LARGEST_CSS


def policy(header: str) -> dict[str, str]:
    """The directives of a content security policy; nonces are left out."""
    directives = (part.strip().partition(" ") for part in header.split(";") if part.strip())
    return {name: re.sub(r"\s*'nonce-[^']+'", "", values) for name, _, values in directives}


def compressed(port: int, path: str) -> int:
    """How many bytes travel for a file."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, "br")
        return len(answer.read())
    finally:
        connection.close()
