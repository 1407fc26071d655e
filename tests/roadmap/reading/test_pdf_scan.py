import io

import pytest
from PIL import Image

from roadmap.domain.blocks import Paragraph
from roadmap.reading.file import RECOGNISED, reading_of_file
from roadmap.reading.file_error import FileError


def scan(pages=1):
    stream = io.BytesIO()
    pictures = [Image.new("L", (600, 800), 255) for _ in range(pages)]
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:])
    return stream.getvalue()


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """A program that answers as Tesseract does, put first on the path."""

    def put(languages, text):
        program = tmp_path / "tesseract"
        asked = f'if [ "$1" = --list-langs ]; then echo "{languages}"; exit; fi'
        program.write_text(f'#!/bin/sh\n{asked}\ncat >/dev/null\nprintf "{text}"\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return put


def test_scan_is_recognised_where_tesseract_reads_russian(tesseract):
    tesseract("eng\nrus", "Дорожная  карта\n\n• Приказ\n")

    reading = reading_of_file(scan(2), "план.pdf")

    assert reading.blocks == [
        Paragraph("Дорожная карта", 1, 1),
        Paragraph("– Приказ", 2, 1),
        Paragraph("Дорожная карта", 3, 2),
        Paragraph("– Приказ", 4, 2),
    ]
    assert reading.notes == (RECOGNISED,)


def test_scan_is_refused_where_tesseract_reads_no_russian(tesseract):
    tesseract("eng", "Road map")

    with pytest.raises(FileError, match="снимок страниц"):
        reading_of_file(scan(), "план.pdf")


def test_scan_of_many_pages_is_refused_in_words(tesseract):
    tesseract("rus", "план")

    with pytest.raises(FileError, match="больше 30 страниц"):
        reading_of_file(scan(31), "план.pdf")


def test_scan_without_anything_readable_is_refused_in_words(tesseract):
    tesseract("rus", "")

    with pytest.raises(FileError, match="нет текста"):
        reading_of_file(scan(), "план.pdf")
