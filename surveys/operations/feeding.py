"""Named answers into the banks: what a curator has seen and confirmed."""

from collections.abc import Iterable

from django.db import transaction

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import MentorProfile
from mentoring.operations.preferences import keep_preferences
from mentoring.operations.profiles import TABLES, change_profile, enter_bank
from mentoring.operations.requests import Wish, add_topics, keep_requests
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person
from surveys.domain.feeding import Change, Choice, Wished
from surveys.domain.questionnaire import Feed, Side
from surveys.models import Sheet, Wave
from surveys.queries.answering import local_day
from surveys.queries.feeding import (
    Profile,
    bank_side,
    chooser_side,
    feeds_banks,
    open_profiles,
    proposed_changes,
    sheets_to_feed,
    year_of,
)

BANKS = {Side.MENTOR: Bank.MENTORS, Side.MENTEE: Bank.MENTEES}
FED_SEPARATELY = frozenset({Feed.READY, Feed.TOPICS, Feed.PREFERENCES})


@transaction.atomic
def feed_sheets(access: Access, *, wave_id: int, sheet_ids: Iterable[int]) -> int:
    """Write what the sheets would change in the banks as they are now, and say how many of them changed something.

    A sheet is fed once: a second press does nothing. Passed over are sheets with nothing to write, and those of
    people who have left or withdrawn their consent since the page was shown. Refuses waves that never feed; raises
    Wave.DoesNotExist, and Sheet.DoesNotExist for a sheet that is not of this wave.
    """
    access.check(Permission.BANKS_EDIT)
    access.check(Permission.SURVEYS_EDIT)
    waves = Wave.objects.visible_to(access).select_related("version__questionnaire", "organisation")
    wave = waves.get(pk=wave_id)
    if not feeds_banks(wave):
        raise RefusedError("Ответы этого анкетирования в банк не переносят.")
    wanted = set(sheet_ids)
    if Sheet.objects.filter(wave=wave, pk__in=wanted).count() < len(wanted):  # unscoped: only counted, of a scoped wave
        raise Sheet.DoesNotExist
    sheets = _locked_sheets(access, wave, wanted)
    changes = proposed_changes(access, wave, sheets)
    fed = [sheet for sheet in sheets if _feed(access, wave, sheet, changes[sheet.pk])]
    Sheet.objects.visible_to(access).filter(pk__in=[sheet.pk for sheet in fed]).update(
        fed_at=access.at, fed_by_id=access.user_id
    )
    return len(fed)


def _locked_sheets(access: Access, wave: Wave, sheet_ids: set[int]) -> list[Sheet]:
    """Those of the sheets that may be fed, with everything that they may change locked until the transaction ends.

    Whoever waited for a lock sees what was written meanwhile: a sheet that has been fed drops out.
    """
    found = sheets_to_feed(access, wave).filter(pk__in=sheet_ids, fed_at__isnull=True)
    sheets = list(found.select_for_update(of=("self",)).order_by("pk"))
    person_ids = [sheet.person_id for sheet in sheets]
    # A person's row stands for the profile that is not there yet: two waves at once would enter them twice.
    people = Person.objects.visible_to(access).filter(pk__in=person_ids).order_by("pk")
    list(people.select_for_update(of=("self",), no_key=True))
    for side in BANKS:
        list(open_profiles(access, side, person_ids).select_for_update(of=("self",)).order_by("pk"))
    return sheets


def _feed(access: Access, wave: Wave, sheet: Sheet, proposed: Iterable[Change]) -> bool:
    """Write what a sheet would change; says whether it was anything."""
    changes = [change for change in proposed if not change.is_remark]
    banked = [change for change in changes if change.what != Feed.PREFERENCES]
    if banked:
        side = bank_side(wave, sheet)
        profile = _with_values(access, sheet, side, banked)
        wished = [change.value for change in banked if isinstance(change.value, Wished)]
        _add_wished(access, wave, sheet, profile, wished)
    for change in changes:
        if isinstance(change.value, Choice):
            keep_preferences(
                access,
                year=year_of(wave, sheet),
                chooser_id=sheet.person_id,
                is_mentor=chooser_side(wave, sheet) == Side.MENTOR,
                ranked=change.value.ranked,
                avoided=change.value.avoided,
            )
    return bool(changes)


def _with_values(access: Access, sheet: Sheet, side: Side, changes: list[Change]) -> Profile:
    """The person's profile with the columns that change, entered now if they were not in the bank; topics stay."""
    values = {change.what.value: _column(change) for change in changes if change.what not in FED_SEPARATELY}
    bank = BANKS[side]
    profile = open_profiles(access, side, [sheet.person_id]).first()
    if profile is None:
        values["entered_on"] = access.today
        if bank == Bank.MENTORS:
            # Their own word makes nobody a mentor: the curator approves, and only then they are matched.
            values["standing"] = MentorProfile.Standing.CANDIDATE
        return enter_bank(access, bank=bank, person_id=sheet.person_id, values=values, topics=())
    if not values:
        return profile
    topics = list(
        TABLES[bank].topic.objects.filter(profile=profile).values_list("topic", flat=True)
    )  # unscoped: scoped
    return change_profile(access, bank=bank, profile_id=profile.pk, values=values, topics=topics)


def _column(change: Change) -> object:
    return list(change.value) if isinstance(change.value, tuple) else change.value


def _add_wished(access: Access, wave: Wave, sheet: Sheet, profile: Profile, wished: list[Wished]) -> None:
    if not wished:
        return
    if bank_side(wave, sheet) == Side.MENTOR:
        add_topics(access, profile_id=profile.pk, topics=[each.topic for each in wished])
        return
    source = f"анкета {local_day(wave.organisation, sheet.sent_at):%d.%m.%Y}"
    wishes = [Wish(each.topic, each.weight, source) for each in wished]
    keep_requests(access, profile_id=profile.pk, requests=wishes)
