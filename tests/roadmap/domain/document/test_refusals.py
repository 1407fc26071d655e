"""Documents in which there is no plan, or more than one."""

import pytest

from roadmap.domain.document.understanding import NotARoadmapError, understand
from tests.roadmap.domain.document.written import HEADS, ROWS, TITLE, lines_of_doubts, plan_of

NOT_A_PLAN = "не похожа на план, в ней нет столбца мероприятий со сроками или ответственными."
OTHER = "Дорожная карта развития питания\nв МБОУ «СОШ № 12» на 2024-2025 учебный год\n\n"
OTHER_ROWS = "1|Ремонт столовой|май|завхоз|Акт\n2|Закупка посуды|май|завхоз|Накладная\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Меню\n\nПриём пищи|Блюдо|Выход\nЗавтрак|Каша|200\n", 3),
        ("Меню\n\nДата|Наименование блюда|Выход\n01.09|Каша овсяная|200\n02.09|Суп гороховый|250\n", 3),
        ("Расписание уроков 5А\n\nДень|1 урок|2 урок\nПонедельник|Математика|Русский язык\n", 3),
        ("Программа семинара\n\nВремя|Мероприятие|Место\n10:00|Открытие семинара|зал\n", 3),
        ("Планирование\n\n№|Содержание|Дата|Часы\n1|Имя существительное|01.09|2\n2|Глагол|08.09|2\n", 3),
        ("Пары\n\n№|Наставник|Наставляемый|Срок\n1|Иванова А.А.|Петрова П.П.|2024-2025\n", 3),
        ("Смета\n\n№|Наименование|Сумма\n1|Бумага|100\n", 3),
        ("Дорожная карта школы\n\nКласс|Ученики\n5А|25\n", 3),
    ],
    ids=["menu", "dated menu", "lessons", "programme", "lesson plan", "pairs", "budget", "table under the right title"],
)
def test_other_document_is_refused_with_the_place(text: str, line: int) -> None:
    with pytest.raises(NotARoadmapError) as refusal:
        plan_of(text)

    assert f"таблица в строке {line} (" in str(refusal.value)
    assert str(refusal.value).endswith(NOT_A_PLAN)


@pytest.mark.parametrize("text", ["", "\n\n", " | | \n"])
def test_empty_document_is_refused(text: str) -> None:
    with pytest.raises(NotARoadmapError, match=r"^В документе нет ни текста, ни таблиц\.$"):
        plan_of(text)


def test_document_without_tables_is_refused() -> None:
    with pytest.raises(NotARoadmapError, match="нет ни одной таблицы с мероприятиями"):
        plan_of("Уважаемые коллеги!\nНаправляем письмо.\n")


def test_table_of_heads_alone_is_refused() -> None:
    with pytest.raises(NotARoadmapError, match="нет ни одного мероприятия"):
        plan_of(TITLE + HEADS)


def test_no_blocks_are_refused() -> None:
    with pytest.raises(NotARoadmapError):
        understand([])


def test_two_plans_in_one_file_are_refused_by_their_names_and_lines() -> None:
    with pytest.raises(NotARoadmapError) as refusal:
        plan_of(TITLE + HEADS + ROWS + "\n" + OTHER + HEADS + OTHER_ROWS)

    assert str(refusal.value) == (
        "В файле несколько планов: «Дорожная карта наставничества в МБОУ «СОШ № 12» на 2024-2025 учебный год» "
        "(строка 1) и «Дорожная карта развития питания в МБОУ «СОШ № 12» на 2024-2025 учебный год» (строка 8). "
        "Загрузите каждый отдельным файлом."
    )


def test_plans_of_two_years_in_one_file_are_refused() -> None:
    later = TITLE.replace("2024-2025", "2025-2026")

    with pytest.raises(NotARoadmapError, match="В файле несколько планов"):
        plan_of(TITLE + HEADS + ROWS + "\n" + later + HEADS + ROWS)


def test_other_plan_beside_the_roadmap_is_passed_over_with_its_line() -> None:
    other = OTHER.replace("Дорожная карта развития питания", "План работы столовой")

    plan = plan_of(TITLE + HEADS + ROWS + "\n" + other + HEADS + OTHER_ROWS)

    assert [measure.title for measure in plan.measures] == ["Издание приказа", "Анкетирование педагогов"]
    assert lines_of_doubts(plan) == [8]


@pytest.mark.parametrize(
    "name", ["Приложение 3", "Форма журнала встреч", "Персонализированная программа наставничества"]
)
def test_form_annexed_to_the_roadmap_is_passed_over_with_its_line(name: str) -> None:
    form = f"\n{name}\n\n№|Содержание мероприятия|Срок|Отметка о выполнении\n1|Проведение встречи|сентябрь|\n"

    plan = plan_of(TITLE + HEADS + ROWS + form)

    assert [measure.title for measure in plan.measures] == ["Издание приказа", "Анкетирование педагогов"]
    assert lines_of_doubts(plan) == [8]


def test_form_before_the_roadmap_is_passed_over_too() -> None:
    form = "Форма программы\n\n№|Содержание мероприятия|Срок|Отметка\n1|Проведение встречи|сентябрь|\n\n"

    plan = plan_of(form + TITLE + HEADS + ROWS)

    assert [measure.title for measure in plan.measures] == ["Издание приказа", "Анкетирование педагогов"]
    assert lines_of_doubts(plan) == [3]
