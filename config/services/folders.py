"""Where the embedded servers keep their files and sockets."""

import hashlib
import os
import stat
from pathlib import Path

LONGEST_SOCKET_PATH = 100  # bytes; the kernel's own limit is 107
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432")


def short_hash(path: Path) -> str:
    """Ten characters that stand for one folder in names outside it."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def make_folder(path: Path, *, mode: int, uid: int = -1, gid: int = -1) -> Path:
    """Creates `path` with exactly this mode and owner; a folder that exists already is left as it is."""
    if not path.is_dir():
        path.mkdir()
        path.chmod(mode)
        os.chown(path, uid, gid)
    return path


def socket_folder(var: Path) -> Path:
    """A folder for unix sockets closed to other users: `var/run`, or one in /tmp if that is too long."""
    inside = var / "run"
    if len(os.fsencode(inside)) + LONGEST_SOCKET_NAME < LONGEST_SOCKET_PATH:
        inside.mkdir(mode=0o700, parents=True, exist_ok=True)
        return inside
    outside = make_folder(Path("/tmp") / f"mentoring-portal-{os.geteuid()}-{short_hash(var)}", mode=0o700)  # noqa: S108 (checked below)
    found = outside.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise PermissionError(f"{outside} was made by somebody else; remove it")
    return outside
