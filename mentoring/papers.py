"""What an assignment order says: its first wording and the whole paper; the text of the model regulation."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from documents.domain.numbers import short_date
from documents.domain.paper import OrderPaper, Table, TableRow
from documents.papers import draft_paper, frozen_paper
from documents.queries import participants
from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.order_texts import (
    Ending,
    OrderText,
    assignment_text,
    ending_text,
    extension_text,
    replacement_text,
)
from mentoring.domain.vocabulary import EndGround
from mentoring.models import AssignmentOrder, AssignmentOrderLine, Pairing
from mentoring.queries.orders import basis_words, lines_of, pair_text, persons_in
from people.access import Access
from people.models import Organisation, Person

PAIRS_IN_TEXT = 8
"""With more pairings than this the table goes to an annex and the text does not repeat the names."""

PROGRAMMES_DUE_AFTER = timedelta(days=14)

BY_LABOUR_CODE = frozenset({MentoringForm.TEACHER_TEACHER, MentoringForm.HEAD_TEACHER})

REGULATION = Path(__file__).with_name("texts") / "regulation.txt"

COLUMNS = ("№", "Наставник", "Наставляемый", "Форма, вид", "Направление работы", "Период")


def first_assignment_text(access: Access, pairings: Sequence[Pairing], control: Person | None) -> OrderText:
    """The wording an order on new pairings starts with."""
    people = participants(access, [*persons_in(pairings), *([control] if control else [])])
    return assignment_text(
        [pair_text(pairing, people) for pairing in pairings],
        regulation=access.organisation.regulation,
        is_by_labour_code=is_by_labour_code(pairings),
        curator=people[control.pk] if control else None,
        programmes_due_on=access.today + PROGRAMMES_DUE_AFTER,
        is_in_annex=len(pairings) > PAIRS_IN_TEXT,
    )


def first_ending_text(
    access: Access, pairing: Pairing, *, last_day: date, ground: EndGround, control: Person | None
) -> OrderText:
    """The wording an order that ends a pairing starts with."""
    people = participants(access, [*persons_in([pairing]), *([control] if control else [])])
    ending = Ending(pair_text(pairing, people), last_day, ground, basis_words(pairing.basis))
    return ending_text(
        [ending], regulation=access.organisation.regulation, control=people[control.pk] if control else None
    )


def first_replacement_text(
    access: Access, old: Pairing, new: Pairing, *, last_day: date, control: Person | None
) -> OrderText:
    """The wording an order that replaces a mentor starts with."""
    people = participants(access, [*persons_in([old, new]), *([control] if control else [])])
    return replacement_text(
        Ending(pair_text(old, people), last_day, EndGround.REPLACEMENT, basis_words(old.basis)),
        pair_text(new, people),
        regulation=access.organisation.regulation,
        is_by_labour_code=is_by_labour_code([new]),
        control=people[control.pk] if control else None,
    )


def first_extension_text(access: Access, pairing: Pairing, *, last_day: date, control: Person | None) -> OrderText:
    """The wording an order that prolongs a pairing starts with."""
    people = participants(access, [*persons_in([pairing]), *([control] if control else [])])
    return extension_text(
        pair_text(pairing, people),
        last_day=last_day,
        basis=basis_words(pairing.basis),
        regulation=access.organisation.regulation,
        control=people[control.pk] if control else None,
    )


def is_by_labour_code(pairings: Sequence[Pairing]) -> bool:
    """Whether article 351.8 stands behind these pairings: employees of this employer on both sides."""
    return all(pairing.form in BY_LABOUR_CODE for pairing in pairings)


def order_paper(access: Access, order: AssignmentOrder) -> OrderPaper:
    """The whole order as it stands: the frozen paper where there is one, else made from the draft."""
    document = order.document
    found = frozen_paper(document)
    if found is not None:
        return found
    lines = lines_of(access, order)
    named = persons_in([line.pairing for line in lines])
    if order.control and order.control not in named:
        named.append(order.control)
    return draft_paper(
        access,
        document,
        named=named,
        table=_table(lines) if order.action == AssignmentOrder.Action.ASSIGN else None,
        table_in_annex=len(lines) > PAIRS_IN_TEXT,
    )


def _table(lines: Sequence[AssignmentOrderLine]) -> Table:
    rows: list[TableRow] = []
    for number, line in enumerate(lines, 1):
        pairing = line.pairing
        period = f"{short_date(pairing.starts_on)} – {short_date(pairing.ends_on)}"
        ways = f"{pairing.get_form_display()}, {pairing.get_kind_display()}"
        for index, place in enumerate(pairing.places):
            first = index == 0
            rows.append(
                TableRow(
                    group_cells=(str(number), described(pairing.mentor)) if first else (),
                    span=len(pairing.places) if first else 0,
                    cells=(described(place.mentee), ways, pairing.goal or "—", period),
                )
            )
    return Table(columns=COLUMNS, group_columns=2, rows=tuple(rows))


def described(person: Person) -> str:
    """Name, post, subject and class of a person in one cell of the table."""
    details = [person.post, person.subject, person.class_name]
    return ", ".join([person.full_name, *(detail for detail in details if detail)])


def regulation_paragraphs(organisation: Organisation) -> tuple[str, ...]:
    """The model regulation on mentoring of teachers as the paragraphs of an annex, with the organisation's name in it.

    Its parts are those of the domain reference, 6.4a; acts of law are cited as in its section 1.
    """
    text = REGULATION.read_text(encoding="utf-8").replace("{organisation}", organisation.short_name)
    return tuple(text.splitlines())
