"""A PostgreSQL that keeps what it has promised, and web servers beside it, as the portal runs them."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import dj_database_url
from django.core.management import call_command
from django.db import connection

from config.environment import BASE_DIR
from config.run import static_is_fresh
from config.services import postgres
from config.services.folders import socket_folder
from config.services.postgres import start_postgres
from config.services.processes import STOP_SIGNALS, Service, Supervisor

READY_SECONDS = 60
PORTAL, BARE = "config.wsgi:application", "bench.surveys_bare:application"


@dataclass(frozen=True)
class Servers:
    """Where the web servers of one run listen, by what they serve."""

    supervisor: Supervisor
    database_url: str
    ports: dict[str, int] = field(default_factory=dict)

    def start(self, application: str) -> int:
        """The port of a web server with two workers, started as `make run` and the image start it."""
        port = self.ports[application] = _free_port()
        command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
        command += ["--workers", "2", "--threads", "4", "--no-control-socket"]
        name = f"web-{port}"
        environment = os.environ | {"DATABASE_URL": self.database_url, "PORT": str(port)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.supervisor.start(Service(name, command, environment, BASE_DIR, rank=1))
        self.supervisor.wait_for(name, lambda: _answers(port), READY_SECONDS)
        return port


@contextmanager
def durable_servers() -> Iterator[Servers]:
    """Moves this process to a database of its own whose commits reach the disk; both are gone afterwards.

    The one that `make bench` starts for everything else is told to lose the latest commits in a crash.
    """
    var = Path(tempfile.mkdtemp(prefix="bench-"))
    before, handlers = dict(connection.settings_dict), {each: signal.getsignal(each) for each in STOP_SIGNALS}
    supervisor = Supervisor(var)
    try:
        url = start_postgres(supervisor, var)
        _connect(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        if not static_is_fresh():
            # In a process of its own: the settings of this one are for pages without collected files.
            subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=BASE_DIR, check=True)
        yield Servers(supervisor, url)
    finally:
        _connect(before)
        supervisor.stop()
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for folder in (socket_folder(var), postgres.home(var), var):
            shutil.rmtree(folder, ignore_errors=True)


def _connect(settings: dict) -> None:
    connection.close()
    connection.settings_dict.update(settings)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException), closing(http.client.HTTPConnection("127.0.0.1", port)) as asked:
        asked.request("GET", "/")
        return bool(asked.getresponse().status)
    return False
