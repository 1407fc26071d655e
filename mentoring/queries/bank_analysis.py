"""What the analysis of both banks shows: demand and supply, mentors' load, and who cannot be proposed yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from mentoring.domain.bank_analysis import (
    LACK_LABELS,
    BankAnalysis,
    BankedMentee,
    BankedMentor,
    Lack,
    analyse_banks,
    lacks_of_mentor,
)
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.topics import divided
from mentoring.models import MenteeProfile, MentorProfile
from mentoring.queries.banks import BankFilter, mentor_list, queue
from mentoring.queries.matching_settings import MatchingRules, matching_settings
from people.access import Access


@dataclass(frozen=True, slots=True)
class MentorLine:
    """A mentor with places in all, places taken, and what keeps them from being proposed."""

    profile: MentorProfile
    places: int
    taken: int
    lacks: tuple[Lack, ...]

    bank = Bank.MENTORS

    @property
    def free(self) -> int:
        return max(self.places - self.taken, 0)

    @property
    def words(self) -> list[str]:
        return [LACK_LABELS[lack] for lack in self.lacks]


@dataclass(frozen=True, slots=True)
class MenteeLine:
    """A mentee without a mentor, and what keeps them from being proposed."""

    profile: MenteeProfile
    lacks: tuple[Lack, ...]

    bank = Bank.MENTEES

    @property
    def words(self) -> list[str]:
        return [LACK_LABELS[lack] for lack in self.lacks]


PersonLine = MentorLine | MenteeLine


@dataclass(frozen=True, slots=True)
class AnalysisPage:
    """The analysis with the people behind it: mentors by name, those who wait with the longest waiting first."""

    analysis: BankAnalysis
    rules: MatchingRules
    mentors: list[MentorLine]
    waiting: list[MenteeLine]

    @property
    def kept_out(self) -> list[PersonLine]:
        """Mentors with free places and waiting mentees who cannot be proposed yet, mentors first."""
        mentors = [line for line in self.mentors if line.lacks and line.free]
        return [*mentors, *(line for line in self.waiting if line.lacks)]

    @property
    def kept_out_named(self) -> list[PersonLine]:
        """Those of `kept_out` who may be named outside the house: their consent is in force."""
        return [line for line in self.kept_out if Lack.CONSENT not in line.lacks]

    @property
    def unnamed(self) -> int:
        """How many are kept out for want of a consent."""
        return len(self.kept_out) - len(self.kept_out_named)

    @property
    def mentors_named(self) -> list[MentorLine]:
        """Mentors who may be named outside the house."""
        return [line for line in self.mentors if Lack.CONSENT not in line.lacks]

    @property
    def waiting_named(self) -> list[MenteeLine]:
        """Those who wait and may be named outside the house."""
        return [line for line in self.waiting if Lack.CONSENT not in line.lacks]


def analysis_page(access: Access) -> AnalysisPage:
    """The banks as they are today, in the same number of queries whatever the number of people."""
    rules = matching_settings(access)
    mentors = [
        MentorLine(profile, profile.places(), profile.taken, _lacks(access, profile, rules))
        for profile in mentor_list(access, BankFilter()).in_bank(access.today)
    ]
    waiting = [MenteeLine(profile, () if profile.has_consent else (Lack.CONSENT,)) for profile in queue(access)]
    return AnalysisPage(analyse_banks(_banked(mentors), _asking(waiting)), rules, mentors, waiting)


def _lacks(access: Access, profile: MentorProfile, rules: MatchingRules) -> tuple[Lack, ...]:
    return lacks_of_mentor(
        has_consent=profile.has_consent,
        is_approved=profile.standing == MentorProfile.Standing.APPROVED,
        is_trained=profile.trained_on is not None and profile.trained_on <= access.today,
        demands_training=rules.demands_training,
    )


def _banked(lines: Iterable[MentorLine]) -> Iterable[BankedMentor]:
    for line in lines:
        topics = tuple(each.topic for each in line.profile.topics.all())
        subjects = divided(line.profile.person.subject)
        yield BankedMentor(line.places, line.taken, topics, subjects, line.lacks)


def _asking(lines: Iterable[MenteeLine]) -> Iterable[BankedMentee]:
    for line in lines:
        requests = {each.topic: each.weight for each in line.profile.requests.all()}
        yield BankedMentee(requests, divided(line.profile.person.subject), line.lacks)
