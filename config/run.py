"""`python -m config.run`: the whole portal on one machine; one Ctrl-C stops all of it."""

import contextlib
import fcntl
import http.client
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from config.environment import BASE_DIR, VAR_DIR
from config.services import guard
from config.services.postgres import start_postgres
from config.services.processes import (
    Service,
    ServiceError,
    StopRequestedError,
    Supervisor,
    remember_stop_signals,
    run_to_end,
    say,
    tail,
)
from config.services.redis import start_redis

READY_SECONDS = 120
ORPHAN_SECONDS = 10
MARK = "PORTAL_SUPERVISED"  # in the environment of every process of one var folder
STATIC_SOURCES = ("static", "node_modules/.package-lock.json", "constraints.txt", "config/settings.py")
HEADINGS = {"role": "Роль", "organisation": "Организация", "login": "Логин", "password": "Пароль"}


class Portal:
    """One run of the portal: where it listens, what its processes get to know."""

    def __init__(self, var: Path, host: str, port: int) -> None:
        self.var = var
        self.host = host
        self.port = port
        self.environment = os.environ | {
            "PORTAL_VAR": str(var),
            "PORT": str(port),
            "PYTHONUNBUFFERED": "1",
            MARK: str(var),
        }

    @property
    def address(self) -> str:
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}/"  # noqa: S104

    def run(self, supervisor: Supervisor) -> None:
        """Brings everything up, then keeps it up until a stop signal."""
        had_terminal = has_terminal()
        self._start_servers(supervisor)
        self._prepare()
        say("==> Starting web server, worker and clock")
        for service in self._services():
            supervisor.start(service)
        supervisor.wait_for("web", self._is_healthy, READY_SECONDS)
        say(f"\nThe portal runs at {self.address}\n")
        if self._has_demo:
            say(f"{table(json.loads(self._manage('demo_accounts', '--json')))}\n")
        say("Ctrl-C stops everything.")
        supervisor.watch(lambda: has_terminal() or not had_terminal)

    @property
    def _has_demo(self) -> bool:
        return self.environment.get("PORTAL_DEMO") != "0"

    def _start_servers(self, supervisor: Supervisor) -> None:
        if not self.environment.get("DATABASE_URL"):
            say("==> Starting PostgreSQL")
            self.environment["DATABASE_URL"] = start_postgres(supervisor, self.var)
        if not self.environment.get("REDIS_URL"):
            say("==> Starting Redis")
            self.environment["REDIS_URL"] = start_redis(supervisor, self.var)

    def _prepare(self) -> None:
        say("==> Preparing the database")
        self._manage("migrate", "--noinput")
        self._manage("createcachetable")
        if not static_is_fresh():
            say("==> Collecting static files")
            self._manage("collectstatic", "--noinput")
        if self._has_demo:
            say("==> Loading the demo (the first time takes longer)")
            self._manage("load_demo")

    def _manage(self, *arguments: str) -> str:
        """Runs one management command to its end and returns what it printed."""
        log = self.var / "log" / "manage.log"
        code, output = run_to_end(self._service("manage", ["manage.py", *arguments], rank=2), errors=log)
        if code:
            raise ServiceError(f"manage.py {arguments[0]} failed. The end of {log}:\n{tail(log)}")
        return output.decode()

    def _services(self) -> Iterator[Service]:
        schedule = str(self.var / "run" / "beat-schedule")
        bind = ["--bind", f"{self.host}:{self.port}"]
        # No access log: addresses hold the tokens of personal links.
        web = ["gunicorn", "config.wsgi:application", *bind, "--workers", "2", "--threads", "4"]
        web += ["--graceful-timeout", "5", "--no-control-socket"]
        celery = ["celery", "-A", "config"]
        worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"]
        worker += ["--without-gossip", "--without-mingle"]
        beat = [*celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "INFO"]
        commands = {"web": web, "worker": worker, "beat": beat}
        pid_files = [str(self.var / "run" / f"{name}.pid") for name in commands]
        yield self._service("guard", [guard.__file__, *pid_files], rank=-1, stop_signal=signal.SIGKILL)
        for name, command in commands.items():
            yield self._service(name, ["-m", *command], rank=2)

    def _service(self, name: str, arguments: list[str], **how: Any) -> Service:
        command = [sys.executable, *arguments]
        return Service(name=name, command=command, environment=self.environment, folder=BASE_DIR, **how)

    def _is_healthy(self) -> bool:
        host = "127.0.0.1" if self.host == "0.0.0.0" else self.host  # noqa: S104
        connection = http.client.HTTPConnection(host, self.port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        return False


def main() -> int:
    """Exit code 0 after a stop signal, 1 when the portal cannot start."""
    sys.stdout.reconfigure(errors="replace")
    remember_stop_signals()
    try:
        portal = Portal(VAR_DIR.resolve(), os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000))
        lock = take_lock(portal)
        stop_orphans(portal)
        check_port(portal)
        supervisor = Supervisor(portal.var)
    except (ServiceError, OSError, ValueError) as error:
        sys.exit(f"!!! {error}")
    with lock:
        try:
            portal.run(supervisor)
        except StopRequestedError:
            say("\n==> Stopping")
        except (ServiceError, OSError) as error:
            sys.exit(f"!!! {error}")
        finally:
            supervisor.stop()
            say("==> Stopped")
    return 0


def has_terminal() -> bool:
    """Whether a terminal stands behind us; `make` keeps to itself the hang-up it gets when that is closed."""
    try:
        os.tcgetpgrp(sys.stdin.fileno())
    except (OSError, ValueError):
        return False
    return True


def take_lock(portal: Portal) -> TextIO:
    """Holds this var folder for as long as the returned file is open; the kernel lets go if we are killed."""
    folder = portal.var / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = (folder / "supervisor.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise ServiceError(f"The portal already runs at {lock.read().strip()}") from None
    lock.truncate(0)
    lock.write(f"{portal.address} (pid {os.getpid()})\n")
    lock.flush()
    return lock


def stop_orphans(portal: Portal) -> None:
    """Ends what is still on its way out after an earlier supervisor of this folder was killed."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + ORPHAN_SECONDS
        for pid in orphans(portal):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        while any(orphans(portal)) and time.monotonic() < deadline:
            time.sleep(0.1)


def orphans(portal: Portal) -> Iterator[int]:
    """Processes that carry the mark of this folder."""
    mark = f"{MARK}={portal.var}\0".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (folder / "environ").read_bytes():
                yield int(folder.name)


def check_port(portal: Portal) -> None:
    """Says clearly that something else listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((portal.host, portal.port))
        except OSError as error:
            raise ServiceError(
                f"Cannot listen on {portal.host}:{portal.port}: {error.strerror}. "
                f"Choose another port: make run PORT={portal.port + 1}"
            ) from None


def static_is_fresh() -> bool:
    """Whether the collected files are newer than everything they are made of."""
    manifest = BASE_DIR / "staticfiles" / "staticfiles.json"
    if not manifest.exists():
        return False
    roots = [BASE_DIR / name for name in STATIC_SOURCES]
    sources = [path for root in roots for path in (root, *root.rglob("*")) if path.exists()]
    return manifest.stat().st_mtime > max(path.stat().st_mtime for path in sources)


def table(accounts: list[dict[str, str]]) -> str:
    """The demo logins in columns, one per line."""
    rows = [HEADINGS, *accounts]
    widths = {key: max(len(row[key]) for row in rows) for key in HEADINGS}
    return "\n".join("  ".join(row[key].ljust(widths[key]) for key in HEADINGS).rstrip() for row in rows)


if __name__ == "__main__":
    sys.exit(main())
