import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from roadmap.domain.blocks import Cell, Paragraph, Row
from roadmap.reading.docx import blocks_of_docx
from tests.roadmap.reading.built import add_list, numbered, paragraph_texts, row_texts, saved

W = nsdecls("w")


def put_xml(document, xml):
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(xml.replace("<w:", "<w:", 1).replace(">", f" {W}>", 1)))


def read_paragraph(inner):
    document = docx.Document()
    put_xml(document, f"<w:p>{inner}</w:p>")
    return paragraph_texts(blocks_of_docx(saved(document)))


def table(document, *rows):
    made = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return made


def test_paragraphs_and_tables_stand_in_the_order_of_the_body():
    document = docx.Document()
    document.add_paragraph("План")
    table(document, ["№", "Что"], ["1", "Приказ"])
    document.add_paragraph("Конец")

    blocks = blocks_of_docx(saved(document))

    assert blocks == [
        Paragraph("План", 1),
        Row((Cell("№"), Cell("Что")), 2),
        Row((Cell("1"), Cell("Приказ")), 3),
        Paragraph("Конец", 4),
    ]


@pytest.mark.parametrize(
    ("inner", "texts"),
    [
        ("<w:r><w:t>Дорожная</w:t><w:br/><w:t>карта</w:t></w:r>", ["Дорожная", "карта"]),
        ('<w:r><w:t>а</w:t><w:br w:type="page"/><w:t>б</w:t></w:r>', ["аб"]),
        ("<w:r><w:t>психолого</w:t><w:noBreakHyphen/><w:t>педагог</w:t><w:softHyphen/></w:r>", ["психолого-педагог"]),
        ("<w:del><w:r><w:delText>нет</w:delText></w:r></w:del><w:ins><w:r><w:t>да</w:t></w:r></w:ins>", ["да"]),
        ("<w:moveFrom><w:r><w:t>нет</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>да</w:t></w:r></w:moveTo>", ["да"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>нет</w:t></w:r><w:r><w:t>да</w:t></w:r>", ["да"]),
        ("<w:hyperlink><w:r><w:t>ссылка</w:t></w:r></w:hyperlink>", ["ссылка"]),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>5</w:t></w:r></w:fldSimple>", ["5"]),
        ("<w:sdt><w:sdtContent><w:r><w:t>поле</w:t></w:r></w:sdtContent></w:sdt>", ["поле"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>дело</w:t></w:r>', ["– дело"]),
        ("<w:r><w:t>1.</w:t><w:tab/><w:t>Приказ</w:t></w:r>", ["1. Приказ"]),
    ],
)
def test_text_of_a_paragraph_is_what_word_shows(inner, texts):
    assert read_paragraph(inner) == texts


def test_text_box_stands_before_its_paragraph_and_once():
    box = "<w:txbxContent><w:p><w:r><w:t>УТВЕРЖДАЮ</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"

    texts = read_paragraph(
        f"<w:r><w:t>План</w:t><mc:AlternateContent {mc}>{choice}{fallback}</mc:AlternateContent></w:r>"
    )

    assert texts == ["УТВЕРЖДАЮ", "План"]


def test_automatic_numbers_of_the_first_column_are_worked_out():
    document = docx.Document()
    numbers = add_list(document, ("upperRoman", "%1."), ("decimal", "%1.%2."))
    points = add_list(document, ("russianLower", "%1)"))
    rows = table(document, *[["", text] for text in ("Этап", "Приказ", "Базы", "Второй этап", "Итоги")]).rows
    for row, level in zip(rows, [0, 1, 1, 0, 1], strict=True):
        numbered(row.cells[0].paragraphs[0], numbers, level)
    for text in ("наставники", "наставляемые", ""):
        numbered(rows[2].cells[1].add_paragraph(text), points)

    blocks = blocks_of_docx(saved(document))

    assert row_texts(blocks) == [
        ("I.", "Этап"),
        ("I.1.", "Приказ"),
        ("I.2.", "Базы\nа) наставники\nб) наставляемые"),
        ("II.", "Второй этап"),
        ("II.1.", "Итоги"),
    ]


@pytest.mark.parametrize(
    ("figures", "label", "texts"),
    [
        ("decimal", "%1.", ["1. а", "2. б"]),
        ("decimal", "Этап %1:", ["Этап 1: а", "Этап 2: б"]),
        ("decimalZero", "%1", ["01 а", "02 б"]),
        ("lowerRoman", "%1)", ["i) а", "ii) б"]),
        ("upperLetter", "%1.", ["A. а", "B. б"]),
        ("bullet", "\uf0b7", ["– а", "– б"]),
        ("none", "", ["а", "б"]),
        ("unheardOf", "%1.", ["1. а", "2. б"]),
    ],
)
def test_list_is_numbered_in_its_own_figures(figures, label, texts):
    document = docx.Document()
    number_id = add_list(document, (figures, label))
    for text in ("а", "б"):
        numbered(document.add_paragraph(text), number_id)

    assert paragraph_texts(blocks_of_docx(saved(document))) == texts


def test_lists_of_styles_are_counted():
    document = docx.Document()
    document.add_paragraph("а", style="List Number")
    document.add_paragraph("б", style="List Number")
    document.add_paragraph("в", style="List Bullet 2")
    own = document.add_paragraph("г", style="List Number")
    numbered(own, 0)

    assert paragraph_texts(blocks_of_docx(saved(document))) == ["1. а", "2. б", "– в", "г"]


def test_number_that_the_text_has_already_is_not_doubled():
    document = docx.Document()
    number_id = add_list(document, ("decimal", "%1."))
    numbered(document.add_paragraph("1. Приказ"), number_id)

    assert paragraph_texts(blocks_of_docx(saved(document))) == ["1. Приказ"]


def test_merged_and_nested_cells_are_read():
    document = docx.Document()
    made = table(document, ["а", "б", "в"], ["г", "д", "е"], ["ж", "з", "и"])
    made.cell(0, 0).merge(made.cell(1, 0))
    made.cell(2, 1).merge(made.cell(2, 2))
    inner = made.cell(1, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "внутри", "тоже"

    blocks = blocks_of_docx(saved(document))

    assert [block.cells for block in blocks] == [
        (Cell("а\nг"), Cell("б"), Cell("в")),
        (Cell("а\nг", is_carried=True), Cell("д"), Cell("е\nвнутри тоже")),
        (Cell("ж"), Cell("з\nи", 2)),
    ]


def test_rows_in_content_controls_are_read_and_deleted_rows_are_not():
    document = docx.Document()
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = [
        f"<w:tr>{cell.format('а')}{cell.format('б')}</w:tr>",
        f"<w:sdt><w:sdtContent><w:tr>{cell.format('в')}{cell.format('г')}</w:tr></w:sdtContent></w:sdt>",
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format('нет')}</w:tr>",
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell.format("д")}</w:tr>',
    ]
    put_xml(document, f"<w:tbl>{''.join(rows)}</w:tbl>")

    assert row_texts(blocks_of_docx(saved(document))) == [("а", "б"), ("в", "г"), ("", "д")]


def test_frame_around_the_table_is_dissolved():
    document = docx.Document()
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "План"
    inner = frame.add_table(2, 2)
    for number, cell in enumerate(inner._cells):
        cell.text = f"ячейка {number}"

    blocks = blocks_of_docx(saved(document))

    assert paragraph_texts(blocks) == ["План"]
    assert row_texts(blocks) == [("ячейка 0", "ячейка 1"), ("ячейка 2", "ячейка 3")]


def test_stamps_side_by_side_are_rows():
    document = docx.Document()
    for text in (
        "РАССМОТРЕНО\t\tУТВЕРЖДАЮ",
        "на педсовете\t\tДиректор",
        "\t\t\tИ.И. Иванов",
        "План",
        "\tна год",
        "Задача: " + "сбор " * 10 + "\t" + "запросов " * 20,
        "СОГЛАСОВАНО                    ПРИНЯТО",
    ):
        document.add_paragraph(text)

    blocks = blocks_of_docx(saved(document))

    assert row_texts(blocks) == [
        ("РАССМОТРЕНО", "УТВЕРЖДАЮ"),
        ("на педсовете", "Директор"),
        ("", "И.И. Иванов"),
        ("СОГЛАСОВАНО", "ПРИНЯТО"),
    ]
    assert [block.table for block in blocks if isinstance(block, Row)] == [0, 0, 0, 1]
    assert len(paragraph_texts(blocks)) == 3


def test_strict_document_is_read():
    document = docx.Document()
    document.add_paragraph("План")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            target.writestr(name, source.read(name).replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main"))

    assert paragraph_texts(blocks_of_docx(stream.getvalue())) == ["План"]
