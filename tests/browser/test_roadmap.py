"""The living roadmap: a Word table becomes the plan, orders carry out its measures, a district's measure comes back."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from config.demo.district import PASSWORD
from people.domain.school_year import SchoolYear
from tests.browser.college_plan import college_plan_docx
from tests.browser.visitors import PHONE

pytestmark = pytest.mark.xdist_group("portal")

GOALS = "Определение цели, задач, ролевых моделей наставничества, ожидаемых результатов"
TARGET_MODEL = "Издание распорядительного акта о реализации целевой модели наставничества"
BANKS = "Формирование банка наставников и наставляемых на уровне образовательной организации"


def test_word_table_becomes_the_plan_and_its_orders_mark_its_measures(come_in, portal):
    portal.inside("make_school", "plan-b", [])
    curator, director = come_in("plan-b-curator"), come_in("plan-b-director")
    year = SchoolYear.of(timezone.localdate())

    upload(curator, "plan-b")
    expect(curator.get_by_text("Посмотрите: 1 сомнение")).to_be_visible()
    expect(curator.get_by_role("listitem").filter(has_text="В июне 2025 года нет 31-го числа")).to_have_count(1)
    expect(curator.locator("tbody tr:not(.stage)")).to_have_count(18)
    move_to(curator, year)
    expect(row(curator, GOALS)).to_contain_text("Срок «Сентябрь 2024» выходит за период плана")
    correct_term(curator, GOALS, f"сентябрь {year.start}")
    correct_dates(curator, TARGET_MODEL, f"01.09.{year.start} – 30.09.{year.start}")
    curator.get_by_role("button", name="Принять в работу").click()
    expect(curator.get_by_text("Дорожная карта в работе. Осталось утвердить её приказом.")).to_be_visible()
    plan = curator.url
    approving = draft_approval(curator)
    sign(director, approving, 1)
    curator.goto(plan)
    expect(curator.get_by_text("Утверждена приказом № 1 от")).to_be_visible()
    expect(state(curator, GOALS)).to_have_text(marked_by(1))
    expect(state(curator, TARGET_MODEL)).not_to_contain_text("выполнено")
    order = draft_order(curator, TARGET_MODEL)
    sign(director, order, 2)
    curator.goto(plan)

    expect(state(curator, TARGET_MODEL)).to_have_text(marked_by(2))
    expect(state(curator, GOALS)).to_have_text(marked_by(1))
    expect(curator.get_by_role("link", name="Выполнено 2")).to_be_visible()


def upload(page: Page, slug: str) -> None:
    page.goto(f"/o/{slug}/")
    page.get_by_role("link", name="Начать: На этот год нет дорожной карты").click()
    page.get_by_label("Файл").set_input_files(
        {
            "name": "Карта колледжа.docx",
            "mimeType": "application/octet-stream",
            "buffer": college_plan_docx("31 июня 2025"),
        }
    )
    page.get_by_role("button", name="Прочитать документ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Проверьте дорожную карту")


def move_to(page: Page, year: SchoolYear) -> None:
    """The document is of 2024: it begins to work in the school year that runs."""
    page.get_by_role("link", name="Название и период").click()
    page.get_by_label("Название").fill(f"Дорожная карта колледжа на {year} учебный год")
    page.get_by_label("Действует с").fill(year.first_day.isoformat())
    page.get_by_label("по*").fill(year.last_day.isoformat())
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Сроки мероприятий пересчитаны по новому периоду")).to_be_visible()


def marked_by(number: int) -> re.Pattern[str]:
    """The state and, once, the order that is its evidence."""
    return re.compile(rf"^\s*выполнено\s*приказ №\s{number} от \d\d\.\d\d\.\d{{4}}\s*$")


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("row").filter(has_text=title)


def state(page: Page, title: str) -> Locator:
    return row(page, title).locator("td[data-label='Состояние']")


def correct_term(page: Page, title: str, words: str) -> None:
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_label("Срок", exact=True).fill(words)
    page.get_by_role("button", name="Сохранить").click()
    expect(row(page, title)).to_contain_text(words)
    expect(row(page, title)).not_to_contain_text("выходит за период плана")


def correct_dates(page: Page, title: str, window: str) -> None:
    row(page, title).get_by_role("link", name="Исправить даты").click()
    page.get_by_label("Сроки").fill(window)
    page.get_by_role("button", name="Сохранить сроки").click()
    expect(row(page, title)).not_to_contain_text("выходит за период плана")


def draft_approval(page: Page) -> str:
    """The order with the regulation and the roadmap; of the measures offered it carries out the first one."""
    page.get_by_role("link", name="Утвердить приказом").click()
    expect(page.get_by_label("утвердить этим же приказом и Положение о наставничестве")).to_be_checked()
    expect(page.locator("input[name=measures]:checked")).to_have_count(2)
    page.get_by_label("Разработать Программу наставничества").uncheck()
    page.get_by_role("button", name="Составить приказ").click()
    annexes = page.locator("article.sheet .annex")
    expect(annexes).to_have_count(2)
    expect(annexes.first).to_contain_text("Положение о системе наставничества")
    expect(annexes.last.get_by_role("row").filter(has_text=GOALS)).to_be_visible()
    return send(page)


def draft_order(page: Page, title: str) -> str:
    row(page, title).get_by_role("link", name="Составить приказ").click()
    page.get_by_label("О чём приказ").fill("О внедрении целевой модели наставничества")
    page.get_by_label("Пункты").fill("Внедрить целевую модель наставничества.\nКонтроль оставляю за собой.")
    page.get_by_role("button", name="Составить проект").click()
    return send(page)


def send(page: Page) -> str:
    page.get_by_role("button", name="Отправить на подпись").click()
    expect(page.get_by_text("Приказ отправлен")).to_be_visible()
    return page.url


def sign(page: Page, order: str, number: int) -> None:
    page.goto(order)
    page.get_by_label("Ваш пароль").fill(PASSWORD)
    page.get_by_role("button", name="Подписать приказ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Приказ № {number}")


def test_measure_of_the_district_goes_to_a_school_and_comes_back_done(come_in, portal):
    portal.inside("make_school_below", "new-school", "priozersk")
    district, curator = come_in("priozersk-district_curator"), come_in("new-school-curator")
    district.goto("/o/priozersk/roadmap/")
    district.get_by_role("link", name=BANKS, exact=True).click()
    district.get_by_role("link", name="Поручить школам").click()
    expect(district.locator("input[name=schools]:checked")).to_have_count(1)
    district.get_by_role("button", name="Поручить").click()
    expect(district.get_by_text("Мероприятие поручено 1 организации.")).to_be_visible()
    cell = row(district, "13 Формирование банка").locator("td[data-label='Школа new-school']")
    expect(cell).to_contain_text(re.compile("просрочено|скоро срок|идёт"))

    curator.goto("/o/new-school/roadmap/")
    expect(row(curator, BANKS)).to_contain_text("поручил округ")
    curator.get_by_role("link", name=BANKS, exact=True).click()
    expect(curator.get_by_text("поручил округ: Управление образования Приозёрского округа")).to_be_visible()
    curator.get_by_role("link", name="Отметить выполнение").click()
    curator.get_by_label("Что сделано").fill("Банки собраны, приказ о парах подписан")
    curator.get_by_role("button", name="Отметить выполненным").click()
    expect(curator.get_by_text("Отмечено.")).to_be_visible()
    district.reload()

    expect(cell).to_have_text("выполнено")


def test_mentor_finds_a_measure_on_the_phone_by_a_personal_link(come_in, portal):
    page = come_in(**PHONE)

    page.goto(portal.inside("mentor_link", "gimnaziya-3"))
    page.get_by_role("button", name="Войти").click()
    page.get_by_role("navigation", name="Главное").get_by_role("link", name="Мои дела").click()
    page.get_by_role("link", name="Отчет наставников об итогах выполнения").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Отчет наставников")
    expect(page.get_by_text("поручил округ: Управление образования Приозёрского округа")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
