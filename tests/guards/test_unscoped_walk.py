"""Above the models, rows leave the database through `visible_to` (or `handed_down_by`), or a line says why not."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.environment import BASE_DIR

ALLOWED = frozenset({"visible_to", "handed_down_by", "none", "create", "bulk_create"})
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
SHORTCUTS = frozenset({"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"})
MARK = re.compile(r"#.*\bunscoped: \S")
PACKAGES = ("people", "jobs", "documents", "mentoring", "surveys", "community", "roadmap", "config")
BELOW = {"models", "models.py", "domain", "migrations"}


def walked_modules() -> list[Path]:
    """Every module that stands above the models of its app."""
    found = (path.relative_to(BASE_DIR) for package in PACKAGES for path in (BASE_DIR / package).rglob("*.py"))
    return sorted(path for path in found if path.parts[1] not in BELOW)


def unscoped(source: str) -> list[int]:
    """Lines of statements that reach for rows past `visible_to` and do not say why."""
    lines = source.splitlines()
    tree = ast.parse(source)
    faults = []
    for statement in ast.walk(tree):
        if isinstance(statement, ast.stmt):
            own = list(_own_nodes(statement))
            if any(_reaches(node, parents) for node, parents in own):
                first, last = _own_lines(statement)
                if not any(MARK.search(line) for line in lines[first - 1 : last]):
                    faults.append(statement.lineno)
    return sorted(faults)


def _own_nodes(statement: ast.stmt) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The expressions of a statement with their parents, without the statements inside it."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        parent = waiting.pop()
        for node in ast.iter_child_nodes(parent):
            if not isinstance(node, ast.stmt):
                yield node, parent
                waiting.append(node)


def _reaches(node: ast.AST, parent: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
        return not (isinstance(parent, ast.Attribute) and parent.attr in ALLOWED)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHORTCUTS:
        return bool(node.args) and isinstance(node.args[0], ast.Name) and node.args[0].id[:1].isupper()
    return False


def _own_lines(statement: ast.stmt) -> tuple[int, int]:
    inner = [node.lineno for node in ast.walk(statement) if isinstance(node, ast.stmt) and node is not statement]
    last = min(inner) - 1 if inner else statement.end_lineno
    return statement.lineno, max(last, statement.lineno)


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path)) for path in walked_modules()])
def test_rows_leave_the_database_through_visible_to(path: Path) -> None:
    assert unscoped((BASE_DIR / path).read_text()) == []


def test_walk_sees_every_layer() -> None:
    seen = {str(path) for path in walked_modules()}

    assert {
        "people/gate.py",
        "people/views/persons.py",
        "people/forms/organisations.py",
        "people/queries/names.py",
        "jobs/periodic.py",
        "documents/operations/signing.py",
        "documents/tasks.py",
        "mentoring/papers.py",
        "mentoring/intake/write.py",
        "mentoring/operations/matching.py",
        "mentoring/queries/matching_input.py",
        "roadmap/intake/occurrences.py",
        "roadmap/queries/plan_page.py",
        "roadmap/operations/marks.py",
        "roadmap/periodic.py",
        "surveys/markup.py",
        "surveys/printing/blank.py",
        "surveys/queries/counting.py",
        "surveys/operations/closing.py",
        "surveys/views/answering.py",
        "community/queries/own.py",
        "community/tasks.py",
        "config/navigation.py",
    } <= seen


@pytest.mark.parametrize(
    "source",
    [
        "Person.objects.all()",
        "Person.objects.filter(pk=1)",
        "rows = list(Person.objects.filter(pk=1).visible_to(access))",
        "Person.objects.get(pk=pk)  # a comment that explains nothing",
        "Person.objects.get(pk=pk)  # unscoped:",
        "find(Person.objects)",
        "people = Person.objects",
        "tables.profile.objects.update(note='')",
        "Person._default_manager.first()",
        "get_object_or_404(Person, pk=1)",
        "if Person.objects.exists():\n    pass  # unscoped: stands at another statement",
        "for person in Person.objects.order_by('pk'):\n    say(person)  # unscoped: stands in the body",
        "def f():\n    return Person.objects.count()",
        "Person.objects.visible_to(access).filter(pk__in=Consent.objects.values('person'))",
        "Person.objects.bulk_update(rows, ['note'])",
    ],
)
def test_checker_finds_an_unscoped_read(source: str) -> None:
    assert len(unscoped(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "Person.objects.visible_to(access).get(pk=pk)",
        "Person.objects.none()",
        "Person.objects.create(surname='Котова')",
        "Person.objects.bulk_create(rows)",
        "Person.objects.get(pk=pk)  # unscoped: worker",
        "rows = (\n    Person.objects.filter(pk=1)  # unscoped: one's own row\n    .order_by('pk')\n)",
        "if Person.objects.exists():  # unscoped: command\n    pass",
        "get_object_or_404(Person.objects.visible_to(access), pk=1)",
        "get_object_or_404(profiles, pk=1)",
        "x = 1  # noqa: S105 unscoped: two remarks on one line\n",
    ],
)
def test_checker_lets_a_scoped_or_explained_read_pass(source: str) -> None:
    assert unscoped(source) == []
