"""The finished files, read back as a reader of them would."""

import hashlib
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.document import Document as Docx
from docx.oxml.ns import qn
from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject

from documents.domain.paper import Annex, OrderPaper, Table, TableRow
from documents.models import Document, DocumentFile
from documents.printing.docx import order_docx
from documents.printing.pdf import html_to_pdf, order_html
from documents.tasks import render_document
from tests.documents.conftest import PAPER, ROADMAP, SIGNED_PAPER, TEXT

MARK = "ПОДПИСАНО ПРОСТОЙ ЭЛЕКТРОННОЙ ПОДПИСЬЮ"
NAMES = ("Котова Марина Сергеевна", "Лисина Дарья Андреевна", "Щукина Ёлка Львовна", "Цой Анна")


def told(text: str) -> str:
    """Text without the line breaks and no-break spaces of its layout."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", ""))


def nothing(done: int, total: int, message: str = "") -> None:
    """Progress that nobody waits for."""


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    """The signed order as a PDF."""
    return PdfReader(BytesIO(html_to_pdf(order_html(SIGNED_PAPER))))


@pytest.fixture(scope="module")
def text(pdf: PdfReader) -> str:
    return told("\n".join(page.extract_text() for page in pdf.pages))


@pytest.fixture(scope="module")
def word() -> Docx:
    """The signed order as a DOCX."""
    return docx.Document(BytesIO(order_docx(SIGNED_PAPER)))


def word_text(word: Docx) -> str:
    return told("\n".join(paragraph.text for paragraph in word.paragraphs))


def fonts(pdf: PdfReader) -> Iterator[DictionaryObject]:
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            for each in font.get_object().get("/DescendantFonts", [font]):
                yield each.get_object()["/FontDescriptor"].get_object()


def test_pdf_is_tagged_for_screen_readers(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].startswith("ru")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_pdf_says_that_it_is_pdf_ua(pdf: PdfReader) -> None:
    xmp = pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()

    assert re.search(r"pdfuaid:part[^0-9]{1,3}1", xmp)


def test_pdf_has_the_order_for_a_title(pdf: PdfReader) -> None:
    assert told(pdf.metadata.title) == "ПРИКАЗ № 209-од О закреплении наставнических пар"
    assert pdf.metadata.author == "МБОУ «Лицей № 7»"


def test_pdf_carries_its_fonts(pdf: PdfReader) -> None:
    found = list(fonts(pdf))

    assert found
    assert [each["/FontName"] for each in found if not any(key.startswith("/FontFile") for key in each)] == []
    assert all("Tinos" in each["/FontName"] for each in found)


def test_pdf_reads_number_heading_points_and_names(text: str) -> None:
    for words in ("№ 209-од", "20 ноября 2026 г.", SIGNED_PAPER.heading, *SIGNED_PAPER.points, *NAMES):
        assert told(words) in text


def test_pdf_bears_the_mark_of_a_simple_signature_only(text: str) -> None:
    for words in (MARK, "Савельев Олег Юрьевич", "20.11.2026 12:00", "ключ 0123456789ABCDEF"):
        assert words in text
    assert "ертификат" not in text
    assert "УСИЛЕННОЙ" not in text.upper()


def test_pdf_of_a_draft_bears_no_mark_and_no_number() -> None:
    pages = PdfReader(BytesIO(html_to_pdf(order_html(PAPER)))).pages
    draft = told("\n".join(page.extract_text() for page in pages))

    assert MARK not in draft
    assert "№ ______" in draft


def test_pdf_numbers_pages_from_the_second_on(pdf: PdfReader) -> None:
    first, second = (told(page.extract_text()) for page in list(pdf.pages)[:2])

    assert len(pdf.pages) == 2
    assert "ознакомлены" in second
    assert re.search(r"(^| )2( |$)", second)
    assert "ознакомлены" not in first


def test_pdf_is_a4(pdf: PdfReader) -> None:
    box = pdf.pages[0].mediabox

    assert (round(box.width), round(box.height)) == (595, 842)


def test_pdf_shows_markup_in_a_text_as_it_was_typed() -> None:
    sly = replace(SIGNED_PAPER, heading="<b>Жирно</b> & <script>")

    text = told(PdfReader(BytesIO(html_to_pdf(order_html(sly)))).pages[0].extract_text())

    assert "<b>Жирно</b> & <script>" in text


def test_pdf_asks_the_network_for_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]

        made = html_to_pdf(f'<html lang="ru"><title>Т</title><img alt="" src="http://127.0.0.1:{port}/x.png"></html>')

        assert made.startswith(b"%PDF")
        with pytest.raises(BlockingIOError):
            server.accept()


def test_word_holds_the_same_words_as_the_pdf(word: Docx) -> None:
    text = word_text(word)

    for words in ("№ 209-од", "20 ноября 2026 г.", SIGNED_PAPER.heading, SIGNED_PAPER.preamble, "Савельев"):
        assert told(words) in text
    for number, point in enumerate(SIGNED_PAPER.points, 1):
        assert f"{number}. {point}" in text or point in text
    assert "Подписано простой электронной подписью: Савельев Олег Юрьевич, Директор" in text
    assert "ертификат" not in text


def test_word_has_the_table_with_merged_groups(word: Docx) -> None:
    table = word.tables[0]

    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == list(SIGNED_PAPER.table.columns)
    assert [row[2] for row in rows[1:]] == list(NAMES[1:])
    assert [row[1].strip() for row in rows[1:]] == [NAMES[0], NAMES[0], "Орлова Елена Викторовна"]
    assert table.cell(1, 1)._tc is table.cell(2, 1)._tc
    assert table.cell(2, 1)._tc is not table.cell(3, 1)._tc


def test_word_repeats_the_head_of_the_table_on_each_page(word: Docx) -> None:
    assert word.tables[0].rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_word_has_the_acquaintance_sheet(word: Docx) -> None:
    names = [row.cells[1].text for row in word.tables[-1].rows[1:]]

    assert names == [each.name for each in SIGNED_PAPER.acquaintance]


def test_word_of_an_order_without_table_and_sheet_opens() -> None:
    bare = replace(PAPER, table=None, acquaintance=())

    assert docx.Document(BytesIO(order_docx(bare))).tables == []


@pytest.mark.parametrize("in_annex", [True, False])
def test_table_stands_after_the_signature_only_in_an_annex(in_annex: bool) -> None:
    paper = replace(SIGNED_PAPER, table_in_annex=in_annex)

    text = told("\n".join(page.extract_text() for page in PdfReader(BytesIO(html_to_pdf(order_html(paper)))).pages))

    assert ("Приложение к приказу" in text) == in_annex
    assert (text.index("Щукина") > text.index(MARK)) == in_annex
    assert ("Приложение к приказу" in word_text(docx.Document(BytesIO(order_docx(paper))))) == in_annex


def test_rendered_twice_leaves_one_file_of_each(signed: Document) -> None:
    render_document(nothing, document_id=signed.pk)
    first = dict(DocumentFile.objects.values_list("format", "sha256"))

    render_document(nothing, document_id=signed.pk)

    assert sorted(first) == ["docx", "pdf"]
    assert dict(DocumentFile.objects.values_list("format", "sha256")) == first


def test_rendered_files_are_what_their_rows_say(signed: Document) -> None:
    render_document(nothing, document_id=signed.pk)

    for row in signed.files.all():
        content = bytes(row.content)
        assert (row.size, row.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    pdf = PdfReader(BytesIO(bytes(signed.files.get(format="pdf").content)))
    assert "№ 1-од" in told(pdf.pages[0].extract_text())


def test_reprint_is_made_of_the_frozen_paper(signed: Document) -> None:
    assert OrderPaper.from_json(Document.objects.get(pk=signed.pk).paper).number == signed.number


def test_word_numbers_no_point_twice(word: Docx) -> None:
    lines = [paragraph.text for paragraph in word.paragraphs]

    assert [line for line in lines if line in SIGNED_PAPER.points] == list(SIGNED_PAPER.points)


def test_word_tears_no_row_between_pages(word: Docx) -> None:
    rows = [row for table in word.tables for row in table.rows]

    assert rows
    assert all(row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


LISTED = "Сформировать банк программ:\n– «педагог – педагог»;\n– «педагог – студент»."
LONG_ROADMAP = Annex(
    "Дорожная карта",
    table=Table(
        ("№", "Содержание деятельности", "Срок"),
        0,
        tuple(
            row
            for number in range(1, 121)
            for row in (
                *([TableRow.plain(f"Раздел {number // 20 + 1}")] if number % 20 == 1 else []),
                TableRow.plain(f"{number}.", LISTED, "октябрь – ноябрь"),
            )
        ),
    ),
    is_wide=True,
)
ANNEXED = replace(SIGNED_PAPER, table=None, annexes=(TEXT, LONG_ROADMAP))


@pytest.fixture(scope="module")
def annexed_pdf() -> PdfReader:
    """An order with a text and a long table as annexes."""
    return PdfReader(BytesIO(html_to_pdf(order_html(ANNEXED))))


@pytest.fixture(scope="module")
def annexed_word() -> Docx:
    """The same order as a DOCX."""
    return docx.Document(BytesIO(order_docx(ANNEXED)))


def test_pdf_of_annexes_numbers_them_and_names_the_order(annexed_pdf: PdfReader) -> None:
    pages = [told(page.extract_text()) for page in annexed_pdf.pages]

    heads = [page for page in pages if "Приложение №" in page]
    assert len(heads) == 2
    for number, (head, annex) in enumerate(zip(heads, ANNEXED.annexes, strict=True), 1):
        assert f"Приложение № {number} к приказу от 20 ноября 2026 г. № 209-од" in head
        assert annex.title in head


def test_pdf_turns_the_sheets_of_a_wide_annex_and_no_others(annexed_pdf: PdfReader) -> None:
    turned = [page.mediabox.width > page.mediabox.height for page in annexed_pdf.pages]

    wide = [index for index, is_wide in enumerate(turned) if is_wide]
    assert wide == list(range(2, len(turned) - 1))  # the order, the text; then the table; last the acquaintance


def test_pdf_repeats_the_head_of_a_long_table_and_keeps_every_row(annexed_pdf: PdfReader) -> None:
    wide = [told(page.extract_text()) for page in annexed_pdf.pages if page.mediabox.width > page.mediabox.height]

    assert len(wide) > 3
    assert all("Содержание деятельности" in page for page in wide)
    assert sum(page.count("октябрь") for page in wide) == 120
    assert sum(page.count("Раздел") for page in wide) == 6


def test_pdf_tears_a_row_longer_than_a_sheet_after_a_section() -> None:
    rows = (TableRow.plain("Раздел"), TableRow.plain("1.", "слово " * 3000))
    paper = replace(SIGNED_PAPER, annexes=(Annex("Карта", table=Table(("№", "Что"), 0, rows)),))

    pages = PdfReader(BytesIO(html_to_pdf(order_html(paper)))).pages

    assert sum(page.extract_text().count("слово") for page in pages) == 3000


def test_only_annex_bears_no_number() -> None:
    paper = replace(SIGNED_PAPER, table=None, annexes=(TEXT,))

    pages = PdfReader(BytesIO(html_to_pdf(order_html(paper)))).pages
    text = told("\n".join(page.extract_text() for page in pages))

    assert "Приложение к приказу от" in text
    assert "Приложение к приказу от" in word_text(docx.Document(BytesIO(order_docx(paper))))


def test_word_has_annexes_with_heads_parts_and_turned_sheets(annexed_word: Docx) -> None:
    text = word_text(annexed_word)

    for words in ("Приложение № 1 к приказу", "Приложение № 2 к приказу", TEXT.title, "1. Общие положения"):
        assert words in text
    assert "## " not in text
    assert [section.page_width > section.page_height for section in annexed_word.sections] == [
        False,
        False,
        True,
        False,
    ]


def test_word_crosses_the_table_with_a_section_and_breaks_lines_in_a_cell(annexed_word: Docx) -> None:
    table = annexed_word.tables[0]
    section, first = table.rows[1].cells, table.rows[2].cells

    assert len({cell._tc for cell in section}) == 1
    assert (section[0].text, section[0].paragraphs[0].runs[0].bold) == ("Раздел 1", True)
    assert first[1].text == LISTED
    assert len(table.rows) == 1 + 6 + 120


def test_word_numbers_its_pages_from_the_second_on(annexed_word: Docx) -> None:
    first, *others = annexed_word.sections

    assert first.header.paragraphs[0]._p.xpath("./w:fldSimple/@w:instr") == ["PAGE"]
    assert first.different_first_page_header_footer
    assert not any(section.different_first_page_header_footer for section in others)


def test_group_and_section_stand_in_one_table() -> None:
    table = Table(PAPER.table.columns, 2, (TableRow.plain("Учителя"), *PAPER.table.rows))
    paper = replace(SIGNED_PAPER, table=table)

    rows = docx.Document(BytesIO(order_docx(paper))).tables[0].rows
    pdf = told(PdfReader(BytesIO(html_to_pdf(order_html(paper)))).pages[0].extract_text())

    assert [row.cells[0].text.strip() for row in rows] == ["№", "Учителя", "1", "1", "2"]
    assert pdf.index("Учителя") < pdf.index("Котова Марина")


def test_annex_with_text_and_table_prints_both() -> None:
    paper = replace(SIGNED_PAPER, annexes=(replace(ROADMAP, paragraphs=("Период: 2026–2027.",)),))

    word = docx.Document(BytesIO(order_docx(paper)))

    assert "Период: 2026–2027." in word_text(word)
    assert word.tables[1].rows[2].cells[1].text == "Назначить куратора"
