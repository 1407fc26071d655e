"""Every page for everyone: WCAG by axe-core, no sideways scroll, and all of it by keyboard."""

from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Error, Page, expect

from people.domain.roles import Role, permissions_of
from tests.browser.portal import RunningPortal
from tests.guards.routes import Route, inside_routes

pytestmark = pytest.mark.xdist_group("portal")

SCHOOL = "licey-7"
ROLES = {
    f"{SCHOOL}-curator": Role.CURATOR,
    f"{SCHOOL}-director": Role.DIRECTOR,
    f"{SCHOOL}-mentor": Role.PARTICIPANT,
    "priozersk-district_curator": Role.DISTRICT_CURATOR,
}
NOT_PAGES = {
    "document_file",
    "document_files",  # a fragment
    "event_guests_export",
    "evidence_file",
    "my_pair",  # of who was proposed one: tests/browser/test_matching.py looks at it
    "questionnaire_example",
    "questionnaire_export",
    "roadmap_file",
    "run_export",
    "survey_minutes_export",
    "wave_blank",
    "wave_chart",
    "wave_export",
    "wave_invited",
}
IN_STATES = {"act_id", "event_id", "measure_id", "order_id", "pairing_id", "person_id", "roadmap_id", "wave_id"}
AXE = Axe().axe_script
WIDE, PHONE, ZOOMED = 1280, 360, 640  # ZOOMED: 200 % on the wide screen

OUTLINES = """() => {
  const style = getComputedStyle(document.activeElement);
  const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = document.activeElement.getBoundingClientRect();
  const label = document.activeElement.id && document.querySelector(`label[for="${document.activeElement.id}"]`);
  const beside = label && getComputedStyle(label).outlineStyle !== "none";
  return {
    what: document.activeElement.outerHTML.slice(0, 120),
    isPage: document.activeElement === document.body,
    isSeen: (outline && box.width > 1 && box.height > 1 && box.right > 0) || Boolean(beside),
  };
}"""


@pytest.fixture(scope="module")
def known(portal: RunningPortal) -> dict[str, list[object]]:
    return portal.inside("known", SCHOOL, list(ROLES))


@pytest.mark.parametrize("login", ROLES)
def test_every_page_of_the_role_is_accessible(come_in, portal, known, login):
    page, complaints = come_in(login), []

    for path in pages_of(login, known):
        complaints += look_at(page, path)
    if ROLES[login] == Role.CURATOR:
        for job in portal.inside("waiting_jobs", SCHOOL):
            complaints += look_at(page, f"/o/{SCHOOL}/jobs/{job}/")
        for path in ("surveys/new/", "questionnaires/?archive=1"):
            complaints += look_at(page, f"/o/{SCHOOL}/{path}")

    assert complaints == []


def test_every_door_is_accessible(come_in, portal):
    stranger, member, complaints = come_in(), come_in(f"{SCHOOL}-mentor"), []
    doors = {
        "/account/login/": 200,
        "/account/reset/": 200,
        "/account/reset/done/": 200,
        "/account/reset/key/1-nonsense/": 200,
        "/account/reset/key/done/": 200,
        portal.inside("open_link", SCHOOL).removeprefix(portal.address): 200,
        "/l/1.nonsense/": 404,
        portal.inside("check_path", SCHOOL): 200,
        "/check/00000000-0000-0000-0000-000000000000/": 404,
        **portal.inside("survey_doors", SCHOOL),
    }

    for path, status in doors.items():
        complaints += look_at(stranger, path, status)
    for path, status in {
        "/account/logout/": 200,
        f"/o/{SCHOOL}/mentors/": 403,
        f"/o/{SCHOOL}/nothing/": 404,
    }.items():
        complaints += look_at(member, path, status)

    assert complaints == []


def test_longest_surname_scrolls_no_page_sideways(come_in, portal):
    made = portal.inside("make_long_names", "long-names")
    page, complaints = come_in("long-names-curator"), []

    for path in (
        "", "mentors/", "mentees/", "mentors/print/", "queue/", "pairs/", "documents/", "consents/",
        "settings/members/", f"pairs/{made['pairing']}/",
        f"orders/{made['order']}/", "orders/add/", f"people/{made['person']}/",
        f"surveys/{made['wave']}/", f"surveys/{made['wave']}/links/", "statements/",
    ):  # fmt: skip
        page.goto(f"/o/long-names/{path}")
        for width in (PHONE, ZOOMED, 1200):
            complaints += sideways(page, path, width)

    assert "\n".join(complaints) == ""


def test_order_shows_its_paper_before_the_rest_on_a_phone_and_beside_it_on_a_desk(come_in, known):
    page = come_in(f"{SCHOOL}-curator", viewport={"width": PHONE, "height": 760})
    page.goto(f"/o/{SCHOOL}/orders/{known['order_id'][0]}/")
    sheet, lines = page.locator("article.sheet"), page.get_by_role("table", name="Что делает приказ")

    assert sheet.bounding_box()["y"] < lines.bounding_box()["y"]
    page.set_viewport_size({"width": WIDE, "height": 800})
    assert sheet.bounding_box()["x"] > lines.bounding_box()["x"] + lines.bounding_box()["width"]


@pytest.mark.parametrize("path", ["", "mentors/", "pairs/add/", "orders/"])
def test_page_works_by_keyboard(come_in, known, path):
    page = come_in(f"{SCHOOL}-curator", viewport={"width": WIDE, "height": 800})
    page.goto(f"/o/{SCHOOL}/{path}" + (f"{known['order_id'][0]}/" if path == "orders/" else ""))

    visited = list(tabbed_through(page))

    assert 'class="skip"' in visited[0]["what"]
    assert unseen(visited) == set()
    assert len(visited) >= page.locator("main a[href], main button, main input:not([type=hidden]), main select").count()


def test_login_works_by_keyboard(come_in):
    page = come_in(viewport={"width": WIDE, "height": 800})
    page.goto("/account/login/")

    visited = list(tabbed_through(page))
    page.locator("input[name=login]").focus()
    page.keyboard.type(f"{SCHOOL}-psychologist")
    page.keyboard.press("Tab")
    page.keyboard.type("priozersk-2026")
    page.keyboard.press("Enter")

    assert unseen(visited) == set()
    expect(page.get_by_role("heading", level=1)).to_have_text("Что делать сейчас")


def test_skip_link_leads_to_the_content(come_in):
    page = come_in(f"{SCHOOL}-curator")
    page.goto(f"/o/{SCHOOL}/mentors/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="К содержанию")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_mobile_menu_opens_by_keyboard(come_in):
    page = come_in(f"{SCHOOL}-curator", viewport={"width": PHONE, "height": 760})
    page.goto(f"/o/{SCHOOL}/")
    pairs = page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Пары и группы")

    expect(pairs).to_be_hidden()
    page.get_by_role("checkbox", name="Показать меню").focus()
    page.keyboard.press("Space")
    expect(pairs).to_be_visible()
    while not pairs.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Пары и группы")


def pages_of(login: str, known: dict[str, list[object]]) -> Iterator[str]:
    """Paths of all pages that the role may open, with the arguments of its own organisation."""
    allowed = permissions_of(frozenset({ROLES[login]}))
    slug = login.rpartition("-")[0]
    for route in inside_routes():
        may_open = route.method == "get" and route.view.permission in allowed and route.name != "job_detail"
        if may_open and route.name not in NOT_PAGES:
            mine = known | known["own"][login] | known["routes"].get(route.name, {})
            for values in arguments(route, mine):
                yield reverse(route.name, kwargs={"org": slug} | values) + mine["queries"].get(route.name, "")


def arguments(route: Route, known: dict[str, list[object]]) -> Iterator[dict[str, object]]:
    wanted = [argument for argument in route.arguments if argument != "org"]
    if wanted == ["bank", "profile_id"]:
        choices = zip(known["bank"], known["profile_id"], strict=True)
    else:
        # A page about a thing is looked at in each of the thing's states, what leads on from it in one of them.
        is_about = route.name.endswith("_detail") or route.name in known["routes"]
        choices = product(*(known[name] if is_about or name not in IN_STATES else known[name][:1] for name in wanted))
    for values in choices:
        yield dict(zip(wanted, values, strict=True))


def look_at(page: Page, path: str, status: int = 200) -> list[str]:
    """What is wrong with a page on a wide screen, on a phone, and zoomed to 200 %."""
    page.set_viewport_size({"width": WIDE, "height": 800})
    try:
        answer = page.goto(path)
    except Error as error:
        if "Download is starting" in error.message:
            return []
        raise
    found = [] if answer.status == status else [f"{path}: {answer.status}"]
    page.evaluate(AXE)
    found += violations(page, path)
    for width in (ZOOMED, PHONE):
        found += sideways(page, path, width)
    return found + violations(page, path)


def sideways(page: Page, path: str, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 760})
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{path}: {beyond} px sideways at {width} px"] if beyond > 0 else []


def violations(page: Page, path: str) -> list[str]:
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(results => results.violations)")
    return [
        f"{path} at {page.viewport_size['width']} px: {rule['id']}: {node['html'][:150]}"
        for rule in found
        for node in rule["nodes"]
    ]


def unseen(visited: list[dict[str, object]]) -> set[object]:
    """Elements that have shown no focus; a date field shows it inside itself on its little calendar."""
    return {stop["what"] for stop in visited} - {stop["what"] for stop in visited if stop["isSeen"]}


def tabbed_through(page: Page) -> Iterator[dict[str, object]]:
    """Every element that Tab reaches, in its order, until the page is over."""
    first = None
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(OUTLINES)
        if stop["isPage"] or stop["what"] == first:
            return
        first = first or stop["what"]
        yield stop
