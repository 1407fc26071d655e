"""Reading and writing a bank as the worker does it."""

from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from jobs.models import Job
from jobs.tasks import run
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import BankImport, MenteeProfile, MentorProfile
from mentoring.operations.imports import confirm_import, map_columns
from mentoring.operations.profiles import enter_bank
from mentoring.tasks import CHANGED_MEANWHILE, read_bank, write_bank
from people.models import Consent, Person
from tests.factories import PersonFactory
from tests.mentoring.at_once import at_once
from tests.mentoring.bank_uploads import brought_in, confirmed, read, read_sample, sheet, worked

State = BankImport.State
KOTOVA = "Котова Марина Сергеевна;учитель;k@example.org"


def quiet(done, total, message=""):
    """Progress that nobody follows."""


def counts(upload):
    return {name: number for name, number in upload.counts.items() if number}


def rows(upload):
    return list(upload.rows.order_by("number").values_list("number", "name", "outcome"))


@pytest.mark.parametrize(
    ("bank", "people", "doubts", "claimed"), [(Bank.MENTORS, 18, 4, 0), (Bank.MENTEES, 31, 11, 25)]
)
def test_sample_comes_in_whole(curator, bank, people, doubts, claimed):
    profiles = {Bank.MENTORS: MentorProfile, Bank.MENTEES: MenteeProfile}[bank].objects.all()

    upload = read_sample(curator.access, bank)
    before = profiles.count()
    written = confirmed(curator.access, upload)

    assert before == 0
    assert written.counts == {"create": people, "change": 0, "same": 0, "fault": 0, "doubts": doubts}
    assert (written.state, written.job.state, bytes(written.content)) == (State.DONE, Job.State.DONE, b"")
    assert profiles.count() == people
    assert profiles.filter(organisation=curator.organisation).count() == people
    assert Consent.objects.filter(state=Consent.State.CLAIMED).count() == claimed
    assert Consent.objects.in_force(timezone.localdate()).count() == 0


@pytest.mark.parametrize("bank", Bank)
def test_sample_brought_in_twice_changes_nothing(curator, bank):
    confirmed(curator.access, read_sample(curator.access, bank))
    people = Person.objects.count()

    again = read_sample(curator.access, bank)
    counted = counts(again)
    confirmed(curator.access, again)

    assert counted == {"same": people - 1, "doubts": counted["doubts"]}
    assert Person.objects.count() == people


def test_doubt_is_shown_with_its_cell_and_lets_the_row_in(curator):
    upload = read_sample(curator.access, Bank.MENTORS)

    doubted = upload.rows.exclude(findings=[]).order_by("number")

    assert [row.number for row in doubted] == [8, 15, 18, 23]
    assert {row.outcome for row in doubted} == {"create"}
    (finding,) = doubted[0].findings
    assert (finding["column_letter"], finding["level"], finding["shown_value"]) == ("J", "doubt", "04.09.26 г.")


def test_line_that_is_no_person_is_told(curator):
    upload = read_sample(curator.access, Bank.MENTORS)

    assert upload.notes == [{"row": 27, "message": "подпись или итог, не человек: «Куратор ____________ / /»"}]


def test_changed_cell_is_one_change_with_old_and_new(curator):
    brought_in(curator.access, sheet(KOTOVA, "Громов Пётр Ильич;завуч;g@example.org"))

    upload = read(curator.access, sheet(KOTOVA, "Громов Пётр Ильич;директор;g@example.org"))

    assert counts(upload) == {"same": 1, "change": 1}
    assert upload.rows.get(outcome="change").changes == [{"label": "должность", "old": "завуч", "new": "директор"}]


def test_namesakes_are_told_apart_by_mail(curator):
    header, one, two = (
        "ФИО;E-mail;Предмет",
        "Котова Анна Ильинична;a@example.org;химия",
        "Котова Анна Ильинична;b@example.org;",
    )
    brought_in(curator.access, sheet(one, two + "физика", header=header))

    upload = brought_in(curator.access, sheet(two + "история", header=header))

    assert counts(upload) == {"change": 1}
    assert list(Person.objects.filter(surname="Котова").order_by("email").values_list("email", "subject")) == [
        ("a@example.org", "химия"),
        ("b@example.org", "история"),
    ]


def test_row_that_cannot_be_told_blocks_the_whole_file(curator):
    for letter in "ab":
        PersonFactory(
            organisation=curator.organisation, surname="Котова", given="Анна", patronymic="", email=f"{letter}@e.ru"
        )

    upload = read(curator.access, sheet("Котова Анна;учитель;", "Громов Пётр Ильич;завуч;"))

    assert rows(upload) == [(2, "Котова Анна", "fault"), (3, "Громов Пётр Ильич", "create")]
    assert MentorProfile.objects.count() == 0


def test_mentor_who_is_a_mentee_already_stays_one_person_in_two_banks(curator):
    brought_in(curator.access, sheet(KOTOVA), Bank.MENTEES)

    upload = brought_in(curator.access, sheet(KOTOVA), Bank.MENTORS)

    assert counts(upload) == {"change": 1}
    person = Person.objects.get(surname="Котова")
    assert (person.mentor_profiles.count(), person.mentee_profiles.count()) == (1, 1)


def test_file_of_another_school_makes_people_of_ones_own(curator, stranger):
    brought_in(stranger.access, sheet(KOTOVA))

    upload = brought_in(curator.access, sheet(KOTOVA))

    assert counts(upload) == {"create": 1}
    assert sorted(Person.objects.filter(surname="Котова").values_list("organisation__slug", flat=True)) == [
        "chuzhaya",
        "licey",
    ]


def test_bank_that_changed_after_the_preview_is_not_written_over(curator):
    upload = read(curator.access, sheet(KOTOVA))
    person = PersonFactory(organisation=curator.organisation, surname="Котова", given="Марина", patronymic="Сергеевна")

    upload = confirmed(curator.access, upload)

    assert (upload.job.state, upload.job.error) == (Job.State.FAILED, CHANGED_MEANWHILE)
    assert (upload.state, counts(upload)) == (State.READ, {"change": 1})
    assert upload.rows.get().person == person
    assert MentorProfile.objects.count() == 0

    upload = confirmed(curator.access, upload)

    assert upload.state == State.DONE
    assert MentorProfile.objects.get().person == person


def test_job_that_runs_twice_writes_once(curator):
    upload = brought_in(curator.access, sheet(KOTOVA))
    finished_at = upload.finished_at

    write_bank(quiet, import_id=upload.pk)

    upload.refresh_from_db()
    assert upload.finished_at == finished_at
    assert Person.objects.filter(surname="Котова").count() == 1


def test_reading_twice_leaves_one_plan(curator):
    upload = read(curator.access, sheet(KOTOVA))

    read_bank(quiet, import_id=upload.pk)

    assert rows(upload) == [(2, "Котова Марина Сергеевна", "create")]


def test_crash_in_the_middle_of_writing_leaves_nothing(curator):
    upload = read(curator.access, sheet(KOTOVA, "Громов Пётр Ильич;завуч;g@example.org"))
    people = Person.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''crash''; END';"
            "CREATE TRIGGER break_it BEFORE INSERT ON mentoring_mentorprofile FOR EACH ROW EXECUTE FUNCTION break_it()"
        )

    crashed = confirmed(curator.access, upload)

    assert crashed.state == State.CONFIRMED
    assert (Person.objects.count(), MentorProfile.objects.count()) == (people, 0)

    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION break_it CASCADE")
    upload = worked(crashed)

    assert (upload.state, upload.job.state) == (State.DONE, Job.State.DONE)
    assert (Person.objects.count(), MentorProfile.objects.count()) == (people + 2, 2)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"%PDF-1.7 not a spreadsheet", "Это документ PDF, а не таблица."),
        (b"", "Файл пуст"),
        (sheet("Котова", header="Что-то"), "Не нашли строку заголовков."),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_the_reason(curator, content, problem):
    upload = read(curator.access, content)

    assert upload.state == State.REFUSED
    assert problem in upload.problem
    assert (upload.rows.count(), upload.counts, upload.job.state) == (0, {}, Job.State.DONE)
    assert Person.objects.filter(mentor_profiles__isnull=False).count() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_imports_at_once_do_not_double_anybody(curator):
    uploads = [read(curator.access, sheet(KOTOVA)) for _ in range(2)]
    for upload in uploads:
        confirm_import(curator.access, import_id=upload.pk)
        upload.refresh_from_db()

    at_once(*[partial(run, job_id=upload.job_id) for upload in uploads])

    for upload in uploads:
        upload.refresh_from_db()
    assert sorted(upload.state for upload in uploads) == [State.DONE, State.READ]
    assert Person.objects.filter(surname="Котова").count() == 1
    (late,) = [upload for upload in uploads if upload.state == State.READ]
    assert counts(late) == {"same": 1}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_import_run_by_two_workers_at_once_writes_once(curator):
    upload = read(curator.access, sheet(KOTOVA))
    confirm_import(curator.access, import_id=upload.pk)

    at_once(*[partial(write_bank, quiet, import_id=upload.pk)] * 2)

    upload.refresh_from_db()
    assert upload.state == State.DONE
    assert Person.objects.filter(surname="Котова").count() == 1


def test_person_entered_by_hand_meanwhile_stays_one(curator):
    person = PersonFactory(
        organisation=curator.organisation,
        surname="Котова",
        given="Марина",
        patronymic="Сергеевна",
        email="k@example.org",
    )
    upload = read(curator.access, sheet(KOTOVA))
    values = {"entered_on": curator.access.today}
    enter_bank(curator.access, bank=Bank.MENTORS, person_id=person.pk, values=values, topics=[])

    upload = confirmed(curator.access, upload)

    assert (upload.state, upload.job.error) == (State.READ, CHANGED_MEANWHILE)
    assert MentorProfile.objects.filter(person=person).count() == 1


def test_mapping_chosen_by_hand_is_read(curator):
    upload = read(curator.access, sheet("Котова Марина Сергеевна;шахматы", header="ФИО;Чем увлекается"))

    upload = worked(map_columns(curator.access, import_id=upload.pk, mapping={1: "interests"}))

    assert [column["field"] for column in upload.columns] == ["full_name", "interests"]
    assert upload.rows.get().values["profile"] == {"interests": "шахматы"}
