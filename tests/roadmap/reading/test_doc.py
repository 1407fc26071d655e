import time
from pathlib import Path

import pytest

from roadmap.domain.blocks import Block
from roadmap.reading.doc import docx_from
from roadmap.reading.file import blocks_of_file
from roadmap.reading.file_error import FileError
from roadmap.reading.kind import FileKind
from tests.roadmap.reading.built import BuiltPlan, docx_of, row_texts

PLAN = BuiltPlan([["№", "Plan"], ["1.", "Bases:\n– one;\n– two"]])
ROW = rb"\trowd\cellx1000\cellx4000\intbl %s\cell %s\cell\row"
RTF = rb"{\rtf1\ansi" + ROW % (b"1.", b"Order") + ROW % (b"2.", b"End") + rb"\pard}"
WORD = bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0") + "WordDocument".encode("utf-16-le").ljust(512, b"\0")


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A program put on the path as LibreOffice; the source is its last argument, `$made` what it has to make."""

    def put(commands: str) -> Path:
        prepared = tmp_path / "prepared.docx"
        prepared.write_bytes(docx_of(PLAN))
        program = tmp_path / "soffice"
        program.write_text(
            f'#!/bin/sh\nfor last; do :; done\nmade="${{last%.*}}.docx"\nprepared={prepared}\n{commands}\n'
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return tmp_path

    return put


@pytest.mark.parametrize("content", [RTF, WORD], ids=["rtf", "doc"])
def test_old_document_is_read_by_way_of_docx(office, content):
    office('cp "$prepared" "$made"')

    blocks = blocks_of_file(content, "план")

    assert row_texts(blocks) == [("№", "Plan"), ("1.", "Bases:\n– one;\n– two")]


@pytest.mark.parametrize("commands", ["exit 0", "exit 1", "kill -9 $$"])
def test_old_document_that_is_not_converted_is_refused_in_words(office, commands):
    office(commands)

    with pytest.raises(FileError, match="прочитать его не удалось"):
        blocks_of_file(WORD, "план.doc")


def test_conversion_that_hangs_is_ended_with_its_children(office):
    folder = office('(sleep 3; touch "$(dirname "$prepared")/late") & sleep 30')
    start = time.monotonic()

    with pytest.raises(FileError, match="прочитать его не удалось"):
        docx_from(WORD, FileKind.DOC, seconds=1)

    assert time.monotonic() - start < 20
    time.sleep(max(0.0, start + 4 - time.monotonic()))
    assert not (folder / "late").exists()


def test_old_document_without_libreoffice_is_refused_in_words(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(FileError, match=r"формат RTF.*сохраните как"):
        blocks_of_file(RTF, "план.rtf")


def test_old_document_is_read_or_refused_by_whatever_is_installed():
    assert row_texts(_read_or_refused(RTF)) in ([], [("1.", "Order"), ("2.", "End")])


def _read_or_refused(content: bytes) -> list[Block]:
    try:
        return blocks_of_file(content, "план")
    except FileError:
        return []
