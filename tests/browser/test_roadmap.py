"""The living roadmap: a Word table becomes the plan, orders carry out its measures, a district's measure comes back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from config.demo.district import PASSWORD
from people.domain.school_year import SchoolYear
from tests.browser.college_plan import college_plan_docx
from tests.browser.portal import RunningPortal
from tests.browser.visitors import PHONE

pytestmark = pytest.mark.xdist_group("portal")

GOALS = "Определение цели, задач, ролевых моделей наставничества, ожидаемых результатов"
TARGET_MODEL = "Издание распорядительного акта о реализации целевой модели наставничества"
BANKS = "Формирование банка наставников и наставляемых на уровне образовательной организации"


def test_word_table_becomes_the_plan_and_its_orders_mark_its_measures(come_in, portal):
    portal.inside("make_school", "plan-b", [])
    curator, director = come_in("plan-b-curator"), come_in("plan-b-director")
    year = portal.inside("school_year")

    upload(curator, "plan-b")
    expect(curator.get_by_text("Посмотрите: 1 сомнение")).to_be_visible()
    expect(curator.get_by_text("Срок «Август 2024» выходит за период плана")).to_be_visible()
    expect(curator.locator("tbody tr:not(.stage)")).to_have_count(18)
    move_to(curator, SchoolYear(year))
    correct_term(curator, GOALS, f"сентябрь {year}")
    correct_dates(curator, TARGET_MODEL, f"01.09.{year} – 30.09.{year}")
    curator.get_by_role("button", name="Принять в работу").click()
    expect(curator.get_by_text("Дорожная карта в работе. Осталось утвердить её приказом.")).to_be_visible()
    plan = curator.url
    approving = draft_approval(curator)
    sign(director, approving, 1)
    curator.goto(plan)
    expect(curator.get_by_text("Утверждена приказом № 1 от")).to_be_visible()
    expect(state(curator, GOALS)).to_contain_text(re.compile(r"выполнено\s*приказ № 1 от"))
    expect(state(curator, TARGET_MODEL)).not_to_contain_text("выполнено")
    order = draft_order(curator, TARGET_MODEL)
    sign(director, order, 2)
    curator.goto(plan)

    expect(state(curator, TARGET_MODEL)).to_contain_text(re.compile(r"выполнено\s*приказ № 2 от"))
    expect(state(curator, GOALS)).to_contain_text(re.compile(r"выполнено\s*приказ № 1 от"))
    expect(curator.get_by_role("link", name="Выполнено 2")).to_be_visible()


def upload(page: Page, slug: str) -> None:
    page.goto(f"/o/{slug}/")
    page.get_by_role("link", name="Начать: На этот год нет дорожной карты").click()
    page.get_by_label("Файл").set_input_files(
        {"name": "Карта колледжа.docx", "mimeType": "application/octet-stream", "buffer": college_plan_docx()}
    )
    page.get_by_role("button", name="Прочитать документ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Проверьте дорожную карту")


def move_to(page: Page, year: SchoolYear) -> None:
    """The document is of 2024: it begins to work in the school year that runs."""
    page.get_by_role("link", name="Название и период").click()
    page.get_by_label("Название").fill(f"Дорожная карта колледжа на {year} учебный год")
    page.get_by_label("Действует с").fill(year.first_day.isoformat())
    page.get_by_label("по", exact=False).last.fill(year.last_day.isoformat())
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Сроки мероприятий пересчитаны по новому периоду")).to_be_visible()


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("row").filter(has_text=title)


def state(page: Page, title: str) -> Locator:
    return row(page, title).locator("td[data-label='Состояние']")


def correct_term(page: Page, title: str, words: str) -> None:
    page.get_by_role("link", name=title).click()
    page.get_by_label("Срок").fill(words)
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Сохранено.")).to_be_visible()
    page.go_back()
    page.go_back()
