import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.reading.file import blocks_of_file
from tests.roadmap.reading.built import (
    BuiltCell,
    BuiltPlan,
    docx_of,
    html_of,
    paragraph_texts,
    pdf_of,
    row_texts,
    text_of,
)

LONG = "Проведение анкетирования обучающихся и педагогов, желающих принять участие в программе наставничества. "
PLAN = BuiltPlan(
    before=["Дорожная карта", "на 2024-2025 учебный год"],
    after=["Директор школы"],
    headers=2,
    rows=[
        [BuiltCell("№", rows=2), BuiltCell("Мероприятия", columns=2), BuiltCell("Сроки", rows=2), "Кто"],
        ["Название", "Результат", "Ответственные"],
        [BuiltCell("I. Подготовка условий", columns=5)],
        ["1.1", "Издание приказа:\n– о внедрении;\n– о кураторах", "Приказ", BuiltCell("май 2024", rows=2), "директор"],
        ["1.2", "Формирование базы", "", "куратор, педагог-психолог"],
        ["1.3", LONG * 8, "Справка", "июнь", "куратор"],
        ["2.", "Итоги", "", "", ""],
    ],
)
SWAPPED = BuiltPlan(
    rows=[
        ["Ответственные", "Сроки исполнения", "№ п/п", "Содержание деятельности"],
        ["директор", "до 1 октября", "1.", "Издание приказа"],
        ["куратор", "ежегодно, май", "2.", "Мониторинг"],
    ],
)
PLAIN = BuiltPlan(rows=[["№", "Что", "Когда"], ["1.", "Приказ", ""], ["", "и положение", "май"]], before=["План"])

READERS = {"docx": docx_of, "html": html_of, "pdf": pdf_of}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("plan", [PLAN, SWAPPED, PLAIN], ids=["merged", "swapped", "plain"])
def test_plan_reads_the_same_from_each_kind_of_file(plan, kind):
    expected = [tuple(cell.text.strip() for cell in row) for row in plan.cells()]

    blocks = blocks_of_file(READERS[kind](plan), f"план.{kind}")

    own = [
        tuple(cell.text for cell in block.cells if not cell.is_carried) for block in blocks if hasattr(block, "cells")
    ]
    assert own == expected
    assert paragraph_texts(blocks) == [*plan.before, *plan.after]


@pytest.mark.parametrize("kind", READERS)
def test_merged_cells_keep_their_columns_and_are_carried_down(kind):
    blocks = blocks_of_file(READERS[kind](PLAN), f"план.{kind}")

    rows = [block for block in blocks if hasattr(block, "cells")]
    assert [[cell.span for cell in row.cells] for row in rows[:3]] == [[1, 2, 1, 1], [1, 1, 1, 1, 1], [5]]
    assert [(cell.text, cell.is_carried) for cell in rows[1].cells][::3] == [("№", True), ("Сроки", True)]
    assert (rows[4].cells[3].text, rows[4].cells[3].is_carried) == ("май 2024", True)
    assert {row.table for row in rows} == {0}


def test_row_split_over_pages_of_a_pdf_goes_on_in_a_row_without_number():
    blocks = blocks_of_file(pdf_of(PLAN, page="size: 297mm 90mm;"), "план.pdf")

    rows = [row for row in row_texts(blocks) if len(row) == 5 and row[1] != "Название"]
    split = [row for row in rows if row[0] in {"1.3", ""}]
    assert {block.page for block in blocks} == {1, 2, 3}
    assert {block.table for block in blocks if hasattr(block, "cells")} == {0}
    assert len(split) > 1
    assert [row[0] for row in split] == ["1.3", *[""] * (len(split) - 1)]
    assert " ".join(row[1] for row in split) == (LONG * 8).strip()


def test_header_repeated_on_each_page_of_a_pdf_is_a_row_there():
    blocks = blocks_of_file(pdf_of(PLAN, page="size: 297mm 90mm;"), "план.pdf")

    pages = [block.page for block in blocks if hasattr(block, "cells") and block.cells[0].text == "№"]
    assert pages == [1, 1, 2, 2, 3, 3]


def test_extracted_text_of_a_plain_table_reads_as_the_documents_do():
    from_text = blocks_of_file(text_of(PLAIN), "план.txt")

    assert row_texts(from_text) == row_texts(blocks_of_file(docx_of(PLAIN), "план.docx"))
    assert paragraph_texts(from_text) == ["План"]


WORDS = st.text("абвгдежз АБВ«»,.", min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5))
def test_any_table_reads_the_same_from_docx_and_html(rows):
    plan = BuiltPlan(rows)

    from_docx = blocks_of_file(docx_of(plan), "план.docx")

    assert from_docx == blocks_of_file(html_of(plan), "план.html")
    assert row_texts(from_docx) == rows
