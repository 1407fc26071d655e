"""E-mail addresses and telephones."""

import re

from mentoring.domain.bank_sheet.cells.parsed import Parsed, common_fault, one_line, says_nothing, too_long
from mentoring.domain.bank_sheet.sheet import Cell
from mentoring.domain.bank_sheet.values import Contacts

LONGEST_PHONE = 40
LONGEST_EMAIL = 254

SEVERAL_EMAILS = "несколько адресов: взят первый"
ODD_PHONE = "необычный номер: взят как записан"

_EMAIL = re.compile(
    r"[a-z0-9_%+-]+(?:\.[a-z0-9_%+-]+)*@(?:[a-z0-9а-яё](?:[a-z0-9а-яё-]*[a-z0-9а-яё])?\.)+[a-zа-я]{2,}", re.I
)
_LABELS = re.compile(r"(?:тел\w*|моб\w*|сот\w*|e-?mail|эл\.?\s*(?:почта|адрес)|почта|электронная почта)\.?\s*:?", re.I)


def parse_email(cell: Cell) -> Parsed[str]:
    """An e-mail address; «-», «нет» and blanks are None."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed()
    text = re.sub(r"\s*@\s*", "@", one_line(cell)).removeprefix("mailto:").strip(" ,;<>").rstrip(".")
    found = [part for part in re.split(r"[\s,;<>]+", text) if part]
    if not found or not all(len(part) <= LONGEST_EMAIL and _EMAIL.fullmatch(part) for part in found):
        return Parsed(fault="это не адрес электронной почты")
    return Parsed(found[0], doubt=SEVERAL_EMAILS if len(found) > 1 else None)


def parse_phone(cell: Cell) -> Parsed[str]:
    """A Russian number as «+7 970 767-58-36»; any other is kept as it is written, with a doubt."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed()
    text = one_line(cell)
    if fault := too_long(text, LONGEST_PHONE):
        return Parsed(fault=fault)
    digits = re.sub(r"\D", "", text)
    if not digits:
        return Parsed(fault="в номере телефона нет цифр")
    if len(digits) == 11 and digits[0] in "78":
        digits = digits[1:]
    if len(digits) != 10 or re.search(r"[^\d\s()+.–-]", _LABELS.sub("", text)):
        return Parsed(text, doubt=ODD_PHONE)
    return Parsed(f"+7 {digits[:3]} {digits[3:6]}-{digits[6:8]}-{digits[8:]}")


def parse_contacts(cell: Cell) -> Parsed[Contacts]:
    """A telephone and an e-mail address out of one cell, in any order."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed()
    text = one_line(cell)
    emails = _EMAIL.findall(text)
    rest = " ".join(_LABELS.sub(" ", _EMAIL.sub(" ", text)).split()).strip(" ,;/")
    phone: Parsed[str] = parse_phone(rest) if re.search(r"\d", rest) else Parsed()
    remarks = [SEVERAL_EMAILS] if len(emails) > 1 else []
    remarks += [remark for remark in (phone.doubt, phone.fault) if remark]
    if rest and not re.search(r"\d", rest):
        remarks.append(f"не разобрано: «{rest}»")
    return Parsed(Contacts(emails[0] if emails else None, phone.value), doubt="; ".join(remarks) or None)
