"""Reading in a process of its own."""

from pathlib import Path

import pytest

from roadmap.reading import apart
from roadmap.reading.apart import TOO_MUCH, read_apart
from roadmap.reading.file import reading_of_file
from roadmap.reading.file_error import FileError
from tests.roadmap.reading.built import BuiltCell, BuiltPlan, docx_of

DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.name[:1])
def test_document_read_apart_is_the_same(path: Path) -> None:
    content = path.read_bytes()

    reading = read_apart(content, path.name)

    assert reading == reading_of_file(content, path.name)


def test_merged_cells_read_apart_are_the_same() -> None:
    plan = BuiltPlan(rows=[["№", "Мероприятие", "Срок"], ["1", "Анкета", BuiltCell("май", rows=2)], ["2", "Встреча"]])
    content = docx_of(plan)

    reading = read_apart(content, "plan.docx")

    assert reading == reading_of_file(content, "plan.docx")


def test_refusal_comes_over_with_its_place() -> None:
    with pytest.raises(FileError) as told:
        reading_of_file(b"PK\x03\x04 broken", "plan.docx")

    with pytest.raises(FileError) as refusal:
        read_apart(b"PK\x03\x04 broken", "plan.docx")

    assert (refusal.value.message, refusal.value.place) == (told.value.message, told.value.place)


@pytest.mark.parametrize(("name", "least"), [("MOST_MEMORY", 1), ("MOST_SECONDS", 0)])
def test_document_that_needs_too_much_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, least: int) -> None:
    monkeypatch.setattr(apart, name, least)

    with pytest.raises(FileError, match=TOO_MUCH):
        read_apart((DOCUMENTS / "D-licey-22.txt").read_bytes() * 40, "plan.txt")
