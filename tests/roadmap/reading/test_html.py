import pytest

from roadmap.domain.blocks import Cell, Paragraph, Row
from roadmap.reading.file_error import FileError
from roadmap.reading.html import blocks_of_html
from tests.roadmap.reading.built import paragraph_texts, row_texts


def blocks(markup):
    return blocks_of_html(markup.encode())


def test_paragraphs_and_rows_stand_in_the_order_of_the_page():
    page = "<h1>План</h1><p>на  год<br>2024</p><table><tr><th>№<th>Что<tr><td>1<td>Приказ</table>Конец"

    read = blocks(page)

    assert read == [
        Paragraph("План", 1),
        Paragraph("на год", 2),
        Paragraph("2024", 3),
        Row((Cell("№"), Cell("Что")), 4),
        Row((Cell("1"), Cell("Приказ")), 5),
        Paragraph("Конец", 6),
    ]


def test_cells_merged_over_rows_and_columns_are_carried():
    page = """<table><tr><td rowspan=3>а<td colspan=2>б<td rowspan=2>в<tr><td>г<td>д<tr><td>е<td>ж<td>з</table>"""

    read = blocks(page)

    assert [row.cells for row in read] == [
        (Cell("а"), Cell("б", 2), Cell("в")),
        (Cell("а", is_carried=True), Cell("г"), Cell("д"), Cell("в", is_carried=True)),
        (Cell("а", is_carried=True), Cell("е"), Cell("ж"), Cell("з")),
    ]


def test_short_row_leaves_room_for_the_cells_above():
    page = "<table><tr><td>а<td>б<td rowspan=2>в<tr><td>г<tr><td>д<td>е<td>ж</table>"

    read = blocks(page)

    assert row_texts(read) == [("а", "б", "в"), ("г", "", ""), ("д", "е", "ж")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>Базы:</p><ul><li>одна;<li>другая</ul>", "Базы:\n– одна;\n– другая"),
        ("<ol><li>одна<li><p>другая</p></ol>", "1) одна\n2) другая"),
        ("<ol><li>одна<ul><li>часть</ul><li>другая</ol>", "1) одна\n– часть\n2) другая"),
        ('<ol start="3"><li><p></p></ol>', "3."),
        ('<ol><li value="7">одна<li>другая</ol>', "7) одна\n8) другая"),
        ("<ul><li>✓ одна<li>2) другая<li></ul>", "– одна\n2) другая"),
        ("<ul><li></ul>", ""),
        (
            "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>ü<span>&nbsp;&nbsp; </span></span>одна",
            "– одна",
        ),
        ("<pre>одна\nдругая</pre>", "одна\nдругая"),
        ("Приказ: <table><tr><td>а<td>б<tr><td>в</table>", "Приказ:\nа б\nв"),
        ("да<script>нет</script><span style='display: none'>нет</span><del>нет</del><!-- нет --> и да", "да и да"),
    ],
)
def test_lists_and_breaks_in_a_cell_are_lines(cell, text):
    read = blocks(f"<table><tr><td>1<td>{cell}</td></tr></table>")

    assert read[0].cells[1].text == text


def test_table_that_lays_the_page_out_is_dissolved():
    inner = "<table><tr><td>№<td>Мероприятие<tr><td>1<td>Приказ</table>"

    read = blocks(f"<table><tr><td>Меню<td><p>План</p>{inner}</table>")

    assert paragraph_texts(read) == ["Меню", "План"]
    assert row_texts(read) == [("№", "Мероприятие"), ("1", "Приказ")]


def test_two_tables_have_two_numbers():
    read = blocks("<table><tr><td>а<td>б</table>и<table><tr><td>в<td>г</table>")

    assert [block.table for block in read if isinstance(block, Row)] == [0, 1]


@pytest.mark.parametrize(
    ("named", "real"),
    [
        ("windows-1251", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("windows-1251", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("unknown", "cp1251"),
        ("utf-16", "utf-16"),
    ],
)
def test_page_is_read_in_its_real_encoding(named, real):
    page = f'<html><head><meta http-equiv=Content-Type content="text/html; charset={named}"></head>Дорожная карта'

    read = blocks_of_html(page.encode(real))

    assert paragraph_texts(read) == ["Дорожная карта"]


def test_page_with_the_start_of_xml_and_foreign_characters_is_read():
    read = blocks('<?xml version="1.0" encoding="utf-8"?><html><body>\x00При\x07каз<o:p></o:p> &laquo;№&nbsp;5&raquo;')

    assert paragraph_texts(read) == ["Приказ «№ 5»"]


def test_picture_inside_the_page_does_not_hide_what_follows():
    read = blocks(f"<p>План</p><img src='data:image/png;base64,{'A' * 11_000_000}'><p>Конец</p>")

    assert paragraph_texts(read) == ["План", "Конец"]


def test_flaws_of_a_page_are_forgiven():
    read = blocks("<html><html><p>План</div></b><td>и &foo; <o:p a=1 a=2></li></ul>&#0;ещё</table>")

    assert paragraph_texts(read) == ["План", "и &foo; \ufffdещё"]


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 100_000 + b"x",
        b"<table><tr><td>" * 100_000 + b"x",
        b"<table>" + b"<tr><td>1<td>2" * 100_000 + b"</table>",
        b"<table><tr>" + b"<td rowspan=60000 colspan=1000>x" * 190 + b"<tr><td>y" * 10_000,
        b"<p>x" * 600_000,
        b"<p>a<p>" + b"x " * 6_000_000 + b"<p>z",
    ],
    ids=["deep", "deep tables", "rows", "spans", "paragraphs", "long"],
)
def test_page_beyond_all_measure_is_refused(page):
    with pytest.raises(FileError):
        blocks_of_html(page)
