"""Waves as a curator runs them: the list, one wave with everybody it asks, whom a wave in preparation would ask."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from people.access import Access
from people.domain.plurals import counted
from people.domain.roles import Permission
from people.models.persons import folded
from surveys.domain.audience_words import audience_words
from surveys.domain.feeding import is_feeding
from surveys.domain.questionnaire import Purpose, Questionnaire, Side
from surveys.models import Invitation, Letter, Sheet, Wave
from surveys.queries.answering import questionnaire_of
from surveys.queries.audience import Invitee, invitees

COUNTS = Q(invitations__revoked_at__isnull=True) | Q(invitations__is_answered=True)
"""Who is counted among those asked: whose link was revoked without an answer is not."""

ANSWERED_CHOICES = {"": "все", "no": "ещё не ответили", "yes": "ответили"}


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave in the list; `asked` says whom, `invited` and `answered` how many."""

    wave: Wave
    asked: str
    invited: int
    answered: int

    @property
    def percent(self) -> int:
        return percent(self.answered, self.invited)


def percent(part: int, whole: int) -> int:
    """Whole percent, down: 100 only where all are there."""
    return 100 * part // whole if whole else 0


def wave_list(access: Access, state: str) -> QuerySet[Wave]:
    """The waves in one state with the numbers of those asked and answered; statements stand on a page of their own.

    What runs comes in the order of its end, what is over newest first.
    """
    access.check(Permission.SURVEYS_VIEW)
    rows = Wave.objects.visible_to(access).filter(state=state)
    rows = rows.exclude(version__questionnaire__purpose=Purpose.STATEMENT).annotate(
        invited=Count("invitations", filter=COUNTS),
        answered=Count("invitations", filter=Q(invitations__is_answered=True)),
    )
    return rows.order_by("-closes_on" if state == Wave.State.CLOSED else "closes_on", "pk")


def wave_lines(rows: Iterable[Wave]) -> list[WaveLine]:
    """What the list says of the rows of `wave_list`."""
    return [WaveLine(row, audience_words(row.asks), row.invited, row.answered) for row in rows]


def waves_with_questionnaires(access: Access) -> QuerySet[Wave]:
    """The waves a curator runs, without those of statements, with what they ask by."""
    access.check(Permission.SURVEYS_VIEW)
    rows = Wave.objects.visible_to(access).select_related("version__questionnaire", "entry", "reader")
    return rows.exclude(version__questionnaire__purpose=Purpose.STATEMENT).defer("version__content")


@dataclass(frozen=True, slots=True)
class WavePage:
    """One wave: what is asked, of whom, how many have answered, what can be done with it now."""

    wave: Wave
    asked: Questionnaire
    audience: str
    invited: int
    answered: int
    on_paper: int
    unanswered_by_mail: int
    can_be_prolonged: bool
    feeds: bool

    @property
    def percent(self) -> int:
        return percent(self.answered, self.invited)

    @property
    def reminders(self) -> str:
        """When people are reminded, in words."""
        days = ", ".join(f"за {counted(each, 'день', 'дня', 'дней')}" for each in self.wave.remind_days)
        return f"{days} до конца" if days else "не будем"

    @property
    def unanswered(self) -> int:
        return self.invited - self.answered

    @property
    def paper_waits(self) -> int:
        """How many anonymous sheets were handed in on paper and are not typed in yet."""
        return max(0, self.on_paper - self.wave.paper_typed) if self.wave.is_anonymous else 0


def wave_page(access: Access, wave: Wave) -> WavePage:
    """The head of a wave's page."""
    is_waiting = Q(revoked_at__isnull=True, is_answered=False)
    counts = Invitation.objects.visible_to(access).filter(wave=wave)
    found = counts.aggregate(
        invited=Count("pk", filter=Q(revoked_at__isnull=True) | Q(is_answered=True)),
        answered=Count("pk", filter=Q(is_answered=True)),
        on_paper=Count("pk", filter=Q(is_on_paper=True)),
        unanswered_by_mail=Count("pk", filter=is_waiting & ~Q(person__email="")),
    )
    is_shut = wave.state == Wave.State.CLOSED and wave.is_anonymous
    asked, purpose = questionnaire_of(wave.version_id, wave.version.revision), wave.version.questionnaire.purpose
    return WavePage(
        wave=wave,
        asked=asked,
        audience=audience_words(wave.asks),
        feeds=bool(found["answered"]) and is_feeding(asked, Purpose(purpose), is_anonymous=wave.is_anonymous),
        can_be_prolonged=wave.state != Wave.State.DRAFT and not is_shut,
        **found,
    )


def invited_people(access: Access, wave: Wave, *, search: str = "", answered: str = "") -> QuerySet[Invitation]:
    """Everybody a wave asks, by name: `log` has the letters newest first, `sheet_id` the sheet one may read.

    `answered` is a key of ANSWERED_CHOICES. Of an anonymous wave nothing says what was answered.
    """
    access.check(Permission.SURVEYS_EDIT)
    rows = Invitation.objects.visible_to(access).filter(wave=wave).select_related("person")
    if answered in ("yes", "no"):
        rows = rows.filter(is_answered=answered == "yes")
    for word in folded(search).split():
        rows = rows.filter(person__sort_key__contains=word)
    letters = Letter.objects.visible_to(access).order_by("-day", "-pk")
    sheets = Sheet.objects.visible_to(access).filter(invitation=OuterRef("pk")).values("pk")[:1]
    with_letters = rows.prefetch_related(Prefetch("letters", queryset=letters, to_attr="log"))
    return with_letters.annotate(sheet_pk=Subquery(sheets)).order_by("person__sort_key", "pk")


@dataclass(frozen=True, slots=True)
class Selection:
    """Whom an audience selects today, and whom of these it leaves out."""

    people: tuple[Invitee, ...]
    left_out: tuple[Invitee, ...] = ()

    @property
    def mentors(self) -> int:
        return sum(each.side == Side.MENTOR for each in self.people)

    @property
    def mentees(self) -> int:
        return sum(each.side == Side.MENTEE for each in self.people)

    @property
    def without_consent(self) -> int:
        return sum(not each.has_consent for each in self.people)

    @property
    def without_address(self) -> int:
        return sum(not each.person.email for each in self.people)


def selection(access: Access, wave: Wave) -> Selection:
    """Whom a wave in preparation would ask if it were launched now."""
    asks = wave.asks
    found = invitees(access, replace(asks, left_out_ids=()))
    out = set(asks.left_out_ids)
    return Selection(
        people=tuple(each for each in found if each.person.pk not in out),
        left_out=tuple(each for each in found if each.person.pk in out),
    )


def possible_entries(access: Access) -> QuerySet[Wave]:
    """The entry waves that an exit can be compared with, newest first."""
    waves = Wave.objects.visible_to(access).filter(stage=Wave.Stage.ENTRY)
    return waves.exclude(state=Wave.State.DRAFT).order_by("-opens_on", "-pk")
