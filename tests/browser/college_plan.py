"""Roadmap B, whose text stands in tests/roadmap/documents, as the Word document it was before the extraction."""

import re
from pathlib import Path

from tests.roadmap.reading.built import BULLET, BuiltCell, BuiltPlan, docx_of

TEXT = Path(__file__).parent.parent / "roadmap" / "documents" / "B-omutninskiy-kolledzh.txt"
COLUMNS = 5
IN_JUNE = "Ежегодно в июне"
MARKUP = re.compile(r"</?\w[^>]*>|\*\*")
ITEM = re.compile(r"\s*(?:✓|–)\s+(?=\w)")


def college_plan_docx(in_june: str = IN_JUNE) -> bytes:
    """The document: title page, one table with merged rows for its sections, bullets inside cells.

    `in_june` stands instead of the term of its measure 4.3.
    """
    lines = TEXT.read_text().replace(IN_JUNE, in_june).splitlines()
    rows = [_row(line.split("\t")) for line in lines if "\t" in line]
    before = [MARKUP.sub("", line).strip() for line in lines if "\t" not in line and line.strip()]
    return docx_of(BuiltPlan(rows=rows, before=before))


def _row(cells: list[str]) -> list[str | BuiltCell]:
    texts = [ITEM.sub(f"\n{BULLET}", MARKUP.sub("", cell)).strip() for cell in cells]
    return texts if any(texts[1:]) else [BuiltCell(texts[0], columns=COLUMNS)]
