"""What of the questionnaires waits for whom, on the first page."""

from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from people.access import Access
from people.domain.plurals import counted
from people.domain.roles import Permission
from people.domain.step import Step
from surveys.domain.feeding import is_feeding
from surveys.domain.questionnaire import Purpose
from surveys.models import Invitation, OpenAnswer, Sheet, Wave
from surveys.queries.answering import consents_allow
from surveys.seals import token_of

MOST_OWN = 3
ENDING = timedelta(days=3)
"""So long before the end of a wave its curator still has time to remind."""

FED_WITHIN = timedelta(days=30)
"""Answers that nobody has taken into the bank for so long are not going to be; their page still offers it."""

FEEDING = (Purpose.REQUESTS, Purpose.CANDIDATE, Purpose.DIFFICULTIES, Purpose.PREFERENCES)
WAVES = ("анкетирование", "анкетирования", "анкетирований")
MINUTES = ("минуты", "минут", "минут")


def survey_steps(access: Access) -> list[Step]:
    """Own questionnaires to answer; for who runs waves few answers before the end, words to read, answers to feed.

    One query, two for who runs waves.
    """
    found = _own(access)
    if access.may(Permission.SURVEYS_EDIT):
        found += _of_waves(access)
    return found


def _own(access: Access) -> list[Step]:
    """One step an invitation: of several about different mentees each has its own link."""
    if access.person_id is None:
        return []
    today = access.today
    about_is_here = Q(about__isnull=True) | Q(about__left_on__isnull=True) | Q(about__left_on__gt=today)
    waiting = (
        Invitation.objects.visible_to(access)
        .usable()
        .filter(about_is_here, consents_allow(today), person_id=access.person_id, is_answered=False)
        .filter(wave__state=Wave.State.OPEN, wave__opens_on__lte=today, wave__closes_on__gte=today)
        .select_related("wave__version", "about")
    )
    return [_to_answer(each, today) for each in waiting.order_by("wave__closes_on", "pk")[:MOST_OWN]]


def _to_answer(invitation: Invitation, today: date) -> Step:
    wave, about = invitation.wave, invitation.about
    asked = wave.version.asked()
    title = f"Расскажите о наставляемом: {about.short_name}" if about else f"Ответьте на анкету «{asked.title}»"
    detail = f"около {counted(asked.minutes, *MINUTES)} · до {wave.closes_on:%d.%m}"
    tone = "amber" if wave.closes_on <= today + ENDING else "blue"
    # Not a page of the organisation: the link opens without a login too.
    return Step(
        7, "ui-checks", title, detail, "Ответить", reverse("answer_form", args=[token_of(invitation.nonce)]), tone
    )


def _link(access: Access, name: str, *args: object) -> str:
    return reverse(name, args=[access.organisation.slug, *args])


def _of_waves(access: Access) -> list[Step]:
    """One step of each kind; it leads to the wave that is first in time, and counts the others."""
    waves = list(_waves_with_something_left(access))
    found = []
    few = [wave for wave in waves if wave.has_few]
    if few:
        title = f"Мало ответов: «{few[0].title}», {few[0].answered} из {few[0].asked}"
        detail = f"Последний день — {few[0].closes_on:%d.%m}. Напомните или продлите{_others(few)}"
        url = _link(access, "wave_detail", few[0].pk)
        found.append(Step(13, "hourglass-bottom", title, detail, "Открыть", url, "amber"))
    unread = [wave for wave in waves if wave.has_words]
    if unread:
        title = f"Прочитайте свободные ответы: «{unread[0].title}»"
        detail = f"Другие увидят их, когда вы решите, что показать{_others(unread)}"
        url = _link(access, "wave_texts", unread[0].pk)
        found.append(Step(16, "chat-square-text", title, detail, "Прочитать", url))
    unfed = [wave for wave in waves if wave.has_unfed and _feeds(wave)]
    if unfed:
        title = f"Перенесите ответы в банк: «{unfed[0].title}»"
        detail = f"Посмотрите, что изменится, и подтвердите{_others(unfed)}"
        url = _link(access, "wave_feed", unfed[0].pk)
        found.append(Step(17, "arrow-left-right", title, detail, "Посмотреть", url))
    return found


def _others(waves: list[Wave]) -> str:
    return f" · и ещё {counted(len(waves) - 1, *WAVES)}" if len(waves) > 1 else ""


def _feeds(wave: Wave) -> bool:
    purpose = Purpose(wave.version.questionnaire.purpose)
    return is_feeding(wave.version.asked(), purpose, is_anonymous=wave.is_anonymous)


def _waves_with_something_left(access: Access) -> QuerySet[Wave]:
    """Waves with `has_few` answers before the end, `has_words` that only the asker may read, or `has_unfed` answers.

    All three in one query: the first page has little room. Statements are in no hurry. Words of fewer people than the
    threshold are read by nobody. Whoever has fed some answers since the end has seen the rest and left it.
    """
    sheets = Sheet.objects.visible_to(access).filter(about__isnull=True)
    words = OpenAnswer.objects.visible_to(access).filter(wave=OuterRef("pk"), state=OpenAnswer.State.PENDING)
    readable = words.filter(Q(sheet__isnull=True) | Q(sheet__in=sheets))
    own = sheets.filter(wave=OuterRef("pk"))
    here = Q(person__left_on__isnull=True) | Q(person__left_on__gt=access.today)
    return (
        Wave.objects.visible_to(access)
        .annotate(
            asked=_invitations(access, Q(revoked_at__isnull=True) | Q(is_answered=True)),
            answered=_invitations(access, Q(is_answered=True)),
        )
        .annotate(
            has_few=Q(state=Wave.State.OPEN, opens_on__lte=access.today)
            & Q(closes_on__gte=access.today, closes_on__lte=access.today + ENDING)
            & ~Q(version__questionnaire__purpose=Purpose.STATEMENT)
            & Q(asked__gt=2 * F("answered")),
            has_words=Q(state=Wave.State.CLOSED, reader_id=access.user_id)
            & (Q(is_anonymous=False) | Q(figures__sheets__gte=F("threshold")))
            & Exists(readable),
            has_unfed=Q(state=Wave.State.CLOSED, is_anonymous=False, closed_at__gte=access.at - FED_WITHIN)
            & Q(version__questionnaire__purpose__in=FEEDING)
            & Exists(own.filter(here, fed_at__isnull=True))
            & ~Exists(own.filter(fed_at__gte=OuterRef("closed_at"))),
        )
        .filter(Q(has_few=True) | Q(has_words=True) | Q(has_unfed=True))
        .select_related("version__questionnaire")
        .order_by("closes_on", "pk")
    )


def _invitations(access: Access, which: Q) -> Coalesce:
    """How many invitations of the wave beside it are of this kind."""
    rows = Invitation.objects.visible_to(access).filter(which, wave=OuterRef("pk")).order_by()
    return Coalesce(Subquery(rows.values("wave").annotate(number=Count("pk")).values("number")), 0)
