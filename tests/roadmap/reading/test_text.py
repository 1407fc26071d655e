from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.blocks import Cell, Paragraph, Row
from roadmap.reading.file_error import FileError
from roadmap.reading.text import blocks_of_text

DOCUMENTS = Path(__file__).parent.parent / "documents"


def row(*texts, line, table=0):
    return Row(tuple(map(Cell, texts)), line, table)


def test_lines_with_tabs_are_rows_and_others_paragraphs():
    content = "План\n\n№\tЧто\tКогда\n1.\tПриказ\t\n\n\t\tмай\nКонец\nа\tб\n".encode()

    blocks = blocks_of_text(content)

    assert blocks == [
        Paragraph("План", 1),
        row("№", "Что", "Когда", line=3),
        row("1.", "Приказ", "", line=4),
        row("", "", "май", line=6),
        Paragraph("Конец", 7),
        row("а", "б", line=8, table=1),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_is_read_in_each_usual_encoding(encoding, line_end):
    content = f"Дорожная карта наставничества{line_end}1.\tПриказ о кураторах\tмай{line_end}".encode(encoding)

    blocks = blocks_of_text(content)

    assert blocks == [Paragraph("Дорожная карта наставничества", 1), row("1.", "Приказ о кураторах", "май", line=2)]


def test_one_damaged_byte_does_not_change_the_encoding():
    content = ("Дорожная карта " * 20).encode() + b"\xff"

    blocks = blocks_of_text(content)

    assert blocks == [Paragraph("Дорожная карта " * 20 + "\ufffd", 1)]


def test_control_characters_and_soft_breaks_do_not_divide_rows():
    blocks = blocks_of_text("1.\tПри\x00каз\x0bи положение\tмай\x07\n\x0cКонец".encode())

    assert blocks == [row("1.", "Приказ\nи положение", "май", line=1), Paragraph("Конец", 2)]


def test_tables_of_markdown_and_html_left_in_text_are_rows():
    content = (
        "| № | Что |\n|---|:---:|\n| 1 | **а** |\nи\n<table>\n<tr><td>2</td><td>б</td></tr>\n</table>\nв\n".encode()
    )

    blocks = blocks_of_text(content)

    assert blocks == [
        row("№", "Что", line=1),
        row("1", "а", line=3),
        Paragraph("и", 4),
        row("2", "б", line=5, table=1),
        Paragraph("в", 8),
    ]


@pytest.mark.parametrize(
    ("name", "rows", "width"),
    [
        ("A-lingvisticheskaya-gimnaziya-3.txt", 9, 3),
        ("B-omutninskiy-kolledzh.txt", 25, 5),
        ("C-levokumskiy-okrug.txt", 26, 5),
        ("E-sosh-5.txt", 27, 4),
    ],
)
def test_real_document_has_a_row_for_each_line_of_its_table(name, rows, width):
    blocks = blocks_of_text((DOCUMENTS / name).read_bytes())

    widths = [len(block.cells) for block in blocks if isinstance(block, Row)]
    assert widths == [width] * rows


def test_real_documents_keep_no_markup():
    texts = [
        text
        for path in DOCUMENTS.glob("*.txt")
        for block in blocks_of_text(path.read_bytes())
        for text in ([block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells])
    ]

    assert [text for text in texts if any(mark in text for mark in ("<", ">", "**", "\\", "✓", "&"))] == []


@pytest.mark.parametrize(("content", "words"), [(b"a\n" * 200_000, "строк"), (b"a\t" * 1000, "столбцов")])
def test_endless_text_is_refused(content, words):
    with pytest.raises(FileError, match=f"слишком много {words}"):
        blocks_of_text(content)


@given(st.binary(max_size=300))
def test_any_bytes_become_blocks_with_lines_in_order(content):
    lines = [block.line for block in blocks_of_text(content)]

    assert lines == sorted(lines)
