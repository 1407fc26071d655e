"""Title, organisation, period and stamps of a plan."""

from datetime import date

import pytest

from roadmap.domain.plan import Approval
from tests.roadmap.domain.document.written import HEADS, ROWS, lines_of_doubts, plan_of

DATED = ROWS.replace("сентябрь", "01.09.2024").replace("октябрь", "01.10.2024")
TABLE = f"\n{HEADS}{DATED}"
TITLE = "Дорожная карта наставничества в МБОУ «СОШ № 12»\n"
DAY = date(2024, 8, 30)


@pytest.mark.parametrize(
    ("before", "title", "organisation"),
    [
        (
            "ДОРОЖНАЯ КАРТА\n\nпо реализации положения\nв МАОУ «Гимназия №3 г. Улан-Удэ»\n",
            "ДОРОЖНАЯ КАРТА по реализации положения в МАОУ «Гимназия №3 г. Улан-Удэ»",
            "МАОУ «Гимназия №3 г. Улан-Удэ»",
        ),
        (
            "План\nмероприятий («Дорожная карта»)\nвнедрения модели\nна 2023-2024 учебный год\n\n"
            "Дорожная карта внедрения\nмодели в МБОУ «Лицей №22»\n",
            "План мероприятий («Дорожная карта») внедрения модели на 2023-2024 учебный год",
            "МБОУ «Лицей №22»",
        ),
        (
            "Муниципальное бюджетное общеобразовательное учреждение «Школа № 7»\n\nДорожная карта (план мероприятий)\n"
            "наставничества\nЦель: рост педагогов.\n",
            "Дорожная карта (план мероприятий) наставничества",
            "Муниципальное бюджетное общеобразовательное учреждение «Школа № 7»",
        ),
        (
            "Дорожная карта наставничества в муниципальном автономном учреждении «Школа № 7»\n",
            "Дорожная карта наставничества в муниципальном автономном учреждении «Школа № 7»",
            "муниципальное автономное учреждение «Школа № 7»",
        ),
        (
            "ПЛАН МЕРОПРИЯТИЙ\n(ДОРОЖНАЯ КАРТА)\nПО ВНЕДРЕНИЮ НАСТАВНИЧЕСТВА\nв МБОУ СОШ № 5 г. Курска\n",
            "ПЛАН МЕРОПРИЯТИЙ (ДОРОЖНАЯ КАРТА) ПО ВНЕДРЕНИЮ НАСТАВНИЧЕСТВА в МБОУ СОШ № 5 г. Курска",
            "МБОУ СОШ № 5 г. Курска",
        ),
        (
            "Приложение 2\nк приказу управления образования города Курска\nот 08.04.2022 № 209\n\n"
            "Дорожная карта города\n",
            "Дорожная карта города",
            "управление образования города Курска",
        ),
    ],
)
def test_title_is_joined_over_its_lines_and_names_the_organisation(before: str, title: str, organisation: str) -> None:
    plan = plan_of(before + TABLE)

    assert (plan.title, plan.organisation) == (title, organisation)


def test_period_is_that_of_the_title() -> None:
    plan = plan_of(f"Дорожная карта наставничества\nна 2024-2027 гг.\n{TABLE}")

    assert plan.period == (date(2024, 1, 1), date(2027, 12, 31))


def test_plan_without_a_title_is_read_with_a_doubt() -> None:
    plan = plan_of(TABLE)

    assert plan.title is None
    assert [doubt.message for doubt in plan.doubts] == ["Название плана не найдено."]


@pytest.mark.parametrize(
    ("before", "approvals"),
    [
        (
            "РАССМОТРЕНО:\n\nна педагогическом совете\n30.08.2024 г. Протокол № 1\n",
            [Approval("considered", "на педагогическом совете", "protocol", "1", DAY)],
        ),
        (
            "УТВЕРЖДАЮ:\nДиректор МБОУ «СОШ № 12»\nТ.В. Иванова\nПриказ № 21 от 30.08.2024 г.\n",
            [Approval("approved", "Директор МБОУ «СОШ № 12»", "order", "21", DAY, "Т.В. Иванова")],
        ),
        (
            "Утверждено:\nДиректор\nС.З. Петрова\nПриказ № _____ от _____\n\nСогласовано:\nс профкомом\n",
            [Approval("approved", "Директор", "order", None, None, "С.З. Петрова"), Approval("agreed", "с профкомом")],
        ),
        (
            "УТВЕРЖДЕНА\nприказом директора\nМБОУ «Гимназия № 7»\nот «30» августа 2024 г. № 215/1\n",
            [Approval("approved", "директора МБОУ «Гимназия № 7»", "order", "215/1", DAY)],
        ),
        (
            "Приложение № 1 к приказу МБОУ СОШ №5 от 30.08.2024 № 120-од\n",
            [Approval("annex", "МБОУ СОШ №5", "order", "120-од", DAY)],
        ),
        (
            "СОГЛАСОВАНО\nПредседатель ППО\n________ А.А. Иванова\n«___» ________ 2024 г.\n",
            [Approval("agreed", "Председатель ППО", person="А.А. Иванова")],
        ),
        (
            "РАССМОТРЕНО|УТВЕРЖДАЮ\nна педсовете|Директор школы\nпротокол № 1 от 30.08.2024|____ П.П. Петров\n",
            [
                Approval("considered", "на педсовете", "protocol", "1", DAY),
                Approval("approved", "Директор школы", person="П.П. Петров"),
            ],
        ),
    ],
)
def test_stamp_is_read(before: str, approvals: list[Approval]) -> None:
    plan = plan_of(f"{before}\n{TITLE}{TABLE}")

    assert list(plan.approvals) == approvals
    assert plan.title == TITLE.strip()
    assert plan.doubts == ()


def test_stamps_in_the_same_lines_are_told_apart_with_a_doubt() -> None:
    text = (
        "РАССМОТРЕНО УТВЕРЖДАЮ\nна педагогическом совете Директор МБОУ «СОШ № 12»\n"
        "Протокол № 1 от 30.08.2024 Приказ № 15 от 30.08.2024\n"
    )

    plan = plan_of(f"{text}\n{TITLE}{TABLE}")

    assert plan.approvals == (
        Approval("considered", "на педагогическом совете", "protocol", "1", DAY),
        Approval("approved", "Директор МБОУ «СОШ № 12»", "order", "15", DAY),
    )
    assert lines_of_doubts(plan) == [1]


def test_number_and_date_alone_are_an_approval_of_their_own_with_a_doubt() -> None:
    plan = plan_of(f"ПРИНЯТО:\nПедсоветом\nПротокол №1 30.08.2024\n\n№504 от 1.09.2024\n\n{TITLE}{TABLE}")

    assert plan.approvals == (
        Approval("accepted", "Педсоветом", "protocol", "1", DAY),
        Approval("approved", None, None, "504", date(2024, 9, 1)),
    )
    assert lines_of_doubts(plan) == [5]


def test_open_period_runs_from_the_approval_to_the_day_asked_for() -> None:
    text = f"УТВЕРЖДАЮ\nПриказ № 1 от 30.08.2024\n\n{TITLE}\n{HEADS}1|Проведение встреч|постоянно|куратор|\n"

    plan, longer = plan_of(text), plan_of(text, until=date(2030, 8, 31))

    assert [window.last for window in plan.measures[0].term.windows] == [date(2025, 8, 31)]
    assert [window.last for window in longer.measures[0].term.windows] == [date(2030, 8, 31)]
