"""What the cells of a row say: lists, those responsible, documents named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.document.content import is_measure, is_responsible, is_term, term_and_others
from roadmap.domain.document.details import title_and_details
from roadmap.domain.document.documents_named import documents_in
from roadmap.domain.document.responsible import responsible_in
from roadmap.domain.plan import DocumentNamed
from tests.roadmap.domain.document.written import HEADS, TITLE, plan_of


@pytest.mark.parametrize(
    ("text", "title", "details"),
    [
        ("Издание приказа", "Издание приказа", ()),
        (
            "Создание условий: назначение кураторов; формирование пар;",
            "Создание условий: назначение кураторов; формирование пар",
            (),
        ),
        ("Формирование базы: – сбор заявок; – собеседования;", "Формирование базы", ("сбор заявок", "собеседования")),
        ("Формирование базы:\n– сбор заявок;\n– собеседования", "Формирование базы", ("сбор заявок", "собеседования")),
        (
            "Формирование базы:\n1) сбор заявок;\n2) собеседования",
            "Формирование базы",
            ("сбор заявок", "собеседования"),
        ),
        (
            "Отбор: 1) сбор заявок; 2) обучение: - лекции; - семинары",
            "Отбор",
            ("сбор заявок", "обучение", "лекции", "семинары"),
        ),
        ("Отбор: • сбор заявок • собеседования", "Отбор", ("сбор заявок", "собеседования")),
        ("Встречи: – первая (встреча – знакомство); – вторая", "Встречи", ("первая (встреча – знакомство)", "вторая")),
        ("Встречи пар «наставник – ученик»", "Встречи пар «наставник – ученик»", ()),
        ("Наставник – это звание: праздник", "Наставник – это звание: праздник", ()),
        (
            "Встречи: - обмен опытом – «установочные сессии»; - итоги",
            "Встречи",
            ("обмен опытом – «установочные сессии»", "итоги"),
        ),
        ("Сбор анкет.\nСбор согласий.", "Сбор анкет. Сбор согласий.", ()),
        ("Приказ 1) о парах", "Приказ 1) о парах", ()),
        ("Разработка про-\nграммы", "Разработка программы", ()),
        ("Психолого-\nпедагогическая поддержка", "Психолого-педагогическая поддержка", ()),
    ],
)
def test_list_is_parted_from_the_sentence_before_it(text: str, title: str, details: tuple[str, ...]) -> None:
    assert title_and_details(text) == (title, details)


@given(st.lists(st.text(alphabet="абвгд ", min_size=1).filter(str.strip), min_size=2, max_size=9))
def test_every_item_of_a_list_is_kept(items: list[str]) -> None:
    clean = [" ".join(item.split()) for item in items]

    title, details = title_and_details("Работа:\n" + "\n".join(f"– {item};" for item in clean))

    assert (title, list(details)) == ("Работа", clean)


@pytest.mark.parametrize(
    ("text", "responsible"),
    [
        ("Директор, администрация,", ("Директор", "администрация")),
        ("директор заместитель директора", ("директор", "заместитель директора")),
        ("Методист Зам. директора по УВР", ("Методист", "Зам. директора по УВР")),
        ("Методист.", ("Методист",)),
        ("педагоги и др.", ("педагоги и др.",)),
        ("педагог-психолог, соц. педагог", ("педагог-психолог", "соц. педагог")),
        ("кл. руководители, ст. вожатая", ("кл. руководители", "ст. вожатая")),
        ("Педагог психолог, социальный педагог", ("Педагог психолог", "социальный педагог")),
        ("МКУ «ИМЦ, отдел кадров», руководители школ", ("МКУ «ИМЦ, отдел кадров»", "руководители школ")),
        ("директор и заместитель директора", ("директор", "заместитель директора")),
        ("заместитель по учебной и воспитательной работе", ("заместитель по учебной и воспитательной работе",)),
        ("заместитель директора, ответственный за сайт", ("заместитель директора", "ответственный за сайт")),
        ("ответственный за сайт, группу ВК", ("ответственный за сайт, группу ВК",)),
        ("Заместитель директора по УВР, ВР", ("Заместитель директора по УВР, ВР",)),
        ("директор, медиацентр школы, профком", ("директор", "медиацентр школы", "профком")),
        ("зам. директора\nпо УВР\nпсихолог", ("зам. директора по УВР", "психолог")),
        ("заместитель\nдиректора", ("заместитель директора",)),
        ("– директор;\n– куратор.", ("директор", "куратор")),
        ("1. Директор; 2. Куратор", ("Директор", "Куратор")),
        ("Иванова А.А., зам. директора по УВР", ("Иванова А.А.", "зам. директора по УВР")),
        ("Куратор (Иванова А.А., Петров Б.Б.)", ("Куратор (Иванова А.А., Петров Б.Б.)",)),
        ("Иванова И.И. Петров П.П.", ("Иванова И.И.", "Петров П.П.")),
        ("–", ()),
        ("", ()),
    ],
)
def test_those_responsible_are_parted_as_a_reader_parts_them(text: str, responsible: tuple[str, ...]) -> None:
    assert responsible_in(text) == responsible


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("Приказ №32 от 04.09.2024 г.", [("order", "32", date(2024, 9, 4))]),
        ("Протокол педагогического совета №1 от 30.08.2024 г", [("protocol", "1", date(2024, 8, 30))]),
        ("Приказ от «8» апреля 2022 г. № 209-од", [("order", "209-од", date(2022, 4, 8))]),
        ("Приказ «О парах», протокол № 2", [("order", None, None), ("protocol", "2", None)]),
        ("Положение", [("regulation", None, None)]),
        ("Аналитическая справка", [("analytic_note", None, None)]),
        ("Данные получены (аналитическая справка)", [("analytic_note", None, None)]),
        ("Информационные письма в школы", [("letter", None, None)]),
        ("Грамоты, благодарности", [("certificate", None, None), ("commendation", None, None)]),
        ("Разработаны программы и планы", []),
        ("Приказ подписан", []),
        ("База наставников", []),
        ("Отчёт МБОУ СОШ № 5", [("report", None, None)]),
        ("Приказ № 5 от 31.02.2024", [("order", "5", None)]),
    ],
)
def test_documents_of_a_result_are_named(text: str, documents: list[tuple[str, str | None, date | None]]) -> None:
    found = documents_in(text, is_result=True)

    assert sorted(found, key=str) == sorted((DocumentNamed(*document) for document in documents), key=str)


def test_documents_without_a_number_are_not_gathered_from_the_wording() -> None:
    text = "1|Разработка положения и издание приказа № 7 от 01.09.2024|май|директор|Работа идёт\n"

    plan = plan_of(TITLE + HEADS + text)

    assert plan.measures[0].documents == (DocumentNamed("order", "7", date(2024, 9, 1)),)


@pytest.mark.parametrize(
    ("text", "term", "others"),
    [
        ("Зам. директора по ВР октябрь 2023-2024", "октябрь 2023-2024", ["Зам. директора по ВР"]),
        ("Зам. директора. Сентябрь 2023-2024 Психолог.", "Сентябрь 2023-2024", ["Зам. директора", "Психолог"]),
        ("Педатор-психолог Ноябрь 2023-2024", "Ноябрь 2023-2024", ["Педатор-психолог"]),
        ("до 15 мая 2025 г. куратор", "до 15 мая 2025 г.", ["куратор"]),
        ("Методист, в течение года", "в течение года", ["Методист"]),
    ],
)
def test_term_and_those_responsible_in_one_cell_are_parted(text: str, term: str, others: list[str]) -> None:
    assert term_and_others(text) == (term, others)


@pytest.mark.parametrize(
    "text",
    [
        "май ежегодно (в рамках ШМО)",
        "Ежегодно в течение года, по отдельному плану",
        "сентябрь",
        "Методист",
        "",
        "в срок",
    ],
)
def test_one_thing_in_a_cell_is_not_parted(text: str) -> None:
    assert term_and_others(text) is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("сентябрь 2024", {"term"}),
        ("в течение учебного года", {"term"}),
        ("до 01.05.2022 г.", {"term"}),
        ("ежемесячно", {"term"}),
        ("зам. директора по УВР", {"responsible"}),
        ("МКУ «ИМЦ»", {"responsible"}),
        ("Иванова А.А.", {"responsible"}),
        ("Анкетирование педагогов", {"measure"}),
        ("Провести опрос", {"measure"}),
        ("Мониторинг работы", {"measure"}),
        ("Каша овсяная", set()),
        ("", set()),
    ],
)
def test_cell_is_told_by_its_words(text: str, kinds: set[str]) -> None:
    tests = {"term": is_term, "responsible": is_responsible, "measure": is_measure}

    assert {kind for kind, test in tests.items() if test(text)} == kinds
