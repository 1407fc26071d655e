"""Questionnaires as files, out and in."""

import json
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from people.domain.refusal import RefusedError
from surveys.domain.questionnaire import Feed, Level, Option, Question, QuestionKind, Questionnaire, Section, ShowIf
from surveys.resources import questionnaire_json, questionnaire_xlsx, read_questionnaire
from tests.surveys.every_kind import EVERY_KIND

HEADER = "Раздел;Код;Вид;Вопрос;Варианты;Показать если"


def table(*lines):
    return "\n".join(lines).encode()


def book(**sheets):
    written = openpyxl.Workbook()
    written.remove(written.active)
    for name, rows in sheets.items():
        sheet = written.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    written.save(stream)
    return stream.getvalue()


def packed(**changes):
    stored = {"format": "mentoring-portal-questionnaire", "version": 1, "questionnaire": EVERY_KIND.as_json()}
    return json.dumps(stored | changes).encode()


def packed_question(**question):
    sections = [{"questions": [{"kind": "short", "text": "Что?"} | question]}]
    return packed(questionnaire={"title": "Анкета", "sections": sections})


def refusal_of(content, filename="анкета.csv"):
    with pytest.raises(RefusedError) as refused:
        read_questionnaire(content, filename)
    return str(refused.value).split("\n")


def test_json_comes_back_as_it_was():
    assert read_questionnaire(questionnaire_json(EVERY_KIND), "анкета.json") == EVERY_KIND


def test_json_is_for_people_to_read():
    one = Questionnaire("Анкета", (Section("", (Question("name", QuestionKind.SHORT, "Как вас зовут?"),)),))

    text = questionnaire_json(one).decode()

    assert text.splitlines()[:5] == [
        "{",
        '  "format": "mentoring-portal-questionnaire",',
        '  "version": 1,',
        '  "questionnaire": {',
        '    "title": "Анкета",',
    ]
    assert json.loads(text)["questionnaire"] == one.as_json()


def test_spreadsheet_comes_back_as_it_was():
    assert read_questionnaire(questionnaire_xlsx(EVERY_KIND), "анкета.xlsx") == EVERY_KIND


def test_spreadsheet_has_a_row_a_question_and_no_formula():
    written = openpyxl.load_workbook(BytesIO(questionnaire_xlsx(EVERY_KIND)))

    rows = list(written["Вопросы"].iter_rows(values_only=True))
    formulas = [cell.value for sheet in written for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert rows[0][:6] == ("Раздел", "Код", "Вид", "Вопрос", "Пояснение", "Обязательный")
    assert rows[0][6:12] == ("Варианты", "Строки таблицы", "Шкала от", "Шкала до", "Подпись слева", "Подпись справа")
    assert rows[0][12:] == ("Другое", "Лучше не", "Не меньше", "Не больше", "Показать если", "В банк")
    assert rows[4][:6] == ("О вас", "comfort", "шкала", "Насколько удобно?", None, "да")
    assert rows[4][8:12] == (-2, 2, "совсем нет", "=да")
    assert rows[5][6] == "peer = ученик – ученик\n2nd = a = b"
    assert rows[7][16:] == ("topics: plan, other", "темы с важностью: от 3 баллов становятся запросами")
    assert len(rows) == 13
    assert formulas == []
    assert [row[:3] for row in written["Анкета"].iter_rows(min_row=2, values_only=True)] == [
        ("Название", "Анкета «Всё сразу»", None),
        ("Вступление", "=1+1\nВторая строка вступления", None),
        ("Раздел", "О вас", "Первый раздел"),
        ("Раздел", "=2+2", None),
        ("Уровень", "высокий", 15),
        ("Уровень", "=низкий", 0),
    ]


def test_table_by_hand_gets_its_codes():
    content = table(
        HEADER,
        "Начало;;Да – нет;Вы готовы?;;",
        ';topics;SEVERAL;Какие темы?;"план урока\n\nother_2 = иное\nOther\nплан урока";',
        'Конец;;развёрнутый ответ;Вы готовы?;;"topics: План урока; other_2"',
    )

    read = read_questionnaire(content, "Моя анкета.csv")

    options = (
        Option("plan_uroka", "план урока"),
        Option("other_2", "иное"),
        Option("other_3", "Other"),
        Option("plan_uroka_2", "план урока"),
    )
    last = Question("vy_gotovy_2", QuestionKind.LONG, "Вы готовы?", show_if=ShowIf("topics", ("plan_uroka", "other_2")))
    assert read == Questionnaire(
        "Моя анкета",
        (
            Section(
                "Начало",
                (
                    Question("vy_gotovy", QuestionKind.YES_NO, "Вы готовы?"),
                    Question("topics", QuestionKind.SEVERAL, "Какие темы?", options=options),
                ),
            ),
            Section("Конец", (last,)),
        ),
    )


def test_settings_are_understood_as_people_write_them():
    content = table(
        "вид;вопрос;ОБЯЗАТЕЛЬНЫЙ;Не  меньше;Не больше;В банк",
        "число;Часов?;+;−1;40;часов в неделю",
        "number;Человек?;нет;;3;capacity",
    )

    read = read_questionnaire(content, "а.csv")

    assert read.sections[0].questions == (
        Question("chasov", QuestionKind.NUMBER, "Часов?", is_required=True, least=-1, most=40, feed=Feed.HOURS),
        Question("chelovek", QuestionKind.NUMBER, "Человек?", most=3, feed=Feed.CAPACITY),
    )


def test_json_by_hand_gets_its_codes():
    content = packed_question(kind="один из списка", options=["Да", ["no", "нет"]], help=None)

    (question,) = read_questionnaire(content, "а.json").questions

    assert question == Question("chto", QuestionKind.ONE, "Что?", options=(Option("da", "Да"), Option("no", "нет")))


def test_table_with_faults_names_their_cells():
    content = table(
        "Вид;Вопрос;Обязательный;Шкала от;Показать если",
        "чудо;Что?;может быть;низ;без двоеточия",
        ";Что?;;;",
    )

    lines = refusal_of(content)

    kinds = (
        "«шкала», «да – нет», «как часто», «один из списка», «несколько из списка», «таблица: шкала по строкам», "
        "«число», «дата», «короткий ответ», «развёрнутый ответ», «выбор людей по порядку», «пояснение без ответа»"
    )
    assert lines == [
        "Анкета не прочитана.",
        f"строка 2, столбец «Вид»: такого вида нет: «чудо». Бывает: {kinds}.",
        "строка 2, столбец «Обязательный»: напишите «да» или «нет».",
        "строка 2, столбец «Шкала от»: нужно целое число.",
        "строка 2, столбец «Показать если»: напишите код вопроса, двоеточие и ответы через запятую.",
        "строка 3, столбец «Вид»: не указан вид вопроса.",
    ]


def test_table_that_cannot_be_asked_names_its_rows():
    content = table(HEADER, "А;;короткий ответ;Что?;;", ";;один из списка;;да;", "Б;;дата;Когда?;;none: yes")

    assert refusal_of(content) == [
        "Анкета не прочитана.",
        "строка 3: напишите текст вопроса.",
        "строка 3: добавьте варианты ответа: нужно не меньше 2.",
        "строка 4: показ зависит от вопроса «none», которого в анкете нет: выберите другой.",
    ]


def test_table_with_wrong_headers_names_them():
    lines = refusal_of(table("Вид;Текст;вид", "дата;Когда?;"))

    assert [line.partition(". ")[0] for line in lines] == [
        "Анкета не прочитана.",
        "строка 1: столбец «Текст» порталу не знаком",
        "строка 1: столбец «Вид» встречается дважды.",
        "строка 1: нет столбца «Вопрос».",
    ]


def test_only_the_first_twenty_faults_are_named():
    lines = refusal_of(table("Вид;Вопрос", *["чудо;Что?"] * 22))

    assert len(lines) == 22
    assert lines[-1] == "И ещё 2\u00a0ошибки."


def test_sheet_about_the_whole_with_faults_names_its_rows():
    content = book(
        Анкета=[
            ("Что", "Текст"),
            ("Название", 2026),
            ("Раздел", "Нет такого", "x"),
            ("Цель", "x"),
            ("Уровень", "низкий"),
        ],
        Вопросы=[("Вид", "Вопрос"), ("дата", "Когда?")],
    )

    assert refusal_of(content, "а.xlsx") == [
        "Анкета не прочитана.",
        "лист «Анкета», строка 4: «Цель» порталу не знакомо. Бывает: Название, Вступление, Раздел, Уровень.",
        "лист «Анкета», строка 5: нужно целое число.",
        "лист «Анкета», строка 3: раздела «Нет такого» нет среди вопросов.",
    ]


def test_questions_are_found_on_any_sheet_and_numbers_are_texts_there():
    content = book(
        Лист1=[("Вид", "Вопрос", "Обязательный", "Шкала до"), ("шкала", 2026, True, 5.0)],
        Анкета=[("Что", "Текст", ""), ("Название", 2026), ("Уровень", "высокий", 3)],
    )

    read = read_questionnaire(content, "а.xlsx")

    assert (read.title, read.levels) == ("2026", (Level(3, "высокий"),))
    (question,) = read.questions
    assert (question.code, question.text, question.is_required) == ("q_2026", "2026", True)
    assert (question.scale.low, question.scale.high) == (1, 5)


@pytest.mark.parametrize(
    ("content", "filename", "refusal"),
    [
        (
            b" " * (2 * 1024**2 + 1),
            "а.xlsx",
            "Файл больше 2 МБ: анкета столько не занимает. Проверьте, тот ли это файл.",
        ),
        (b"", "а.xlsx", "Файл пустой."),
        (b"%PDF-1.7", "а.xlsx", "Это документ PDF, а не таблица. Загрузите файл .xlsx, .xls, .ods или .csv."),
        (
            b"PK\x03\x04 broken",
            "а.xlsx",
            "Файл повреждён и не открывается. Откройте его у себя, сохраните как .xlsx и загрузите снова.",
        ),
        (b"", "а.JSON", "Файл JSON повреждён: его не удалось прочитать. Выгрузите анкету заново."),
        (b"{", "а.txt", "Файл JSON повреждён: его не удалось прочитать. Выгрузите анкету заново."),
        (b"[" * 100_000, "а.json", "Файл JSON повреждён: его не удалось прочитать. Выгрузите анкету заново."),
        (
            b'{"a": ' + b"9" * 5000 + b"}",
            "а.json",
            "Файл JSON повреждён: его не удалось прочитать. Выгрузите анкету заново.",
        ),
        (b"[]", "а.json", "Это JSON, но не анкета портала. Загрузите файл, выгруженный со страницы анкеты."),
        (
            packed(format="x"),
            "а.json",
            "Это JSON, но не анкета портала. Загрузите файл, выгруженный со страницы анкеты.",
        ),
        (packed(version=2), "а.json", "Портал читает анкеты версии 1, а в файле другая. Выгрузите анкету заново."),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,
)
def test_file_of_another_kind_is_refused(content, filename, refusal):
    assert refusal_of(content, filename) == [refusal]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (packed(questionnaire=None), ["Анкета: здесь нужен объект с полями."]),
        (
            packed(questionnaire={"title": 5, "sections": {}, "levels": [[1.5, "x"]]}),
            [
                "Анкета, поле «title»: нужен текст в кавычках.",
                "Анкета, поле «sections»: нужен список.",
                "Анкета, поле «levels»: нужны пары [балл, «название»].",
            ],
        ),
        (
            packed(questionnaire={"sections": [1, {"note": [], "questions": [2]}]}),
            [
                "Раздел 1: здесь нужен объект с полями.",
                "Раздел 2, поле «note»: нужен текст в кавычках.",
                "Вопрос 1: здесь нужен объект с полями.",
                "Вопрос 1: не указан вид вопроса, поле «kind».",
            ],
        ),
        (
            packed_question(required=1, least=True, most=2.5, options=[["a"]], rows="x", help=0),
            [
                "Вопрос 1, поле «required»: нужно true или false.",
                "Вопрос 1, поле «least»: нужно целое число.",
                "Вопрос 1, поле «most»: нужно целое число.",
                "Вопрос 1, поле «options»: нужны пары [«код», «подпись»].",
                "Вопрос 1, поле «rows»: нужен список.",
                "Вопрос 1, поле «help»: нужен текст в кавычках.",
            ],
        ),
        (
            packed_question(scale={"from": 1}, show_if={"code": "a"}),
            [
                "Вопрос 1, поле «scale»: нужен объект с полями low, high, low_label, high_label.",
                "Вопрос 1, поле «show_if»: нужны поля «code» и «answers».",
            ],
        ),
        (
            packed_question(kind="scale", scale={"low": 0, "high": 0}),
            ["Вопрос 1: шкала от 0 до 0: выбирать не из чего. Сделайте верхний конец больше нижнего."],
        ),
        (
            packed_question(kind="one", options=["да"] * 100_000),
            ["Вопрос 1: в списке 100000 строк, можно не больше 60."],
        ),
    ],
    ids=range(7),
)
def test_json_with_faults_names_their_fields(content, faults):
    assert refusal_of(content, "а.json") == ["Анкета не прочитана.", *faults]


def test_json_with_an_unknown_field_names_it_without_broken_characters():
    (_, line) = refusal_of(packed_question(**{"req\ud800uired": True}), "а.json")

    assert line.partition(" Бывают")[0] == "Вопрос 1, поле «required»: порталу не знакомо."


def test_table_and_json_with_too_many_questions_are_refused():
    one = EVERY_KIND.question("name").as_json()
    many = {"title": "Анкета", "sections": [{"questions": [one] * 5}] * 41}

    assert refusal_of(table("Вид;Вопрос", *["дата;Когда?"] * 201)) == [
        "Анкета не прочитана.",
        "лист «анкета»: вопросов 201, можно не больше 200.",
    ]
    assert refusal_of(packed(questionnaire=many), "а.json") == [
        "Анкета не прочитана.",
        "Анкета: разделов 41, можно не больше 40.",
        "Анкета: вопросов 205, можно не больше 200.",
    ]


def test_draft_without_questions_is_exported_too():
    draft = replace(EVERY_KIND, sections=(Section("Пусто", ()),))

    assert json.loads(questionnaire_json(draft))["questionnaire"]["sections"] == [{"title": "Пусто", "questions": []}]
    assert openpyxl.load_workbook(BytesIO(questionnaire_xlsx(draft)))["Вопросы"].max_row == 1
