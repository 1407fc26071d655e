"""Rules of the tests themselves."""

import re
from pathlib import Path

import pytest

from config.environment import BASE_DIR

TESTS = sorted((BASE_DIR / "tests").rglob("test_*.py"))
TRANSACTIONAL = re.compile(r"django_db\([^)]*transaction=True[^)]*\)")
FORBIDDEN = re.compile(r"pytest\.(?:skip|xfail|importorskip)\(|mark\.(?:skip|skipif|xfail)\b|\bmock\.patch|\bmocker\b")


def source(path: Path) -> str:
    return path.read_text()


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in TESTS])
def test_tests_with_real_transactions_put_the_migrated_rows_back(path: Path) -> None:
    """One that does not leaves an empty database behind, and those after it fail for nothing of theirs."""
    marks = TRANSACTIONAL.findall(source(path))

    assert [mark for mark in marks if "serialized_rollback=True" not in mark] == []


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in TESTS if path != Path(__file__)])
def test_tests_are_not_skipped_and_mock_nothing(path: Path) -> None:
    assert FORBIDDEN.findall(source(path)) == []
