"""Questionnaires as a whole: beginning, taking from the library, copying, putting away, and the version in work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Organisation
from surveys import catalogue
from surveys.domain import questionnaire as domain
from surveys.domain.checking import LONGEST_TITLE
from surveys.domain.questionnaire import Level, Purpose, Section, Side
from surveys.models import Questionnaire, Version, Wave

COPY_MARK = " (копия)"
FIRST_SECTION = "Вопросы"
SAME_PRESS = timedelta(seconds=30)
"""A second press of the same button comes sooner than this; later somebody wants another questionnaire."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a questionnaire as a whole, as a form cleans it; `levels` highest first."""

    title: str
    intro: str
    purpose: Purpose
    side: Side
    levels: Sequence[Level] = ()


@transaction.atomic
def take_template(access: Access, *, key: str) -> Questionnaire:
    """Copy a questionnaire of the library into the organisation.

    What has been taken from the same version of it before is given again, unless it was put into the archive.
    """
    access.check(Permission.SURVEYS_EDIT)
    try:
        found = catalogue.template(key)
    except KeyError:
        raise RefusedError("Такой анкеты в библиотеке нет.") from None
    _wait_for_others(access)
    taken = Questionnaire.objects.visible_to(access).filter(
        origin=key, origin_version=found.version, archived_at__isnull=True
    )
    return taken.order_by("pk").first() or _made(
        access, found.questionnaire, found.purpose, found.side, origin=key, origin_version=found.version
    )


@transaction.atomic
def make_questionnaire(access: Access, *, title: str, purpose: Purpose, side: Side) -> Questionnaire:
    """Begin a questionnaire with one empty section. A second press of the button gives the same one."""
    access.check(Permission.SURVEYS_EDIT)
    return _once(access, domain.Questionnaire(title, (Section(FIRST_SECTION, ()),)), purpose, side)


@transaction.atomic
def import_questionnaire(access: Access, *, asked: domain.Questionnaire, purpose: Purpose, side: Side) -> Questionnaire:
    """Keep a questionnaire that was read from a file. A second press of the button gives the same one."""
    access.check(Permission.SURVEYS_EDIT)
    return _once(access, asked, purpose, side)


@transaction.atomic
def copy_questionnaire(access: Access, *, questionnaire_id: int) -> Questionnaire:
    """Copy the newest version into a questionnaire of its own. A second press of the button gives the same one."""
    access.check(Permission.SURVEYS_EDIT)
    old = locked_questionnaire(access, questionnaire_id)
    asked = newest_locked(old).asked()
    title = f"{asked.title[: LONGEST_TITLE - len(COPY_MARK)].rstrip()}{COPY_MARK}"
    return _once(access, replace(asked, title=title), Purpose(old.purpose), Side(old.side))


@transaction.atomic
def archive_questionnaire(access: Access, *, questionnaire_id: int) -> Questionnaire:
    """Put a questionnaire out of sight; waves that run go on, results stay. Twice is the same as once.

    Refuses while a wave by it is being prepared: that one could not be launched any more.
    """
    access.check(Permission.SURVEYS_EDIT)
    questionnaire = locked_questionnaire(access, questionnaire_id)
    prepared = Wave.objects.visible_to(access).filter(version__questionnaire=questionnaire, state=Wave.State.DRAFT)
    wave = prepared.order_by("pk").first()
    if wave is not None:
        raise RefusedError(f"По анкете готовится «{wave.title}»: сначала запустите или уберите это анкетирование.")
    if questionnaire.archived_at is None:
        questionnaire.archived_at = access.at
        questionnaire.save(update_fields=["archived_at"])
    return questionnaire


@transaction.atomic
def restore_questionnaire(access: Access, *, questionnaire_id: int) -> Questionnaire:
    """Bring a questionnaire back from the archive. Twice is the same as once."""
    access.check(Permission.SURVEYS_EDIT)
    questionnaire = locked_questionnaire(access, questionnaire_id)
    if questionnaire.archived_at is not None:
        questionnaire.archived_at = None
        questionnaire.save(update_fields=["archived_at"])
    return questionnaire


@transaction.atomic
def freeze_version(version: Version, at: datetime) -> Version:
    """The version as it is in the database now, never to change from the moment `at`, or an earlier one.

    For an operation that launches a wave, in its transaction: what is checked before asking is this version.
    """
    locked = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)  # unscoped: the caller's own row
    if locked.frozen_at is None:
        locked.frozen_at = at
        locked.save(update_fields=["frozen_at"])
    return locked


def locked_questionnaire(access: Access, questionnaire_id: int) -> Questionnaire:
    """The questionnaire, locked until the transaction ends; raises Questionnaire.DoesNotExist."""
    return Questionnaire.objects.visible_to(access).select_for_update(of=("self",)).get(pk=questionnaire_id)


def newest_locked(questionnaire: Questionnaire) -> Version:
    """The newest version of a locked questionnaire, locked as well: it may be frozen at this very moment."""
    return questionnaire.versions.select_for_update(of=("self",)).order_by("-number")[0]


def _wait_for_others(access: Access) -> None:
    """Two who begin a questionnaire at once go one after the other; those who only refer to the organisation do not."""
    Organisation.objects.visible_to(access).select_for_update(of=("self",), no_key=True).get(pk=access.organisation_id)


def _once(access: Access, asked: domain.Questionnaire, purpose: Purpose, side: Side) -> Questionnaire:
    """A new questionnaire, or the one that the same person has begun with the same words a moment ago."""
    _wait_for_others(access)
    begun = Questionnaire.objects.visible_to(access).filter(
        created_by_id=access.user_id,
        created_at__gt=access.at - SAME_PRESS,
        purpose=purpose,
        side=side,
        origin="",
        versions__content=asked.as_json(),
        archived_at__isnull=True,
    )
    return begun.order_by("pk").first() or _made(access, asked, purpose, side)


def _made(
    access: Access, asked: domain.Questionnaire, purpose: Purpose, side: Side, **origin: str | int
) -> Questionnaire:
    questionnaire = Questionnaire.objects.create(
        organisation=access.organisation,
        title=asked.title,
        purpose=purpose,
        side=side,
        created_at=access.at,
        created_by_id=access.user_id,
        **origin,
    )
    Version.objects.create(
        organisation=access.organisation, questionnaire=questionnaire, content=asked.as_json(), made_at=access.at
    )
    return questionnaire
