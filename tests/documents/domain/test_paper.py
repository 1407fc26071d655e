"""A paper survives storage, and its fingerprint knows each letter."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.domain.paper import Named, OrderPaper, SimpleMark, Table, TableRow, content_hash
from tests.documents.conftest import PAPER, SIGNED_PAPER

texts = st.text(max_size=20)
few = st.integers(0, 3)
rows = st.builds(
    TableRow, group_cells=st.lists(texts, max_size=2).map(tuple), span=few, cells=st.lists(texts, max_size=3).map(tuple)
)
tables = st.builds(
    Table, columns=st.lists(texts, max_size=3).map(tuple), group_columns=few, rows=st.lists(rows, max_size=3).map(tuple)
)
papers = st.builds(
    replace,
    st.just(PAPER),
    heading=texts,
    points=st.lists(texts, max_size=3).map(tuple),
    table=st.none() | tables,
    acquaintance=st.lists(st.builds(Named, texts, texts), max_size=2).map(tuple),
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
