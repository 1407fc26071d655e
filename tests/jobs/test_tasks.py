"""The worker's side: one run whoever calls how often, words for refusals, and what a dead database leaves."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from jobs.kinds import Progress, Work
from jobs.locks import job_lock
from jobs.models import Job
from jobs.tasks import MAX_ATTEMPTS, run
from people.domain.refusal import RefusedError
from people.models import Organisation

MakeJob = Callable[..., Job]
KindOf = Callable[[Work], str]


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


@pytest.mark.django_db
def test_job_runs_with_its_params_and_is_done(make_job: MakeJob, kind_of: KindOf) -> None:
    seen = []
    job = make_job(kind_of(lambda progress, **params: seen.append(params)), params={"number": 7})

    run(job_id=job.pk)

    assert seen == [{"number": 7}]
    assert (again(job).state, again(job).attempts, again(job).error) == (Job.State.DONE, 1, "")
    assert again(job).finished_at is not None


@pytest.mark.django_db
def test_job_called_twice_runs_once(make_job: MakeJob, kind_of: KindOf) -> None:
    seen = []
    job = make_job(kind_of(lambda progress: seen.append(1)))

    run(job_id=job.pk)
    run(job_id=job.pk)

    assert seen == [1]
    assert again(job).attempts == 1


@pytest.mark.django_db
def test_job_that_was_thrown_away_is_not_missed() -> None:
    assert run(job_id=404) is None


@pytest.mark.django_db
@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED])
def test_finished_job_stays_finished(make_job: MakeJob, kind_of: KindOf, state: Job.State) -> None:
    seen = []
    job = make_job(kind_of(lambda progress: seen.append(1)), state=state)

    run(job_id=job.pk)

    assert seen == []
    assert again(job).state == state


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_job_held_by_another_session_is_left_to_it(
    make_job: MakeJob, kind_of: KindOf, other_session: BaseDatabaseWrapper
) -> None:
    seen = []
    job = make_job(kind_of(lambda progress: seen.append(1)))
    with other_session.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [0x6A6F62, job.pk])

    run(job_id=job.pk)

    assert seen == []
    assert (again(job).state, again(job).attempts) == (Job.State.QUEUED, 0)

    with other_session.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")
    run(job_id=job.pk)

    assert seen == [1]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_lock_is_held_inside_the_block_and_free_after_it(other_session: BaseDatabaseWrapper) -> None:
    def is_free() -> bool:
        with other_session.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, 5)", [0x6A6F62])
            taken = cursor.fetchone()[0]
            cursor.execute("SELECT pg_advisory_unlock_all()")
        return taken

    with job_lock(5) as held:
        assert held
        assert not is_free()

    assert is_free()


@pytest.mark.django_db
def test_refused_work_fails_with_its_words(make_job: MakeJob, kind_of: KindOf) -> None:
    def work(progress: Progress) -> None:
        raise RefusedError("Файл занят. Попробуйте позже.")

    job = make_job(kind_of(work))

    run(job_id=job.pk)

    assert (again(job).state, again(job).error) == (Job.State.FAILED, "Файл занят. Попробуйте позже.")


def broken(progress: Progress) -> None:
    raise LookupError("Петрова")


@pytest.mark.django_db
def test_broken_work_is_left_for_the_sweep(make_job: MakeJob, kind_of: KindOf, caplog) -> None:
    job = make_job(kind_of(broken))

    run(job_id=job.pk)

    assert (again(job).state, again(job).error) == (Job.State.RUNNING, "")
    assert "LookupError" in caplog.text


@pytest.mark.django_db
def test_work_that_stays_broken_fails_without_telling_its_secrets(make_job: MakeJob, kind_of: KindOf) -> None:
    job = make_job(kind_of(broken))

    for _ in range(MAX_ATTEMPTS):
        run(job_id=job.pk)

    assert (again(job).state, again(job).attempts) == (Job.State.FAILED, MAX_ATTEMPTS)
    assert again(job).error.startswith("Произошла ошибка")
    assert "Петрова" not in again(job).error


@pytest.mark.django_db
def test_unknown_kind_fails_in_the_end(make_job: MakeJob) -> None:
    job = make_job("no such work", attempts=MAX_ATTEMPTS - 1)

    run(job_id=job.pk)

    assert again(job).state == Job.State.FAILED


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_lost_database_leaves_the_job_for_the_sweep(make_job: MakeJob, kind_of: KindOf) -> None:
    def work(progress: Progress) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    job = make_job(kind_of(work))

    run(job_id=job.pk)

    assert (again(job).state, again(job).error, again(job).finished_at) == (Job.State.RUNNING, "", None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_job_that_lost_its_database_runs_again_from_the_start(make_job: MakeJob, kind_of: KindOf) -> None:
    calls = []

    def work(progress: Progress) -> None:
        progress(1, 2)
        calls.append(1)
        if len(calls) == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    job = make_job(kind_of(work))

    run(job_id=job.pk)
    run(job_id=job.pk)

    assert len(calls) == 2
    assert (again(job).state, again(job).attempts) == (Job.State.DONE, 2)


@pytest.mark.django_db
def test_job_interrupted_too_often_fails_without_running(make_job: MakeJob, kind_of: KindOf) -> None:
    seen = []
    job = make_job(kind_of(lambda progress: seen.append(1)), state=Job.State.RUNNING, attempts=MAX_ATTEMPTS)

    run(job_id=job.pk)

    assert seen == []
    assert again(job).state == Job.State.FAILED
    assert "слишком много раз" in again(job).error


@pytest.mark.django_db
def test_last_attempt_still_runs(make_job: MakeJob, kind_of: KindOf) -> None:
    job = make_job(kind_of(lambda progress: None), state=Job.State.RUNNING, attempts=MAX_ATTEMPTS - 1)

    run(job_id=job.pk)

    assert again(job).state == Job.State.DONE


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_progress_is_seen_while_the_jobs_own_transaction_is_open(
    make_job: MakeJob, kind_of: KindOf, other_session: BaseDatabaseWrapper
) -> None:
    seen = []

    def work(progress: Progress) -> None:
        with transaction.atomic():
            Organisation.objects.update(short_name="Ещё не записано")
            progress(2, 5, "Записываем")
            with other_session.cursor() as cursor:
                cursor.execute("SELECT done, total, message FROM jobs_job WHERE id = %s", [job.pk])
                seen.append(cursor.fetchone())
                cursor.execute("SELECT count(*) FROM people_organisation WHERE short_name = 'Ещё не записано'")
                seen.append(cursor.fetchone())

    job = make_job(kind_of(work))

    run(job_id=job.pk)

    assert seen == [(2, 5, "Записываем"), (0,)]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_progress_past_the_end_is_the_end(make_job: MakeJob, kind_of: KindOf) -> None:
    job = make_job(kind_of(lambda progress: progress(9, 4, "ф" * 300)))

    run(job_id=job.pk)

    assert (again(job).done, again(job).total, len(again(job).message)) == (4, 4, 200)
