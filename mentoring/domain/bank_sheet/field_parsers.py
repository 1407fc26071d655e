"""Which parser reads which column, and which attributes of a bank row it fills."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mentoring.domain.bank_sheet.cells import contacts, dates, names, numbers, texts, words
from mentoring.domain.bank_sheet.cells.parsed import Parsed
from mentoring.domain.bank_sheet.fields import Field
from mentoring.domain.bank_sheet.sheet import Cell
from mentoring.domain.bank_sheet.values import CategoryMark, Contacts, PersonName, PostSubject

_PARSERS: Mapping[Field, Callable[[Cell], Parsed[Any]]] = {
    Field.FULL_NAME: names.parse_full_name,
    Field.SURNAME: names.parse_name_part,
    Field.GIVEN: names.parse_name_part,
    Field.PATRONYMIC: names.parse_name_part,
    Field.POST: texts.parse_post,
    Field.SUBJECT: texts.parse_post,
    Field.POST_SUBJECT: texts.parse_post_subject,
    Field.EMAIL: contacts.parse_email,
    Field.PHONE: contacts.parse_phone,
    Field.CONTACTS: contacts.parse_contacts,
    Field.CATEGORY: words.parse_category,
    Field.GENDER: words.parse_gender,
    Field.NOTE: texts.parse_note,
    Field.COMPETENCES: texts.parse_topics,
    Field.CAPACITY: numbers.parse_capacity,
    Field.HOURS: numbers.parse_hours,
    Field.ACHIEVEMENTS: texts.parse_text,
    Field.INTERESTS: texts.parse_topics,
    Field.DESIRED_AGE: texts.parse_desired_age,
    Field.FORMS: words.parse_forms,
    Field.REQUESTS: texts.parse_topics,
    Field.MENTEE_CATEGORY: words.parse_mentee_category,
    Field.EXPECTATIONS: texts.parse_text,
    Field.CLASS_NAME: texts.parse_class,
}
_DATED_PARSERS: Mapping[Field, Callable[..., Parsed[Any]]] = {
    Field.EXPERIENCE: numbers.parse_experience,
    Field.HIRED_ON: dates.parse_date,
    Field.ENTERED_ON: dates.parse_date,
    Field.BIRTH_YEAR: numbers.parse_birth_year,
    Field.CONSENT_PROCESSING: words.parse_consent,
    Field.CONSENT_PUBLICATION: words.parse_consent,
    Field.CONSENT_PARTICIPATION: words.parse_consent,
    Field.CONSENT_SHARING: words.parse_consent,
}

NOT_READ = frozenset({Field.ROW_NUMBER, Field.ORGANISATION})
"""Columns that are known but say nothing about the person."""


def parse_field(field: Field, cell: Cell, *, today: date) -> Parsed[Any]:
    """The cell of a column by the parser of its field; `field` is none of NOT_READ."""
    if field in _DATED_PARSERS:
        return _DATED_PARSERS[field](cell, today=today)
    return _PARSERS[field](cell)


def attributes(field: Field, value: object) -> dict[str, Any]:
    """The attributes of a bank row that a parsed value fills; those not told are left out."""
    match value:
        case PersonName():
            found = {"surname": value.surname, "given": value.given, "patronymic": value.patronymic}
        case PostSubject():
            found = {"post": value.post, "subject": value.subject}
        case Contacts():
            found = {"email": value.email, "phone": value.phone}
        case CategoryMark():
            return {"category": value.category, "category_year": value.year}
        case _:
            return {} if value is None else {field.value: value}
    return {name: part for name, part in found.items() if part is not None}
