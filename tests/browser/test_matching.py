"""Matching as the demo lyceum does it: from the analysis of both banks to pairs that are ready for the order."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import RunningPortal
from tests.browser.test_accessibility import AXE, violations
from tests.browser.visitors import PHONE

pytestmark = pytest.mark.xdist_group("portal")

PAIRS_OF_RUN = """
SELECT pairing.id, mentor.surname, mentor.given, mentee.surname, mentee.given
FROM mentoring_pairing pairing
JOIN mentoring_pairingmentee place ON place.pairing_id = pairing.id
JOIN people_person mentor ON mentor.id = pairing.mentor_id
JOIN people_person mentee ON mentee.id = place.mentee_id
WHERE pairing.run_id = %s AND 4 = (
  SELECT count(*) FROM people_consent consent
  WHERE consent.person_id IN (mentor.id, mentee.id) AND consent.state = 'signed'
    AND consent.purpose IN ('processing', 'participation')
)
ORDER BY pairing.id
"""


def test_lyceum_matches_asks_and_has_pairs_for_the_order(come_in, portal):
    curator = come_in("licey-7-curator", viewport={"width": 1280, "height": 1700})

    run = start(curator)
    choose_another(curator)
    accept_all(curator)
    pairs = portal.rows(PAIRS_OF_RUN, run)
    refused, agreed = pairs[0], pairs[1]
    answer(come_in(**PHONE), portal, refused[0], refused[3:5], "Отказаться")
    for person in (agreed[1:3], agreed[3:5]):
        answer(come_in(**PHONE), portal, agreed[0], person, "Согласен")

    again = start(curator)
    curator.get_by_role("searchbox", name="Имя").fill(refused[3])
    curator.get_by_role("button", name="Показать").click()
    expect(curator.locator("#mentees")).to_be_visible()
    forbidden = curator.locator("#card").get_by_text("Запрещены:")
    expect(forbidden).to_contain_text(f"{refused[1]}")
    expect(forbidden).to_contain_text("раньше эта пара не сложилась")
    expect(curator.locator("#card h2")).not_to_contain_text(refused[1])
    curator.goto(f"/o/licey-7/matching/runs/{again}/compare/?with={run}")
    expect(curator.get_by_text("Уже не ждут")).to_be_visible()
    curator.goto("/o/licey-7/orders/add/")
    expect(curator.get_by_label(re.compile(rf"^{agreed[1]} {agreed[2]}.* → {agreed[3]} {agreed[4]}"))).to_be_checked()


def start(page: Page) -> int:
    """From the analysis to the board of a new run, whose number it gives."""
    page.goto("/o/licey-7/matching/")
    expect(page.get_by_role("heading", name="Где не хватает")).to_be_visible()
    page.get_by_role("button", name="Подобрать пары").click()
    page.wait_for_url(re.compile(r"/matching/runs/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Подбор от")
    return int(page.url.rstrip("/").rsplit("/", 1)[1])


def choose_another(page: Page) -> None:
    """Ask why not another mentor, choose them all the same, take it back, and choose them again."""
    mentee = page.locator(".picks a[aria-current] strong").inner_text()
    other = page.locator("#card .picks a").first
    name = other.locator("strong").inner_text()
    other.click()
    why = page.locator("#why")
    expect(why.get_by_role("heading")).to_have_text(f"Почему не {name}?")
    expect(why).to_contain_text(re.compile(r"Сумма (уменьшится|вырастет|не изменится)"))
    why.get_by_role("button", name="Всё равно выбрать").click()
    expect(page.locator(".note.ok")).to_contain_text("Пара закреплена. Сумма")
    expect(page.locator("#card h2")).to_have_text(name)
    page.get_by_role("button", name="Отменить").click()
    expect(page.locator(".note.ok")).to_contain_text("Последнее изменение отменено.")
    move_by_dragging(page, mentee, name)


def move_by_dragging(page: Page, mentee: str, mentor: str) -> None:
    """On the board by mentors a person is dragged to another mentor."""
    page.get_by_role("link", name="Наставники", exact=True).last.click()
    page.wait_for_load_state()
    tile = page.locator("[data-mentor]").filter(has=page.get_by_role("heading", name=mentor, exact=True))
    page.locator("[data-mentee]").filter(has_text=mentee).drag_to(tile)
    expect(page.locator(".note.ok")).to_contain_text("Пара закреплена.")
    expect(tile.locator("[data-mentee]").filter(has_text=mentee)).to_be_visible()


def accept_all(page: Page) -> None:
    page.get_by_role("link", name=re.compile(r"Принять \d+ пар")).click()
    page.get_by_role("button", name="Предложить эти пары").click()
    expect(page.locator(".note.ok")).to_contain_text(re.compile(r"пар\S* предложен\S*: ждём ответа"))


def answer(phone: Page, portal: RunningPortal, pairing: int, person: tuple[str, str], button: str) -> None:
    """A participant opens their personal link on a phone and answers what was proposed."""
    phone.goto(portal.inside("link_url", *person))
    phone.get_by_role("button", name="Войти").click()
    expect(phone.get_by_text(re.compile("Вам предложили")).first).to_be_visible()
    offer = f"/o/licey-7/my/pairs/{pairing}/"
    phone.goto(offer)
    phone.evaluate(AXE)
    assert violations(phone, offer) == []
    phone.get_by_role("button", name=button).click()
    expect(phone.locator(".note.ok").first).to_be_visible()
