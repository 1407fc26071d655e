"""Operations on questionnaires: beginning, taking, copying, the archive; edits, versions, two people at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from people.domain.refusal import RefusedError
from surveys import catalogue
from surveys.domain import questionnaire as domain
from surveys.domain.questionnaire import Level, Option, Purpose, Question, QuestionKind, Section, ShowIf, Side
from surveys.models import Questionnaire, Version, Wave
from surveys.operations import questionnaires as whole
from surveys.operations import questions as edits
from tests.conftest import Persona
from tests.factories import AT, TODAY

READY = Question("ready", QuestionKind.YES_NO, "Готовы?")
WHY = Question("why", QuestionKind.LONG, "Почему нет?", show_if=ShowIf("ready", ("no",)))
ASKED = domain.Questionnaire("Готовность", (Section("Решение", (READY, WHY)), Section("Ещё", ())))


@pytest.fixture
def made(curator: Persona) -> Questionnaire:
    return whole.import_questionnaire(curator.access, asked=ASKED, purpose=Purpose.CANDIDATE, side=Side.MENTOR)


def newest(questionnaire: Questionnaire) -> Version:
    return questionnaire.versions.order_by("-number")[0]


def codes(questionnaire: Questionnaire) -> list[list[str]]:
    return [[each.code for each in section.questions] for section in newest(questionnaire).asked().sections]


def wave_by(version: Version, persona: Persona, **values: object) -> Wave:
    return Wave.objects.create(
        organisation=version.organisation,
        version=version,
        title="Весенний опрос",
        opens_on=TODAY,
        closes_on=TODAY,
        reader=persona.user,
        created_at=AT,
        **values,
    )


def test_template_is_taken_once_and_anew_after_the_archive(curator):
    first, again = (whole.take_template(curator.access, key="request") for _ in range(2))
    whole.archive_questionnaire(curator.access, questionnaire_id=first.pk)
    anew = whole.take_template(curator.access, key="request")

    template = catalogue.template("request")
    assert (again.pk, anew.pk == first.pk) == (first.pk, False)
    assert (first.origin, first.origin_version, first.purpose, first.side) == ("request", 1, "requests", "mentee")
    assert (newest(first).asked(), first.title) == (template.questionnaire, template.questionnaire.title)


def test_template_that_is_not_there_is_refused(curator):
    with pytest.raises(RefusedError, match="нет"):
        whole.take_template(curator.access, key="nothing")


def test_second_press_begins_nothing_more(curator):
    words = {"title": "Наша анкета", "purpose": Purpose.OTHER, "side": Side.NONE}
    later = replace(curator.access, at=AT + timedelta(minutes=5))

    first, again = (whole.make_questionnaire(curator.access, **words) for _ in range(2))
    another = whole.make_questionnaire(later, **words)

    assert (again.pk, another.pk == first.pk) == (first.pk, False)
    assert newest(first).asked() == domain.Questionnaire("Наша анкета", (Section("Вопросы", ()),))


def test_copy_is_of_the_newest_version_and_of_its_own(curator, made):
    edits.delete_question(curator.access, questionnaire_id=made.pk, revision=1, code="why")

    copy, again = (whole.copy_questionnaire(curator.access, questionnaire_id=made.pk) for _ in range(2))

    assert (copy.title, newest(copy).asked().title, again.pk) == ("Готовность (копия)", "Готовность (копия)", copy.pk)
    assert (codes(copy), newest(copy).number, copy.purpose, copy.side) == ([["ready"], []], 1, "candidate", "mentor")


def test_archive_twice_is_once_and_what_is_in_it_is_not_edited(curator, made):
    later = replace(curator.access, at=AT + timedelta(days=1))
    for access in (curator.access, later):
        whole.archive_questionnaire(access, questionnaire_id=made.pk)
    made.refresh_from_db()

    with pytest.raises(RefusedError, match="в архиве"):
        edits.delete_question(curator.access, questionnaire_id=made.pk, revision=1, code="why")
    restored = whole.restore_questionnaire(curator.access, questionnaire_id=made.pk)

    assert (made.archived_at, restored.archived_at) == (AT, None)


def test_archive_waits_for_a_wave_that_is_being_prepared(curator, made):
    wave = wave_by(newest(made), curator)

    with pytest.raises(RefusedError, match="«Весенний опрос»"):
        whole.archive_questionnaire(curator.access, questionnaire_id=made.pk)
    Wave.objects.filter(pk=wave.pk).update(state=Wave.State.OPEN, opened_at=AT)

    assert whole.archive_questionnaire(curator.access, questionnaire_id=made.pk).archived_at == AT


def test_edits_of_questions_count_the_revision(curator, made):
    access, at = curator.access, {"questionnaire_id": made.pk}
    new = Question("", QuestionKind.SHORT, "Ваш предмет")

    added = edits.add_question(access, **at, revision=1, section_index=1, question=new)
    copied = edits.copy_question(access, **at, revision=2, code="ready")
    moved = edits.move_question(access, **at, revision=3, code=added.code, is_up=True)
    edits.edit_question(access, **at, revision=4, code="why", question=replace(WHY, text="Что мешает?"))
    edits.delete_question(access, **at, revision=5, code=copied.code)

    assert (added.code, copied.code, moved.version.revision) == ("vash_predmet", "gotovy", 4)
    assert (codes(made), newest(made).revision) == ([["ready", "why", "vash_predmet"], []], 6)
    assert newest(made).asked().question("why").text == "Что мешает?"


def test_edits_of_sections_count_the_revision(curator, made):
    access, at = curator.access, {"questionnaire_id": made.pk}

    edits.add_section(access, **at, revision=1, title="Третий", note="")
    edits.edit_section(access, **at, revision=2, index=1, title="Второй", note="Коротко")
    edits.move_section(access, **at, revision=3, index=2, is_up=True)
    edits.delete_section(access, **at, revision=4, index=2)

    assert [section.title for section in newest(made).asked().sections] == ["Решение", "Третий"]
    assert newest(made).revision == 5


def test_edit_that_changes_nothing_is_not_written(curator, made):
    whole.freeze_version(newest(made), AT)

    edited = edits.move_question(curator.access, questionnaire_id=made.pk, revision=1, code="ready", is_up=True)

    assert (edited.is_begun, newest(made).number, newest(made).revision) == (False, 1, 1)


def test_edit_from_an_older_page_is_refused(curator, made):
    edits.delete_question(curator.access, questionnaire_id=made.pk, revision=1, code="why")

    with pytest.raises(RefusedError, match="изменил кто-то другой"):
        edits.delete_question(curator.access, questionnaire_id=made.pk, revision=1, code="ready")

    assert codes(made) == [["ready"], []]


def test_edit_that_breaks_a_condition_is_refused_in_its_words(curator, made):
    with pytest.raises(RefusedError, match="сначала уберите это условие"):
        edits.delete_question(curator.access, questionnaire_id=made.pk, revision=1, code="ready")


def test_edit_of_a_frozen_version_begins_the_next_and_pages_made_from_the_old_are_stale(curator, made):
    frozen = whole.freeze_version(newest(made), AT)

    edited = edits.delete_question(curator.access, questionnaire_id=made.pk, revision=1, code="why")
    with pytest.raises(RefusedError, match="изменил кто-то другой"):
        edits.delete_question(curator.access, questionnaire_id=made.pk, revision=1, code="ready")
    frozen.refresh_from_db()

    assert (edited.is_begun, edited.version.number, edited.version.revision) == (True, 2, 2)
    assert (frozen.asked(), frozen.frozen_at, edited.version.frozen_at) == (ASKED, AT, None)


def test_version_is_frozen_once_and_as_it_is_in_the_database(curator, made):
    seen_before = newest(made)
    edits.delete_question(curator.access, questionnaire_id=made.pk, revision=1, code="why")

    first = whole.freeze_version(seen_before, AT)
    again = whole.freeze_version(seen_before, AT + timedelta(days=1))

    assert (first.revision, len(first.asked().asked), again.frozen_at) == (2, 1, AT)


def test_description_changes_the_title_everywhere_and_the_purpose_until_somebody_was_asked(curator, made):
    said = whole.Description("Новое имя", "Зачем", Purpose.FEEDBACK, Side.NONE, (Level(5, "высокий"),))

    edits.describe_questionnaire(curator.access, questionnaire_id=made.pk, revision=1, said=said)
    whole.freeze_version(newest(made), AT)
    with pytest.raises(RefusedError, match="Сделайте копию"):
        edits.describe_questionnaire(
            curator.access,
            questionnaire_id=made.pk,
            revision=2,
            said=replace(said, purpose=Purpose.STATEMENT, title="Третье имя"),
        )
    edits.describe_questionnaire(
        curator.access, questionnaire_id=made.pk, revision=2, said=replace(said, title="Второе имя")
    )

    made.refresh_from_db()
    asked = newest(made).asked()
    assert (made.title, asked.title, newest(made).number) == ("Второе имя", "Второе имя", 2)
    assert (made.purpose, made.side, asked.intro, asked.levels) == ("feedback", "", "Зачем", (Level(5, "высокий"),))


def test_operations_need_their_permission_and_an_own_questionnaire(director, stranger, made):
    with pytest.raises(PermissionDenied):
        whole.take_template(director.access, key="request")
    with pytest.raises(PermissionDenied):
        edits.delete_question(director.access, questionnaire_id=made.pk, revision=1, code="why")
    with pytest.raises(Questionnaire.DoesNotExist):
        whole.copy_questionnaire(stranger.access, questionnaire_id=made.pk)
    with pytest.raises(Questionnaire.DoesNotExist):
        edits.delete_question(stranger.access, questionnaire_id=made.pk, revision=1, code="why")

    assert (codes(made), Questionnaire.objects.count()) == ([["ready", "why"], []], 1)


def test_options_are_not_touched_by_an_edit_of_another_question(curator, made):
    choice = Question("", QuestionKind.ONE, "Форма", options=(Option("a", "первая"), Option("b", "вторая")))

    added = edits.add_question(curator.access, questionnaire_id=made.pk, revision=1, section_index=0, question=choice)
    edits.delete_question(curator.access, questionnaire_id=made.pk, revision=2, code="why")

    assert newest(made).asked().question(added.code).options == choice.options
