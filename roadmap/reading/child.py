"""A process of its own that reads one document from stdin and writes its blocks to stdout as JSON."""

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from roadmap.reading.file import reading_of_file
from roadmap.reading.file_error import FileError


def main(memory: int, seconds: int, filename: str) -> None:
    """Read stdin within limits of memory (bytes) and processor time."""
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        # Only the soft limit: the converter of old formats sets one of its own.
        resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
    sys.stdout.buffer.write(json.dumps(answer(sys.stdin.buffer.read(), filename), ensure_ascii=False).encode())


def answer(content: bytes, filename: str) -> dict[str, Any]:
    """What the process says: the blocks and the notes, or the refusal with its place."""
    try:
        reading = reading_of_file(content, filename)
    except FileError as refusal:
        return {"refusal": refusal.message, "place": refusal.place}
    return {"blocks": [asdict(block) for block in reading.blocks], "notes": list(reading.notes)}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
