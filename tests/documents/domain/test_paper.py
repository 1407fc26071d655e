"""A paper survives storage, and its fingerprint knows each letter."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.domain.paper import Annex, AnnexLine, Named, OrderPaper, SimpleMark, Table, TableRow, content_hash
from tests.documents.conftest import PAPER, SIGNED_PAPER

texts = st.text(max_size=20)
few = st.integers(0, 3)
rows = st.builds(
    TableRow, group_cells=st.lists(texts, max_size=2).map(tuple), span=few, cells=st.lists(texts, max_size=3).map(tuple)
)
tables = st.builds(
    Table, columns=st.lists(texts, max_size=3).map(tuple), group_columns=few, rows=st.lists(rows, max_size=3).map(tuple)
)
annexes = st.builds(
    Annex,
    title=texts,
    paragraphs=st.lists(texts, max_size=2).map(tuple),
    table=st.none() | tables,
    is_wide=st.booleans(),
    chart=texts,
)
papers = st.builds(
    replace,
    st.just(PAPER),
    heading=texts,
    points=st.lists(texts, max_size=3).map(tuple),
    table=st.none() | tables,
    acquaintance=st.lists(st.builds(Named, texts, texts), max_size=2).map(tuple),
    annexes=st.lists(annexes, max_size=2).map(tuple),
    mark=st.none() | st.builds(SimpleMark, texts, texts, texts, texts),
)


@given(papers)
def test_paper_comes_back_from_json_as_it_went(paper: OrderPaper) -> None:
    assert OrderPaper.from_json(json.loads(json.dumps(paper.as_json()))) == paper


@pytest.mark.parametrize("paper", [PAPER, SIGNED_PAPER, replace(PAPER, table=None, points=(), acquaintance=())])
def test_hash_does_not_depend_on_the_order_of_keys(paper: OrderPaper) -> None:
    stored = paper.as_json()

    assert content_hash(dict(reversed(stored.items()))) == content_hash(stored)
    assert len(content_hash(stored)) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"heading": "О закреплении наставнических пар."},
        {"number": "210-од"},
        {"points": PAPER.points[:1]},
        {"points": PAPER.points[::-1]},
        {"table": None},
        {"acquaintance": PAPER.acquaintance[:1]},
        {"signer_name": "О. Ю. Савельев"},
    ],
)
def test_hash_knows_every_change(change: dict[str, object]) -> None:
    assert content_hash(replace(SIGNED_PAPER, **change).as_json()) != content_hash(SIGNED_PAPER.as_json())


def test_hash_leaves_out_the_mark_that_carries_it() -> None:
    assert content_hash(replace(SIGNED_PAPER, mark=None).as_json()) == content_hash(SIGNED_PAPER.as_json())


@pytest.mark.parametrize(
    ("row", "is_section"),
    [
        (TableRow.plain("Раздел 1"), True),
        (TableRow.plain("1", "Назначить"), False),
        (TableRow(("1",), 1, ("Котова",)), False),
        (TableRow((), 0, ("Лисина",)), False),
    ],
)
def test_row_with_a_single_text_is_a_section(row: TableRow, is_section: bool) -> None:
    assert row.is_section is is_section


def test_paper_without_annexes_is_stored_as_before_there_were_any() -> None:
    stored = PAPER.as_json()

    assert "annexes" not in stored
    assert OrderPaper.from_json(stored) == PAPER


def test_fingerprint_of_a_paper_from_before_annexes_stays() -> None:
    assert content_hash(SIGNED_PAPER.as_json()) == "268b3fc57120139b6beca518cc4a56e7fdd6d147ad122c63f79a236221b499db"


def test_hash_knows_the_annexes() -> None:
    one, other = (replace(SIGNED_PAPER, annexes=(Annex(title),)) for title in ("Положение", "Дорожная карта"))

    hashes = {content_hash(paper.as_json()) for paper in (SIGNED_PAPER, one, other)}

    assert len(hashes) == 3


def test_annex_without_a_chart_is_stored_as_before_there_were_any() -> None:
    (stored,) = replace(PAPER, annexes=(Annex("Положение"),)).as_json()["annexes"]

    assert stored == {"title": "Положение", "paragraphs": (), "table": None, "is_wide": False}


def test_chart_is_hashed_and_printed_from_the_paper_itself() -> None:
    plain, drawn = (replace(SIGNED_PAPER, annexes=(Annex("Итоги", chart=chart),)) for chart in ("", "<svg/>"))

    assert content_hash(plain.as_json()) != content_hash(drawn.as_json())
    assert [paper.annexes[0].chart_source for paper in (plain, drawn)] == ["", "data:image/svg+xml;base64,PHN2Zy8+"]


def test_paper_is_spoken_of_by_its_title() -> None:
    assert (PAPER.words.lead_in, PAPER.words.annex_to) == ("ПРИКАЗЫВАЮ:", "к приказу")
    assert replace(PAPER, title="СВОДКА").words.annex_to == "к сводке"


def test_annex_tells_headings_of_parts_from_paragraphs() -> None:
    annex = Annex("Положение", ("## 1. Общее", "1.1. Текст ## не заголовок"))

    assert annex.lines == (AnnexLine("1. Общее", True), AnnexLine("1.1. Текст ## не заголовок", False))


@pytest.mark.parametrize(("in_annex", "titles"), [(True, ["", "Положение"]), (False, ["Положение"])])
def test_table_in_an_annex_is_numbered_before_the_others(in_annex: bool, titles: list[str]) -> None:
    paper = replace(PAPER, table_in_annex=in_annex, annexes=(Annex("Положение"),))

    assert [annex.title for annex in paper.attached] == titles
