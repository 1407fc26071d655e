"""The ladder of reminders: one digest a day per person, made once, sent once."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from people.domain.plurals import counted
from people.domain.roles import Role
from people.models import Membership, Organisation
from roadmap.domain.reminders import Rung, is_escalated, rung_between
from roadmap.models import Digest, DistrictReminder, Duty, Occurrence, ReminderDay
from roadmap.queries.duties import banks_of

logger = logging.getLogger(__name__)

MOST_LINES = 20
"""A letter names this many measures; the rest stand on the first page."""

UNSENDABLE = (SMTPRecipientsRefused, SMTPDataError, ValueError)
"""What is wrong with one letter alone; a line break in an address or a subject is a ValueError."""

HEADS = (Role.DIRECTOR, Role.ACTING_DIRECTOR)
EDITORS = (Role.CURATOR, Role.DISTRICT_CURATOR)
"""Who hears of measures whose plan names nobody, or whose words mean nobody here."""


@transaction.atomic
def make_digests(organisation: Organisation, *, today: date, at: datetime) -> list[Digest]:
    """Write what each person of an organisation is reminded of today; twice on one day changes nothing.

    Days on which the portal stood still are made up for by one reminder. The director is told as well of what is
    overdue by two weeks or more.
    """
    yesterday = today - timedelta(days=1)
    day, _ = ReminderDay.objects.get_or_create(  # unscoped: clock
        organisation=organisation, defaults={"last_on": yesterday}
    )
    day = ReminderDay.objects.select_for_update().get(pk=day.pk)  # unscoped: clock
    if day.last_on >= today:
        return []
    due = _due(organisation, after=day.last_on, today=today)
    day.last_on = today
    day.save(update_fields=["last_on"])
    lines = _lines_by_user(organisation, due, today)
    return Digest.objects.bulk_create(
        (
            Digest(organisation=organisation, user_id=user_id, day=today, text=_text(organisation, own))
            for user_id, own in sorted(lines.items())
        ),
        ignore_conflicts=True,
    )


Due = tuple[Occurrence, str]


def _due(organisation: Organisation, *, after: date, today: date) -> list[Due]:
    """Occurrences that stand on a step of the ladder since `after`, or that the authority asks about, with why."""
    asked = set(
        DistrictReminder.objects.filter(  # unscoped: clock
            organisation=organisation, day__gte=after, day__lte=today
        ).values_list("measure_id", flat=True)
    )
    rows = (
        Occurrence.objects.filter(
            organisation=organisation, opens_on__lte=today + timedelta(days=14)
        )  # unscoped: clock
        .unfinished()
        .select_related("measure")
        .order_by("ends_on", "measure__position", "pk")
    )
    found = []
    for row in rows:
        rung = rung_between(row.ends_on, after=after, until=today) if row.ends_on else None
        if rung is not None:
            found.append((row, _why(rung, row.ends_on, today)))
        elif row.measure_id in asked and row.opens_on <= today:
            found.append((row, "об этом напоминает округ"))
    return found


def _why(rung: Rung, ends_on: date, today: date) -> str:
    if rung == Rung.TODAY:
        return "срок сегодня"
    if rung == Rung.OVERDUE:
        return f"просрочено на {counted((today - ends_on).days, 'день', 'дня', 'дней')}"
    return f"срок {ends_on:%d.%m.%Y}"


def _lines_by_user(organisation: Organisation, due: Iterable[Due], today: date) -> dict[int, list[str]]:
    due = list(due)
    words_used = {words for row, _ in due for words in row.measure.responsible}
    users_of = _users_by_words(organisation, words_used, today)
    heads, editors = _users(organisation, HEADS), _users(organisation, EDITORS)
    lines: dict[int, list[str]] = defaultdict(list)
    for row, why in due:
        users = {user for words in row.measure.responsible for user in users_of.get(words, ())} or set(editors)
        if row.ends_on and is_escalated(row.ends_on, today):
            users |= heads
        for user in users:
            lines[user].append(f"{row.measure.number} {row.measure.short_title} — {why}".strip())
    return lines


def _users(organisation: Organisation, roles: Iterable[Role]) -> set[int]:
    members = _members(organisation).filter(role__in=list(roles))
    return set(members.values_list("user_id", flat=True))


def _members(organisation: Organisation) -> QuerySet[Membership]:
    """Those who can be written to."""
    members = Membership.objects.filter(organisation=organisation, user__is_active=True)  # unscoped: clock
    return members.exclude(user__email="")


def _users_by_words(organisation: Organisation, words: set[str], today: date) -> dict[str, set[int]]:
    """The accounts with an address that each of the words means."""
    members = _members(organisation)
    by_role: dict[str, set[int]] = defaultdict(set)
    by_person: dict[int, set[int]] = defaultdict(set)
    for user_id, role, person_id in members.values_list("user_id", "role", "person_id"):
        by_role[role].add(user_id)
        by_person[person_id].add(user_id)
    for bank, people in banks_of([person for person in by_person if person], today).items():
        by_role[bank] = {user for person in people for user in by_person[person]}
    found: dict[str, set[int]] = defaultdict(set)
    duties = Duty.objects.filter(organisation=organisation, words__in=words)  # unscoped: clock
    for duty in duties:
        found[duty.words] |= by_person[duty.person_id] if duty.person_id else by_role[duty.role]
    return found


def _text(organisation: Organisation, lines: list[str]) -> str:
    shown = [f"— {line}" for line in lines[:MOST_LINES]]
    rest = len(lines) - len(shown)
    more = [f"и ещё {counted(rest, 'мероприятие', 'мероприятия', 'мероприятий')}"] if rest else []
    page = settings.PORTAL_URL + reverse("now", args=[organisation.slug])
    return "\n".join(["Сроки мероприятий дорожной карты:", "", *shown, *more, "", page])


def send_digests(*, at: datetime) -> int:
    """Send what was made and not sent yet, each letter in its own transaction; gives how many went out.

    A letter that cannot be sent stays for the next time, and one bad address holds nobody else up. What is three
    days old is not sent any more, nor anything to those who have left.
    """
    sent = 0
    members = Membership.objects.filter(  # unscoped: clock
        user_id=OuterRef("user_id"), user__is_active=True, organisation_id=OuterRef("organisation_id")
    )
    fresh = Digest.objects.filter(  # unscoped: clock
        Exists(members), sent_at__isnull=True, day__gte=at.date() - timedelta(days=3)
    )
    for digest_id in list(fresh.order_by("pk").values_list("pk", flat=True)):
        try:
            sent += _send(fresh.filter(pk=digest_id), at)
        except UNSENDABLE:
            logger.warning("digest %s cannot be sent", digest_id)
    return sent


@transaction.atomic
def _send(rows: QuerySet[Digest], at: datetime) -> int:
    """Send one digest, unless somebody else is just doing so."""
    locked = rows.select_related("user", "organisation").select_for_update(of=("self",), skip_locked=True)
    digest = locked.first()
    if digest is None:
        return 0
    subject = f"Дорожная карта: напоминание, {' '.join(digest.organisation.short_name.split())}"
    send_mail(subject, digest.text, None, [digest.user.email])
    digest.sent_at = at
    digest.save(update_fields=["sent_at"])
    return 1
