"""Edits of a questionnaire: each writes its newest version, or begins another where people answer by that one.

Each takes `revision`, what the page was made from: with another one in the database somebody else was faster, and the
edit is refused. So is what `surveys.domain.editing` refuses, in its words.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from surveys.domain import editing
from surveys.domain import questionnaire as domain
from surveys.domain.questionnaire import Purpose, Question
from surveys.models import Questionnaire, Version
from surveys.operations.questionnaires import Description, locked_questionnaire, newest_locked

CHANGED = "Анкету тем временем изменил кто-то другой. Посмотрите, что получилось, и повторите."
IN_ARCHIVE = "Анкета в архиве. Сначала верните её оттуда."
PREPARED = "По анкете готовится анкетирование, а сведения от третьих лиц собирают иначе. Сначала уберите его."
ANSWERED = "По анкете уже отвечали, поэтому назначение и сторону не изменить. Сделайте копию анкеты."


@dataclass(frozen=True, slots=True)
class Edited:
    """The version as it is after an edit, whether the edit began it, and the code of the question it added."""

    version: Version
    is_begun: bool = False
    code: str = ""


@transaction.atomic
def describe_questionnaire(access: Access, *, questionnaire_id: int, revision: int, said: Description) -> Edited:
    """Change title, introduction and levels; purpose and side too, as long as nobody was asked by the questionnaire.

    Purpose and side decide who reads the answers and which bank they fill: those given already stay what they were.
    """
    access.check(Permission.SURVEYS_EDIT)
    edited = _edited(
        access,
        questionnaire_id,
        revision,
        lambda asked: replace(asked, title=said.title, intro=said.intro, levels=tuple(said.levels)),
    )
    questionnaire = edited.version.questionnaire
    if (questionnaire.purpose, questionnaire.side) == (said.purpose, said.side):
        return edited
    if questionnaire.versions.filter(frozen_at__isnull=False).exists():
        raise RefusedError(ANSWERED)
    if said.purpose == Purpose.STATEMENT and questionnaire.versions.filter(waves__isnull=False).exists():
        # No page of a wave shows those of statements: this one could be neither launched nor thrown away.
        raise RefusedError(PREPARED)
    questionnaire.purpose, questionnaire.side = said.purpose, said.side
    questionnaire.save(update_fields=["purpose", "side"])
    return edited


@transaction.atomic
def add_question(
    access: Access, *, questionnaire_id: int, revision: int, section_index: int, question: Question
) -> Edited:
    """Put a question at the end of a section (from 0). Its code is made of its text, whatever code it brings."""
    access.check(Permission.SURVEYS_EDIT)
    codes = []

    def change(asked: domain.Questionnaire) -> domain.Questionnaire:
        codes.append(editing.new_code(asked, question.text))
        return editing.add_question(asked, section_index, replace(question, code=codes[0]))

    return replace(_edited(access, questionnaire_id, revision, change), code=codes[0])


@transaction.atomic
def edit_question(access: Access, *, questionnaire_id: int, revision: int, code: str, question: Question) -> Edited:
    """Put a question in the place of another, under its code."""
    access.check(Permission.SURVEYS_EDIT)
    return _edited(access, questionnaire_id, revision, lambda asked: editing.replace_question(asked, code, question))


@transaction.atomic
def move_question(access: Access, *, questionnaire_id: int, revision: int, code: str, is_up: bool) -> Edited:
    """Move a question one place up or down, into the next section too; at the ends nothing changes."""
    access.check(Permission.SURVEYS_EDIT)
    step = -1 if is_up else 1
    return _edited(access, questionnaire_id, revision, lambda asked: editing.move_question(asked, code, step))


@transaction.atomic
def copy_question(access: Access, *, questionnaire_id: int, revision: int, code: str) -> Edited:
    """Put a copy right after a question; its code is in the answer."""
    access.check(Permission.SURVEYS_EDIT)
    codes = []

    def change(asked: domain.Questionnaire) -> domain.Questionnaire:
        copied = editing.copy_question(asked, code)
        before = {question.code for question in asked.questions}
        codes.extend(question.code for question in copied.questions if question.code not in before)
        return copied

    return replace(_edited(access, questionnaire_id, revision, change), code=codes[0])


@transaction.atomic
def delete_question(access: Access, *, questionnaire_id: int, revision: int, code: str) -> Edited:
    """Take a question out."""
    access.check(Permission.SURVEYS_EDIT)
    return _edited(access, questionnaire_id, revision, lambda asked: editing.remove_question(asked, code))


@transaction.atomic
def add_section(access: Access, *, questionnaire_id: int, revision: int, title: str, note: str) -> Edited:
    """Put an empty section at the end."""
    access.check(Permission.SURVEYS_EDIT)
    return _edited(access, questionnaire_id, revision, lambda asked: editing.add_section(asked, title, note))


@transaction.atomic
def edit_section(access: Access, *, questionnaire_id: int, revision: int, index: int, title: str, note: str) -> Edited:
    """Change the title and the note of a section (from 0)."""
    access.check(Permission.SURVEYS_EDIT)
    return _edited(access, questionnaire_id, revision, lambda asked: editing.replace_section(asked, index, title, note))


@transaction.atomic
def move_section(access: Access, *, questionnaire_id: int, revision: int, index: int, is_up: bool) -> Edited:
    """Move a section (from 0) one place up or down with its questions; at the ends nothing changes."""
    access.check(Permission.SURVEYS_EDIT)
    step = -1 if is_up else 1
    return _edited(access, questionnaire_id, revision, lambda asked: editing.move_section(asked, index, step))


@transaction.atomic
def delete_section(access: Access, *, questionnaire_id: int, revision: int, index: int) -> Edited:
    """Take a section (from 0) out with its questions."""
    access.check(Permission.SURVEYS_EDIT)
    return _edited(access, questionnaire_id, revision, lambda asked: editing.remove_section(asked, index))


def _edited(
    access: Access,
    questionnaire_id: int,
    revision: int,
    change: Callable[[domain.Questionnaire], domain.Questionnaire],
) -> Edited:
    """Read the newest version locked, change it, write it; a change that changes nothing is not written."""
    questionnaire = locked_questionnaire(access, questionnaire_id)
    version = newest_locked(questionnaire)
    version.questionnaire = questionnaire
    if questionnaire.archived_at is not None:
        raise RefusedError(IN_ARCHIVE)
    if version.revision != revision:
        raise RefusedError(CHANGED)
    before = version.asked()
    try:
        after = change(before)
    except editing.EditError as error:
        raise RefusedError(str(error)) from error
    if after == before:
        return Edited(version)
    if after.title != questionnaire.title:
        questionnaire.title = after.title
        questionnaire.save(update_fields=["title"])
    return _written(access, questionnaire, version, after)


def _written(access: Access, questionnaire: Questionnaire, version: Version, asked: domain.Questionnaire) -> Edited:
    """The revision counts on over versions: a page made from the one before is out of date as well."""
    if version.frozen_at is None:
        version.content, version.revision = asked.as_json(), version.revision + 1
        version.save(update_fields=["content", "revision"])
        return Edited(version)
    begun = Version.objects.create(
        organisation=access.organisation,
        questionnaire=questionnaire,
        number=version.number + 1,
        revision=version.revision + 1,
        content=asked.as_json(),
        made_at=access.at,
    )
    return Edited(begun, is_begun=True)
