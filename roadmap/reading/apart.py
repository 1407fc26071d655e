"""Uploaded documents read in a process of their own: one that eats memory or time ends that process and no other."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from roadmap.domain.blocks import Block, Cell, Paragraph, Row
from roadmap.reading.file import FileReading
from roadmap.reading.file_error import FileError

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 120
ROOT = Path(__file__).resolve().parents[2]
TOO_MUCH = "Файл повреждён или устроен слишком сложно: прочитать его не удалось."


def read_apart(content: bytes, filename: str) -> FileReading:
    """The blocks of a file and the notes on its reading, as `reading_of_file` gives them.

    Raises FileError also when the file needs more memory or time than any real roadmap.
    """
    limits = [str(MOST_MEMORY), str(MOST_SECONDS)]
    try:
        child = subprocess.run(  # noqa: S603 -- our own module; the name is an argument, not a command
            [sys.executable, "-m", "roadmap.reading.child", *limits, filename],
            input=content,
            capture_output=True,
            timeout=2 * MOST_SECONDS,
            check=True,
            cwd=ROOT,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise FileError(TOO_MUCH, filename) from error
    answer = json.loads(child.stdout)
    if "refusal" in answer:
        raise FileError(answer["refusal"], answer["place"])
    return FileReading([_block(each) for each in answer["blocks"]], tuple(answer["notes"]))


def _block(stored: dict[str, Any]) -> Block:
    if "cells" not in stored:
        return Paragraph(**stored)
    return Row(**stored | {"cells": tuple(Cell(**cell) for cell in stored["cells"])})
