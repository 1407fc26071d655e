"""Which capabilities a measure is carried out by, judged by its words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.environment import BASE_DIR
from roadmap.domain.capability_keys import LABELS
from roadmap.domain.capability_words import LONGEST, KnownMeasure, stems, suggested_capabilities
from roadmap.patterns import known_measures

KNOWN = known_measures()


def hundred() -> list[tuple[str, tuple[str, ...]]]:
    plans = [json.loads(path.read_text()) for path in sorted((BASE_DIR / "roadmap" / "plans").glob("*.json"))]
    return [
        pytest.param(measure["title"], tuple(measure["capabilities"]), id=measure["key"])
        for plan in plans
        for measure in plan["measures"]
    ]


@pytest.mark.parametrize(("title", "capabilities"), hundred())
def test_measure_of_a_built_in_plan_keeps_its_own_capabilities(title, capabilities):
    assert suggested_capabilities(title, (), KNOWN) == capabilities


@pytest.mark.parametrize(("title", "capabilities"), hundred())
def test_same_words_in_other_letters_and_order_are_the_same_measure(title, capabilities):
    spellings = [title.upper(), f"1.2. {title};", " ".join(reversed(title.split())), title.replace("е", "ё")]

    found = {suggested_capabilities(each, (), KNOWN) for each in spellings}

    assert found == {capabilities}


@pytest.mark.parametrize(
    ("title", "capabilities"),
    [
        ("Издание распорядительных актов о реализации целевой модели наставничества", ("K01",)),
        ("Обновление информации на вкладке «Наставничество» сайта нашего колледжа", ("K20",)),
        ("Проведение торжественных мероприятий: итоги программ наставничества и награждение лучших", ("K16", "K24")),
        ("Регулярные встречи наставников и наставляемых", ("K14",)),
    ],
)
def test_measure_in_slightly_other_words_is_the_known_one(title, capabilities):
    assert suggested_capabilities(title, (), KNOWN) == capabilities


@pytest.mark.parametrize(
    ("title", "capabilities"),
    [
        ("Разработка и утверждение Положения о наставничестве", ("K01",)),
        ("Назначение куратора", ("K01",)),
        ("Издание приказа о закреплении наставнических пар", ("K02",)),
        ("Приказ о назначении наставников", ("K02",)),
        ("Приказ о закреплении пар и локальные акты", ("K02", "K01")),
        ("Дополнительное соглашение к трудовому договору", ("K03",)),
        ("Сбор согласий на обработку персональных данных", ("K04",)),
        ("Формирование банка данных наставляемых", ("K05",)),
        ("Собеседование с кандидатами в наставники", ("K06",)),
        ("Анкетирование педагогов для выявления профессиональных дефицитов", ("K07",)),
        ("Сведения от третьих лиц", ("K08",)),
        ("Входная диагностика молодых педагогов", ("K09",)),
        ("Подбор пар наставник – наставляемый", ("K10",)),
        ("Формирование наставнических пар", ("K12",)),
        ("Разработка персонализированных программ наставничества", ("K13",)),
        ("Составление индивидуального плана работы молодого специалиста", ("K13",)),
        ("Взаимопосещение уроков", ("K14",)),
        ("Курсы повышения квалификации для опытных педагогов", ("K15",)),
        ("Проведение обучения для всех наставников", ("K15",)),
        ("Семинар «Современный урок»", ("K16",)),
        ("Консультации для молодых специалистов", ("K17",)),
        ("Создание методической копилки", ("K18",)),
        ("Обобщение опыта наставничества", ("K19",)),
        ("Размещение сведений на сайте школы", ("K20",)),
        ("Ознакомление педагогов с приказом под подпись", ("K01", "K21")),
        ("Изучение удовлетворённости участников", ("K22",)),
        ("Отчёт наставника о проделанной работе", ("K23",)),
        ("Награждение грамотами", ("K24",)),
        ("Мониторинг эффективности", ("K25",)),
        ("Подготовка аналитической справки", ("K26",)),
        ("Статистическая отчётность", ("K27",)),
        ("Письмо для образовательных организаций района", ("K28",)),
        ("Заключение соглашений о сотрудничестве с вузами", ("K29",)),
        ("Стимулирующие выплаты наставникам", ("K30",)),
        ("Разработка дорожной карты", ("K31",)),
        ("Дистанционные формы общения", ("K32",)),
        ("Ремонт крыши спортивного зала", ()),
        ("", ()),
    ],
)
def test_measure_of_another_plan_is_known_by_its_keywords(title, capabilities):
    assert suggested_capabilities(title, (), KNOWN) == capabilities


def test_details_speak_only_where_the_title_names_nothing():
    details = ["круглый стол", "памятка о согласиях на обработку данных"]

    silent = suggested_capabilities("Ноябрьские встречи с родителями", details, ())
    speaking = suggested_capabilities("Награждение лучших", details, ())

    assert (silent, speaking) == (("K04", "K16"), ("K24",))


def test_first_of_two_equally_known_measures_decides():
    known = [KnownMeasure("Торжественный вечер школы", ("K16",)), KnownMeasure("Вечер школы торжественный", ("K24",))]

    assert suggested_capabilities("Торжественный вечер школы", (), known) == ("K16",)


def test_mentor_mentee_and_mentoring_are_three_words():
    assert stems("наставника, наставники, наставляемых, наставляемому, о наставничестве, наставнические") == {
        "наставник",
        "наставляе",
        "наставнич",
    }


@given(st.text(max_size=80), st.lists(st.text(max_size=40), max_size=3))
def test_any_words_give_known_keys_once(title, details):
    found = suggested_capabilities(title, details, KNOWN)

    assert len(set(found)) == len(found)
    assert set(found) <= LABELS.keys()


@pytest.mark.parametrize("words", ["приказ закреп " * 3000, "распоряжение " * 3000, "банк " * 9000, "ы" * 50_000])
def test_long_garbage_is_answered_like_its_beginning(words):
    found = suggested_capabilities(words, [words], KNOWN)

    assert found == suggested_capabilities(words[:20_000], [words[:20_000]], KNOWN)


def test_words_past_the_longest_title_do_not_count():
    assert suggested_capabilities(" " * LONGEST + "круглый стол", (), KNOWN) == ()
