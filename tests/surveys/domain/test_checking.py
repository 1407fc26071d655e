"""Faults of a questionnaire, and what they say."""

from dataclasses import replace

import pytest

from surveys.domain.checking import Fault, faults_for_opening, faults_of, takes_answer
from surveys.domain.questionnaire import (
    Feed,
    Level,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Questionnaire,
    Scale,
    Section,
    ShowIf,
)
from tests.surveys.every_kind import EVERY_KIND

TWO = (Option("a", "первый"), Option("b", "второй"))
FIRST = Question("first", QuestionKind.YES_NO, "Первый?")
QUALITY = (
    "Назовите раздел: по разделам показываются результаты.",
    "В разделе нет вопросов: добавьте вопрос или удалите раздел.",
)


def asked(*questions, **settings):
    return Questionnaire(**{"title": "Анкета", "sections": (Section("", questions),), **settings})


def second(kind=QuestionKind.SHORT, **settings):
    return Question(**{"code": "second", "kind": kind, "text": "Второй?", **settings})


def labelled(number, label="вариант"):
    return tuple(Option(f"code_{each}", label) for each in range(number))


def test_sound_questionnaire_has_no_faults():
    assert faults_of(EVERY_KIND) == ()


@pytest.mark.parametrize(
    ("settings", "place", "message"),
    [
        ({"title": " "}, "Анкета", "Дайте анкете название."),
        ({"title": "а" * 201}, "Анкета", "Название: 201\u00a0знак, можно не больше 200. Сократите."),
        ({"intro": "а" * 2001}, "Анкета", "Вступление: 2001\u00a0знак, можно не больше 2000. Сократите."),
        (
            {"sections": (Section("", (replace(FIRST, kind=QuestionKind.NOTICE),)),)},
            "Анкета",
            "В анкете нет ни одного вопроса: добавьте хотя бы один.",
        ),
        (
            {"levels": (Level(0, "низкий"), Level(5, "высокий"))},
            "Анкета",
            "Уровни идут не по убыванию баллов: начните с самого высокого, без повторов.",
        ),
        ({"levels": (Level(5, ""),)}, "Анкета", "Назовите уровень от 5."),
        ({"levels": (Level(10**10, "много"),)}, "Анкета", "Балл уровня слишком велик: проверьте его."),
        (
            {"levels": tuple(Level(21 - each, "уровень") for each in range(21))},
            "Анкета",
            "Уровней 21, можно не больше 20.",
        ),
        (
            {"sections": (Section("а" * 201, (FIRST,)),)},
            "Раздел 1",
            "Название: 201\u00a0знак, можно не больше 200. Сократите.",
        ),
        (
            {"sections": (Section("", (FIRST,), note="а" * 2001),)},
            "Раздел 1",
            "Пояснение: 2001\u00a0знак, можно не больше 2000. Сократите.",
        ),
        ({"sections": (Section("", (FIRST,)), Section("Б", (second(),)))}, "Раздел 1", QUALITY[0]),
        ({"sections": (Section("А", (FIRST,)), Section("Б", ()))}, "Раздел 2", QUALITY[1]),
        (
            {"sections": (Section("А", (FIRST,)), Section(" а", (second(),)))},
            "Раздел 2",
            "Такое название уже есть у другого раздела: измените одно из них.",
        ),
    ],
)
def test_fault_of_the_whole_is_named(settings, place, message):
    assert faults_of(asked(FIRST, **settings)) == (Fault(place, message),)


def test_too_many_sections_and_questions_are_faults():
    questions = [Question(f"code_{each}", QuestionKind.SHORT, "Что?") for each in range(205)]
    sections = tuple(Section(f"Раздел {each}", tuple(questions[each * 5 : each * 5 + 5])) for each in range(41))

    assert faults_of(Questionnaire("Анкета", sections)) == (
        Fault("Анкета", "Разделов 41, можно не больше 40: объедините их."),
        Fault("Анкета", "Вопросов 205, можно не больше 200: разделите анкету на две."),
    )


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            second(code="2nd"),
            "Код «2nd» не подходит: нужны строчные латинские буквы, цифры и «_», первой буква, не длиннее 40 знаков.",
        ),
        (second(code="first"), "Код «first» уже есть у вопроса выше: задайте другой."),
        (second(text="\n"), "Напишите текст вопроса."),
        (second(text="а" * 502), "Текст вопроса: 502\u00a0знака, можно не больше 500. Сократите."),
        (second(help="а" * 505), "Пояснение: 505\u00a0знаков, можно не больше 500. Сократите."),
        (second(has_other=True), "«Другое» бывает только у выбора из списка: уберите его."),
        (second(has_avoid=True), "«Лучше не» бывает только у выбора людей: уберите его."),
        (second(QuestionKind.ONE, options=TWO[:1]), "Добавьте варианты ответа: нужно не меньше 2."),
        (second(QuestionKind.SEVERAL, has_other=True), "Добавьте варианты ответа: нужно не меньше 1."),
        (second(QuestionKind.ONE, options=labelled(61)), "Вариантов 61, можно не больше 60."),
        (
            second(QuestionKind.ONE, options=(*TWO, Option("other", "иное"))),
            "Код варианта «other» занят под «другое»: задайте этому варианту другой код.",
        ),
        (second(QuestionKind.ONE, options=(*TWO, Option("c", " "))), "Вариант 3: напишите подпись."),
        (second(QuestionKind.ONE, options=(*TWO, Option("c", "а\nб"))), "Вариант 3: запишите подпись одной строкой."),
        (second(QuestionKind.ONE, options=(*TWO, *TWO[:1])), "Код «a» есть у нескольких: задайте каждому свой."),
        (
            second(QuestionKind.ONE, options=(*TWO, Option("Код", "третий"))),
            "Вариант 3: код «Код» не подходит, нужны строчные латинские буквы, цифры и «_», не длиннее 40 знаков.",
        ),
        (
            second(QuestionKind.MATRIX, rows=(Option("a", "а" * 201),)),
            "Строка 1: 201\u00a0знак, можно не больше 200. Сократите.",
        ),
        (second(QuestionKind.MATRIX), "Добавьте в таблицу хотя бы одну строку."),
        (
            second(QuestionKind.MATRIX, rows=labelled(41)),
            "Строк таблицы 41, можно не больше 40: разделите таблицу на две.",
        ),
        (
            second(QuestionKind.SCALE, scale=Scale(0, 0)),
            "Шкала от 0 до 0: выбирать не из чего. Сделайте верхний конец больше нижнего.",
        ),
        (
            second(QuestionKind.SCALE, scale=Scale(5, 1)),
            "Шкала от 5 до 1: концы перепутаны. Сделайте верхний конец больше нижнего.",
        ),
        (second(QuestionKind.SCALE, scale=Scale(0, 11)), "Шкала от 0 до 11: 12\u00a0делений, можно не больше 11."),
        (
            second(QuestionKind.MATRIX, rows=TWO, scale=Scale(95, 10**20)),
            "Шкала выходит за пределы от -100 до 100: задайте числа поменьше.",
        ),
        (
            second(QuestionKind.SCALE, scale=Scale(low_label="а" * 201)),
            "Подпись слева: 201\u00a0знак, можно не больше 200. Сократите.",
        ),
        (
            second(QuestionKind.NUMBER, least=5, most=2),
            "Число не меньше 5, но не больше 2: так ответить нельзя. Поменяйте границы.",
        ),
        (second(QuestionKind.NUMBER, most=10**10), "Границы числа слишком велики: задайте поменьше."),
        (second(QuestionKind.PERSONS, most=0), "Сколько можно выбрать: задайте 1 или больше или оставьте пустым."),
        (
            second(QuestionKind.SEVERAL, options=TWO, most=10**10),
            "Сколько можно выбрать: число слишком велико.",
        ),
        (
            second(show_if=ShowIf("none", ("yes",))),
            "Показ зависит от вопроса «none», которого в анкете нет: выберите другой.",
        ),
        (
            second(show_if=ShowIf("second", ("yes",))),
            "Показ зависит от вопроса «second», а он стоит не выше этого: переставьте или выберите другой.",
        ),
        (second(show_if=ShowIf("first", ())), "Отметьте, при каких ответах на вопрос «first» показывать этот."),
        (
            second(show_if=ShowIf("first", ("yes", "yes"))),
            "Показ зависит от вопроса «first», один ответ на него указан дважды: оставьте его один раз.",
        ),
        (
            second(show_if=ShowIf("first", ("yes", "maybe"))),
            "Показ зависит от ответа «maybe», а у вопроса «first» такого нет: отметьте другой.",
        ),
        (
            second(feed=Feed.READY),
            "В банк, «готовность: «да» вносит человека в банк»: нужен вопрос вида «да – нет». "
            "Измените вид или уберите запись в банк.",
        ),
    ],
)
def test_fault_of_a_question_is_named(question, message):
    assert faults_of(asked(FIRST, question)) == (Fault("Вопрос 2", message),)


def test_fault_tells_the_position_of_its_question():
    notice = Question("hello", QuestionKind.NOTICE, "Здравствуйте")

    (fault,) = faults_of(asked(FIRST, notice, second(text="")))

    assert (fault.place, fault.question) == ("Вопрос 3", 2)


def test_condition_on_words_is_a_fault():
    words = Question("words", QuestionKind.SHORT, "Что?")

    faults = faults_of(asked(words, second(show_if=ShowIf("words", ("да",)))))

    message = "Показ не может зависеть от вопроса «words»: его вид «короткий ответ». Выберите другой."
    assert faults == (Fault("Вопрос 2", message),)


def test_one_field_of_a_bank_is_fed_once():
    feeding = replace(FIRST, feed=Feed.READY)

    faults = faults_of(asked(feeding, replace(feeding, code="again")))

    message = "В банк, «готовность: «да» вносит человека в банк»: туда уже идёт ответ на вопрос выше. Оставьте один."
    assert faults == (Fault("Вопрос 2", message),)


@pytest.mark.parametrize(
    ("kind", "answer", "is_taken"),
    [
        (QuestionKind.SCALE, "1", True),
        (QuestionKind.SCALE, "10", True),
        (QuestionKind.SCALE, "11", False),
        (QuestionKind.SCALE, "01", False),
        (QuestionKind.SCALE, "9" * 5000, False),
        (QuestionKind.FREQUENCY, "never", True),
        (QuestionKind.ONE, "b", True),
        (QuestionKind.ONE, "other", True),
        (QuestionKind.ONE, "c", False),
    ],
)
def test_condition_names_an_answer_that_there_is(kind, answer, is_taken):
    question = second(kind, options=TWO, has_other=kind == QuestionKind.ONE)

    assert takes_answer(question, answer) == is_taken


def test_opening_takes_a_sound_questionnaire():
    assert faults_for_opening(EVERY_KIND, is_anonymous=False, purpose=Purpose.PREFERENCES) == ()
    assert faults_for_opening(asked(FIRST), is_anonymous=True, purpose=Purpose.FEEDBACK) == ()


def test_opening_without_names_takes_no_choice_of_persons():
    faults = faults_for_opening(asked(second(QuestionKind.PERSONS)), is_anonymous=True, purpose=Purpose.FEEDBACK)

    message = "Выбор людей выдаёт отвечающего: уберите вопрос или проведите опрос с именами."
    assert faults == (Fault("Вопрос 1", message),)


def test_opening_takes_one_choice_of_persons():
    choosing = second(QuestionKind.PERSONS)

    faults = faults_for_opening(
        asked(choosing, replace(choosing, code="third")), is_anonymous=False, purpose=Purpose.OTHER
    )

    assert faults == (Fault("Вопрос 2", "Выбор людей уже есть выше: оставьте один такой вопрос."),)


def test_opening_of_preferences_needs_names_and_a_choice_of_persons():
    faults = faults_for_opening(asked(FIRST), is_anonymous=True, purpose=Purpose.PREFERENCES)

    assert faults == (
        Fault(
            "Анкета",
            "Назначение «предпочтения после групповой встречи» без имён не имеет смысла: проведите опрос с именами.",
        ),
        Fault("Анкета", "Для предпочтений нужен вопрос вида «выбор людей по порядку»: добавьте его."),
    )


def test_opening_says_the_usual_faults_too():
    faults = faults_for_opening(asked(replace(FIRST, text="")), is_anonymous=True, purpose=Purpose.OTHER)

    assert faults == (Fault("Вопрос 1", "Напишите текст вопроса."),)
