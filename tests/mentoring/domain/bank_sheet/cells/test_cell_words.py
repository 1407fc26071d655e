from datetime import date

import pytest

from mentoring.domain.bank_sheet.cells.words import (
    mentee_category_in,
    parse_category,
    parse_consent,
    parse_forms,
    parse_gender,
    parse_mentee_category,
)
from mentoring.domain.bank_sheet.values import (
    Category,
    CategoryMark,
    ClaimedConsent,
    Gender,
    MenteeCategory,
    MentoringForm,
)

TODAY = date(2026, 9, 30)
NOT_UNDERSTOOD = "не удалось понять отметку о согласии: не взята"


@pytest.mark.parametrize(
    ("cell", "category", "year"),
    [
        ("высшая", Category.HIGHEST, None),
        ("Высшая, 2021 г.", Category.HIGHEST, 2021),
        ("высшая кв. категория, 12.03.2021", Category.HIGHEST, 2021),
        ("первая", Category.FIRST, None),
        ("1 кв. категория", Category.FIRST, None),
        ("I", Category.FIRST, None),
        (1, Category.FIRST, None),
        ("ВКК", Category.HIGHEST, None),
        ("соответствие", Category.FITS, None),
        ("СЗД", Category.FITS, None),
        ("соотв. занимаемой должности (2023)", Category.FITS, 2023),
        ("б/к", Category.NONE, None),
        ("нет", Category.NONE, None),
        ("без категории", Category.NONE, None),
        ("педагог-наставник", Category.MENTOR, None),
        ("Педагог-методист, 2025", Category.METHODOLOGIST, 2025),
        ("высшая, педагог-наставник", Category.MENTOR, None),
    ],
)
def test_category_is_read(cell, category, year):
    parsed = parse_category(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (CategoryMark(category, year), None, None)


@pytest.mark.parametrize("cell", [None, " ", "-"])
def test_blank_category_is_unknown_and_not_none(cell):
    parsed = parse_category(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (None, None, None)


def test_abolished_second_category_is_no_category_with_a_doubt():
    parsed = parse_category("вторая")

    assert parsed.value == CategoryMark(Category.NONE)
    assert parsed.doubt == "вторая категория отменена: взято «без категории»"


@pytest.mark.parametrize("cell", ["2021", "хорошая", "12"])
def test_unknown_category_is_a_fault(cell):
    assert parse_category(cell).fault == "не удалось понять категорию: высшая, первая, соответствие или нет"


@pytest.mark.parametrize(
    ("cell", "on"),
    [
        ("да", None),
        ("Да.", None),
        ("+", None),
        (True, None),
        (1, None),
        ("✓", None),
        ("есть, 01.09.2026", date(2026, 9, 1)),
        ("Да от 01.09.2026", date(2026, 9, 1)),
        ("получено (01.09.2026)", date(2026, 9, 1)),
        ("от 01.09.2026", date(2026, 9, 1)),
        ("01.09.2026", date(2026, 9, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
    ],
)
def test_claimed_consent_is_read_with_its_day(cell, on):
    parsed = parse_consent(cell, today=TODAY)

    assert parsed.value == ClaimedConsent(claimed=True, on=on)
    assert (parsed.doubt, parsed.fault) == (None, None)


def test_consent_of_a_day_to_come_is_doubted():
    doubt = parse_consent("есть, 01.10.2026", today=TODAY).doubt

    assert doubt == "дата согласия ещё не наступила"


@pytest.mark.parametrize("cell", ["нет", "-", "Не получено", False, 0])
def test_denied_consent_is_not_claimed(cell):
    parsed = parse_consent(cell, today=TODAY)

    assert (parsed.value, parsed.doubt) == (ClaimedConsent(claimed=False), None)


def test_blank_consent_is_unknown():
    assert parse_consent(" ", today=TODAY).value is None


@pytest.mark.parametrize("cell", ["у секретаря", "есть, 31.02.2026", "нет, 01.09.2026", "да, кроме фото"])
def test_consent_not_understood_is_not_claimed(cell):
    parsed = parse_consent(cell, today=TODAY)

    assert (parsed.value, parsed.doubt, parsed.fault) == (None, NOT_UNDERSTOOD, None)


@pytest.mark.parametrize(
    ("cell", "gender"), [("м", Gender.MALE), ("Муж.", Gender.MALE), ("женский", Gender.FEMALE), ("-", None)]
)
def test_gender_is_read(cell, gender):
    parsed = parse_gender(cell)

    assert (parsed.value, parsed.fault) == (gender, None)


def test_unknown_gender_is_a_fault():
    assert parse_gender("да").fault == "не удалось понять пол: м или ж"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("молодой специалист", MenteeCategory.YOUNG_SPECIALIST),
        ("Мол. спец.", MenteeCategory.YOUNG_SPECIALIST),
        ("после декрета", MenteeCategory.AFTER_BREAK),
        ("вышла из отпуска по уходу за ребёнком", MenteeCategory.AFTER_BREAK),
        ("переподготовка", MenteeCategory.RETRAINED),
        ("вновь прибывший", MenteeCategory.NEWCOMER),
        ("новый учитель", MenteeCategory.NEWCOMER),
        ("в новой должности", MenteeCategory.NEW_POST),
        ("перед аттестацией", MenteeCategory.BEFORE_ATTESTATION),
        ("профессиональные дефициты", MenteeCategory.DEFICITS),
        ("живёт в соседнем селе", None),
        ("", None),
        ("была в декрете, вышла, снова в декрете, но пока всё равно работает на полставки", None),
    ],
)
def test_category_of_a_mentee_is_found_in_a_short_text(text, category):
    assert mentee_category_in(text) is category


def test_category_of_a_mentee_not_understood_is_left_out_with_a_doubt():
    parsed = parse_mentee_category("прочее")

    assert (parsed.value, parsed.fault) == (None, None)
    assert parsed.doubt == "не удалось понять категорию наставляемого: не взята"


@pytest.mark.parametrize(
    ("cell", "forms"),
    [
        ("педагог – педагог", (MentoringForm.TEACHER_TEACHER,)),
        ("«Учитель-учитель»; ученик - ученик", (MentoringForm.TEACHER_TEACHER, MentoringForm.PEER)),
        ("руководитель — педагог", (MentoringForm.HEAD_TEACHER,)),
        ("социальный партнёр – педагог", (MentoringForm.PARTNER_TEACHER,)),
        ("учитель - учитель, педагог - педагог", (MentoringForm.TEACHER_TEACHER,)),
        ("работодатель – студент", (MentoringForm.EMPLOYER_COLLEGESTUDENT,)),
        ("-", ()),
    ],
)
def test_forms_are_read(cell, forms):
    parsed = parse_forms(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (forms, None, None)


def test_unknown_form_is_named_in_a_doubt():
    parsed = parse_forms("педагог – педагог; групповая; ученик – учитель")

    assert parsed.value == (MentoringForm.TEACHER_TEACHER,)
    assert parsed.doubt == "неизвестная форма наставничества: «групповая», «ученик – учитель»"
