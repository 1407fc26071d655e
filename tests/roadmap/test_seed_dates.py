"""The dates of the five real documents: every term in words, and what a person reads it to mean."""

import json
from datetime import date

import pytest

from config.environment import BASE_DIR
from roadmap.domain.document.as_json import plan_json
from roadmap.domain.document.understanding import understand
from roadmap.reading.text import blocks_of_text

DOCUMENTS = BASE_DIR / "tests" / "roadmap" / "documents"
UNTIL = date(2024, 8, 31)
"""Where an open plan is read to; the others end by themselves."""

# Document, the words of a term, its kind, its windows as «first/last» (… where there is no first day), assumptions.
TERMS = """
A |  | none | |
B | Август 2024 | once | 2024-08-01/2024-08-31 |
B | Сентябрь 2024 | once | 2024-09-01/2024-09-30 |
B | до 1 октября 2024 | due | …/2024-10-01 |
B | в соответствии со сроками реализации программ наставничества | by_reference | |
B | В течение года | throughout_year | 2024-09-01/2025-08-31 |
B | в соответствии со сроками, устанавливаемыми Минпросвещения России | by_reference | |
B | Ежегодно в мае | yearly | 2025-05-01/2025-05-31 |
B | Ежегодно в июне | yearly | 2025-06-01/2025-06-30 |
B | Ежегодно в мае, августе | yearly | 2025-05-01/2025-05-31 2025-08-01/2025-08-31 |
C | май-сентябрь 2022г., далее ежегодно | yearly | 2022-05-01/2022-09-30 2023-05-01/2023-09-30 2024-05-01/2024-09-30 |
C | ежегодно, по плану СКИРО ПК и ПРО | by_reference | |
C | постоянно | always | 2022-04-08/2024-08-31 |
C | Ежегодно в течение учебного года, по отдельному плану | throughout_year | \
2022-04-08/2022-08-31 2022-09-01/2023-08-31 2023-09-01/2024-08-31 | reference
C | август 2022 г. | once | 2022-08-01/2022-08-31 |
C | апрель, ежегодно | yearly | 2022-04-01/2022-04-30 2023-04-01/2023-04-30 2024-04-01/2024-04-30 |
C | март, ежегодно | yearly | 2023-03-01/2023-03-31 2024-03-01/2024-03-31 |
C | июль-август, ежегодно | yearly | 2022-07-01/2022-08-31 2023-07-01/2023-08-31 2024-07-01/2024-08-31 |
C | до 01.05.2022 г. | due | …/2022-05-01 |
C | в течение всего периода реализации программ | always | 2022-04-08/2024-08-31 |
C | до 15.09.2022г., далее ежегодно | yearly | …/2022-09-15 …/2023-09-15 |
C | в течение учебного года | throughout_year | 2022-04-08/2022-08-31 2022-09-01/2023-08-31 2023-09-01/2024-08-31 |
C | ежеквартально | quarterly | 2022-04-08/2022-06-30 2022-07-01/2022-09-30 2022-10-01/2022-12-31 \
2023-01-01/2023-03-31 2023-04-01/2023-06-30 2023-07-01/2023-09-30 2023-10-01/2023-12-31 \
2024-01-01/2024-03-31 2024-04-01/2024-06-30 2024-07-01/2024-08-31 |
C | май ежегодно (в рамках ШМО) | yearly | 2022-05-01/2022-05-31 2023-05-01/2023-05-31 2024-05-01/2024-05-31 |
D |  | none | |
D | Январь 2023-2024 | once | 2024-01-01/2024-01-31 |
D | Февраль 2023-2024 | once | 2024-02-01/2024-02-29 |
D | октябрь 2023-2024 | once | 2023-10-01/2023-10-31 |
D | Сентябрь 2023-2024 | once | 2023-09-01/2023-09-30 |
D | Ноябрь 2023-2024 | once | 2023-11-01/2023-11-30 |
D | Декабрь 2023-2024 | once | 2023-12-01/2023-12-31 |
D | Октябрь 2023-2024 | once | 2023-10-01/2023-10-31 |
D | Декабрь 2023-2024 май 2023-2024 | once | 2023-12-01/2024-05-31 |
D | Февраль-май 2023-2024 | once | 2024-02-01/2024-05-31 |
D | Май 2023-2024 | once | 2024-05-01/2024-05-31 |
D | Июнь 2023-2024 | once | 2024-06-01/2024-06-30 |
E | май – сентябрь 2024 | once | 2024-05-01/2024-09-30 |
E | сентябрь 2024 | once | 2024-09-01/2024-09-30 |
E | ежегодно, сентябрь | yearly | \
2024-09-01/2024-09-30 2025-09-01/2025-09-30 2026-09-01/2026-09-30 2027-09-01/2027-09-30 |
E | в течение года | throughout_year | 2024-01-01/2024-08-31 2024-09-01/2025-08-31 2025-09-01/2026-08-31 \
2026-09-01/2027-08-31 2027-09-01/2027-12-31 |
E | ноябрь | yearly | 2024-11-01/2024-11-30 2025-11-01/2025-11-30 2026-11-01/2026-11-30 2027-11-01/2027-11-30 | year
E | октябрь | yearly | 2024-10-01/2024-10-31 2025-10-01/2025-10-31 2026-10-01/2026-10-31 2027-10-01/2027-10-31 | year
E | ежегодно, октябрь - ноябрь | yearly | \
2024-10-01/2024-11-30 2025-10-01/2025-11-30 2026-10-01/2026-11-30 2027-10-01/2027-11-30 |
E | ежегодно, декабрь, апрель | yearly | 2024-04-01/2024-04-30 2024-12-01/2024-12-31 2025-04-01/2025-04-30 \
2025-12-01/2025-12-31 2026-04-01/2026-04-30 2026-12-01/2026-12-31 2027-04-01/2027-04-30 2027-12-01/2027-12-31 |
E | ежегодно, май | yearly | 2024-05-01/2024-05-31 2025-05-01/2025-05-31 2026-05-01/2026-05-31 2027-05-01/2027-05-31 |
"""


def by_hand(key: str) -> dict[str, tuple[str, list[list[str | None]], list[str]]]:
    """Kind, windows and assumptions of each term of a document, by its words."""
    found = {}
    for line in TERMS.strip().splitlines():
        document, words, kind, windows, assumed = (part.strip() for part in line.split("|"))
        if document == key:
            days = [window.split("/") for window in windows.split()]
            found[words] = (kind, [[None if first == "…" else first, last] for first, last in days], assumed.split())
    return found


@pytest.mark.parametrize("key", "ABCDE")
def test_every_term_comes_to_the_dates_a_person_reads(key: str) -> None:
    content = next(DOCUMENTS.glob(f"{key}-*.txt")).read_bytes()

    measures = json.loads(json.dumps(plan_json(understand(blocks_of_text(content), until=UNTIL))))["measures"]

    terms = {each["term"]["text"]: each["term"] for each in measures}
    assert {words: (term["kind"], term["windows"], term["assumed"]) for words, term in terms.items()} == by_hand(key)
