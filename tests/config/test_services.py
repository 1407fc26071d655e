"""Embedded PostgreSQL and Redis: they start, stop, come back, and leave nothing behind."""

import os
import shutil
import signal
import stat
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NoConnectionError

from config.services import postgres
from config.services.folders import make_folder, socket_folder
from config.services.processes import Service, ServiceError, Supervisor

WITH_SERVICES = ("-m", "config.with_services", "--")
SHOW_SERVERS = """
import os, psycopg2, redis
with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("SELECT lower('ЁЛКА'), current_database(), version()")
    print(*cursor.fetchone())
print(redis.Redis.from_url(os.environ["REDIS_URL"]).ping(), os.environ["PORTAL_VAR"])
raise SystemExit(3)
"""
# A supervisor with both servers and nothing else; prints their addresses.
SERVERS = """
from config.environment import VAR_DIR
from config.services.postgres import start_postgres
from config.services.processes import StopRequestedError, Supervisor, remember_stop_signals
from config.services.redis import start_redis
remember_stop_signals()
VAR_DIR.mkdir(exist_ok=True)
supervisor = Supervisor(VAR_DIR)
try:
    print(start_postgres(supervisor, VAR_DIR), start_redis(supervisor, VAR_DIR))
    supervisor.watch()
except StopRequestedError:
    pass
finally:
    supervisor.stop()
"""


def addresses(running) -> list[str]:
    running.wait_for_text("?db=0\n")
    return running.text().splitlines()[0].split()


def execute(url: str, statement: str) -> list[tuple]:
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def is_up(url: str) -> bool:
    try:
        return execute(url, "SELECT 1") == [(1,)]
    except psycopg2.Error:
        return False


def answers(url: str) -> bool:
    try:
        with Redis.from_url(url) as client:
            return client.ping()
    except NoConnectionError:
        return False


def test_with_services_gives_fresh_servers_and_removes_them(start, tmp_path):
    running = start(tmp_path / "var", *WITH_SERVICES, sys.executable, "-c", SHOW_SERVERS)

    code = running.process.wait(60)

    row, answer = running.text().splitlines()
    ping, var = answer.split()
    assert (code, ping) == (3, "True")
    assert row.startswith("ёлка portal PostgreSQL 18.")
    assert not Path(var).exists()
    assert not postgres.home(Path(var)).exists()


def test_with_services_uses_servers_that_are_given(start, tmp_path):
    given = {"DATABASE_URL": "postgresql://db/one", "REDIS_URL": "redis://broker/2"}
    running = start(tmp_path / "var", *WITH_SERVICES, "sh", "-c", 'echo "$DATABASE_URL $REDIS_URL"', **given)

    code = running.process.wait(30)

    assert (code, running.text()) == (0, "postgresql://db/one redis://broker/2\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_with_services_passes_stop_signals_on_and_cleans_up(start, tmp_path, left_behind, number):
    running = start(tmp_path / "var", *WITH_SERVICES, "sh", "-c", 'echo "$PORTAL_VAR"; exec sleep 600')
    running.wait_for_text("portal-")
    var = Path(running.text().strip())

    code = running.end(number)

    assert code == 128 + number
    assert not var.exists()
    assert left_behind(var) == []


def test_with_services_killed_leaves_no_process(start, used, tmp_path, left_behind, wait_until):
    running = start(tmp_path / "var", *WITH_SERVICES, "sh", "-c", 'echo "$PORTAL_VAR"; exec sleep 600')
    running.wait_for_text("portal-")
    var = Path(running.text().strip())

    running.end(signal.SIGKILL)

    wait_until(lambda: left_behind(var) == [])
    used.add(var)
    shutil.rmtree(var)


def test_servers_keep_the_data_and_open_no_folder(start, tmp_path, left_behind):
    var = tmp_path / "var"
    above = [var.parent, *var.parent.parents]
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in above]
    first = start(var, "-c", SERVERS)
    database, _ = addresses(first)
    execute(database, "CREATE TABLE kept AS SELECT 7 AS number")
    assert first.end(signal.SIGTERM) == 0
    assert left_behind(var) == []

    second = start(var, "-c", SERVERS)

    assert execute(addresses(second)[0], "SELECT number FROM kept") == [(7,)]
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in above] == modes


def test_postgres_starts_over_a_stale_pid(start, tmp_path):
    var = tmp_path / "var"
    first = start(var, "-c", SERVERS)
    addresses(first)
    first.end(signal.SIGTERM)
    data = postgres.home(var) / "data" / postgres.VERSION
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n\n\n\nready\n")

    second = start(var, "-c", SERVERS)

    assert is_up(addresses(second)[0])


def test_servers_start_at_once_after_their_supervisor_was_killed(start, tmp_path):
    var = tmp_path / "var"
    first = start(var, "-c", SERVERS)
    database, _ = addresses(first)
    execute(database, "CREATE TABLE kept AS SELECT 7 AS number")
    first.end(signal.SIGKILL)

    second = start(var, "-c", SERVERS)

    database, broker = addresses(second)
    assert execute(database, "SELECT number FROM kept") == [(7,)]
    assert answers(broker)


def test_killed_servers_come_back(start, tmp_path, wait_until):
    running = start(tmp_path / "var", "-c", SERVERS)
    database, broker = addresses(running)
    old = {name: running.pid(name) for name in ("postgres", "redis")}

    for pid in old.values():
        os.kill(pid, signal.SIGKILL)

    for name, pid in old.items():
        running.wait_for_new(name, pid)
    wait_until(lambda: is_up(database))
    wait_until(lambda: answers(broker))


def test_process_that_ends_while_starting_is_named_with_its_log(tmp_path):
    supervisor = Supervisor(tmp_path)
    supervisor.start(
        Service(
            name="web",
            command=["sh", "-c", "echo no such module; exit 5"],
            environment=dict(os.environ),
            folder=tmp_path,
            rank=0,
        )
    )

    with pytest.raises(ServiceError, match=r"(?s)web ended with code 5.*no such module"):
        supervisor.wait_for("web", lambda: False, seconds=30)


def test_only_the_owner_may_use_the_sockets(start, tmp_path):
    running = start(tmp_path / "var", "-c", SERVERS)

    database, broker = addresses(running)

    sockets = [
        Path(unquote(urlsplit(database).netloc.removeprefix("postgres@"))) / ".s.PGSQL.5432",
        Path(urlsplit(broker).path),
    ]
    assert [stat.S_IMODE(socket.stat().st_mode) for socket in sockets] == [0o700, 0o700]


def test_socket_folder_is_short_and_private(tmp_path):
    folder = socket_folder(tmp_path / ("long" * 30))

    assert len(bytes(folder)) < 80
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()


def test_socket_folder_open_to_others_is_refused(tmp_path):
    folder = socket_folder(tmp_path / ("long" * 30))
    folder.chmod(0o777)

    with pytest.raises(PermissionError):
        socket_folder(tmp_path / ("long" * 30))

    folder.rmdir()


def test_existing_folder_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o711)

    make_folder(tmp_path, mode=0o755)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o711
