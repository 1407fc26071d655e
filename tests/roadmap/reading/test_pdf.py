import base64
import io

import pypdf
import pytest
from PIL import Image
from weasyprint import HTML

from roadmap.domain.blocks import Row
from roadmap.reading.file_error import FileError
from roadmap.reading.pdf import MOST_PAGES, blocks_of_pdf, reading_of_pdf
from roadmap.reading.pdf_words import Hyphens, Line, Word
from tests.roadmap.reading.built import BuiltCell, BuiltPlan, paragraph_texts, pdf_of, row_texts

LONG = "Проведение анкетирования обучающихся и педагогов, желающих принять участие в программе наставничества"


def printed(body, css=""):
    style = f"@page {{ size: A4; margin: 20mm }} body {{ font: 12pt serif }} p {{ margin: 0 }} {css}"
    return HTML(string=f'<html lang="ru"><style>{style}</style>{body}</html>').write_pdf()


def cell_of(text, css="td { width: 60mm }"):
    content = printed(
        f"<table><tr><td>1<td>{text}<td>май<tr><td>2<td>итог<td>июнь</table>",
        f"table {{ border-collapse: collapse }} td {{ border: 1px solid; padding: 3pt }} {css}",
    )
    return next(block for block in blocks_of_pdf(content) if isinstance(block, Row)).cells[1].text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (LONG, LONG),
        (f"<p>{LONG}:</p><p>– одно дело;</p><p>– другое дело</p>", f"{LONG}:\n– одно дело;\n– другое дело"),
        (f"<p>1) {LONG}</p><p>2) {LONG}</p>", f"1) {LONG}\n2) {LONG}"),
        ("<p>директор</p><p>куратор</p>", "директор\nкуратор"),
        (f"1) {LONG}. 2) {LONG[:-9]}. 3) {LONG}",) * 2,
        (f"{LONG}: – одно; – {LONG}; – {LONG}, – третье",) * 2,
        ("связь «наставник и молодой специалист – наставляемый» в школе",) * 2,
    ],
)
def test_lines_of_a_cell_are_joined_as_far_as_a_paragraph_goes(html, text):
    assert cell_of(html) == text


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("работа наставни-", "ков школы", "работа наставников школы"),
        ("психолого-", "педагогическая помощь", "психолого-педагогическая помощь"),
        ("наставник-", "наставляемый", "наставник-наставляемый"),
        ("на 2024-", "2025 год", "на 2024-2025 год"),
        ("г. Улан-", "Удэ", "г. Улан-Удэ"),
        ("октябрь-", "ноябрь", "октябрь-ноябрь"),
        ("по-", "новому", "по-новому"),
        ("по-", "мощь", "помощь"),
        ("что-", "либо", "что-либо"),
        ("настав\u00ad", "ник", "наставник"),
        ("настав\u2010", "ник", "наставник"),
        ("приказ", "и акт", "приказ и акт"),
        ("№ п/", "п", "№ п/п"),
        ("пар /", "групп", "пар / групп"),
        ("информационно", "-коммуникационной", "информационно-коммуникационной"),
        ("информационно", "-", "информационно-"),
        ("Педатор-", "психолог", "Педатор-психолог"),
        ("тью-", "торинга", "тьюторинга"),
        ("коу-", "чинга", "коучинга"),
    ],
)
def test_hyphen_of_a_compound_is_kept_and_that_of_a_break_is_not(before, after, joined):
    known = Line(tuple(Word(word, 0, 1, 0, 1) for word in ("наставник", "школы", "наставников")))

    assert Hyphens([known]).joined(before, after) == joined


def test_word_torn_in_a_narrow_column_is_put_together():
    text = cell_of("Ответственный исполнитель", "td { width: 32mm; overflow-wrap: anywhere; font-size: 14pt }")

    assert text == "Ответственный исполнитель"


@pytest.mark.parametrize(
    ("word", "after", "is_torn"),
    [
        ("Ответственн", "ые лица", True),
        ("обучающихс", "я и педагогов", True),
        ("анкетирован", "ия среди", True),
        ("исполни", "тель", True),
        ("наставник", "а также куратор", False),
        ("заместитель", "директора", False),
        ("куратор", "Директор", False),
        ("приказ,", "акт", False),
        ("«Наставнич", "ество»", True),
        ("педагогов/п", "едагоги", True),
        ("мониторинг", "а", False),
    ],
)
def test_word_is_torn_if_its_parts_make_one_word(word, after, is_torn):
    assert Hyphens([]).is_torn(word, after) is is_torn


def test_doubtful_word_is_torn_where_others_are():
    torn = ["Ответственн", "ые", "деятельнос", "ти", "образовател", "ьных", "приказ"]
    lines = [Line((Word(text, 0, 1, 0, 1),)) for text in torn]

    assert Hyphens(lines).is_torn("мониторинг", "а по школе")


def test_lines_of_text_become_paragraphs():
    content = printed(f"<h3>Дорожная карта</h3><p>{LONG}. {LONG}.</p><p>Конец</p>")

    assert paragraph_texts(blocks_of_pdf(content)) == ["Дорожная карта", f"{LONG}. {LONG}.", "Конец"]


def test_number_of_the_page_is_left_out():
    content = printed(f"<p>{LONG}</p>", "@page { @bottom-center { content: counter(page) } }")

    assert paragraph_texts(blocks_of_pdf(content)) == [LONG]


def test_stamps_side_by_side_are_cells_of_a_row():
    left = "РАССМОТРЕНО<br>на педагогическом совете<br>Протокол № 1 от 30.08.2024"
    right = "УТВЕРЖДАЮ<br>Директор<br>И.И. Иванов"
    frame = f"<table style='width: 100%'><tr><td>{left}<td style='width: 50mm'>{right}</table>"

    blocks = blocks_of_pdf(printed(f"{frame}<p>{LONG}</p>"))

    assert row_texts(blocks) == [(left.replace("<br>", "\n"), right.replace("<br>", "\n"))]
    assert paragraph_texts(blocks) == [LONG]


def test_table_without_ruling_is_found_by_its_header():
    plan = BuiltPlan(
        [
            ["№ п/п", "Мероприятия", "Сроки", "Ответственные"],
            [BuiltCell("I. Подготовительный этап внедрения целевой модели наставничества", columns=4)],
            ["1.1", LONG, "сентябрь 2024", "директор"],
            ["1.2", "Формирование базы наставников", "до 1 октября", "куратор"],
            [BuiltCell("II. Основной этап внедрения целевой модели наставничества", columns=4)],
            ["2.1", "Встречи", "в течение года", "наставники"],
            ["2.2", LONG, "май", "педагог-психолог"],
        ],
        before=["Дорожная карта"],
    )

    blocks = blocks_of_pdf(pdf_of(plan, more="td { border: 0 } @page { size: A4 portrait }"))

    assert row_texts(blocks) == [tuple(cell.text for cell in row) for row in plan.cells()]
    assert paragraph_texts(blocks) == ["Дорожная карта"]


def test_table_keeps_its_number_over_pages_and_another_gets_its_own():
    table = "<table><tr><td>{0}<td>а<tr><td>{0}<td>б</table>"
    style = "table { border-collapse: collapse; width: 100% } td { border: 1px solid; height: 40mm }"
    content = printed(table.format(1) + "<p>и</p>" + table.format(2).replace("</table>", "<tr><td>2<td>в" * 4), style)

    rows = [block for block in blocks_of_pdf(content) if isinstance(block, Row)]

    assert [(row.cells[0].text, row.table) for row in rows] == [("1", 0)] * 2 + [("2", 1)] * 6
    assert {row.page for row in rows} == {1, 2}


def scan(*texts):
    stream = io.BytesIO()
    Image.new("L", (600, 800), 255).save(stream, "PDF")
    writer = pypdf.PdfWriter()
    for text in texts:
        source = printed(f"<p>{text}</p>") if text else stream.getvalue()
        writer.add_page(pypdf.PdfReader(io.BytesIO(source)).pages[0])
    return written(writer)


def written(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_scan_is_refused_in_words():
    with pytest.raises(FileError, match="нет текста, это снимок страниц"):
        blocks_of_pdf(scan(None, None))


def test_pages_that_are_pictures_are_named():
    assert reading_of_pdf(scan(LONG, None, LONG)).pictures == (2,)


def test_locked_pdf_is_refused_in_words():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(scan(LONG)))
    writer.encrypt("secret")

    with pytest.raises(FileError, match="PDF защищён паролем"):
        blocks_of_pdf(written(writer))


def test_pdf_of_too_many_pages_is_refused_in_words():
    writer = pypdf.PdfWriter()
    for _ in range(MOST_PAGES + 1):
        writer.add_blank_page(200, 200)

    with pytest.raises(FileError, match="больше 400 страниц"):
        blocks_of_pdf(written(writer))


def test_blank_pdf_is_refused_in_words():
    with pytest.raises(FileError, match="нет текста"):
        blocks_of_pdf(printed(""))


def test_pdf_that_unpacks_to_too_much_is_refused_in_words():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(scan(LONG)))
    stream = pypdf.generic.StreamObject()
    stream.set_data(b" " * 40_000_000)
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())

    with pytest.raises(FileError, match="слишком много данных"):
        blocks_of_pdf(written(writer))


def test_picture_in_a_document_does_not_count_as_packed_text():
    stream = io.BytesIO()
    Image.new("RGB", (4000, 3000), "white").save(stream, "PNG")
    picture = base64.b64encode(stream.getvalue()).decode()
    body = f"<p>{LONG}</p><img style='width: 100mm' src='data:image/png;base64,{picture}'>"

    assert paragraph_texts(blocks_of_pdf(printed(body))) == [LONG]
