"""A questionnaire's whole life at the curator's desk: built, asked, typed in from paper, counted, put to use."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.test_survey_answering import answer, close, go_on, link_of, question
from tests.browser.visitors import PHONE

pytestmark = pytest.mark.xdist_group("portal")

TITLE = "О чём вы просите"
SURE = "Насколько уверенно вы ведёте урок?"
READY = "Нужен ли вам наставник?"
TOPICS = "В чём нужна помощь?"
WORDS = "Что самое трудное?"
MENTEES = [f"Подопечная Имя{number} Ивановна" for number in range(3)]
FORMULA = "=1+1, а ещё дисциплина"


def test_questionnaire_goes_from_the_builder_to_the_bank_and_the_roadmap(come_in, asking):
    curator, phone = come_in("asking-curator"), come_in(**PHONE)

    build(curator)
    wave = launch(curator)
    for number, name in enumerate(MENTEES[:2]):
        phone.goto(link_of(curator, wave, name))
        phone.get_by_role("button", name="Начать").click()
        answer(phone, READY, "да")
        answer(phone, SURE, str(4 + 2 * number))
        question(phone).get_by_label("дисциплина").check()
        go_on(phone)
        phone.get_by_role("textbox").fill(("Тишина в классе", FORMULA)[number])
        go_on(phone)
        phone.get_by_role("button", name="Отправить").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Анкета отправлена")
    type_from_paper(curator, wave, MENTEES[2])
    curator.goto(f"/o/asking/surveys/{wave}/")
    expect(curator.get_by_text("3 из 3", exact=True)).to_be_visible()
    close(curator)

    read_results(curator, wave)
    release_words(curator)
    assert exported(curator, wave) == {
        SURE: (3, 5, 5, 1),
        "words": [("Трудности", "s"), (FORMULA, "s")],
    }
    make_summary(curator, wave)
    feed_bank(curator, wave)
    curator.goto("/o/asking/roadmap/")
    row = curator.get_by_role("row").filter(has_text="Анкетирование о запросах")
    expect(row.locator("td[data-label='Состояние']")).to_have_text(
        re.compile(rf"выполнено\s*анкета «{TITLE}.*»: ответили 3 из 3 \(100\s%\)")
    )


def build(page: Page) -> None:
    """Four questions of four kinds, the second moved before the first, and a look as on a phone."""
    page.goto("/o/asking/questionnaires/")
    page.get_by_role("link", name="Новая анкета").click()
    page.get_by_label("Название").fill(TITLE)
    page.get_by_label("Для чего").select_option("Запросы наставляемых")
    page.get_by_label("Кто отвечает").select_option("наставляемые")
    page.get_by_role("button", name="Начать").click()
    add_question(page, "Шкала", SURE, "обязательный")
    add_question(page, "Да – нет", READY, "обязательный", feed="ready")
    begin_question(page, "Несколько из списка", TOPICS)
    page.locator("summary", has_text="Темы из каталога").click()
    page.get_by_label("дисциплина на уроке").check()
    page.get_by_label("мотивация учащихся").check()
    save_question(page, TOPICS, feed="topics")
    add_question(page, "Развёрнутый ответ", WORDS)
    page.get_by_role("button", name="Вопрос 2 выше").click()
    expect(page.locator("article h3")).to_have_text([READY, SURE, TOPICS, WORDS])
    page.get_by_role("link", name="Посмотреть как на телефоне").click()
    expect(page.locator(".phone .question")).to_have_count(4)
    page.get_by_role("link", name="Вернуться к вопросам").click()
    expect(page.get_by_text("готова к анкетированию")).to_be_visible()


def add_question(page: Page, kind: str, words: str, *ticked: str, feed: str = "") -> None:
    begin_question(page, kind, words)
    for label in ticked:
        page.get_by_label(label).check()
    save_question(page, words, feed=feed)


def begin_question(page: Page, kind: str, words: str) -> None:
    page.get_by_role("link", name="Добавить вопрос").click()
    page.get_by_role("link", name=kind).first.click()
    page.get_by_label("Вопрос", exact=False).first.fill(words)


def save_question(page: Page, words: str, *, feed: str = "") -> None:
    if feed:
        page.get_by_label("Что заполнит в банке").select_option(feed)
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("heading", name=words, level=3)).to_be_visible()


def launch(page: Page) -> int:
    page.get_by_role("link", name="Провести анкетирование").click()
    expect(page.get_by_label("наставляемые из банка")).to_be_checked()
    page.get_by_role("button", name="Дальше").click()
    expect(page.get_by_role("heading", name="Сейчас выбрано: 3 человека")).to_be_visible()
    page.get_by_role("button", name="Запустить").click()
    expect(page.get_by_text("Анкетирование запущено, спрашиваем: 3 человека.")).to_be_visible()
    return int(page.url.rstrip("/").rpartition("/")[2])


def type_from_paper(page: Page, wave: int, name: str) -> None:
    page.goto(f"/o/asking/surveys/{wave}/paper/")
    page.get_by_label("Чей это лист").select_option(f"{name}, учитель")
    page.get_by_role("button", name="Дальше").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_label("нет", exact=True).check()
    page.get_by_label("5", exact=True).check()
    page.get_by_role("button", name="Внести").click()
    expect(page.get_by_text("Внесено. Следующий лист.")).to_be_visible()


def read_results(page: Page, wave: int) -> None:
    page.goto(f"/o/asking/surveys/{wave}/results/")
    expect(page.get_by_text("3 из 3 · 100 %")).to_be_visible()
    row = page.get_by_role("row").filter(has_text=SURE)
    expect(row.locator("td[data-label='Среднее']")).to_contain_text("5")
    expect(page.get_by_role("img", name="Диаграмма: средние по вопросам.")).to_be_visible()


def release_words(page: Page) -> None:
    """One answer is shown in a group, though it looks like a formula; the other is kept back."""
    page.get_by_role("link", name="Свободные ответы").click()
    waiting = page.locator("form.part")
    expect(waiting).to_have_count(2)
    shown = waiting.filter(has_text=FORMULA)
    shown.get_by_label("Группа").fill("Трудности")
    shown.get_by_role("button", name="Показать").click()
    expect(waiting).to_have_count(1)
    waiting.get_by_role("button", name="Скрыть").click()
    expect(waiting).to_have_count(0)
    expect(page.get_by_text("Трудности: 1")).to_be_visible()


def exported(page: Page, wave: int) -> dict[str, object]:
    page.goto(f"/o/asking/surveys/{wave}/results/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel").click()
    book = load_workbook(BytesIO(waiting.value.path().read_bytes()))
    totals = {row[1]: row[3:7] for row in book["Итоги"].iter_rows(values_only=True)}
    cells = [cell for row in book["Свободные ответы"].iter_rows(min_row=2, min_col=2) for cell in row if cell.value]
    return {SURE: totals[SURE], "words": [(cell.value, cell.data_type) for cell in cells]}


def make_summary(page: Page, wave: int) -> None:
    page.get_by_role("button", name="Составить сводку").click()
    expect(page.locator("article.sheet")).to_contain_text(TITLE)


def feed_bank(page: Page, wave: int) -> None:
    page.goto(f"/o/asking/surveys/{wave}/results/")
    page.get_by_role("link", name="Перенести в банк").click()
    page.get_by_role("button", name="Перенести в банк (2)").click()
    expect(page.get_by_text("Перенесены ответы: 2 человека.")).to_be_visible()
    page.get_by_role("row").filter(has_text=MENTEES[0]).get_by_role("link").click()
    page.get_by_role("link", name="Карточка человека").click()
    expect(page.get_by_text("дисциплина на уроке")).to_be_visible()
