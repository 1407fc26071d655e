"""Cells that choose from a closed list: category, consent, gender, kind of mentee, form."""

import re
from datetime import date, datetime

from mentoring.domain.bank_sheet.cells.dates import parse_date
from mentoring.domain.bank_sheet.cells.parsed import Parsed, common_fault, one_line, says_nothing
from mentoring.domain.bank_sheet.sheet import Cell, is_blank
from mentoring.domain.bank_sheet.values import (
    Category,
    CategoryMark,
    ClaimedConsent,
    Gender,
    MenteeCategory,
    MentoringForm,
)

_NO_CATEGORY = re.compile(r"(?:нет|не имеет|без|б/?к\b|б\.\s?к\b|отсутствует|не аттестован)")
_CATEGORIES = (
    (re.compile(r"наставник"), Category.MENTOR),
    (re.compile(r"методист"), Category.METHODOLOGIST),
    (re.compile(r"высш|\bвкк\b|\bвк\b"), Category.HIGHEST),
    (re.compile(r"перв|\bпкк\b|\b1\s*кк\b|\bi\b|\b1\b"), Category.FIRST),
    (re.compile(r"соотв|\bсзд\b"), Category.FITS),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLAIMED = frozenset(
    {
        "да",
        "+",
        "++",
        "есть",
        "имеется",
        "получено",
        "подписано",
        "дано",
        "v",
        "✓",
        "✔",
        "☑",
        "1",
        "yes",
        "согласен",
        "согласна",
        "оформлено",
        "в наличии",
        "сдано",
        "true",
    }
)
_NOT_CLAIMED = frozenset(
    {
        "нет",
        "-",
        "–",
        "—",
        "не получено",
        "отсутствует",
        "0",
        "no",
        "не подписано",
        "не дано",
        "не согласен",
        "не согласна",
        "отказ",
        "☐",
        "false",
        "не сдано",
    }
)
_MENTEE_CATEGORIES = (
    (re.compile(r"\bмол\w*\.?\s*(?:спец|педагог|учител)|\bмс\b"), MenteeCategory.YOUNG_SPECIALIST),
    (re.compile(r"декрет|перерыв|по уходу|отпуск"), MenteeCategory.AFTER_BREAK),
    (re.compile(r"переподготов|переобуч"), MenteeCategory.RETRAINED),
    (re.compile(r"нов\w+ должност|смен\w+ должност"), MenteeCategory.NEW_POST),
    (
        re.compile(
            r"вновь (?:прибы|приня|приш)|новичок|новый (?:педагог|учитель|сотрудник|работник)|"
            r"нов\w+ в (?:школ|коллектив|организац|учрежд)"
        ),
        MenteeCategory.NEWCOMER,
    ),
    (re.compile(r"аттестац"), MenteeCategory.BEFORE_ATTESTATION),
    (re.compile(r"дефицит|затруднен"), MenteeCategory.DEFICITS),
)
_LONGEST_CATEGORY_NOTE = 60
_SIDES = {
    "педагог": "teacher", "учитель": "teacher", "преподаватель": "teacher", "воспитатель": "teacher",
    "руководитель": "head", "директор": "head", "руководитель оо": "head",
    "ученик": "pupil", "обучающийся": "pupil", "школьник": "pupil", "равный": "pupil", "равному": "pupil",
    "студент": "student", "работодатель": "employer", "молодой педагог": "teacher",
    "молодой учитель": "teacher",
    "социальный партнер": "partner", "партнер": "partner", "педагог вуза": "university", "вуз": "university",
    "педагог вуза/колледжа": "university", "молодой специалист": "teacher",
    "студент педагогического вуза/колледжа": "future teacher", "студент педвуза": "future teacher",
    "педагог оо": "teacher", "молодой педагог оо": "teacher",
}  # fmt: skip
_FORMS = {
    ("teacher", "teacher"): MentoringForm.TEACHER_TEACHER,
    ("head", "teacher"): MentoringForm.HEAD_TEACHER,
    ("employer", "future teacher"): MentoringForm.EMPLOYER_STUDENT,
    ("university", "teacher"): MentoringForm.UNIVERSITY_TEACHER,
    ("partner", "teacher"): MentoringForm.PARTNER_TEACHER,
    ("pupil", "pupil"): MentoringForm.PEER,
    ("student", "pupil"): MentoringForm.STUDENT_PUPIL,
    ("teacher", "pupil"): MentoringForm.TEACHER_PUPIL,
    ("employer", "pupil"): MentoringForm.EMPLOYER_PUPIL,
    ("employer", "student"): MentoringForm.EMPLOYER_COLLEGESTUDENT,
}


def _plain(cell: Cell) -> str:
    return one_line(cell).lower().replace("ё", "е").strip(" .,;")


def parse_category(cell: Cell) -> Parsed[CategoryMark]:
    """The qualification category with the year, where it is told; of several the highest."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    text = _plain(cell)
    if is_blank(cell) or text in ("", "-", "–", "—"):
        return Parsed()
    year_match = _YEAR.search(text)
    year = int(year_match[0]) if year_match else None
    rest = re.sub(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\b(?:19|20)\d\d\b", " ", text)
    if _NO_CATEGORY.match(rest):
        return Parsed(CategoryMark(Category.NONE))
    if "втор" in rest:
        return Parsed(CategoryMark(Category.NONE), doubt="вторая категория отменена: взято «без категории»")
    for pattern, category in _CATEGORIES:
        if pattern.search(rest):
            return Parsed(CategoryMark(category, year))
    return Parsed(fault="не удалось понять категорию: высшая, первая, соответствие или нет")


def parse_consent(cell: Cell, *, today: date) -> Parsed[ClaimedConsent]:
    """What a table claims about a consent. Every claim comes with a doubt: it is no consent yet."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if is_blank(cell):
        return Parsed()
    text = _plain(cell) or one_line(cell)
    if isinstance(cell, date | datetime):
        return _claimed_on(text, today)
    if text in _NOT_CLAIMED:
        return Parsed(ClaimedConsent(claimed=False))
    if text in _CLAIMED:
        return Parsed(ClaimedConsent(claimed=True))
    words = re.match(r"([^\d\s,;:(]+(?:\s[^\d\s,;:(от]+)?)?[\s,;:(]*(?:от\s*)?", text)
    mark, tail = (words[1] or "", text[words.end() :].strip(" )")) if words else ("", text)
    if (mark in _CLAIMED or mark in ("", "от", "с")) and tail:
        return _claimed_on(tail, today)
    return Parsed(doubt="не удалось понять отметку о согласии: не взята")


def _claimed_on(text: str, today: date) -> Parsed[ClaimedConsent]:
    day = parse_date(text, today=today)
    if day.value is None:
        return Parsed(doubt="не удалось понять отметку о согласии: не взята")
    late = "дата согласия ещё не наступила" if day.value > today else None
    return Parsed(ClaimedConsent(claimed=True, on=day.value), doubt=late)


def parse_gender(cell: Cell) -> Parsed[Gender]:
    """«м», «ж», «муж.», «женский»."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed()
    text = _plain(cell)
    if re.fullmatch(r"м|муж\w*|мальчик|юноша", text):
        return Parsed(Gender.MALE)
    if re.fullmatch(r"ж|жен\w*|девочка|девушка", text):
        return Parsed(Gender.FEMALE)
    return Parsed(fault="не удалось понять пол: м или ж")


def mentee_category_in(text: str) -> MenteeCategory | None:
    """The category of a mentee that a short text names («после декрета»), or None."""
    plain = _plain(text)
    if len(plain) > _LONGEST_CATEGORY_NOTE:
        return None
    return next((category for pattern, category in _MENTEE_CATEGORIES if pattern.search(plain)), None)


def parse_mentee_category(cell: Cell) -> Parsed[MenteeCategory]:
    """Why somebody is mentored; what is not understood is left out with a doubt."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed()
    category = mentee_category_in(one_line(cell))
    return Parsed(category, doubt=None if category else "не удалось понять категорию наставляемого: не взята")


def parse_forms(cell: Cell) -> Parsed[tuple[MentoringForm, ...]]:
    """Forms of mentoring, «педагог – педагог; учитель – ученик»; unknown ones are left out with a doubt."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed(())
    parts = [part.strip(" .«»\"'") for part in re.split(r"[;,\n]", one_line(cell).lower().replace("ё", "е"))]
    forms = {part: _form(part) for part in parts if part}
    unknown = [f"«{part}»" for part, form in forms.items() if form is None]
    doubt = f"неизвестная форма наставничества: {', '.join(unknown)}" if unknown else None
    return Parsed(tuple(dict.fromkeys(form for form in forms.values() if form)), doubt=doubt)


def _form(text: str) -> MentoringForm | None:
    sides = [side.strip(" «»") for side in re.split(r"\s*[-–—]\s*", text)]
    if len(sides) != 2:
        return None
    return _FORMS.get((_SIDES.get(sides[0], ""), _SIDES.get(sides[1], "")))
