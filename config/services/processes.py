"""Starts child processes, brings dead ones back, and leaves none behind whatever happens to their parent."""

import contextlib
import ctypes
import itertools
import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LARGEST_LOG = 20 * 1024 * 1024
LONGEST_PAUSE = 30.0  # seconds between two attempts to bring a process back
STEADY = 60.0  # seconds of life after which earlier deaths are forgiven
TICK = 0.1
PR_SET_PDEATHSIG = 1

stop_signals_received: list[int] = []
_libc = ctypes.CDLL(None, use_errno=True)


class ServiceError(Exception):
    """A process did not do what it was started for; the message is for the person at the terminal."""


class StopRequestedError(Exception):
    """A stop signal has come; raised at the next pause, where nothing is half done."""


@dataclass(frozen=True)
class Service:
    """How to start one process and how to stop it; lower ranks start first and stop last."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    rank: int
    account: pwd.struct_passwd | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    prepare: Callable[[], None] = lambda: None


@dataclass
class Child:
    """A started service."""

    service: Service
    process: subprocess.Popen[bytes]
    started_at: float
    deaths: int = 0
    retry_at: float | None = None


def say(message: str) -> None:
    """One progress line; a closed terminal must not keep us from stopping."""
    with contextlib.suppress(OSError):
        print(message, flush=True)


def on_stop_signals(handler: Callable[[int, object], object] | signal.Handlers) -> None:
    """Installs `handler` for every way to be asked to stop; under nohup a hang-up stays ignored."""
    for number in STOP_SIGNALS:
        if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
            continue
        signal.signal(number, handler)


def remember_stop_signals() -> None:
    """From here on `pause` raises StopRequestedError once a stop signal has come.

    Handlers only take a note: an exception from a handler can strike in a finaliser and be lost there.
    """
    on_stop_signals(lambda number, _: stop_signals_received.append(number))


def pause() -> None:
    """Waits a moment, unless we are to stop."""
    time.sleep(TICK)
    if stop_signals_received:
        raise StopRequestedError


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` by which the kernel sends `number` to the child when this process dies, even by kill -9.

    It works for children started by the main thread; changing the user clears it, so it runs after that.
    A shell may have left the signal ignored, which children would inherit.
    """
    parent = os.getpid()

    def arrange() -> None:
        signal.signal(number, signal.SIG_DFL)
        _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return arrange


def as_account(account: pwd.struct_passwd | None) -> dict[str, object]:
    """Arguments that make `subprocess` drop root's rights for those of `account`."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def run_to_end(service: Service, errors: Path) -> tuple[int, bytes]:
    """Runs a short-lived process; returns its exit code and what it printed. A stop signal ends it early."""
    with (
        errors.open("ab") as log,
        tempfile.TemporaryFile() as output,
        _started(service, stdout=output, stderr=log) as process,
    ):
        try:
            while process.poll() is None:
                pause()
        except StopRequestedError:
            process.kill()
            raise
        output.seek(0)
        return process.returncode, output.read()


def _started(service: Service, stdout: IO[bytes], stderr: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (our own command lines)
        service.command,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        env=service.environment,
        cwd=service.folder,
        process_group=0,
        preexec_fn=die_with_parent(service.death_signal),  # noqa: PLW1509 (no threads here)
        **as_account(service.account),
    )


def tail(path: Path, lines: int = 15) -> str:
    """The end of a log, for an error message."""
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


class Supervisor:
    """The processes of one var folder: logs in `log/`, process numbers in `run/`."""

    def __init__(self, var: Path) -> None:
        self.logs = var / "log"
        self.run = var / "run"
        for folder in (self.logs, self.run):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._children: dict[str, Child] = {}
        self.note_pid("supervisor", os.getpid())

    def note_pid(self, name: str, pid: int) -> None:
        """Writes `run/<name>.pid` in one step, so that nobody reads half a number."""
        fresh = self.run / f"{name}.pid.new"
        fresh.write_text(f"{pid}\n")
        fresh.replace(self.run / f"{name}.pid")

    def start(self, service: Service, deaths: int = 0) -> None:
        """Starts `service` in a process group of its own."""
        service.prepare()
        log = self.logs / f"{service.name}.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            process = _started(service, stdout=output, stderr=output)
        self._children[service.name] = Child(service, process, time.monotonic(), deaths)
        self.note_pid(service.name, process.pid)

    def wait_for(self, name: str, is_ready: Callable[[], bool], seconds: float) -> None:
        """Returns when `is_ready` says so; raises ServiceError if any process ends or time runs out first."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            for child in self._children.values():
                if child.process.poll() is not None:
                    self._fail(child.service.name, f"ended with code {child.process.returncode}")
            if time.monotonic() > deadline:
                self._fail(name, f"was not ready in {seconds:.0f} s")
            pause()

    def watch(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Brings dead processes back for as long as they are wanted and no stop signal comes."""
        while is_wanted():
            pause()
            for child in list(self._children.values()):
                if child.process.poll() is not None:
                    self._revive(child)

    def stop(self) -> None:
        """Stops everything, the highest rank first; from here on stop signals change nothing."""
        on_stop_signals(signal.SIG_IGN)
        by_rank = sorted(self._children.values(), key=lambda child: -child.service.rank)
        for _, group in itertools.groupby(by_rank, key=lambda child: child.service.rank):
            together = list(group)
            for child in together:
                child.process.send_signal(child.service.stop_signal)
            for child in together:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(child.service.patience)
                self._end_group(child)
                (self.run / f"{child.service.name}.pid").unlink(missing_ok=True)
        (self.run / "supervisor.pid").unlink(missing_ok=True)

    def _revive(self, child: Child) -> None:
        now = time.monotonic()
        if child.retry_at is None:
            self._end_group(child)
            child.deaths = 0 if now - child.started_at > STEADY else child.deaths + 1
            pause = min(0.5 * 2**child.deaths, LONGEST_PAUSE)
            child.retry_at = now + pause
            code = child.process.returncode
            say(f"!!! {child.service.name} ended with code {code}; starting it again in {pause:.0f} s")
        elif now >= child.retry_at:
            self.start(child.service, child.deaths)

    def _fail(self, name: str, reason: str) -> NoReturn:
        log = self.logs / f"{name}.log"
        raise ServiceError(f"{name} {reason}. The end of {log}:\n{tail(log)}")

    @staticmethod
    def _end_group(child: Child) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
