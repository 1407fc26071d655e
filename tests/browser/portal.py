"""One real portal for all browser and crash tests: `python -m config.run` with its own servers and the demo."""

import contextlib
import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

from config.environment import BASE_DIR
from config.services import postgres
from config.services.folders import short_hash

PATIENCE = 45  # seconds for whatever happens in the running portal
START_PATIENCE = 240
INSIDE = """
import json, sys, django
django.setup()
from tests.browser import inside
print(json.dumps(getattr(inside, sys.argv[1])(*json.loads(sys.argv[2]))))
"""
SERVERS = ("DATABASE_URL", "REDIS_URL", "PORTAL_ENV", "PORTAL_DEMO", "HOST", "DJANGO_SETTINGS_MODULE")


def wait_until(is_true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Returns when the condition holds; fails when that takes too long."""
    deadline = time.monotonic() + patience
    while not is_true():
        assert time.monotonic() < deadline, f"waited too long: {what}"
        time.sleep(0.1)


@dataclass(frozen=True)
class RunningPortal:
    """Where the portal listens, and how to look at its processes."""

    var: Path
    port: int
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_up_or_dead(self) -> bool:
        """Whether the start is over, one way or the other."""
        return "Ctrl-C stops everything" in self.output.read_text() or self.process.poll() is not None

    def pid(self, name: str) -> int:
        """The process number of one service; it is also the number of its process group."""
        return int((self.var / "run" / f"{name}.pid").read_text())

    def signal(self, name: str, number: signal.Signals) -> int:
        """Sends the signal to a service and all its children; returns the process number it had."""
        pid = self.pid(name)
        os.killpg(pid, number)
        return pid

    @contextmanager
    def paused(self, name: str) -> Iterator[None]:
        """Inside the block a service and all its children stand still."""
        self.signal(name, signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(name, signal.SIGCONT)

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Kills a service; only after the block may the supervisor start it again, and we wait for that."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            old = self.signal(name, signal.SIGKILL)
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)
        wait_until(lambda: self.pid(name) != old, f"{name} is started again")

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Answers of the portal's database; fit for asking many times a second."""
        connection = psycopg2.connect(self._environment()["DATABASE_URL"])
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    def health(self) -> tuple[int, dict[str, str]]:
        """Status and words of /healthz."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def wait_for_health(self) -> None:
        wait_until(lambda: self.health()[0] == http.HTTPStatus.OK, "/healthz says 200")

    def inside(self, name: str, *arguments: object) -> object:
        """What the function `name` of `tests/browser/inside.py` returns, called with the portal's settings."""
        done = subprocess.run(
            [sys.executable, "-c", INSIDE, name, json.dumps(arguments)],
            cwd=BASE_DIR,
            env=self._environment() | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def _environment(self) -> dict[str, str]:
        """What the supervisor gave the web server, the addresses of its own servers among it."""
        lines = Path(f"/proc/{self.pid('web')}/environ").read_bytes().decode().rstrip("\0").split("\0")
        return dict(line.split("=", 1) for line in lines)

    def left_behind(self) -> list[str]:
        """Command lines of living processes that belong to this portal."""
        data = postgres.home(self.var) / "data" / postgres.VERSION
        marks = (f"PORTAL_VAR={self.var}\0".encode(), bytes(self.var / "run"), f"portal-{short_hash(data)}".encode())
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                line = (folder / "cmdline").read_bytes()
                told = line + ((folder / "environ").read_bytes() if os.access(folder / "environ", os.R_OK) else b"")
            except OSError:  # it has ended, or it is somebody else's
                told = line = b""
            if line and any(mark in told for mark in marks):
                found.append(line.replace(b"\0", b" ").decode())
        return found


class PortalOnOneWorker(LoadGroupScheduling):
    """xdist's own groups do nothing under pytest 9.2 (pytest-dev/pytest-xdist#1386); the folders tell as much."""

    def _split_scope(self, nodeid: str) -> str:
        return "portal" if nodeid.startswith(("tests/browser/", "tests/crash/")) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadGroupScheduling | None:
    """With `--dist loadgroup` all tests of the portal go to one worker, so that one portal serves them."""
    return PortalOnOneWorker(config, log) if config.getvalue("dist") == "loadgroup" else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _start(var: Path) -> RunningPortal:
    output = var.with_name("portal.out")
    port = _free_port()
    clean = {name: text for name, text in os.environ.items() if name not in SERVERS}
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=BASE_DIR,
            env=clean | {"PORTAL_VAR": str(var), "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    return RunningPortal(var, port, process, output)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """The portal for the whole run; at its end nothing of it may be left."""
    var = tmp_path_factory.mktemp("browser") / "var"
    # Two portals that start together would collect static files into the same folder.
    with (tmp_path_factory.getbasetemp().parent / "portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        running = _start(var)
        wait_until(running.is_up_or_dead, "the portal starts", START_PATIENCE)
    try:
        assert running.process.poll() is None, running.output.read_text()
        yield running
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(PATIENCE) == 0, running.output.read_text()
        assert running.left_behind() == []
    finally:
        running.process.kill()
        running.process.wait()
        wait_until(lambda: not running.left_behind(), "nothing is left of the portal")
        shutil.rmtree(postgres.home(var), ignore_errors=True)
