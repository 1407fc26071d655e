"""Tripwires of size (style.md, section 13): over the line means stop and split by noun."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.environment import BASE_DIR

PACKAGES = ("people", "jobs", "documents", "mentoring", "surveys", "community", "roadmap", "config")
FILE_LINES = 400
FUNCTION_STATEMENTS = 30
VIEW_LINES = 25
CLASS_LINES = 200
TEMPLATE_LINES = 150
DEPENDENCIES = 30

PINNED = re.compile(r"^[A-Za-z0-9_.\-]+(\[[a-z0-9,\-]+\])?==[0-9][0-9A-Za-z.\-]*\s+# \S.{3,}$")


def modules() -> list[Path]:
    found = (path for package in PACKAGES for path in (BASE_DIR / package).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def too_long_functions(tree: ast.Module, limit: int = FUNCTION_STATEMENTS) -> list[str]:
    """Names of functions with more statements than `limit`, counted as ruff counts them."""
    return [node.name for node in _functions(tree) if _statements(node.body) > limit]


def too_long_classes(tree: ast.Module, limit: int = CLASS_LINES) -> list[str]:
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return [node.name for node in classes if node.end_lineno - node.lineno + 1 > limit]


def too_long_views(tree: ast.Module, limit: int = VIEW_LINES) -> list[str]:
    """Names of functions that answer a request in more lines than `limit`; decorators do not count."""
    views = (node for node in _functions(tree) if node.returns and ast.unparse(node.returns).endswith("Response"))
    return [node.name for node in views if node.end_lineno - node.lineno + 1 > limit]


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _statements(body: list[ast.stmt]) -> int:
    return sum(1 for statement in body for node in ast.walk(statement) if isinstance(node, ast.stmt))


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def requirements() -> list[str]:
    lines = (line.strip() for line in (BASE_DIR / "requirements.txt").read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def test_files_are_short() -> None:
    assert {str(path): _lines(path) for path in modules() if _lines(path) > FILE_LINES} == {}


def test_functions_are_short() -> None:
    found = {str(path): too_long_functions(ast.parse(path.read_text())) for path in modules()}

    assert {path: names for path, names in found.items() if names} == {}


def test_classes_are_short() -> None:
    found = {str(path): too_long_classes(ast.parse(path.read_text())) for path in modules()}

    assert {path: names for path, names in found.items() if names} == {}


def test_views_are_short() -> None:
    found = {str(path): too_long_views(ast.parse(path.read_text())) for path in modules()}

    assert {path: names for path, names in found.items() if names} == {}


def test_templates_are_short() -> None:
    templates = (BASE_DIR / "templates").rglob("*.*")

    assert {str(path): _lines(path) for path in templates if _lines(path) > TEMPLATE_LINES} == {}


def test_dependencies_are_few() -> None:
    assert 0 < len(requirements()) <= DEPENDENCIES


def test_dependencies_are_pinned_and_have_a_reason() -> None:
    assert [line for line in requirements() if not PINNED.match(line)] == []


@pytest.mark.parametrize(
    "line",
    ["Django", "Django>=5.2  # framework", "Django==5.2.19", "Django==5.2.19  #", "-r other.txt", "git+https://x  # y"],
)
def test_requirement_without_pin_or_reason_is_seen(line: str) -> None:
    assert not PINNED.match(line)


def test_size_checks_see_what_is_one_over() -> None:
    body = "\n".join(["    pass"] * 30)
    tree = ast.parse(f"def view(request) -> HttpResponse:\n{body}\n    pass\nclass Long:\n{body}\n")

    assert too_long_functions(tree) == ["view"]
    assert too_long_functions(tree, 31) == []
    assert too_long_views(tree) == ["view"]
    assert too_long_views(tree, 32) == []
    assert too_long_classes(tree, 30) == ["Long"]
    assert too_long_classes(tree, 31) == []
