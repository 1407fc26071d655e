"""Whom the words of a plan mean by a responsible."""

import json

import pytest

from config.environment import BASE_DIR
from people.domain.roles import Role
from roadmap.domain.duty_words import DUTY_LABELS, roles_meant

# All words for a responsible of the five built-in plans, and whom a curator would name.
BUILT_IN = {
    "Директор": ["director"],
    "Кураторы": ["curator"],
    "Кураторы ЦМН": ["curator"],
    "Кураторы целевой модели наставничества": ["curator"],
    "Куратор сайта": ["site_editor"],
    "МКУ «ИМЦСО ЛМО СК»": ["district_curator"],
    "Методист": ["methodologist"],
    "Наставники": ["mentors"],
    "Зам. директора по ВР": ["curator"],
    "Зам. директора по УВР": ["curator"],
    "Педагог-психолог": ["psychologist"],
    "Педатор-психолог": ["psychologist"],
    "Психолог": ["psychologist"],
    "администрация": ["curator", "director"],
    "директор": ["director"],
    "зам. директора по ВР": ["curator"],
    "зам. директора по УБР": ["curator"],
    "зам. директора по УВР": ["curator"],
    "заместители директора": ["curator"],
    "заместитель директора": ["curator"],
    "кураторы": ["curator"],
    "кураторы по реализации программ наставничества в образовательных организациях": ["curator"],
    "молодые педагоги": ["mentees"],
    "наставники": ["mentors"],
    "ответственный за управление контентом официального сайта ОО": ["site_editor"],
    "педагог-организатор": [],
    "педагог-психолог": ["psychologist"],
    "педагоги-наставники": ["mentors"],
    "председатель комиссии по распределению стимулирующих выплат педагогическим работникам": [],
    "председатель первичной профсоюзной организации": [],
    "руководители образовательных организаций": ["director"],
    "соц. педагог": [],
    "специалист по кадрам": ["hr_officer"],
}


def words_of_built_in_plans() -> set[str]:
    plans = (json.loads(path.read_text()) for path in (BASE_DIR / "roadmap" / "plans").glob("*.json"))
    return {words for plan in plans for measure in plan["measures"] for words in measure["responsible"]}


def test_all_words_of_the_built_in_plans_are_looked_at():
    assert words_of_built_in_plans() == BUILT_IN.keys()


@pytest.mark.parametrize(("words", "meant"), BUILT_IN.items())
def test_words_of_the_built_in_plans_mean_who_is_named(words, meant):
    assert list(roles_meant(words)) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Директор гимназии", ["director"]),
        ("руководитель ОО", ["director"]),
        ("Руководитель учреждения", ["director"]),
        ("заведующий", ["director"]),
        ("Заместители директора по УВР", ["curator"]),
        ("ЗАМЕСТИТЕЛЬ ДИРЕКТОРА ПО НМР", ["curator"]),
        ("зам.директора", ["curator"]),
        ("замдиректора по УР", ["curator"]),
        ("Зам. зав. по ВМР", ["curator"]),
        ("Администрация школы", ["curator", "director"]),
        ("Молодые специалисты", ["mentees"]),
        ("наставляемые", ["mentees"]),
        ("Старший методист", ["methodologist"]),
        ("Отдел кадров", ["hr_officer"]),
        ("администратор сайта", ["site_editor"]),
        ("Управление образования", ["district_curator"]),
        ("главный специалист отдела образования", ["district_curator"]),
        ("ИМЦ", ["district_curator"]),
        ("педагоги", ["participant"]),
        ("учителя-предметники", ["participant"]),
        ("классный руководитель", []),
        ("Классные руководители 5–11 классов", []),
        ("Руководители ШМО", []),
        ("руководитель МО", []),
        ("руководители методических объединений", []),
        ("Руководители структурных подразделений", []),
        ("социальный педагог", []),
        ("рабочая группа", []),
        ("", []),
    ],
)
def test_words_of_other_plans_mean_a_role_or_nobody(words, meant):
    assert list(roles_meant(words)) == meant


def test_every_role_and_both_banks_can_be_chosen():
    assert list(DUTY_LABELS) == [*map(str, Role), "mentors", "mentees"]
    assert len(set(DUTY_LABELS.values())) == len(DUTY_LABELS)
