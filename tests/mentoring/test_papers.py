"""What an assignment order says on paper: table, annex, acquaintance sheet; and that it stays so."""

import pytest

from documents.domain.paper import Named, OrderPaper, TableRow
from mentoring.operations.orders import discard_order, send_order
from mentoring.papers import COLUMNS, described, is_by_labour_code, order_paper, regulation_paragraphs
from people.models import Organisation, Person
from tests.factories import PairingMenteeFactory, PersonFactory, pair
from tests.mentoring.order_steps import SOON, agreed, drafted, ending, in_bank, signed, working


def named(person, **values):
    Person.objects.filter(pk=person.pk).update(**values)


def test_table_has_a_row_for_each_mentee_and_a_span_for_each_mentor(curator):
    group = agreed(curator, goal="адаптация")
    named(group.mentor, surname="Котова", given="Марина", patronymic="Сергеевна", subject="физика")
    named(group.mentees.get().mentee, surname="Белова", post="", subject="", class_name="7 Б")
    second = in_bank(curator.organisation, surname="Яшина", post="воспитатель", subject="")
    PairingMenteeFactory(pairing=group, mentee=second, slot=2)
    single = agreed(curator, form="peer", kind="virtual")
    named(single.mentor, surname="Громова")
    named(single.mentees.get().mentee, surname="Лисина")

    paper = order_paper(curator.access, drafted(curator, group, single))

    period = "04.09.2026 – 31.05.2027"
    assert paper.table.columns == COLUMNS
    assert paper.table.group_columns == 2
    assert paper.table.rows == (
        TableRow(
            ("1", "Громова Анна Ивановна, учитель, математика"),
            1,
            ("Лисина Анна Ивановна, учитель, математика", "ученик – ученик, дистанционное", "—", period),
        ),
        TableRow(
            ("2", "Котова Марина Сергеевна, учитель, физика"),
            2,
            ("Белова Анна Ивановна, 7 Б", "педагог – педагог, традиционное", "адаптация", period),
        ),
        TableRow((), 0, ("Яшина Анна Ивановна, воспитатель", "педагог – педагог, традиционное", "адаптация", period)),
    )


@pytest.mark.parametrize(("pairs", "in_annex"), [(1, False), (8, False), (9, True)])
def test_table_goes_to_an_annex_over_eight_pairs(curator, pairs, in_annex):
    order = drafted(curator, *[agreed(curator) for _ in range(pairs)])

    paper = order_paper(curator.access, order)

    assert (len(paper.table.rows), paper.table_in_annex) == (pairs, in_annex)
    assert paper.points[0].endswith("согласно приложению.") is in_annex


def test_spans_of_a_table_fill_its_rows(curator):
    group = agreed(curator)
    PairingMenteeFactory(pairing=group, mentee=in_bank(curator.organisation), slot=2)

    rows = order_paper(curator.access, drafted(curator, group, agreed(curator), agreed(curator))).table.rows

    assert sum(row.span for row in rows) == len(rows) == 4
    assert all(bool(row.group_cells) is (row.span > 0) for row in rows)


def test_acquaintance_sheet_names_everyone_once_mentors_first(curator):
    one = agreed(curator)
    named(one.mentor, surname="Яшина")
    named(one.mentees.get().mentee, surname="Белова", post="")
    other = pair(curator.organisation, state="agreed")
    other.mentor = one.mentor
    mentee = other.mentees.get().mentee
    named(mentee, surname="Абрамова", post="вожатая")
    other.mentees.update(mentor=one.mentor, slot=2)
    other.save()

    paper = order_paper(curator.access, drafted(curator, one, other))

    assert paper.acquaintance == (
        Named("Яшина Анна Ивановна", "учитель"),
        Named("Абрамова Анна Ивановна", "вожатая"),
        Named("Белова Анна Ивановна", ""),
        Named("Орлова Елена Викторовна", "заместитель директора по учебно-воспитательной работе"),
    )


def test_curator_who_is_a_mentor_too_is_named_once(curator):
    pairing = agreed(curator)
    pairing.mentees.update(mentor=curator.person)
    pairing.mentor = curator.person
    pairing.save()

    paper = order_paper(curator.access, drafted(curator, pairing))

    assert [each.name for each in paper.acquaintance].count("Орлова Елена Викторовна") == 1
    assert len(paper.acquaintance) == 2


def test_draft_has_no_number_and_is_signed_by_the_head(curator, director):
    paper = order_paper(curator.access, drafted(curator))

    assert (paper.title, paper.number, paper.date, paper.mark) == ("ПРИКАЗ", "", "", None)
    assert (paper.signer_post, paper.signer_name) == ("Директор", "О.\u00a0Ю.\u00a0Савельев")
    assert (paper.organisation_short, paper.place) == ("Лицей № 7", "г. Приозёрск")


def test_organisation_without_a_head_leaves_the_signature_open(curator):
    paper = order_paper(curator.access, drafted(curator))

    assert (paper.signer_post, paper.signer_name) == ("Руководитель", "")


def test_order_that_ends_a_pair_has_no_table(curator, director):
    order = ending(curator, working(curator, director), SOON)

    paper = order_paper(curator.access, order)

    assert (paper.table, paper.table_in_annex) == (None, False)
    assert [point.partition(" ")[0] for point in paper.points] == ["1.", "2.", "3."]


def test_draft_follows_a_changed_surname_and_a_sent_order_does_not(curator):
    order = drafted(curator)
    mentor = order.lines.get().pairing.mentor
    named(mentor, surname="Замужняя")
    draft = order_paper(curator.access, order)
    send_order(curator.access, document_id=order.pk)
    order.document.refresh_from_db()
    sent = order_paper(curator.access, order)
    named(mentor, surname="Другая")

    again = order_paper(curator.access, order)

    assert draft.table.rows[0].group_cells[1].startswith("Замужняя")
    assert again == sent == draft


def test_reprint_equals_the_original_after_people_and_school_changed(curator, director):
    pairing = agreed(curator)
    order = drafted(curator, pairing)
    document = signed(curator, director, order)
    order.refresh_from_db()
    original = order_paper(curator.access, order)
    named(pairing.mentor, surname="Замужняя", post="директор")
    named(director.person, surname="Новый")
    curator.organisation.short_name = "Гимназия"
    curator.organisation.save()

    order.document.refresh_from_db()
    reprint = order_paper(curator.access, order)

    assert reprint == original == OrderPaper.from_json(document.paper)
    assert (reprint.number, reprint.date) == ("1-од", "20\u00a0ноября 2026\u00a0г.")
    assert (reprint.mark.name, reprint.mark.post, reprint.mark.at) == (
        "Савельев Олег Юрьевич",
        "Директор",
        "20.11.2026 12:00",
    )


def test_discarded_draft_leaves_the_first_order_as_it_was(curator, director):
    pairing = working(curator, director)
    before = pairing.basis.paper

    discard_order(curator.access, document_id=ending(curator, pairing, SOON).pk)

    pairing.basis.refresh_from_db()
    assert OrderPaper.from_json(pairing.basis.paper) == OrderPaper.from_json(before)
    assert pairing.basis.state == "in_force"


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"post": "учитель", "subject": "химия", "class_name": ""}, "Котова Анна Ивановна, учитель, химия"),
        ({"post": "", "subject": "", "class_name": "7 Б"}, "Котова Анна Ивановна, 7 Б"),
        ({"post": "", "subject": ""}, "Котова Анна Ивановна"),
    ],
)
def test_person_is_described_in_one_cell(person, words):
    assert described(PersonFactory.build(surname="Котова", **person)) == words


@pytest.mark.parametrize(
    ("given", "patronymic", "words"),
    [("Олег", "Юрьевич", "О.\u00a0Ю.\u00a0Савельев"), ("Олег", "", "О.\u00a0Савельев"), ("", "", "Савельев")],
)
def test_head_signs_with_initials_before_the_surname(given, patronymic, words):
    assert Person(surname="Савельев", given=given, patronymic=patronymic).signature_name == words


@pytest.mark.parametrize(
    ("forms", "is_named"),
    [
        (["teacher_teacher"], True),
        (["teacher_teacher", "head_teacher"], True),
        (["teacher_teacher", "peer"], False),
        (["employer_student"], False),
    ],
)
def test_labour_code_stands_behind_employees_alone(curator, forms, is_named):
    pairings = [agreed(curator, form=form) for form in forms]

    order = drafted(curator, *pairings)

    assert is_by_labour_code(pairings) is is_named
    assert ("351.8" in order.document.preamble) is is_named


def test_regulation_has_its_parts_and_its_points_in_order():
    lines = regulation_paragraphs(Organisation(short_name="МБОУ «Лицей № 7»"))

    parts = [line for line in lines if line.startswith("## ")]
    points = [line.partition(" ")[0] for line in lines if line[0].isdigit()]
    expected, part = [], 0
    for line in lines:
        if line.startswith("## "):
            part, point = part + 1, 0
            assert line.startswith(f"## {part}. ")
        elif line[0].isdigit():
            point += 1
            expected.append(f"{part}.{point}.")
    assert points == expected
    assert (len(parts), 35 <= len(points) <= 50) == (9, True)


def test_regulation_names_the_organisation_and_the_right_law():
    text = "\n".join(regulation_paragraphs(Organisation(short_name="МБОУ «Лицей № 7»")))

    for words in ("МБОУ «Лицей № 7»", "351.8", "381-ФЗ", "1264-р", "АЗ-1128/08", "не менее чем за три рабочих дня"):
        assert words in text
    for words in ("358.1", "{", "}", "  "):
        assert words not in text


def test_regulation_ends_each_line_with_a_mark_and_each_list_with_a_full_stop():
    lines = [line for line in regulation_paragraphs(Organisation(short_name="Школа")) if not line.startswith("## ")]

    assert [line for line in lines if line[-1] not in ".;:"] == []
    for line, following in zip(lines, [*lines[1:], "конец"], strict=True):
        assert line.endswith(";") == (line.startswith("– ") and following.startswith("– ")), line
        assert line.endswith(":") == (not line.startswith("– ") and following.startswith("– ")), line
