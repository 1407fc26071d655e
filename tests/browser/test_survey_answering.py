"""Answering a questionnaire by a personal link on a phone: connection lost, another phone, twice, without a name."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_accessibility import AXE, WIDE, sideways, tabbed_through, unseen, violations
from tests.browser.visitors import PHONE

pytestmark = pytest.mark.xdist_group("portal")

BEGINNING = (
    ("Довольны ли вы программой", "8"),
    ("Легко ли вам общаться", "9"),
    ("Много ли пользы", "7"),
)
MIDDLE = ("Как часто вы встречаетесь", "часто")
ENDING = (("Удаётся ли выполнять", "6"), ("Хотите ли вы продолжать", "да"))
WORDS = "Сохранить встречи по пятницам 👍 <b>=1+1</b>"
SENT = {
    "satisfied": ["8"], "comfort": ["9"], "usefulness": ["7"], "meeting_frequency": ["often"], "plan_done": ["6"],
    "continue": ["yes"],
}  # fmt: skip


def test_answers_outlive_a_lost_connection_and_another_phone_and_two_buttons(come_in, asking):
    curator, phone, other = come_in("asking-curator"), come_in(**PHONE), come_in(**PHONE)
    link = link_of(curator, asking["named"], "Подопечная Имя0 Ивановна")

    begin(phone, link)
    answer(phone, *BEGINNING[0])
    expect(state(phone)).to_have_text("Сохранено")
    answer(phone, *BEGINNING[1])
    expect(way(phone)).to_contain_text("Вопрос 3 из 7")
    phone.context.set_offline(True)
    answer(phone, *BEGINNING[2])
    expect(state(phone)).to_have_text("Нет связи: ответ пока только на этом телефоне")
    complaints = looked_at(phone, "without a connection")
    phone.context.set_offline(False)
    expect(state(phone)).to_have_text("Сохранено")

    other.goto(link)
    expect(way(other)).to_contain_text("Вопрос 4 из 7")
    for words, choice in reversed(BEGINNING):
        other.get_by_role("button", name="Назад").click()
        expect(question(other)).to_contain_text(words)
        expect(question(other).get_by_label(choice, exact=True)).to_be_checked()
    for _ in BEGINNING:
        go_on(other)
    for words, choice in (MIDDLE, *ENDING):
        answer(other, words, choice)
    other.get_by_role("textbox").fill(WORDS)
    go_on(other)
    complaints += looked_at(other, "the end")
    expect(state(other)).to_have_text("Сохранено")
    tab = other.context.new_page()
    tab.goto(link)
    other.get_by_role("button", name="Отправить").dblclick()
    expect(other.get_by_role("heading", level=1)).to_have_text("Анкета отправлена")
    complaints += looked_at(other, "sent")

    tab.get_by_role("button", name="Отправить").click()
    expect(tab.get_by_text("изменить их уже нельзя")).to_be_visible()
    question(phone).get_by_label("никогда").check()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Анкета уже отправлена")
    assert complaints == []
    assert read_sheet(curator, asking["named"], "Подопечная Имя0 Ивановна") == [
        *(f"{mark} из\u00a010" for mark in (8, 9, 7)), "часто", "6 из\u00a010", "да", WORDS,
    ]  # fmt: skip


def link_of(page: Page, wave: int, name: str) -> str:
    """The address that a printed card gives."""
    page.goto(f"/o/asking/surveys/{wave}/links/")
    card = page.locator(".cards > div").filter(has_text=name)
    expect(card.get_by_role("img", name=f"QR-код ссылки на анкету: {name}")).to_be_visible()
    return card.locator(".address").inner_text()


def begin(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_text("увидит только куратор").first).to_be_visible()
    page.get_by_role("button", name="Начать").click()


def answer(page: Page, words: str, choice: str) -> None:
    expect(question(page)).to_contain_text(words)
    question(page).get_by_label(choice, exact=True).check()
    go_on(page)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Дальше").click()


def question(page: Page) -> Locator:
    """The question on the screen: there is only one."""
    return page.locator(".question:visible")


def state(page: Page) -> Locator:
    return page.get_by_role("status")


def way(page: Page) -> Locator:
    return page.locator("#way")


def read_sheet(page: Page, wave: int, name: str) -> list[str]:
    """The answers of the only one who has answered, as the curator reads them."""
    page.goto(f"/o/asking/surveys/{wave}/")
    expect(page.get_by_text("1 из 6", exact=True)).to_be_visible()
    page.get_by_role("row").filter(has_text=name).get_by_role("link", name="Ответы").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.locator(".grid.two section div > .muted + div").all_inner_texts()


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with a page as it stands."""
    page.evaluate(AXE)
    return violations(page, name) + sideways(page, name, page.viewport_size["width"])


def test_nameless_answers_without_javascript_show_figures_and_nobody(come_in, portal, asking):
    curator, wave = come_in("asking-curator"), asking["nameless"]
    link = link_of(curator, wave, "Наставникова Имя0 Ивановна")
    first, second = (come_in(java_script_enabled=False, **PHONE) for _ in range(2))

    first.goto(link)
    expect(first.get_by_text("Без имени: портал записывает, что вы ответили, но не что именно.").first).to_be_visible()
    tick(first, *BEGINNING)
    first.get_by_role("button", name="Сохранить и закончить позже").click()
    expect(first.get_by_text("Сохранено. Продолжить можно по этой же ссылке.")).to_be_visible()
    second.goto(link)
    for _, choice in BEGINNING[:1]:
        expect(asked(second, BEGINNING[0][0]).get_by_label(choice, exact=True)).to_be_checked()
    second.get_by_role("button", name="Отправить").click()
    expect(second.get_by_text("Анкета не отправлена. Проверьте эти ответы, остальные сохранены:")).to_be_visible()
    tick(second, MIDDLE, *ENDING)
    second.get_by_role("textbox").last.fill("Спасибо куратору")
    second.get_by_role("button", name="Отправить").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Анкета отправлена")
    portal.inside("answer_the_rest", wave, SENT)

    curator.goto(f"/o/asking/surveys/{wave}/results/")
    expect(curator.get_by_text("До этого их не видит никто.")).to_be_visible()
    curator.goto(f"/o/asking/surveys/{wave}/")
    expect(curator.get_by_role("link", name="Ответы", exact=True)).to_have_count(0)
    close(curator)
    shown = [words_of(curator, f"/o/asking/surveys/{wave}/{page}/") for page in ("results", "texts", "swot")]
    assert "6 из 6" in shown[0]
    assert "Спасибо куратору" in shown[1]
    assert [name for name in ("Наставникова", "Подопечная", "Имя0") if name in "".join(shown)] == []


def tick(page: Page, *answers: tuple[str, str]) -> None:
    for words, choice in answers:
        asked(page, words).get_by_label(choice, exact=True).check()


def asked(page: Page, words: str) -> Locator:
    return page.get_by_role("radiogroup").filter(has_text=words)


def close(page: Page) -> None:
    page.locator("summary", has_text="Завершить сейчас").click()
    page.get_by_role("button", name="Завершить", exact=True).click()
    expect(page.get_by_text("Завершено, итоги готовы.")).to_be_visible()


def words_of(page: Page, path: str) -> str:
    page.goto(path)
    return page.get_by_role("main").inner_text()


def test_questionnaire_is_answered_by_keyboard(come_in, asking):
    curator = come_in("asking-curator")
    page = come_in(viewport={"width": WIDE, "height": 800})
    page.goto(link_of(curator, asking["named"], "Подопечная Имя1 Ивановна"))
    complaints = looked_at(page, "all at once")

    visited = list(tabbed_through(page))
    assert unseen(visited) == set()
    page.get_by_role("button", name="Отправить").press("Enter")
    expect(page.get_by_text("Не отправлено. Проверьте эти ответы:")).to_be_visible()
    complaints += looked_at(page, "faults")
    page.reload()
    page.get_by_role("button", name="По одному").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Начать").focus()
    page.keyboard.press("Enter")
    expect(question(page).get_by_role("heading")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(way(page)).to_contain_text("Вопрос 2 из 7")
    expect(question(page).get_by_role("heading")).to_be_focused()
    expect(state(page)).to_have_text("Сохранено")
    page.get_by_role("button", name="Назад").click()
    expect(question(page).get_by_label("2", exact=True)).to_be_checked()
    assert complaints == []
