"""Bringing in a bank of 10,000 people, against reading the file and writing the same rows without any thought."""

from datetime import date
from io import BytesIO
from itertools import count

from openpyxl import Workbook, load_workbook

from bench.school import names, new_school
from bench.timing import Figure, in_turn
from jobs.models import Job
from jobs.tasks import run
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import BankImport, MentorProfile
from mentoring.operations.imports import confirm_import, upload_bank
from people.access import Access
from people.models import Person

PEOPLE = 10_000
ROUNDS = 3
COLUMNS = (
    "№ п/п",
    "ФИО наставника",
    "Должность",
    "Предмет",
    "Телефон",
    "E-mail",
    "Категория",
    "Педагогический стаж",
    "Компетенции",
    "Дата вхождения",
)


def measure() -> list[Figure]:
    content, numbers = _workbook(), count()

    def ours() -> None:
        _import(new_school(f"import-{next(numbers)}")[1], content)

    def bare() -> None:
        _write_without_thought(new_school(f"import-{next(numbers)}")[1], content)

    mine, theirs = in_turn(ROUNDS, ours, bare)
    reference = "openpyxl (read-only) + bulk_create of Person and MentorProfile"
    return [Figure("(a) import of 10,000 people", reference, mine, theirs, goal=2)]


def _workbook() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Наставники")
    sheet.append(COLUMNS)
    for number, name in enumerate(names(PEOPLE), 1):
        phone, mail = f"+7 900 {number // 100:03}-{number % 100:02}-11", f"t{number}@example.org"
        row = (number, " ".join(name), "учитель", "математика", phone, mail, "высшая", number % 40)
        sheet.append((*row, "оценивание, мотивация учащихся", date(2026, 9, 1)))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _import(access: Access, content: bytes) -> None:
    upload = upload_bank(access, bank=Bank.MENTORS, filename="bank.xlsx", content=content)
    _run(upload)
    _run(confirm_import(access, import_id=upload.pk))
    done = BankImport.objects.get(pk=upload.pk)
    found = MentorProfile.objects.filter(organisation=access.organisation).count()
    assert (done.state, found) == (BankImport.State.DONE, PEOPLE), (done.state, done.problem, done.counts, found)


def _run(upload: BankImport) -> None:
    run(job_id=upload.job_id)
    job = Job.objects.get(pk=upload.job_id)
    assert job.state == Job.State.DONE, (job.state, job.error)


def _write_without_thought(access: Access, content: bytes) -> None:
    organisation = access.organisation
    sheet = load_workbook(BytesIO(content), read_only=True).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    people = Person.objects.bulk_create(
        (_person(organisation.pk, *row) for row in rows),
        batch_size=2000,
    )
    MentorProfile.objects.bulk_create(
        (
            MentorProfile(organisation=organisation, person=person, entered_on=row[-1])
            for person, row in zip(people, rows, strict=True)
        ),
        batch_size=2000,
    )


def _person(
    organisation_id: int, _: int, name: str, post: str, subject: str, phone: str, mail: str, __: str, years: int, *___
) -> Person:
    surname, given, patronymic = name.split()
    return Person(
        organisation_id=organisation_id,
        surname=surname,
        given=given,
        patronymic=patronymic,
        gender="f",
        post=post,
        subject=subject,
        phone=phone,
        email=mail,
        category="highest",
        experience_years=years,
    )
