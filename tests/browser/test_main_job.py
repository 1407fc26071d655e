"""The main job from the spreadsheet to the order in a teacher's phone: curator, director and teacher."""

import hashlib
import re
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from config.demo.district import PASSWORD
from people.pages import ROWS
from tests.browser.portal import RunningPortal
from tests.browser.visitors import PHONE

pytestmark = pytest.mark.xdist_group("portal")

FILES = Path(__file__).parent.parent / "mentoring" / "files"
MENTORS = ("Черных Иван Иванович", "Орлова Марина Дашиевна")
MENTEES = ("Кузнецов Лев Дашиевич", "Дурново Ольга Ильинична", "Мельник Рашид Сергеевич")


def test_order_goes_from_a_spreadsheet_to_a_teachers_phone(come_in, portal):
    curator = come_in("sosh-14-curator")
    bring_in(curator, "mentors", "mentors.xlsx", rows="18 строк")
    bring_in(curator, "mentees", "mentees.csv", rows="31 строку")
    for name in (*MENTORS, *MENTEES):
        record_consents(curator, name)
    make_pair(curator, MENTORS[0], *MENTEES[:1])
    make_pair(curator, MENTORS[1], *MENTEES[1:])
    order = draft_and_send(curator)
    director = come_in("sosh-14-director")

    with portal.paused("worker"):
        number = sign(director, order)
        wait_for_file(curator, order)
    pdf = download(curator)

    assert number in text_of(pdf)
    for words in (
        "Черных Ивана Ивановича",
        "Орлову Марину Дашиевну",
        "Кузнецовым Львом Дашиевичем",
        "Дурново Ольгой Ильиничной",
        "Мельником Рашидом Сергеевичем",
        "Наставникам вести журнал встреч",
    ):
        assert words in text_of(pdf)
    read_on_phone(come_in(**PHONE), link_of(curator, portal, MENTEES[0]), number, pdf)
    curator.goto(order)
    expect(curator.get_by_text("Лист ознакомления: 1 из 6")).to_be_visible()


def bring_in(page: Page, bank: str, filename: str, *, rows: str) -> None:
    page.goto(f"/o/sosh-14/{bank}/")
    page.get_by_role("link", name="Загрузить таблицу").click()
    page.get_by_label("Файл").set_input_files(FILES / filename)
    page.get_by_role("button", name="Прочитать файл").click()
    expect(page.get_by_role("progressbar").or_(page.get_by_text("Ошибок нет"))).to_be_visible()
    expect(page.get_by_text("Ошибок нет")).to_be_visible()
    tab = page.get_by_role("link", name="Сомнительные")
    doubts = int(tab.locator(".num").inner_text())
    tab.click()
    expect(page.locator("tbody tr")).to_have_count(min(doubts, ROWS))
    expect(page.locator("tbody .chip.soon").first).to_be_visible()
    page.get_by_role("button", name=f"Записать {rows}").click()
    expect(page.locator(".note.ok")).to_contain_text("Записано")
    page.get_by_role("link", name="Открыть банк").click()


def open_card(page: Page, name: str) -> None:
    page.goto("/o/sosh-14/consents/")
    page.get_by_label("Имя", exact=True).fill(name)
    page.get_by_role("button", name="Показать").click()
    page.get_by_role("link", name=name, exact=True).click()


def record_consents(page: Page, name: str) -> None:
    open_card(page, name)
    expect(page.get_by_text("Нет действующего согласия")).to_be_visible()
    for purpose in ("обработка персональных данных", "участие в наставничестве"):
        page.get_by_role("link", name=f"Внести согласие: {purpose}").click()
        expect(page.get_by_label("Кто подписал")).to_have_value(name)
        page.get_by_role("button", name="Внести согласие").click()
        expect(page.get_by_text("Согласие внесено.")).to_be_visible()
    expect(page.get_by_text("действует", exact=True)).to_have_count(2)


def make_pair(page: Page, mentor: str, *mentees: str) -> None:
    page.goto("/o/sosh-14/pairs/")
    page.get_by_role("link", name="Новая пара").click()
    page.get_by_label("Наставник*").select_option(mentor)
    for name in mentees:
        page.get_by_label(name).check()
    page.get_by_label("Цель").fill("уверенно вести урок")
    page.get_by_role("button", name="Предложить пару").click()
    expect(page.get_by_text("Пара предложена")).to_be_visible()
    page.get_by_role("button", name="Обе стороны согласны").click()
    expect(page.get_by_text("Пара согласована")).to_be_visible()


def draft_and_send(page: Page) -> str:
    page.get_by_role("link", name="Составить приказ").click()
    expect(page.locator("input[name=pairing]:checked")).to_have_count(2)
    page.get_by_role("button", name="Составить проект").click()
    page.get_by_role("link", name="Править текст").click()
    points = page.get_by_label("Пункты")
    points.fill(f"{points.input_value()}\nНаставникам вести журнал встреч.")
    page.get_by_role("button", name="Сохранить текст").click()
    expect(page.locator(".sheet")).to_contain_text("Наставникам вести журнал встреч.")
    page.get_by_role("button", name="Отправить на подпись").click()
    expect(page.get_by_text("Приказ отправлен")).to_be_visible()
    return page.url


def sign(page: Page, order: str) -> str:
    page.goto(order)
    page.get_by_label("Ваш пароль").fill("ne-tot-parol")
    page.get_by_role("button", name="Подписать приказ").click()
    expect(page.get_by_text("Пароль неверный. Приказ не подписан.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Приказ на подпись")
    page.get_by_label("Ваш пароль").fill(PASSWORD)
    page.get_by_role("button", name="Подписать приказ").click()
    heading = page.get_by_role("heading", name=re.compile("Приказ №"))
    expect(heading).to_be_visible()
    return heading.inner_text().removeprefix("Приказ №").strip()


def wait_for_file(page: Page, order: str) -> None:
    """Sees that the file is being made; what appears afterwards must appear in this very page."""
    page.goto(order)
    expect(page.get_by_text("Файл готовится, он появится на этой странице")).to_be_visible()
    page.evaluate("window.sameAsBefore = true")


def download(page: Page) -> bytes:
    link = page.get_by_role("link", name="Скачать PDF")
    expect(link).to_be_visible()
    assert page.evaluate("window.sameAsBefore") is True
    return downloaded(page)


def downloaded(page: Page) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Скачать PDF").click()
    return waiting.value.path().read_bytes()


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def link_of(page: Page, portal: RunningPortal, name: str) -> str:
    open_card(page, name)
    page.get_by_role("button", name="Распечатать QR").click()
    expect(page.get_by_role("img", name=f"QR-код личной ссылки: {name}")).to_be_visible()
    surname, given, _ = name.split()
    return portal.inside("link_url", surname, given)


def read_on_phone(page: Page, address: str, number: str, pdf: bytes) -> None:
    page.goto(address)
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("heading", name="Что делать сейчас")).to_be_visible()
    page.get_by_role("link", name=f"Прочитать: Ознакомьтесь с приказом № {number}").click()
    page.evaluate("window.sameAsBefore = true")
    page.get_by_role("button", name="ознакомлен").click()
    expect(page.get_by_text("вы ознакомлены с приказом")).to_be_visible()
    assert hashlib.sha256(downloaded(page)).digest() == hashlib.sha256(pdf).digest()
