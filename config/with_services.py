"""`python -m config.with_services -- COMMAND…`: runs a command beside a fresh PostgreSQL and Redis.

Servers that are given in DATABASE_URL and REDIS_URL are used as they are.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from config.services import postgres
from config.services.folders import socket_folder
from config.services.postgres import start_postgres
from config.services.processes import (
    ServiceError,
    StopRequestedError,
    Supervisor,
    die_with_parent,
    on_stop_signals,
    remember_stop_signals,
    stop_signals_received,
)
from config.services.redis import start_redis


def main(command: list[str]) -> int:
    """Runs `command`; its exit code becomes ours."""
    if not command:
        sys.exit("usage: python -m config.with_services -- COMMAND…")
    remember_stop_signals()
    var = Path(tempfile.mkdtemp(prefix="portal-"))
    supervisor = Supervisor(var)
    try:
        return _run(command, os.environ | {"PORTAL_VAR": str(var)} | _servers(supervisor, var))
    except StopRequestedError:
        return 128 + stop_signals_received[0]
    except ServiceError as error:
        sys.exit(str(error))
    finally:
        supervisor.stop()
        for folder in (socket_folder(var), postgres.home(var), var):
            shutil.rmtree(folder, ignore_errors=True)


def _servers(supervisor: Supervisor, var: Path) -> dict[str, str]:
    urls = {}
    if "DATABASE_URL" not in os.environ:
        urls["DATABASE_URL"] = start_postgres(supervisor, var, throw_away=True)
    if "REDIS_URL" not in os.environ:
        urls["REDIS_URL"] = start_redis(supervisor, var)
    return urls


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Waits for the command and passes stop signals on to it.

    It stays in the terminal's foreground, so Ctrl-C reaches it without us.
    """
    child = subprocess.Popen(  # noqa: S603 (the command the caller asked for)
        command,
        env=environment,
        preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 (no threads here)
    )

    def pass_on(number: int, _: object) -> None:
        if number != signal.SIGINT or not sys.stdin.isatty():
            child.send_signal(number)

    on_stop_signals(pass_on)
    for number in stop_signals_received:  # while the servers started
        pass_on(number, None)
    code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]))
