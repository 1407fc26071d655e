import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.domain.bank_sheet.cells.contacts import (
    ODD_PHONE,
    SEVERAL_EMAILS,
    parse_contacts,
    parse_email,
    parse_phone,
)
from mentoring.domain.bank_sheet.values import Contacts


@pytest.mark.parametrize(
    ("cell", "email", "doubt"),
    [
        ("t129@example.org", "t129@example.org", None),
        (" Ivan.Petrov@школа.рф ", "Ivan.Petrov@школа.рф", None),
        ("mailto:a@b.ru;", "a@b.ru", None),
        ("a @ b.ru", "a@b.ru", None),
        ("a@b.ru, c@d.ru", "a@b.ru", SEVERAL_EMAILS),
        ("-", None, None),
        ("нет", None, None),
        (None, None, None),
    ],
)
def test_email_is_read(cell, email, doubt):
    parsed = parse_email(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (email, doubt, None)


@pytest.mark.parametrize("cell", ["a@b", "a.b.ru", "a@@b.ru", ".a@b.ru", "иван@mail.ru", 5, f"{'a' * 250}@b.ru"])
def test_what_is_no_email_is_a_fault(cell):
    parsed = parse_email(cell)

    assert (parsed.value, parsed.fault) == (None, "это не адрес электронной почты")


@pytest.mark.parametrize(
    ("cell", "phone", "doubt"),
    [
        ("8 970 767-58-36", "+7 970 767-58-36", None),
        ("+7(970)7675836", "+7 970 767-58-36", None),
        (89707675836, "+7 970 767-58-36", None),
        ("970 767 58 36", "+7 970 767-58-36", None),
        ("тел.: 8-970-767-58-36", "+7 970 767-58-36", None),
        ("5-12-34", "5-12-34", ODD_PHONE),
        ("8 970 767-58-36 доб. 12", "8 970 767-58-36 доб. 12", ODD_PHONE),
        ("8 970 767-58-3а6", "8 970 767-58-3а6", ODD_PHONE),
        ("+375 29 123-45-67", "+375 29 123-45-67", ODD_PHONE),
        ("нет", None, None),
    ],
)
def test_phone_is_read(cell, phone, doubt):
    parsed = parse_phone(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (phone, doubt, None)


@pytest.mark.parametrize(
    ("cell", "fault"), [("спросить", "в номере телефона нет цифр"), ("1" * 41, "текст длиннее 40 знаков")]
)
def test_what_is_no_phone_is_a_fault(cell, fault):
    assert parse_phone(cell).fault == fault


@given(st.from_regex(r"(8|\+7)[ -]?\(?9\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}", fullmatch=True))
def test_every_mobile_number_gets_one_form(text):
    phone = parse_phone(text).value

    assert phone == parse_phone(phone).value
    assert phone.startswith("+7 9")


@pytest.mark.parametrize(
    ("cell", "contacts", "doubt"),
    [
        ("8 970 767-58-36, a@b.ru", ("a@b.ru", "+7 970 767-58-36"), None),
        ("e-mail: a@b.ru\nтел. 89707675836", ("a@b.ru", "+7 970 767-58-36"), None),
        ("a@b.ru", ("a@b.ru", None), None),
        ("5-12-34", (None, "5-12-34"), ODD_PHONE),
        ("a@b.ru c@d.ru", ("a@b.ru", None), SEVERAL_EMAILS),
        ("a@b.ru через секретаря", ("a@b.ru", None), "не разобрано: «через секретаря»"),
        ("-", None, None),
    ],
)
def test_mixed_contacts_are_told_apart(cell, contacts, doubt):
    parsed = parse_contacts(cell)

    assert parsed.value == (Contacts(*contacts) if contacts else None)
    assert (parsed.doubt, parsed.fault) == (doubt, None)
