"""Uploading, mapping, confirming and throwing away a bank's spreadsheet."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from jobs.models import Job
from jobs.tasks import run
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import BankImport, BankImportRow, MentorProfile
from mentoring.operations.imports import confirm_import, discard_import, map_columns, upload_bank
from people.domain.refusal import RefusedError
from people.models import Person
from tests.mentoring.at_once import at_once
from tests.mentoring.bank_uploads import brought_in, confirmed, read, sheet, worked

State = BankImport.State
KOTOVA = "Котова Марина Сергеевна;учитель;k@example.org"
FAULTY = "Громов Пётр Ильич;завуч;это не адрес"


def test_upload_is_kept_and_its_reading_queued(curator):
    upload = upload_bank(curator.access, bank=Bank.MENTEES, filename="банк.csv", content=sheet(KOTOVA))

    assert (upload.organisation, upload.bank, upload.state) == (curator.organisation, Bank.MENTEES, State.UPLOADED)
    assert (upload.uploaded_by, upload.uploaded_at) == (curator.user, curator.access.at)
    assert (upload.job.kind, upload.job.state, upload.job.title) == (
        "mentoring.read_bank",
        Job.State.QUEUED,
        "Чтение файла «банк.csv»",
    )
    assert upload.job.params == {"import_id": upload.pk}
    assert upload.job.return_path == f"/o/licey/imports/{upload.pk}/"


def test_long_filename_is_cut(curator):
    upload = upload_bank(curator.access, bank=Bank.MENTORS, filename="я" * 300, content=b"")

    assert upload.filename == "я" * 200


def test_reading_writes_nothing_into_the_bank(curator):
    people = Person.objects.count()

    upload = read(curator.access, sheet(KOTOVA))

    assert (upload.state, upload.counts["create"]) == (State.READ, 1)
    assert (Person.objects.count(), MentorProfile.objects.count()) == (people, 0)


@pytest.mark.parametrize("persona", ["director", "psychologist", "hr_officer", "mentor"])
def test_only_who_edits_the_banks_uploads(request, persona, curator):
    access = request.getfixturevalue(persona).access
    upload = read(curator.access, sheet(KOTOVA))

    for press in (
        partial(upload_bank, access, bank=Bank.MENTORS, filename="a.csv", content=b""),
        partial(map_columns, access, import_id=upload.pk, mapping={}),
        partial(confirm_import, access, import_id=upload.pk),
        partial(discard_import, access, import_id=upload.pk),
    ):
        with pytest.raises(PermissionDenied):
            press()
    assert BankImport.objects.get().state == State.READ


def test_stranger_reaches_no_upload(curator, stranger):
    upload = read(curator.access, sheet(KOTOVA))

    with pytest.raises(BankImport.DoesNotExist):
        confirm_import(stranger.access, import_id=upload.pk)
    with pytest.raises(BankImport.DoesNotExist):
        map_columns(stranger.access, import_id=upload.pk, mapping={})
    discard_import(stranger.access, import_id=upload.pk)

    upload.refresh_from_db()
    assert upload.state == State.READ


def test_fault_blocks_confirming(curator):
    upload = read(curator.access, sheet(KOTOVA, FAULTY))

    with pytest.raises(RefusedError) as refusal:
        confirm_import(curator.access, import_id=upload.pk)

    assert str(refusal.value) == (
        "В файле есть ошибки. Исправьте их и загрузите файл ещё раз: в банк ничего не записано."
    )
    assert (upload.counts["fault"], MentorProfile.objects.count()) == (1, 0)


def test_file_that_is_not_read_yet_cannot_be_confirmed(curator):
    upload = upload_bank(curator.access, bank=Bank.MENTORS, filename="a.csv", content=sheet(KOTOVA))

    with pytest.raises(RefusedError, match=r"^Файл ещё не прочитан\.$"):
        confirm_import(curator.access, import_id=upload.pk)


def test_confirming_twice_queues_one_job_and_writes_once(curator):
    upload = read(curator.access, sheet(KOTOVA))

    first = confirm_import(curator.access, import_id=upload.pk)
    second = confirm_import(curator.access, import_id=upload.pk)
    worked(second)
    third = confirm_import(curator.access, import_id=upload.pk)

    assert first.job_id == second.job_id == third.job_id
    assert Job.objects.filter(kind="mentoring.write_bank").count() == 1
    assert MentorProfile.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_confirming_at_once_queues_one_job(curator):
    upload = read(curator.access, sheet(KOTOVA))

    at_once(*[partial(confirm_import, curator.access, import_id=upload.pk)] * 3)

    assert Job.objects.filter(kind="mentoring.write_bank").count() == 1


def test_columns_chosen_by_hand_are_read_and_written(curator):
    upload = read(curator.access, sheet("Котова Марина;шахматы;7", header="ФИО;Чем увлекается;Педагогический стаж"))
    before = [column["field"] for column in upload.columns]

    upload = worked(map_columns(curator.access, import_id=upload.pk, mapping={1: "interests", 2: ""}))
    confirmed(curator.access, upload)

    assert before == ["full_name", "", "experience"]
    assert [column["field"] for column in upload.columns] == ["full_name", "interests", ""]
    profile = MentorProfile.objects.get()
    assert (profile.interests, profile.person.experience_years) == ("шахматы", None)


def test_mapping_without_a_name_is_refused_with_the_reason_and_can_be_mended(curator):
    upload = read(curator.access, sheet(KOTOVA))

    refused = worked(map_columns(curator.access, import_id=upload.pk, mapping={0: ""}))
    state, problem = refused.state, refused.problem
    mended = worked(map_columns(curator.access, import_id=upload.pk, mapping={0: "full_name"}))

    assert (state, problem) == (
        State.REFUSED,
        "Не выбран столбец с именем: укажите «ФИО» или «Фамилия».",
    )
    assert (mended.state, mended.problem, mended.counts["create"]) == (State.READ, "", 1)


def test_refused_file_shows_no_rows_of_an_earlier_reading(curator):
    upload = read(curator.access, sheet(KOTOVA))

    refused = worked(map_columns(curator.access, import_id=upload.pk, mapping={0: ""}))

    with pytest.raises(RefusedError, match=r"^Файл ещё не прочитан\.$"):
        confirm_import(curator.access, import_id=refused.pk)
    assert (refused.rows.count(), refused.counts) == (0, {})


@pytest.mark.parametrize("finish", [confirm_import, None])
def test_columns_cannot_be_chosen_while_the_worker_has_the_file(curator, finish):
    upload = upload_bank(curator.access, bank=Bank.MENTORS, filename="a.csv", content=sheet(KOTOVA))
    if finish:
        finish(curator.access, import_id=worked(upload).pk)

    with pytest.raises(RefusedError, match=r"^Файл сейчас читается или уже записан\.$"):
        map_columns(curator.access, import_id=upload.pk, mapping={})


def test_discarding_throws_the_file_and_its_rows_away(curator):
    upload = read(curator.access, sheet(KOTOVA))

    discard_import(curator.access, import_id=upload.pk)
    discard_import(curator.access, import_id=upload.pk)

    assert (BankImport.objects.count(), BankImportRow.objects.count(), MentorProfile.objects.count()) == (0, 0, 0)


def test_what_is_being_written_or_written_cannot_be_discarded(curator):
    upload = read(curator.access, sheet(KOTOVA))
    confirm_import(curator.access, import_id=upload.pk)
    done = brought_in(curator.access, sheet("Громов Пётр Ильич;завуч;"))

    for each in (upload, done):
        with pytest.raises(RefusedError, match=r"^Файл уже записывается или записан в банк\.$"):
            discard_import(curator.access, import_id=each.pk)
    assert BankImport.objects.count() == 2


def test_upload_whose_reading_failed_for_good_can_be_discarded(curator):
    upload = upload_bank(curator.access, bank=Bank.MENTORS, filename="bank.csv", content=sheet("Иванова Анна Ивановна"))

    discard_import(curator.access, import_id=upload.pk)
    run(job_id=upload.job_id)

    assert not BankImport.objects.exists()
    assert Job.objects.get(pk=upload.job_id).state == Job.State.DONE


def test_upload_whose_writing_failed_for_good_can_be_discarded(curator):
    upload = read(curator.access, sheet("Иванова Анна Ивановна;учитель;a@example.org"))
    upload = confirm_import(curator.access, import_id=upload.pk)
    Job.objects.filter(pk=upload.job_id).update(state=Job.State.FAILED)

    discard_import(curator.access, import_id=upload.pk)

    assert not BankImport.objects.exists()
