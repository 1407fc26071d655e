"""Real servers and real supervisors in folders of their own, and a look at what they leave behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.environment import BASE_DIR
from config.services import postgres
from config.services.folders import short_hash

PATIENCE = 180


class Running:
    """A started Python program, what it has printed so far, and the processes of its var folder."""

    def __init__(self, var: Path, *arguments: str, **environment: str) -> None:
        self.var = var
        self.output = var.with_name(f"{var.name}.{time.monotonic_ns()}.out")
        clean = {name: text for name, text in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=BASE_DIR,
                env=clean | {"PORTAL_VAR": str(var), "PYTHONUNBUFFERED": "1"} | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def text(self) -> str:
        return self.output.read_text()

    def wait_for_text(self, expected: str) -> None:
        _wait_until(lambda: expected in self.text() or self.process.poll() is not None)
        assert expected in self.text(), self.text()

    def pid(self, name: str) -> int:
        return int((self.var / "run" / f"{name}.pid").read_text())

    def wait_for_new(self, name: str, old: int) -> None:
        _wait_until(lambda: self.pid(name) != old)

    def end(self, number: signal.Signals) -> int:
        """Sends the signal and returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def _wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def _left_behind(var: Path) -> list[str]:
    data = postgres.home(var) / "data" / postgres.VERSION
    marks = (f"PORTAL_VAR={var}\0".encode(), bytes(var / "run"), f"portal-{short_hash(data)}".encode())
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes()
            environment = (folder / "environ").read_bytes() if folder.owner() == Path("/proc/self").owner() else b""
        except OSError:
            continue
        if line and any(mark in line + environment for mark in marks):
            found.append(line.replace(b"\0", b" ").decode())
    return found


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], None]:
    """Returns when the condition holds; fails when that takes too long."""
    return _wait_until


@pytest.fixture
def left_behind() -> Callable[[Path], list[str]]:
    """Command lines of the living processes that belong to a var folder."""
    return _left_behind


@pytest.fixture(scope="session")
def used() -> Iterator[set[Path]]:
    """Var folders in use; root's databases lie outside them and are removed at the end."""
    folders: set[Path] = set()
    yield folders
    for var in folders:
        shutil.rmtree(postgres.home(var), ignore_errors=True)


@pytest.fixture
def start(used) -> Iterator[Callable[..., Running]]:
    """Starts programs; those that still run at the end of the test are killed."""
    started = []

    def start_one(var: Path, *arguments: str, **environment: str) -> Running:
        used.add(var)
        started.append(Running(var, *arguments, **environment))
        return started[-1]

    yield start_one
    for running in started:
        running.process.kill()
        running.process.wait()
    for var in {running.var for running in started}:
        _wait_until(lambda var=var: not _left_behind(var))
