"""What the database itself refuses about questionnaires, waves and answers, whoever asks."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from people.models import Organisation
from surveys.models import (
    Draft,
    Invitation,
    Letter,
    OpenAnswer,
    PairedScores,
    SealedSheet,
    Sheet,
    StatementReading,
    SwotPoint,
    Tally,
    Version,
    Wave,
    WaveFigures,
)
from tests.factories import (
    AT,
    TODAY,
    InvitationFactory,
    PersonFactory,
    SheetFactory,
    UserFactory,
    VersionFactory,
    WaveFactory,
)

Row = Callable[[Organisation], object]


def run_whole(call: Callable[[], object]) -> None:
    """The call and the checks that wait for the end of its transaction."""
    with transaction.atomic():
        call()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def broken(call: Callable[[], object]) -> str:
    """Which constraint of the database the call breaks."""
    with pytest.raises(IntegrityError) as error:
        run_whole(call)
    return error.value.__cause__.diag.constraint_name


def twice(make: Callable[[Organisation], Callable[[], object]]) -> Row:
    """The same row made two times: `make` prepares what it stands on and gives the making."""

    def both(school: Organisation) -> None:
        call = make(school)
        call()
        call()

    return both


def person_in(organisation: Organisation) -> object:
    return PersonFactory(organisation=organisation)


def version_in(organisation: Organisation, /, **values: object) -> Version:
    return VersionFactory(questionnaire__organisation=organisation, frozen_at=AT, **values)


def wave_in(organisation: Organisation, /, **values: object) -> Wave:
    return WaveFactory(version=version_in(organisation), **values)


def invitation_in(organisation: Organisation, /, **values: object) -> Invitation:
    return InvitationFactory(wave=wave_in(organisation), **values)


def sheet_in(organisation: Organisation, /, **values: object) -> Sheet:
    return SheetFactory(invitation=invitation_in(organisation), **values)


def sealed_in(wave: Wave, **values: object) -> SealedSheet:
    return SealedSheet.objects.create(**{"organisation": wave.organisation, "wave": wave, "sealed": b"x"} | values)


def draft_of(invitation: Invitation, **values: object) -> Draft:
    return Draft.objects.create(**{"invitation": invitation, "organisation": invitation.organisation} | values)


def same_number(school: Organisation) -> Callable[[], object]:
    questionnaire = version_in(school).questionnaire
    return lambda: VersionFactory(questionnaire=questionnaire, number=2, frozen_at=AT)


def same_version_in_work(school: Organisation) -> Callable[[], object]:
    questionnaire, numbers = version_in(school).questionnaire, iter((2, 3))
    return lambda: VersionFactory(questionnaire=questionnaire, number=next(numbers))


def same_invitation(school: Organisation) -> Callable[[], object]:
    row = {"wave": wave_in(school), "person": person_in(school)}
    return lambda: InvitationFactory(**row)


def same_letter(school: Organisation) -> Callable[[], object]:
    row = {"invitation": invitation_in(school), "kind": "reminder", "day": TODAY}
    return lambda: Letter.objects.create(organisation=school, **row)


def same_tally(school: Organisation) -> Callable[[], object]:
    wave = wave_in(school)
    return lambda: Tally.objects.create(organisation=school, wave=wave, key="useful", value="7", count=1)


def same_open_answer(school: Organisation) -> Callable[[], object]:
    sheet = sheet_in(school)
    row = {"wave": sheet.wave, "sheet": sheet, "key": "words", "text": "Встречи"}
    return lambda: OpenAnswer.objects.create(organisation=school, **row)


def same_swot_point(school: Organisation) -> Callable[[], object]:
    wave = wave_in(school)
    return lambda: SwotPoint.objects.create(organisation=school, wave=wave, quadrant="threat", text="Времени мало")


REFUSED: dict[str, Row] = {
    "one_version_per_number": twice(same_number),
    "one_version_in_work": twice(same_version_in_work),
    "wave_period_is_not_reversed": lambda school: wave_in(school, opens_on=TODAY, closes_on=AT.replace(day=19).date()),
    "wave_threshold_protects": lambda school: wave_in(school, threshold=2),
    "exit_wave_has_its_entry": lambda school: wave_in(school, stage="exit"),
    "launched_wave_has_a_moment": lambda school: wave_in(school, opened_at=None),
    "closed_wave_has_a_moment": lambda school: wave_in(school, state="closed"),
    "one_invitation_per_person_and_wave": twice(same_invitation),
    "answered_invitation_has_a_day": lambda school: invitation_in(school, is_answered=True),
    "one_letter_a_day_of_a_kind": twice(same_letter),
    "draft_is_open_or_sealed": lambda school: draft_of(invitation_in(school), answers={}, sealed=b"x"),
    "sheet_with_a_name_is_not_anonymous": lambda school: sheet_in(school, is_anonymous=True),
    "sheet_from_paper_has_a_typist": lambda school: sheet_in(school, source="paper"),
    "sealed_sheet_is_anonymous": lambda school: sealed_in(wave_in(school), is_anonymous=False),
    "named_sheet_is_of_a_named_wave": lambda school: SheetFactory(
        invitation=InvitationFactory(wave=wave_in(school, is_anonymous=True))
    ),
    "sealed_sheet_is_of_an_anonymous_wave": lambda school: sealed_in(wave_in(school)),
    "one_tally_per_value": twice(same_tally),
    "one_open_answer_per_sheet_and_key": twice(same_open_answer),
    "one_swot_point_per_text": twice(same_swot_point),
}

CROSSING: dict[str, Callable[[Organisation, Organisation], object]] = {
    "version_is_of_its_organisation": lambda ours, theirs: version_in(theirs, organisation=ours),
    "wave_asks_by_a_version_of_its_organisation": lambda ours, theirs: wave_in(theirs, organisation=ours),
    "exit_wave_has_an_entry_of_its_organisation": lambda ours, theirs: wave_in(
        ours, stage="exit", entry=wave_in(theirs, stage="entry")
    ),
    "invitation_is_to_a_wave_of_its_organisation": lambda ours, theirs: invitation_in(theirs, organisation=ours),
    "invitation_is_for_a_person_of_its_organisation": lambda ours, theirs: invitation_in(
        ours, person=person_in(theirs)
    ),
    "invitation_is_about_a_person_of_its_organisation": lambda ours, theirs: invitation_in(
        ours, about=person_in(theirs)
    ),
    "letter_is_of_its_organisation": lambda ours, theirs: Letter.objects.create(
        organisation=ours, invitation=invitation_in(theirs), kind="invitation", day=TODAY
    ),
    "draft_is_of_its_organisation": lambda ours, theirs: draft_of(invitation_in(theirs), organisation=ours, answers={}),
    "sheet_is_of_a_wave_of_its_organisation": lambda ours, theirs: sheet_in(ours, wave=wave_in(theirs)),
    "sheet_answers_an_invitation_of_its_organisation": lambda ours, theirs: sheet_in(
        theirs, organisation=ours, wave=wave_in(ours), person=person_in(ours)
    ),
    "sheet_is_of_a_person_of_its_organisation": lambda ours, theirs: sheet_in(ours, person=person_in(theirs)),
    "sheet_is_about_a_person_of_its_organisation": lambda ours, theirs: sheet_in(ours, about=person_in(theirs)),
    "sealed_sheet_is_of_its_organisation": lambda ours, theirs: sealed_in(
        wave_in(theirs, is_anonymous=True), organisation=ours
    ),
    "tally_is_of_its_organisation": lambda ours, theirs: Tally.objects.create(
        organisation=ours, wave=wave_in(theirs), count=1
    ),
    "paired_scores_are_of_their_organisation": lambda ours, theirs: PairedScores.objects.create(
        organisation=ours, wave=wave_in(theirs), mark="0" * 64, scores={}
    ),
    "open_answer_is_of_a_wave_of_its_organisation": lambda ours, theirs: OpenAnswer.objects.create(
        organisation=ours, wave=wave_in(theirs), key="words", text="Встречи"
    ),
    "open_answer_is_of_a_sheet_of_its_organisation": lambda ours, theirs: OpenAnswer.objects.create(
        organisation=ours, wave=wave_in(ours), sheet=sheet_in(theirs), key="words", text="Встречи"
    ),
    "figures_are_of_their_organisation": lambda ours, theirs: WaveFigures.objects.create(
        organisation=ours, wave=wave_in(theirs), sheets=0, counted_at=AT, tallies={}
    ),
    "swot_point_is_of_its_organisation": lambda ours, theirs: SwotPoint.objects.create(
        organisation=ours, wave=wave_in(theirs), quadrant="threat", text="Времени мало"
    ),
    "reading_is_of_a_sheet_of_its_organisation": lambda ours, theirs: StatementReading.objects.create(
        organisation=ours, sheet=sheet_in(theirs), reader=UserFactory(), read_at=AT
    ),
}

# What the composite foreign keys point at; `id` alone is unique, so that no row breaks them.
POINTED_AT = {
    "invitation_belongs_to_one_organisation",
    "questionnaire_belongs_to_one_organisation",
    "sheet_belongs_to_one_organisation",
    "version_belongs_to_one_organisation",
    "wave_belongs_to_one_organisation",
    "wave_is_anonymous_or_not",
}


@pytest.mark.parametrize("name", REFUSED)
def test_database_refuses_what_must_never_be(school, name):
    assert broken(lambda: REFUSED[name](school)) == name


@pytest.mark.parametrize("name", CROSSING)
def test_row_that_points_into_another_organisation_is_refused(school, other_school, name):
    assert broken(lambda: CROSSING[name](school, other_school)) == name


def test_same_rows_within_one_organisation_are_taken(school):
    run_whole(lambda: [make(school, school) for make in CROSSING.values()])

    assert Wave.objects.exclude(organisation=school).count() == 0


@pytest.mark.parametrize(
    "values",
    [{"answers": None, "sealed": None}, {"answers": None, "sealed": b"x", "seconds": 9}],
    ids=["neither", "sealed with a time"],
)
def test_draft_that_is_neither_or_tells_the_time_is_refused(school, values):
    assert broken(lambda: draft_of(invitation_in(school), **values)) == "draft_is_open_or_sealed"


def test_open_answers_without_a_sheet_may_repeat(school):
    wave = wave_in(school)

    run_whole(
        lambda: [OpenAnswer.objects.create(organisation=school, wave=wave, key="a", text="Нет") for _ in range(2)]
    )

    assert OpenAnswer.objects.count() == 2


@pytest.mark.parametrize("change", [{"content": {"title": "Другая"}}, {"frozen_at": None}], ids=["words", "thaw"])
def test_version_that_people_answer_by_does_not_change(school, change):
    version = version_in(school)

    with pytest.raises(IntegrityError, match="a version that people answer by does not change"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**change)


def test_version_in_work_is_edited_and_frozen(school):
    version = VersionFactory(questionnaire__organisation=school)

    Version.objects.filter(pk=version.pk).update(content={"title": "Другая"}, frozen_at=AT)

    assert Version.objects.get().content == {"title": "Другая"}


def test_wave_that_is_not_open_takes_no_sealed_sheets(school):
    wave = wave_in(school, is_anonymous=True, closed=True)

    with pytest.raises(IntegrityError, match="a wave that is not open takes no sheets"), transaction.atomic():
        sealed_in(wave)


@pytest.mark.parametrize("change", [{"person": 0}, {"sent_at": AT.replace(hour=12)}], ids=["person", "moment"])
def test_sent_sheet_stays_whose_it_is_and_when_it_came(school, change):
    sheet = sheet_in(school)
    change = {"person": person_in(school)} if "person" in change else change

    with pytest.raises(IntegrityError, match="what was sent does not change"), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(**change)


def test_every_constraint_of_surveys_has_a_test(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
            " WHERE relname LIKE 'surveys_%' AND relname NOT LIKE '%event'"
            " AND (contype IN ('c', 'u', 'x') OR contype = 'f' AND array_length(conkey, 1) > 1)"
            " UNION SELECT indexname FROM pg_indexes WHERE tablename LIKE 'surveys_%'"
            " AND indexdef LIKE '%UNIQUE%WHERE%'"
        )
        names = {name for (name,) in cursor.fetchall()}
    ours = {name for name in names if not name.startswith("surveys_")}

    assert ours == REFUSED.keys() | CROSSING.keys() | POINTED_AT


def test_every_trigger_of_surveys_has_a_test(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE relname LIKE 'surveys_%' AND NOT tgisinternal"
        )
        names = {name for (name,) in cursor.fetchall()}

    # Those of the history and of the roadmaps are tested where they belong.
    assert {name for name in names if not name.startswith(("pgtrigger_", "roadmap_touch_"))} == {
        "version_in_use_does_not_change",
        "sent_sheet_does_not_change",
        "open_wave_takes_sheets",
        "open_wave_takes_sealed_sheets",
    }
