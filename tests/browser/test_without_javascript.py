"""The portal without JavaScript: everything that matters works, pages only wait by themselves less smoothly."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from config.demo.district import PASSWORD
from tests.browser.college_plan import college_plan_docx
from tests.browser.visitors import log_in

pytestmark = pytest.mark.xdist_group("portal")

FILES = Path(__file__).parent.parent / "mentoring" / "files"


def test_waiting_page_of_an_import_goes_on_by_itself(come_in, portal):
    page = come_in(java_script_enabled=False)
    log_in(page, "kolledzh-curator")

    page.goto("/o/kolledzh/mentors/import/")
    page.get_by_label("Файл").set_input_files(FILES / "mentors.xlsx")
    with portal.paused("worker"):
        page.get_by_role("button", name="Прочитать файл").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Чтение файла «mentors.xlsx»")
        expect(page.get_by_role("progressbar")).to_be_visible()

    expect(page.get_by_role("button", name="Записать 18 строк")).to_be_visible()


def test_order_is_signed_and_read(come_in, portal):
    order = portal.inside("make_school", "no-script", [1])[0]
    director, curator = come_in(java_script_enabled=False), come_in(java_script_enabled=False)
    log_in(director, "no-script-director")
    log_in(curator, "no-script-curator")

    director.goto(f"/o/no-script/orders/{order}/")
    director.get_by_label("Ваш пароль").fill(PASSWORD)
    director.get_by_role("button", name="Подписать приказ").click()
    expect(director.get_by_role("heading", level=1)).to_have_text("Приказ № 1")
    curator.goto("/o/no-script/")
    curator.get_by_role("link", name="Прочитать: Ознакомьтесь с приказом № 1").click()
    curator.get_by_role("button", name="Ознакомлен").click()

    expect(curator.get_by_text("вы ознакомлены с приказом")).to_be_visible()


def test_roadmap_is_read_confirmed_and_marked(come_in, portal):
    portal.inside("make_school", "no-script-plan", [])
    page = come_in(java_script_enabled=False)
    log_in(page, "no-script-plan-curator")

    page.goto("/o/no-script-plan/roadmap/new/")
    document = {"name": "B.docx", "mimeType": "application/octet-stream", "buffer": college_plan_docx()}
    page.get_by_label("Файл").set_input_files(document)
    page.get_by_role("button", name="Прочитать документ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Проверьте дорожную карту")
    page.get_by_role("button", name="Принять в работу").click()
    page.get_by_role("link", name="Отметить: 1.4 Обновление информации").click()
    page.get_by_label("Что сделано").fill("Вкладка обновлена")
    page.get_by_role("button", name="Отметить выполненным").click()
    expect(page.get_by_text("Отмечено.")).to_be_visible()
    page.goto("/o/no-script-plan/roadmap/")

    done = page.get_by_role("row").filter(has_text="Обновление информации").locator("td[data-label='Состояние']")
    expect(done).to_have_text(re.compile(r"выполнено\s*Вкладка обновлена"))
