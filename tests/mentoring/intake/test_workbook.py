import io
import struct
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.bank_sheet.layout import choose_sheet
from mentoring.domain.bank_sheet.rows import read_rows
from mentoring.domain.bank_sheet.sheet import SheetRow
from mentoring.domain.bank_sheet.values import Category, ClaimedConsent, MenteeCategory
from mentoring.intake.workbook import LARGEST_FILE, read_workbook
from mentoring.intake.workbook_error import WorkbookError

FILES = Path(__file__).parent.parent / "files"
TODAY = date(2026, 9, 30)
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
BROKEN = "Файл повреждён и не открывается. Откройте его у себя, сохраните как .xlsx и загрузите снова."
LOCKED = "Файл защищён паролем. Снимите пароль, сохраните файл и загрузите снова."
MACROS = "В файле есть макросы. Сохраните его как обычную книгу .xlsx, без макросов, и загрузите снова."


def file(name):
    return (FILES / name).read_bytes()


def xlsx(cells, **sheets):
    book = openpyxl.Workbook()
    for name, content in {"Лист1": cells, **sheets}.items():
        sheet = book.create_sheet(name)
        for address, value in content.items():
            sheet[address] = value
    book.remove(book.worksheets[0])
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(content, changes):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed(parts | changes)


ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{ns}:office:1.0" xmlns:table="{ns}:table:1.0" xmlns:text="{ns}:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Лист"><table:table-column/>{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
ODS_MANIFEST = """<manifest:manifest xmlns:manifest="{ns}:manifest:1.0"><manifest:file-entry manifest:full-path="/"
manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def ods(rows):
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS_CONTENT.format(ns=OFFICE, rows=rows),
            "META-INF/manifest.xml": ODS_MANIFEST.format(ns=OFFICE),
        }
    )


def ods_cell(text):
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def rows_of(content, name="bank.xlsx"):
    (sheet,) = read_workbook(content, name).sheets
    return [(row.number, row.cells) for row in sheet.rows]


def refusal(content, name="bank.xlsx"):
    with pytest.raises(WorkbookError) as caught:
        read_workbook(content, name)
    return caught.value.message


def bank(name, which):
    choice = choose_sheet(read_workbook(file(name), name).sheets, which)
    return choice.layout, read_rows(choice.sheet.rows, choice.layout, which, today=TODAY)


def remarks(sheet):
    return [
        (found.row, found.column_letter, found.level, found.shown_value) for row in sheet.rows for found in row.findings
    ]


def test_sample_of_mentors_comes_in_whole():
    layout, sheet = bank("mentors.xlsx", Bank.MENTORS)

    assert layout.header_row_numbers == (4, 5)
    assert [column.letter for column in layout.columns if column.field is None] == []
    assert [row.number for row in sheet.rows] == list(range(6, 24))
    assert remarks(sheet) == [
        (8, "J", "doubt", "04.09.26 г."),
        (15, "J", "doubt", "03.09.26 г."),
        (18, "J", "doubt", "09.09.26 г."),
        (23, "J", "doubt", "08.09.26 г."),
    ]
    assert [(note.row, note.message) for note in sheet.notes] == [
        (27, "подпись или итог, не человек: «Куратор ____________ / /»")
    ]
    ninth = sheet.rows[3]
    assert (ninth.surname, ninth.given, ninth.patronymic) == ("Лебедева", "Ирина", "Алиевна")
    assert (ninth.post, ninth.subject) == ("учитель", "начальные классы")
    assert (ninth.phone, ninth.email) == ("+7 994 620-23-30", "t502@example.org")
    assert (ninth.category, ninth.category_year, ninth.experience) == (Category.HIGHEST, 2021, 28)
    assert ninth.competences == ("мотивация учащихся", "подготовка к ЕГЭ", "работа с родителями")
    assert (ninth.capacity, ninth.entered_on) == (2, date(2026, 9, 3))
    assert sum(row.email is None for row in sheet.rows) == 3
    assert {len(row.competences) for row in sheet.rows} == {3}


def test_sample_of_mentees_comes_in_whole():
    layout, sheet = bank("mentees.csv", Bank.MENTEES)

    found = remarks(sheet)
    assert layout.header_row_numbers == (1,)
    assert [row.number for row in sheet.rows] == list(range(2, 33))
    assert not any(row.is_faulty for row in sheet.rows)
    assert [row for row, letter, _, _ in found if letter == "A"] == [14, 19, 25, 27, 28, 32]
    assert [row for row, letter, _, _ in found if letter == "G"] == [2, 8, 12, 14, 16, 31]
    claimed = [row.number for row in sheet.rows if row.consent_processing and row.consent_processing.claimed]
    assert [row for row, letter, _, _ in found if letter == "I"] == []
    assert len(claimed) == 25
    assert sum(row.consent_processing == ClaimedConsent(claimed=False) for row in sheet.rows) == 4
    assert [row.number for row in sheet.rows if row.consent_processing is None] == [17, 27]
    assert sheet.rows[0].consent_processing == ClaimedConsent(claimed=True, on=date(2026, 9, 1))
    assert sheet.rows[0].mentee_category is MenteeCategory.YOUNG_SPECIALIST
    assert (sheet.rows[12].surname, sheet.rows[7].experience) == ("Гоголь", None)
    assert [note.message for note in sheet.notes] == [
        "отметки о согласиях в столбце I: 25; это не согласия, бумаги нужно получить",
        "категория наставляемого взята из столбца «Примечание»",
    ]


@pytest.mark.parametrize(("name", "error"), [("bank.ods", (None, "#N/A")), ("bank.xls", ())])
def test_table_made_by_libreoffice_keeps_its_true_addresses(name, error):
    assert rows_of(file(name), name) == [
        (2, (None, "База наставников")),
        (3, (None, "№", "ФИО наставника", "Стаж (пед.)", "Дата вхождения", "Категория")),
        (4, (None, 1, "Гоголь Ольга Сергеевна", 18, date(2026, 9, 3), "высшая")),
        (5, (None, 2, "Черных Иван Иванович", "35 лет", *error)),
    ]


def test_xlsx_keeps_kinds_of_cells_and_true_addresses():
    content = xlsx(
        {
            "C3": "текст",
            "D3": 18,
            "E3": 2.5,
            "F3": True,
            "C5": datetime(2026, 9, 3),  # noqa: DTZ001
            "D5": datetime(2026, 9, 3, 10, 5),  # noqa: DTZ001
            "E5": datetime(2026, 9, 3, 10, 5).time(),  # noqa: DTZ001
            "C7": " \n",
            "Z9": "\t",
        }
    )

    assert rows_of(content) == [
        (3, (None, None, "текст", 18, 2.5, True)),
        (5, (None, None, date(2026, 9, 3), datetime(2026, 9, 3, 10, 5), "10:05")),  # noqa: DTZ001
    ]


def test_errors_of_formulas_are_not_read_as_blanks():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B2"], sheet["D2"] = "ФИО", "x", "#REF!"
    sheet["D2"].data_type = sheet["A3"].data_type = "e"
    sheet["A3"] = "#N/A"

    assert rows_of(saved(book)) == [(1, ("ФИО",)), (2, (None, "x", None, "#REF!"))]


def test_sheets_come_in_order_without_blank_and_hidden_ones():
    book = openpyxl.Workbook()
    book.active.title = "Первый"
    book.active["A1"] = "a"
    book.create_sheet("Пустой")
    book.create_sheet("Скрытый")["A1"] = "b"
    book["Скрытый"].sheet_state = "hidden"
    book.create_sheet("Ещё & один")["A1"] = "c"

    assert [sheet.name for sheet in read_workbook(saved(book), "a.xlsx").sheets] == ["Первый", "Ещё & один"]


TABLE = "ФИО;Пост\r\nКовалёва;«ёж»\r\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode("cp1251"),
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.replace(";", "\t").encode("utf-16"),
        TABLE.replace(";", ",").encode(),
        TABLE.replace(";", "\t").encode(),
        TABLE.replace("\r\n", "\n").encode(),
    ],
)
def test_csv_is_read_in_every_encoding_and_with_every_separator(content):
    assert rows_of(content, "a.csv") == [(1, ("ФИО", "Пост")), (2, ("Ковалёва", "«ёж»"))]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b\n\n;\nc;d\n", [(1, ("a", "b")), (4, ("c", "d"))]),
        ('a;"b\nc; ""d"""\ne;f', [(1, ("a", 'b\nc; "d"')), (2, ("e", "f"))]),
        ("a;b, c, d\ne;f, g, h\n", [(1, ("a", "b, c, d")), (2, ("e", "f, g, h"))]),
        ("a,b; c\nd,e\nf,g\n", [(1, ("a", "b; c")), (2, ("d", "e")), (3, ("f", "g"))]),
        ("sep=,\na;a,b\n", [(2, ("a;a", "b"))]),
        ("одна\nколонка\n", [(1, ("одна",)), (2, ("колонка",))]),
        ('a;МБОУ "СОШ" № 1\n', [(1, ("a", 'МБОУ "СОШ" № 1'))]),
    ],
)
def test_csv_rows_are_divided(text, rows):
    assert rows_of(text.encode(), "a.csv") == rows


def test_csv_is_a_sheet_named_as_the_file():
    (sheet,) = read_workbook(b"a;b", "Наши наставники.csv").sheets

    assert (sheet.name, sheet.rows) == ("Наши наставники", (SheetRow(1, ("a", "b")),))


def test_csv_with_an_endless_cell_is_refused():
    assert refusal(b'a;b\n"' + b"x" * 200_000) == "В файле нарушены кавычки: не видно, где кончается ячейка."


def test_csv_in_no_known_encoding_is_refused():
    assert refusal(b"\xf4\xe8\xee;\x98\n").startswith("Не удалось понять кодировку файла.")


def other(name):
    return f"Это {name}, а не таблица. Загрузите файл .xlsx, .xls, .ods или .csv."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Файл пустой."),
        (b"\xef\xbb\xbf\r\n \r\n", "Файл пустой."),
        (b"%PDF-1.7\n", other("документ PDF")),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", other("картинка (JPEG)")),
        (b"\x89PNG\r\n\x1a\n", other("картинка (PNG)")),
        (b"Rar!\x1a\x07\x00", other("архив RAR")),
        (b"{\\rtf1 ...}", other("документ RTF")),
        (packed({"word/document.xml": "<w/>"}), other("документ Word")),
        (packed({"ppt/presentation.xml": "<p/>"}), other("презентация PowerPoint")),
        (packed({"xl/workbook.bin": "x"}), other("двоичная книга Excel (.xlsb)")),
        (packed({"a.txt": "x"}), other("архив ZIP")),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            other("текстовый документ OpenDocument"),
        ),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.graphics", "content.xml": "<a/>"}),
            other("документ OpenDocument"),
        ),
        (packed({}), "Это пустой архив, а не таблица. Загрузите файл .xlsx, .xls, .ods или .csv."),
        (
            b"<html><table><tr><td>1</td></tr></table></html>",
            "Это веб-страница (HTML), хотя имя может говорить другое. "
            "Откройте его в Excel или LibreOffice и сохраните как .xlsx.",
        ),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "Это файл XML, а не таблица, которую портал умеет читать. "
            "Откройте его в Excel или LibreOffice и сохраните как .xlsx.",
        ),
        (b"abc\x00\x01\x02", "Это не таблица: в файле двоичные данные неизвестного вида."),
    ],
)
@pytest.mark.parametrize("name", ["bank.xlsx", "bank.xls", "bank.csv"])
def test_file_of_another_kind_is_named_whatever_it_is_called(content, message, name):
    assert refusal(content, name) == message


def compound(*names):
    """A compound file (MS-CFB) with one sector of directory entries and nothing else."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
        for name in ("Root Entry", *names)
    )
    return bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0") + entries.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (compound("WordDocument"), other("документ Word")),
        (compound("PowerPoint Document"), other("презентация PowerPoint")),
        (compound("Workbook", "_VBA_PROJECT_CUR"), MACROS),
        (compound("EncryptionInfo", "EncryptedPackage"), LOCKED),
        (compound("Contents"), "Это не таблица: файл Microsoft Office неизвестного вида."),
        (compound("Workbook"), BROKEN),
    ],
)
def test_old_office_file_is_told_by_its_directory(content, message):
    assert refusal(content, "bank.xls") == message


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls", "locked.ods"])
def test_file_under_a_password_is_refused(name):
    assert refusal(file(name), name) == LOCKED


def test_zip_with_an_encrypted_part_is_refused():
    content = bytearray(packed({"xl/workbook.xml": "<workbook/>"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(content)) == LOCKED


def test_file_with_macros_is_refused():
    assert refusal(repacked(xlsx({"A1": "ФИО"}), {"xl/vbaProject.bin": b"\xd0\xcf"})) == MACROS


def test_book_of_the_kind_with_macros_is_refused():
    kind = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'

    assert refusal(repacked(xlsx({"A1": "ФИО"}), {"[Content_Types].xml": kind})) == MACROS


def test_too_large_file_is_refused_at_once():
    content = b"\xd0\xcf" * (25 * 1024 * 1024)
    started = time.perf_counter()

    message = refusal(content)

    assert time.perf_counter() - started < 0.05
    assert message == (
        "Файл занимает 50 МБ, а принимается до 20 МБ. Удалите из него картинки и лишние листы и загрузите снова."
    )


def test_file_just_over_the_limit_is_told_with_a_fraction():
    assert refusal(b"x" * (LARGEST_FILE + 512 * 1024)).startswith("Файл занимает 20,5 МБ, а принимается до 20 МБ.")


def test_zip_bomb_is_refused_by_its_directory():
    zeros = b"0" * (101 * 1024 * 1024)
    content = packed({"xl/workbook.xml": "<workbook/>", "a": zeros, "b": zeros, "c": zeros})

    assert refusal(content) == "Внутри файла больше 300 МБ данных: таблица таких размеров не принимается."


@pytest.mark.parametrize("name", ["bank.ods", "mentors.xlsx"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_file_cut_short_is_refused(name, share):
    content = file(name)

    assert refusal(content[: int(len(content) * share)], name) == BROKEN


def test_book_without_its_sheets_is_refused():
    assert refusal(packed({"xl/workbook.xml": "<workbook>"})) == BROKEN


def test_ods_whose_tags_do_not_match_is_refused():
    content = ods(f"<table:table-row>{ods_cell('a')}</table:table-row>")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("content.xml").replace(b"</table:table>", b"</table:tab1e>")

    assert refusal(repacked(content, {"content.xml": xml})) == BROKEN


def test_old_book_on_which_the_reader_fails_is_refused():
    content = bytearray(file("bank.xls"))
    content[0x30:0x34] = struct.pack("<I", 0x7FFFFFF0)

    assert refusal(bytes(content)) == BROKEN


@pytest.mark.parametrize(
    "content", [xlsx({}), xlsx({"A1": " ", "B7": "\n"}, Второй={}), ods("<table:table-row/>"), b" ;\n;\t\n"]
)
def test_file_without_a_filled_cell_is_refused(content):
    assert refusal(content) == "В файле нет ни одной заполненной ячейки."


def test_too_many_columns_are_refused_with_the_place():
    with pytest.raises(WorkbookError) as caught:
        read_workbook(xlsx({"A1": "a", "CW2": "b"}), "a.xlsx")

    assert caught.value.message == "Столбцов больше 100: таблица таких размеров не принимается."
    assert caught.value.place == "лист «Лист1», строка 2"


def test_hundredth_column_is_read():
    assert rows_of(xlsx({"CV2": "b"})) == [(2, (*[None] * 99, "b"))]


def test_too_many_rows_are_refused():
    assert refusal(b"a\n" * 200_001, "a.csv") == "Строк больше 200000: таблица таких размеров не принимается."
    assert len(rows_of(b"a\n" * 200_000, "a.csv")) == 200_000


def test_cells_in_far_corners_are_refused_before_memory_is_taken():
    with pytest.raises(WorkbookError) as caught:
        read_workbook(xlsx({"A1": "a", "XFD1048576": "b"}), "a.xlsx")

    assert "тянутся до XFD1048576" in caught.value.message
    assert caught.value.place == "лист «Лист1»"


def test_repeated_cells_of_ods_are_refused_before_memory_is_taken():
    cell = ods_cell("a").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'

    assert "тянутся до XFD1048576" in refusal(ods(row), "a.ods")


def phantom_ods():
    empty = '<table:table-cell table:number-columns-repeated="16383"/>'
    phantom = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return ods(f"<table:table-row>{ods_cell('ФИО')}{empty}</table:table-row>{phantom}")


def phantom_xlsx():
    book = openpyxl.Workbook()
    book.active["A1"] = "ФИО"
    for number in range(2, 20_000):
        book.active.cell(number, 12).number_format = "0.00"
    book.active["XFD1048576"].number_format = "0.00"
    return saved(book)


@pytest.mark.parametrize("make", [phantom_ods, phantom_xlsx])
def test_phantom_rows_cost_nothing(make):
    content = make()
    started = time.perf_counter()

    rows = rows_of(content)

    assert rows == [(1, ("ФИО",))]
    assert time.perf_counter() - started < 1


def test_space_in_the_last_row_costs_little():
    content = ods(
        f"<table:table-row>{ods_cell('ФИО')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
        f"<table:table-row>{ods_cell(' ')}</table:table-row>"
    )
    started = time.perf_counter()

    assert rows_of(content) == [(1, ("ФИО",))]
    assert time.perf_counter() - started < 5


def outcome(content, name):
    """The sheets of a file, or the message of its refusal."""
    try:
        return read_workbook(content, name).sheets
    except WorkbookError as error:
        return error.message


def is_sound(found):
    return found.endswith(".") if isinstance(found, str) else all(sheet.rows for sheet in found)


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"\xef\xbb\xbf", bytes.fromhex("D0CF11E0A1B11AE1")]),
)
def test_any_bytes_are_read_or_refused(content, start):
    assert is_sound(outcome(start + content, "a.xlsx"))


@given(st.sampled_from(["bank.xls", "bank.ods", "mentors.xlsx"]), st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_spreadsheet_is_read_or_refused(name, data):
    content = bytearray(file(name))
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert is_sound(outcome(bytes(content), name))
