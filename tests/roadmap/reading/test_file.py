import io
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from people.domain.refusal import RefusedError
from roadmap.reading.file import LARGEST_FILE, blocks_of_file
from roadmap.reading.file_error import FileError
from tests.roadmap.reading.built import BuiltPlan, docx_of, html_of, pdf_of, row_texts, saved, text_of

DOCUMENTS = Path(__file__).parent.parent / "documents"
PLAN = BuiltPlan([["№", "Мероприятие", "Срок"], ["1.", "Приказ о наставничестве", "май"]], before=["Дорожная карта"])
MAIN = "word/document.xml"


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(content, **changes):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = parts | {MAIN: changes.get("main", parts[MAIN])}
    return packed({name: part for name, part in changed.items() if name != changes.get("without")})


def workbook():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def picture(kind):
    stream = io.BytesIO()
    Image.new("RGB", (20, 20)).save(stream, kind)
    return stream.getvalue()


def compound(*names):
    header = bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0")
    return header + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)


def lying(content, size):
    """The archive with the unpacked size of its main part told as `size` bytes."""
    at = content.rindex(MAIN.encode()) - 46
    return content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]


@pytest.mark.parametrize("name", ["план.docx", "план.pdf", "план.jpg", "план", ""])
@pytest.mark.parametrize("build", [docx_of, html_of, pdf_of, text_of])
def test_kind_is_told_by_the_content_and_not_by_the_name(build, name):
    blocks = blocks_of_file(build(PLAN), name)

    assert row_texts(blocks) == [("№", "Мероприятие", "Срок"), ("1.", "Приказ о наставничестве", "май")]


def test_extracted_text_that_begins_with_a_tag_is_text():
    blocks = blocks_of_file("<p>План</p>\n№\tЧто\tКогда\n1\tПриказ\tмай\n".encode(), "план.txt")

    assert row_texts(blocks) == [("№", "Что", "Когда"), ("1", "Приказ", "май")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Файл пустой"),
        (b" \r\n\t\0 ", "Файл пустой"),
        (b"<html><script>x</script></html>", "нет текста"),
        (saved(docx.Document()), "нет текста"),
        (workbook(), "таблица Excel"),
        (compound("Workbook"), "таблица Excel"),
        (compound("PowerPoint Document"), "презентация PowerPoint"),
        (compound("EncryptedPackage"), "защищён паролем"),
        (compound("Иное"), "неизвестного вида"),
        (packed({"ppt/presentation.xml": ""}), "презентация PowerPoint"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "таблица OpenDocument"),
        (packed({"план.txt": "план"}), "архив ZIP"),
        (picture("JPEG"), r"картинка \(JPEG\)"),
        (picture("PNG"), r"картинка \(PNG\)"),
        (picture("TIFF"), r"картинка \(TIFF\)"),
        (b"MZ\x90\x00" + b"\0" * 100, "программа"),
        (b"Rar!\x1a\x07", "архив RAR"),
        (b"\x1f\x8b\x08" + b"x" * 50, "архив gzip"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "веб-архив"),
        (b"<?xml version='1.0'?><pkg:package/>", "файл XML"),
        (bytes(range(32)) * 40, "двоичные данные"),
        (b"a" * (LARGEST_FILE + 1), "больше 20 МБ"),
        (b"a" * (LARGEST_FILE // 2), "Текста больше 5 МБ"),
    ],
)
def test_file_of_another_kind_is_refused_in_words(content, words):
    with pytest.raises(FileError, match=words) as refusal:
        blocks_of_file(content, "файл.docx")

    assert refusal.value.place
    assert isinstance(refusal.value, RefusedError)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (docx_of(PLAN)[:-3000], "повреждён"),
        (b"PK\x03\x04" + b"x" * 1000, "повреждён"),
        (repacked(docx_of(PLAN), without=MAIN), "повреждён"),
        (repacked(docx_of(PLAN), main=b"<w:document>"), "повреждён"),
        (repacked(docx_of(PLAN), main=b"<document/>"), "повреждён"),
        (repacked(docx_of(PLAN), main=b"\xff\xfe\x00"), "повреждён"),
        (lying(docx_of(PLAN), 100), "повреждён"),
        (lying(docx_of(PLAN), 10**9), "слишком много данных"),
        (repacked(docx_of(PLAN), main=b" " * 50_000_000), "слишком много данных"),
        (packed({f"word/{number}.xml": b"0" * 40_000_000 for number in range(8)}), "слишком много данных"),
        (pdf_of(PLAN)[:2000], "повреждён"),
        (b"%PDF-1.7\n" + b"x" * 1000, "повреждён"),
    ],
    ids=[
        "cut",
        "no zip",
        "no main",
        "no end",
        "no body",
        "no xml",
        "small",
        "large",
        "bomb",
        "bombs",
        "cut pdf",
        "no pdf",
    ],
)
def test_damaged_file_is_refused_in_words(content, words):
    with pytest.raises(FileError, match=words) as refusal:
        blocks_of_file(content, "план")

    assert refusal.value.place


ENTITIES = """<?xml version="1.0"?><!DOCTYPE w:document [{}]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&z;</w:t></w:r>
</w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    "entities",
    [
        "<!ENTITY a 'aaaaaaaaaa'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghz", strict=True)),
        "<!ENTITY z SYSTEM 'file:///etc/passwd'>",
        "<!ENTITY z SYSTEM 'http://localhost/'>",
        "<!ENTITY z ''>",
    ],
    ids=["bomb", "file", "network", "harmless"],
)
def test_document_that_declares_entities_is_refused(entities):
    with pytest.raises(FileError, match="повреждён"):
        blocks_of_file(repacked(docx_of(PLAN), main=ENTITIES.format(entities).encode()), "план.docx")


def test_document_of_too_many_rows_is_refused():
    row = "<w:tr><w:tc><w:p><w:r><w:t>а</w:t></w:r></w:p></w:tc></w:tr>"
    start, end = ENTITIES.split("\n", 1)[1].partition("<w:p>")[0], "</w:body></w:document>"

    with pytest.raises(FileError, match="слишком много строк"):
        blocks_of_file(
            repacked(docx_of(PLAN), main=f"{start}<w:tbl>{row * 100_000}</w:tbl>{end}".encode()), "план.docx"
        )


def test_document_nested_beyond_all_measure_is_refused():
    start, end = ENTITIES.split("\n", 1)[1].partition("<w:p>")[0], "</w:body></w:document>"
    nested = "<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000

    with pytest.raises(FileError, match="повреждён"):
        blocks_of_file(repacked(docx_of(PLAN), main=f"{start}{nested}{end}".encode()), "план.docx")


@pytest.mark.parametrize("build", [docx_of, html_of, pdf_of, text_of])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_file_damaged_anywhere_is_read_or_refused(build, data):
    content = bytearray(build(PLAN))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(content[: data.draw(st.integers(1, len(content)))])

    assert _read_or_refused(damaged)


def _read_or_refused(content):
    """The blocks of a file or the words of its refusal; any other error is the test's failure."""
    try:
        return blocks_of_file(content, "план")
    except FileError as error:
        return error.message
