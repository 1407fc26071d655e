"""Scanned pages to text by Tesseract, where it is installed with Russian."""

import io
import shutil
import subprocess
import time
from functools import cache
from typing import Any

import pdfplumber

from roadmap.domain.blocks import Paragraph
from roadmap.reading.file_error import FileError
from roadmap.reading.lines import tidy

RESOLUTION = 200
"""Dots per inch; the sides of a page are limited too, so that a huge one does not fill the memory."""
MOST_PAGES = 30
MOST_SECONDS = 240
_LARGEST_SIDE = 1700
"""Points, the long side of A1."""


def can_recognise() -> bool:
    """Whether Tesseract is here and reads Russian."""
    command = shutil.which("tesseract")
    return bool(command) and _has_russian(str(command))


@cache
def _has_russian(command: str) -> bool:
    answer = subprocess.run(  # noqa: S603 -- a program found on the path, no arguments of a stranger
        [command, "--list-langs"], capture_output=True, check=False, timeout=30, text=True
    )
    return "rus" in answer.stdout.split()


def recognised(content: bytes) -> list[Paragraph]:
    """The lines that Tesseract sees on the pages of a scan, each with its page; a best effort, without tables.

    Raises FileError when the pages are too many, too large or cannot be turned into pictures.
    """
    deadline = time.monotonic() + MOST_SECONDS
    lines: list[Paragraph] = []
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > MOST_PAGES:
                raise FileError(f"Это скан, в нём больше {MOST_PAGES} страниц: распознать столько портал не берётся.")
            for page in document.pages:
                if max(page.width, page.height) > _LARGEST_SIDE or time.monotonic() > deadline:
                    raise FileError("Это скан, и распознать его не удалось: страницы слишком велики.")
                texts = [tidy(line) for line in _page_text(page).split("\n")]
                lines += [
                    Paragraph(text, number, page.page_number)
                    for number, text in enumerate(filter(None, texts), start=len(lines) + 1)
                ]
    except FileError:
        raise
    except Exception as error:  # a damaged picture makes the renderer raise anything
        raise FileError("Это скан, и распознать его не удалось: картинки в PDF повреждены.") from error
    return lines


def _page_text(page: Any) -> str:
    picture = io.BytesIO()
    page.to_image(resolution=RESOLUTION).original.convert("L").save(picture, "PNG")
    answer = subprocess.run(  # noqa: S603 -- a program found on the path, a picture of our own on its input
        [str(shutil.which("tesseract")), "stdin", "stdout", "-l", "rus", "--psm", "4"],
        input=picture.getvalue(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return answer.stdout.decode(errors="replace")
