"""What each role finds when it comes in, and what stays shut to it."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("portal")

PLAN = "Дорожная карта"
BANKS = ("Наставники", "Наставляемые", "Пары и группы")
SURVEYS = ("Встречи", "Анкеты")
PEACE = "Сейчас от вас ничего не требуется"
BANK_PAGES = frozenset({"mentors/", "mentees/", "pairs/", "queue/", "consents/", "settings/"})
PLAN_PAGES = frozenset({"roadmap/", "roadmap/all/"})
PLAN_CHANGES = frozenset({"roadmap/new/", "roadmap/new/pattern/", "roadmap/responsible/"})
BANK_CHANGES = frozenset({"mentors/add/", "mentees/import/", "pairs/add/", "orders/add/"})
SURVEY_CHANGES = frozenset({"surveys/new/", "questionnaires/", "surveys/minutes/", "events/new/"})
SURVEY_PAGES = SURVEY_CHANGES | {"surveys/", "statements/", "events/"}
ORGANISATION_PAGES = BANK_PAGES | SURVEY_PAGES | {"documents/"}
CHANGES = BANK_CHANGES | PLAN_CHANGES | SURVEY_CHANGES | {"acts/add/"}
DISTRICT = frozenset({"schools/"})


@dataclass(frozen=True)
class Expected:
    """One login of the demo: its menu, words of its first page, and pages that answer 403."""

    login: str
    menu: tuple[str, ...]
    says: tuple[str, ...]
    shut: frozenset[str]


ROLES = (
    Expected(
        "gimnaziya-3-director",
        ("Сейчас", PLAN, *BANKS, *SURVEYS, "Документы", "Мои дела", "Моё", "Настройки"),
        ("1 приказ ждёт вашей подписи", "Наставники · наставляемые", "Работают пар и групп"),
        CHANGES | DISTRICT | {"consents/", "people/add/", "statements/"},
    ),
    Expected(
        "gimnaziya-3-curator",
        ("Сейчас", PLAN, *BANKS, *SURVEYS, "Документы", "Мои дела", "Согласия", "Моё", "Настройки"),
        ("1 проект приказа не отправлен", "6 наставляемых без наставника", "1 пара ждёт ответов", "Ждут наставника"),
        DISTRICT,
    ),
    Expected(
        "gimnaziya-3-psychologist",
        ("Сейчас", PLAN, *BANKS, *SURVEYS, "Мои дела", "Моё"),
        (PEACE, "Наставники · наставляемые"),
        CHANGES | DISTRICT | {"documents/", "consents/", "settings/"},
    ),
    Expected(
        "gimnaziya-3-hr_officer",
        ("Сейчас", PLAN, "Документы", "Мои дела", "Согласия", "Моё"),
        ("1 приказ на согласовании",),
        CHANGES | DISTRICT | SURVEY_PAGES | {"mentors/", "mentees/", "pairs/", "queue/", "settings/"},
    ),
    Expected(
        "gimnaziya-3-methodologist",
        ("Сейчас", PLAN, *BANKS, *SURVEYS, "Мои дела", "Моё"),
        (PEACE, "Наставники · наставляемые"),
        CHANGES | DISTRICT | {"documents/", "consents/", "settings/", "statements/"},
    ),
    Expected(
        "gimnaziya-3-mentor",
        ("Сейчас", "Мои дела", "Моё"),
        ("Ваша наставническая пара работает",),
        CHANGES | DISTRICT | ORGANISATION_PAGES | PLAN_PAGES,
    ),
    Expected(
        "gimnaziya-3-mentee",
        ("Сейчас", "Мои дела", "Моё"),
        ("Ваша наставническая пара работает",),
        CHANGES | DISTRICT | ORGANISATION_PAGES | PLAN_PAGES,
    ),
    Expected(
        "priozersk-district_curator",
        ("Сейчас", PLAN, "Школы", "Документы", "Мои дела", "Моё"),
        (PEACE, "Организации: числа без имён", "МАОУ «Гимназия № 3»"),
        BANK_CHANGES | BANK_PAGES | SURVEY_PAGES,
    ),
    Expected(
        "priozersk-observer",
        ("Сейчас", PLAN, "Школы", "Мои дела", "Моё"),
        (PEACE, "Организации: числа без имён", "МАОУ «Гимназия № 3»"),
        CHANGES | ORGANISATION_PAGES,
    ),
)


@pytest.mark.parametrize("expected", ROLES, ids=lambda expected: expected.login)
def test_role_finds_its_menu_and_work_and_nothing_else(come_in, expected):
    page = come_in(expected.login)

    page.goto("/")
    menu = page.get_by_role("navigation", name="Разделы").get_by_role("link")
    first_page = page.url

    assert menu.all_inner_texts() == list(expected.menu)
    expect(page.get_by_role("heading", level=1)).to_have_text("Что делать сейчас")
    for words in expected.says:
        expect(page.get_by_role("main")).to_contain_text(words)
    for path in sorted(expected.shut):
        answer = page.goto(first_page + path)
        assert answer.status == 403, path
        expect(page.get_by_role("heading", level=1)).to_have_text("Эта страница для другой роли")
        way_on = page.get_by_role("link", name="На первую страницу")
        expect(way_on).to_be_visible()
    way_on.click()
    page.wait_for_url(first_page)


def test_stranger_is_sent_to_the_login_and_back(come_in):
    page = come_in()

    page.goto("/o/gimnaziya-3/mentors/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Вход")
    page.locator("input[name=login]").fill("gimnaziya-3-curator")
    page.locator("input[name=password]").fill("priozersk-2026")
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Наставники")


def test_member_of_one_school_finds_nothing_in_another(come_in):
    page = come_in("gimnaziya-3-curator")

    answer = page.goto("/o/licey-7/mentors/")

    assert answer.status == 404
    expect(page.get_by_role("link", name="На первую страницу")).to_be_visible()
