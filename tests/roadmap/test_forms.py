"""Forms: what they clean, what they refuse, and that every choice is of the asker's own organisation."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from roadmap.domain.plan import Window
from roadmap.forms.marks import LARGEST_PROOF, ProofForm, ReasonForm, SeveralForm
from roadmap.forms.measures import DatesForm, DutyForm, MeasureForm, OrderForm, StageForm, window_typed
from roadmap.forms.plans import (
    LARGEST_UPLOAD,
    ApprovalForm,
    HandDownForm,
    PatternForm,
    RoadmapForm,
    RoadmapUploadForm,
    StampFormSet,
)
from tests.factories import TODAY, OccurrenceFactory, PersonFactory, StageFactory, planned
from tests.roadmap.plan_steps import act_draft, plan_of, signed_act

PERIOD = {"title": "План", "starts_on": "2026-09-01", "ends_on": "2027-08-31"}


@pytest.fixture
def plan(curator):
    return plan_of(curator.organisation)


def offered(form, name):
    return set(form.fields[name].queryset)


def errors(form):
    return {name: [str(each) for each in found] for name, found in form.errors.items()}


# Dates


@pytest.mark.parametrize(
    ("typed", "window"),
    [
        ("01.09.2026 – 30.09.2026", Window(date(2026, 9, 1), date(2026, 9, 30))),
        ("1.9-30.9.2026", Window(date(2026, 9, 1), date(2026, 9, 30))),
        ("до 01.10.2026", Window(None, date(2026, 10, 1))),
        ("ДО  1.10.2026", Window(None, date(2026, 10, 1))),
        ("15.09.2026", Window(date(2026, 9, 15), date(2026, 9, 15))),
    ],
)
def test_window_is_understood_as_it_is_typed(typed, window):
    assert window_typed(typed) == window


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("сентябрь", "«сентябрь» — не срок. Напишите, например: 01.09.2026 – 30.09.2026."),
        ("30.02.2027", "дня 30.02.2027 не бывает."),
        ("30.09.2026 – 01.09.2026", "срок заканчивается раньше, чем начинается."),
        ("01.09.0026", "проверьте год: 0026."),
    ],
)
def test_window_that_is_none_is_refused_with_its_line(curator, typed, fault):
    form = DatesForm({"windows": f"15.09.2026\n\n{typed}"}, access=curator.access)

    assert errors(form) == {"windows": [f"Строка 3: {fault}"]}


def test_no_dates_are_fine_and_mean_the_words(curator):
    form = DatesForm({"windows": " \n"}, access=curator.access)

    assert (form.is_valid(), form.cleaned_data["windows"]) == (True, [])


# Plans


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"ends_on": "2026-08-31"}, {"ends_on": ["Дорожная карта заканчивается раньше, чем начинается."]}),
        ({"ends_on": "2037-08-31"}, {"ends_on": ["Дорожная карта не может действовать дольше 10 лет."]}),
        ({}, {}),
    ],
)
def test_period_of_a_plan_is_checked(curator, change, fault):
    assert errors(RoadmapForm(PERIOD | change, access=curator.access)) == fault


def test_pattern_starts_this_school_year_or_the_next(curator):
    form = PatternForm({"pattern": "B", "year": "2026"}, access=curator.access)

    assert form.is_valid()
    assert [key for key, _ in form.fields["pattern"].choices] == ["A", "B", "C", "D", "E"]
    assert form.fields["year"].choices == [("2026", "2026/27"), ("2027", "2027/28")]
    assert not PatternForm({"pattern": "F", "year": "2025"}, access=curator.access).is_valid()


@pytest.mark.parametrize(("form", "limit"), [(RoadmapUploadForm, LARGEST_UPLOAD), (ProofForm, LARGEST_PROOF)])
def test_file_larger_than_twenty_megabytes_is_refused(curator, form, limit):
    files = [SimpleUploadedFile("план.pdf", b"x" * size) for size in (limit, limit + 1024 * 1024)]

    fits, does_not = (form({"happened_on": "2026-11-20"}, {"file": file}, access=curator.access) for file in files)

    assert errors(fits) == {}
    assert errors(does_not) == {"file": ["Файл занимает 21 МБ, а можно не больше 20 МБ."]}


def test_stamps_are_stored_as_they_are_corrected_and_empty_lines_left_out():
    lines = [
        {
            "kind": "approved",
            "body": "Директор",
            "person": "О. Ю.",
            "act": "order",
            "number": "5",
            "date": "2026-09-01",
        },
        {"kind": "", "body": "никто"},
        {"kind": "agreed"},
    ]
    data = {f"form-{index}-{name}": value for index, line in enumerate(lines) for name, value in line.items()}

    forms = StampFormSet(data | {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"})

    assert forms.is_valid()
    assert [form.stamp() for form in forms] == [
        lines[0],
        None,
        {"kind": "agreed", "body": None, "act": None, "number": None, "date": None, "person": None},
    ]


def test_approval_offers_measures_of_the_plan_that_an_order_carries_out(curator, stranger, plan):
    by_order, about_plan, other = planned(plan, "K01"), planned(plan, "K01", "K31"), planned(plan, "K16")
    planned(plan_of(plan.organisation), "K01")
    planned(plan_of(stranger.organisation), "K01")

    form = ApprovalForm(access=curator.access, roadmap=plan)

    assert offered(form, "measures") == {by_order, about_plan}
    assert form.fields["measures"].initial == [about_plan.pk]
    assert form.fields["with_regulation"].initial is True
    assert not ApprovalForm({"measures": [other.pk]}, access=curator.access, roadmap=plan).is_valid()


def test_hand_down_offers_the_districts_schools_that_have_it_not_yet(district_curator, school, other_school):
    form = HandDownForm(access=district_curator.access, there=[school.pk])

    assert offered(form, "schools") == {other_school}
    assert not HandDownForm({"schools": [school.pk]}, access=district_curator.access, there=[school.pk]).is_valid()
    assert not HandDownForm({"schools": []}, access=district_curator.access, there=[]).is_valid()


# Measures


def measure_form(persona, plan, **values):
    usual = {"title": "Провести", "details": "", "responsible": ""}
    return MeasureForm(usual | values, access=persona.access, roadmap=plan)


def test_measure_is_cleaned_line_by_line(curator, plan):
    form = measure_form(
        curator,
        plan,
        details="первое \r\n\r\n  второе   дело",
        responsible="куратор\nдиректор",
        documents="приказ № 32 от 04.09.2024",
        capabilities=["K01"],
    )

    assert errors(form) == {}
    words = form.words()
    assert (words.details, words.responsible, words.capabilities) == (
        ["первое", "второе дело"],
        ["куратор", "директор"],
        ["K01"],
    )
    assert words.documents == [{"kind": "order", "number": "32", "date": "2024-09-04"}]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"responsible": "я" * 301}, "responsible"),
        ({"details": "д\n" * 61}, "details"),
        ({"capabilities": ["K99"]}, "capabilities"),
        ({"documents": "чепуха"}, "documents"),
    ],
)
def test_measure_that_cannot_be_is_refused(curator, plan, change, field):
    assert list(errors(measure_form(curator, plan, **change))) == [field]


def test_stages_offered_are_of_the_plan(curator, stranger, plan):
    own = StageFactory(roadmap=plan)
    other, foreign = (
        StageFactory(roadmap=plan_of(plan.organisation)),
        StageFactory(roadmap=plan_of(stranger.organisation)),
    )

    assert offered(measure_form(curator, plan), "stage") == {own}
    assert offered(StageForm(instance=own, access=curator.access, roadmap=plan), "parent") == set()
    for stage in (other, foreign):
        assert list(errors(measure_form(curator, plan, stage=stage.pk))) == ["stage"]


def test_people_offered_for_words_are_present_staff_of_the_school(curator, stranger):
    present = PersonFactory(organisation=curator.organisation)
    PersonFactory(organisation=curator.organisation, left_on=TODAY)
    PersonFactory(organisation=curator.organisation, kind="student", gender="f")

    assert offered(DutyForm(access=curator.access), "persons") == {curator.person, present}


def test_order_needs_what_it_is_about_and_a_point(curator):
    assert errors(OrderForm({"heading": "", "points": " \n "}, access=curator.access)) == {
        "heading": ["Обязательное поле."],
        "points": ["Обязательное поле."],
    }


# Marks


def test_documents_offered_as_proof_are_signed_and_the_schools(curator, director, stranger):
    signed = signed_act(curator, director)
    act_draft(curator)

    form = ProofForm(access=curator.access)

    assert offered(form, "document") == {signed}
    assert form.fields["document"].label_from_instance(signed) == "№\u00a01-од от 20.11.2026 — О совещании"
    assert offered(ProofForm(access=stranger.access), "document") == set()


def test_proof_has_the_file_or_the_words_it_was_given(curator):
    file = SimpleUploadedFile("скан.pdf", b"scan")

    form = ProofForm({"words": "Проведено", "happened_on": "2026-11-05"}, {"file": file}, access=curator.access)

    assert form.is_valid()
    proof = form.proof()
    assert (proof.words, proof.happened_on, proof.filename, proof.content, proof.document_id) == (
        *("Проведено", date(2026, 11, 5), "скан.pdf", b"scan", None),
    )


def test_proof_of_nothing_is_refused(curator):
    form = ProofForm({"words": " ", "happened_on": "2026-11-05"}, access=curator.access)

    assert errors(form) == {"__all__": ["Напишите, что сделано, приложите файл или выберите документ."]}


def test_measures_offered_together_are_open_and_of_the_plan(curator, plan):
    row = planned(plan).occurrences.get()
    done = OccurrenceFactory(measure=row.measure, position=1, done_on=TODAY)
    OccurrenceFactory(measure=row.measure, position=2, opens_on=date(2027, 1, 1))
    planned(plan_of(plan.organisation))

    form = SeveralForm(access=curator.access, roadmap_id=plan.pk)

    assert offered(form, "occurrences") == {row}
    data = {"words": "Проведено", "happened_on": "2026-11-05", "occurrences": [done.pk]}
    assert list(errors(SeveralForm(data, access=curator.access, roadmap_id=plan.pk))) == ["occurrences"]


def test_reason_is_needed(curator):
    assert list(errors(ReasonForm({"reason": " "}, access=curator.access))) == ["reason"]
