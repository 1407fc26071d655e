"""A script beside the supervisor: when that is killed, it ends the process groups that do not end by themselves.

usage: guard.py PID_FILE…    run by its path, so that it loads nothing of the portal
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

SECONDS_TO_LEAVE = 5


def main(pid_files: list[Path]) -> None:
    """Sleeps until the kernel reports the supervisor's death by SIGTERM."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    signal.sigwait({signal.SIGTERM})
    groups = [int(file.read_text()) for file in pid_files if file.exists()]
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    while any(is_alive(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.1)
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def is_alive(group: int) -> bool:
    """Whether the group has a process left."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, 0)
        return True
    return False


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
