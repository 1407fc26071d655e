"""`python -m config.run` as people meet it: started, disturbed, killed and stopped."""

import fcntl
import http.client
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.run import table

RUN = ("-m", "config.run")


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> Path:
    """One folder for the module: only the first start has to make the database."""
    return tmp_path_factory.mktemp("portal") / "var"


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def one_at_a_time(tmp_path_factory) -> Iterator[None]:
    """Two portals that start together would collect static files into the same folder."""
    with (tmp_path_factory.getbasetemp().parent / "portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def start_portal(start, var, port, one_at_a_time) -> Callable:
    """Starts the portal and waits until it says that it runs; by default without the demo."""

    def start_one(**environment: str):
        running = start(var, *RUN, **{"PORT": str(port), "PORTAL_DEMO": "0"} | environment)
        running.wait_for_text("Ctrl-C stops everything")
        return running

    return start_one


def status(port: int) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def test_portal_starts_prints_demo_logins_and_stops(start_portal, port, left_behind):
    running = start_portal(PORTAL_DEMO="1")

    found = status(port)
    code = running.end(signal.SIGTERM)

    assert found == 200
    assert f"http://127.0.0.1:{port}/" in running.text()
    assert "Логин" in running.text()
    assert code == 0
    assert left_behind(running.var) == []


def test_second_portal_refuses_and_harms_nothing(start, start_portal, port):
    first = start_portal()

    second = start(first.var, *RUN, PORT=str(port))
    code = second.process.wait(60)

    assert code == 1
    assert second.text() == (f"!!! The portal already runs at http://127.0.0.1:{port}/ (pid {first.process.pid})\n")
    assert status(port) == 200
    assert first.pid("supervisor") == first.process.pid


def test_killed_processes_come_back(start_portal, port, wait_until):
    running = start_portal()
    old = {name: running.pid(name) for name in ("web", "worker", "beat", "redis", "postgres")}

    for pid in old.values():
        os.kill(pid, signal.SIGKILL)

    for name, pid in old.items():
        running.wait_for_new(name, pid)
    wait_until(lambda: status(port) == 200)


def test_killed_supervisor_leaves_nothing_and_a_new_one_starts_at_once(start_portal, port, left_behind, wait_until):
    first = start_portal()
    first.end(signal.SIGKILL)

    second = start_portal()

    assert status(port) == 200
    os.kill(second.pid("worker"), signal.SIGSTOP)  # as good as a worker that hangs
    second.end(signal.SIGKILL)
    wait_until(lambda: left_behind(second.var) == [])


def test_two_interrupts_stop_everything(start_portal, left_behind):
    running = start_portal()

    running.process.send_signal(signal.SIGINT)
    running.wait_for_text("==> Stopping")
    code = running.end(signal.SIGINT)

    assert code == 0
    assert left_behind(running.var) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stop_while_starting_leaves_nothing(start, tmp_path, port, left_behind, number):
    running = start(tmp_path / "var", *RUN, PORT=str(port))
    running.wait_for_text("==> Starting Redis")

    code = running.end(number)

    assert code == 0
    assert left_behind(running.var) == []


def test_taken_port_is_named(start, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        running = start(tmp_path / "var", *RUN, PORT=str(taken))
        code = running.process.wait(60)

    assert code == 1
    assert running.text() == (
        f"!!! Cannot listen on 127.0.0.1:{taken}: Address already in use. "
        f"Choose another port: make run PORT={taken + 1}\n"
    )


def test_given_servers_are_used_and_their_failure_is_told(start, tmp_path, port, left_behind):
    given = {"DATABASE_URL": "postgresql://127.0.0.1:1/portal", "REDIS_URL": "redis://127.0.0.1:1/0"}
    running = start(tmp_path / "var", *RUN, PORT=str(port), **given)

    code = running.process.wait(120)

    assert code == 1
    assert running.text().startswith("==> Preparing the database\n")
    assert "manage.py migrate failed" in running.text()
    assert left_behind(running.var) == []


def test_demo_logins_stand_in_columns():
    accounts = [
        {"role": "Директор", "organisation": "Школа № 1", "login": "director", "password": "one"},
        {"role": "Куратор", "organisation": "Гимназия № 12", "login": "curator", "password": "two"},
    ]

    lines = table(accounts).splitlines()

    assert lines == [
        "Роль      Организация    Логин     Пароль",
        "Директор  Школа № 1      director  one",
        "Куратор   Гимназия № 12  curator   two",
    ]
