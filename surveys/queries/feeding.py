"""What named sheets would change in the banks, and one named sheet as it was sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.models import MenteeProfile, MenteeRequest, MentorProfile, MentorTopic, Preference
from people.access import Access
from people.domain.consent import Purpose as ConsentPurpose
from people.domain.school_year import SchoolYear
from people.models import Person
from surveys.domain.answer_words import ToldSection, persons_named, told
from surveys.domain.feeding import FIELDS, BankState, Change, Choice, is_feeding, persons_chosen, proposed
from surveys.domain.questionnaire import Feed, Purpose, Questionnaire, Side
from surveys.models import Sheet, Wave
from surveys.queries.answering import local_day

Profile = MentorProfile | MenteeProfile


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One sheet that has not been fed yet, and what it would change."""

    sheet: Sheet
    changes: tuple[Change, ...]

    @property
    def may_be_fed(self) -> bool:
        """Whether anything would be written; remarks alone change nothing."""
        return any(not change.is_remark for change in self.changes)


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The sheets of a wave: those that would change something, those that would not, and those fed already.

    `left_out` counts the sheets of people who have left or whose consent is not in force.
    """

    waiting: list[FeedRow]
    idle: list[FeedRow]
    fed: list[Sheet]
    left_out: int


def feeds_banks(wave: Wave) -> bool:
    """Whether the answers of a wave may fill a bank; needs its version and questionnaire."""
    purpose = Purpose(wave.version.questionnaire.purpose)
    return is_feeding(wave.version.asked(), purpose, is_anonymous=wave.is_anonymous)


def feed_page(access: Access, wave: Wave) -> FeedPage:
    """What the sheets of a wave would change, by name; the same number of queries whatever the number of sheets."""
    sheets = sheets_to_feed(access, wave).select_related("person", "fed_by").order_by("person__sort_key", "pk")
    shown = list(sheets)
    fed = sorted((sheet for sheet in shown if sheet.fed_at), key=lambda sheet: (sheet.fed_at, sheet.pk), reverse=True)
    fresh = [sheet for sheet in shown if not sheet.fed_at]
    changes = proposed_changes(access, wave, fresh)
    rows = [FeedRow(sheet, changes[sheet.pk]) for sheet in fresh]
    every = Sheet.objects.filter(wave=wave, about__isnull=True).count()  # unscoped: only counted, of a scoped wave
    return FeedPage(
        waiting=[row for row in rows if row.may_be_fed],
        idle=[row for row in rows if not row.may_be_fed],
        fed=fed,
        left_out=every - len(shown),
    )


def sheets_to_feed(access: Access, wave: Wave) -> QuerySet[Sheet]:
    """The sheets of a wave whose people are still there and whose consent is in force; nothing about others."""
    is_here = Q(person__left_on__isnull=True) | Q(person__left_on__gt=access.today)
    return Sheet.objects.visible_to(access).filter(is_here, wave=wave, about__isnull=True)


def bank_side(wave: Wave, sheet: Sheet) -> Side:
    """Whose bank a sheet fills: what its questions mean, and only if they tell no side, who answered.

    A mentor who answers a questionnaire for mentees tells what they want to learn, not what they can teach.
    """
    return Side(wave.version.questionnaire.side or sheet.side)


def chooser_side(wave: Wave, sheet: Sheet) -> Side:
    """From which side the people were chosen that a sheet names: the one by which they were offered."""
    return Side(sheet.side or wave.version.questionnaire.side)


def year_of(wave: Wave, sheet: Sheet) -> int:
    """The school year for which the choices of a sheet are kept."""
    return SchoolYear.of(local_day(wave.organisation, sheet.sent_at)).start


def open_profiles(access: Access, side: Side, person_ids: Collection[int]) -> QuerySet[Profile]:
    """The profiles of people who have not left the bank of a side; of no side, none."""
    model = MentorProfile if side == Side.MENTOR else MenteeProfile
    found = model.objects.visible_to(access).filter(person_id__in=person_ids, left_on__isnull=True)
    return found if side != Side.NONE else found.none()


def proposed_changes(access: Access, wave: Wave, sheets: Sequence[Sheet]) -> dict[int, tuple[Change, ...]]:
    """What each of the sheets would change, by its id, in a fixed number of queries."""
    questionnaire = wave.version.asked()
    sides = {sheet.pk: bank_side(wave, sheet) for sheet in sheets}
    banks = {
        side: _profiles_by_person(access, side, [sheet.person_id for sheet in sheets if sides[sheet.pk] == side])
        for side in sorted(set(sides.values()))
    }
    asks_persons = any(question.feed == Feed.PREFERENCES for question in questionnaire.asked)
    choices = _choices(access, sheets) if asks_persons else {}
    people = _people(access, questionnaire, sheets, choices.values()) if asks_persons else {}
    found = {}
    for sheet in sheets:
        side = sides[sheet.pk]
        key = (sheet.person_id, year_of(wave, sheet), chooser_side(wave, sheet) == Side.MENTOR)
        others = {pk: name for pk, name in people.items() if pk != sheet.person_id}
        standing = _state(side, banks[side].get(sheet.person_id), choices.get(key, Choice()), others)
        found[sheet.pk] = proposed(questionnaire, sheet.answers, side=side, standing=standing)
    return found


def _profiles_by_person(access: Access, side: Side, person_ids: Collection[int]) -> dict[int, Profile]:
    if side == Side.NONE or not person_ids:
        return {}
    topics = (
        Prefetch("topics", MentorTopic.objects.order_by("pk"))  # unscoped: of scoped profiles
        if side == Side.MENTOR
        else Prefetch("requests", MenteeRequest.objects.order_by("pk"))  # unscoped: of scoped profiles
    )
    return {each.person_id: each for each in open_profiles(access, side, person_ids).prefetch_related(topics)}


def _state(side: Side, profile: Profile | None, choice: Choice, people: Mapping[int, str]) -> BankState:
    if profile is None:
        return BankState(choice=choice, people=people)
    values = {feed: getattr(profile, feed.value) for feed in FIELDS[side]}
    if side == Side.MENTOR:
        values[Feed.FORMS] = tuple(form.value for form in MentoringForm if form in profile.forms)
        topics = {each.topic: 0 for each in profile.topics.all()}
    else:
        topics = {each.topic: each.weight for each in profile.requests.all()}
    return BankState(is_in_bank=True, values=values, topics=topics, choice=choice, people=people)


def _choices(access: Access, sheets: Sequence[Sheet]) -> dict[tuple[int, int, bool], Choice]:
    """What is kept already, by chooser, year and whether they chose as a mentor."""
    choosers = [sheet.person_id for sheet in sheets]
    rows: dict[tuple[int, int, bool], list[Preference]] = {}
    for row in Preference.objects.visible_to(access).filter(chooser_id__in=choosers).order_by("rank", "chosen_id"):
        rows.setdefault((row.chooser_id, row.year, row.is_mentor), []).append(row)
    return {
        key: Choice(
            tuple(row.chosen_id for row in kept if row.rank), tuple(row.chosen_id for row in kept if not row.rank)
        )
        for key, kept in rows.items()
    }


def _people(
    access: Access, questionnaire: Questionnaire, sheets: Sequence[Sheet], choices: Iterable[Choice]
) -> dict[int, str]:
    """Names of those who are named and may still be put together with somebody."""
    named = {person for sheet in sheets for person in persons_chosen(questionnaire, sheet.answers)}
    named |= {person for choice in choices for person in (*choice.ranked, *choice.avoided)}
    here = Person.objects.visible_to(access).present(access.today)
    return {
        each.pk: each.short_name
        for each in here.consenting(ConsentPurpose.PROCESSING, on=access.today).filter(pk__in=named)
    }


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One named sheet with its answers in words."""

    sheet: Sheet
    sections: tuple[ToldSection, ...]


def sheet_page(access: Access, sheet_id: int) -> SheetPage:
    """A named sheet question by question; raises Sheet.DoesNotExist, of statements too: those are read elsewhere."""
    sheets = Sheet.objects.visible_to(access).filter(about__isnull=True)
    own = sheets.exclude(wave__version__questionnaire__purpose=Purpose.STATEMENT)
    sheet = own.select_related("person", "wave__version__questionnaire", "typed_by", "fed_by").get(pk=sheet_id)
    questionnaire = sheet.wave.version.asked()
    named = Person.objects.visible_to(access).filter(pk__in=persons_named(questionnaire, sheet.answers))
    names = {person.pk: person.full_name for person in named}
    return SheetPage(sheet, told(questionnaire, sheet.answers, names))
