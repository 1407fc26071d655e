"""What is so in an organisation, counted once for all its measures.

The portal itself asks here, on behalf of nobody: only counts and signed documents come out.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet

from community.domain.vocabulary import EventKind, EventState
from community.models import Event
from documents.models import FROZEN, Document
from mentoring.domain.pairing_states import FIXED
from mentoring.models import (
    AssignmentOrderLine,
    MatchingRun,
    MenteeProfile,
    MentorProfile,
    Pairing,
    PairingMentee,
)
from people.domain.consent import Purpose
from people.domain.school_year import SchoolYear
from people.models import Organisation, Person
from roadmap.domain.evidence import Bank, Facts, Matching, Meeting, Paper, Survey
from roadmap.models import Roadmap
from surveys.domain.questionnaire import Purpose as SurveyPurpose
from surveys.models import Wave
from surveys.queries.answering import local_day
from surveys.queries.waves import COUNTS

BANK_KEYS = frozenset({"K04", "K05", "K06"})
PAPER_KEYS = frozenset({"K01", "K02", "K31"})
SURVEY_KEYS = frozenset({"K07", "K08", "K09", "K11", "K22"})
MEETING_KEYS = frozenset({"K11"})


def facts_of(organisation: Organisation, keys: Collection[str], today: date) -> Facts:
    """The facts that the capabilities `keys` need; what they do not need stays at zero and costs no query."""
    wanted = set(keys)
    mentors = mentees = Bank()
    running = waiting = schools = with_plan = 0
    within = _organisations(organisation)
    if wanted & BANK_KEYS:
        mentors = _bank(MentorProfile.objects.filter(organisation__in=within), today)  # unscoped: counts only
        mentees = _bank(MenteeProfile.objects.filter(organisation__in=within), today)  # unscoped: counts only
    if "K12" in wanted:
        running = Pairing.objects.filter(organisation__in=within, state__in=sorted(FIXED)).count()  # unscoped: counts
        waiting = _waiting(within, today)
    if organisation.is_district and "K28" in wanted:
        schools, with_plan = _schools(organisation, today)
    surveys = _surveys(organisation) if wanted & SURVEY_KEYS else ()
    year = SchoolYear.of(today)
    return Facts(
        today=today,
        papers=_papers(organisation) if wanted & PAPER_KEYS else (),
        mentors=mentors,
        mentees=mentees,
        pairs_running=running,
        waiting=waiting,
        schools=schools,
        schools_with_plan=with_plan,
        surveys=tuple(each for each in surveys if each.purpose != SurveyPurpose.STATEMENT),
        statements=sum(
            each.answered
            for each in surveys
            if each.purpose == SurveyPurpose.STATEMENT and each.opened_on >= year.first_day
        ),
        meetings=_meetings(organisation) if wanted & MEETING_KEYS else (),
        matchings=_matchings(organisation) if "K10" in wanted else (),
    )


def _organisations(organisation: Organisation) -> QuerySet[Organisation]:
    """Itself, and for an authority the organisations below it."""
    own = Q(pk=organisation.pk)
    return Organisation.objects.filter(  # unscoped: counts only
        own | Q(parent_id=organisation.pk) if organisation.is_district else own
    ).values("pk")


def _bank(profiles: QuerySet, today: date) -> Bank:
    there = profiles.in_bank(today)
    consenting = Person.objects.consenting(Purpose.PROCESSING, on=today)  # unscoped: narrows rows that are scoped
    figures = there.aggregate(people=Count("pk"), consenting=Count("pk", filter=Q(person__in=consenting)))
    return Bank(people=figures["people"], with_consent=figures["consenting"])


def _waiting(within: QuerySet, today: date) -> int:
    placed = PairingMentee.objects.taken(today).filter(organisation__in=within)  # unscoped: counts only
    profiles = MenteeProfile.objects.filter(organisation__in=within).in_bank(today)  # unscoped: counts only
    return profiles.exclude(person__in=placed.values("mentee_id")).count()


def _schools(organisation: Organisation, today: date) -> tuple[int, int]:
    below = Organisation.objects.filter(parent=organisation)  # unscoped: counts only
    plans = Roadmap.objects.in_work_on(today).exclude(source=Roadmap.Source.DISTRICT)  # unscoped: counts only
    figures = below.aggregate(
        schools=Count("pk"), with_plan=Count("pk", filter=Q(pk__in=plans.values("organisation_id")))
    )
    return figures["schools"], figures["with_plan"]


def _papers(organisation: Organisation) -> tuple[Paper, ...]:
    documents = Document.objects.filter(  # unscoped: of the organisation itself
        organisation=organisation, state__in=FROZEN
    ).annotate(
        pairings=Count(
            "assignment_order__lines",
            filter=Q(assignment_order__lines__action=AssignmentOrderLine.Action.ASSIGN),
        )
    )
    rows = documents.order_by("issued_on", "pk").values_list("pk", "kind", "number", "issued_on", "heading", "pairings")
    return tuple(Paper(*row) for row in rows)


def _meetings(organisation: Organisation) -> tuple[Meeting, ...]:
    """The group meetings of the organisation itself that were held, in the order of their days."""
    held = Event.objects.filter(  # unscoped: counts only
        organisation=organisation, kind=EventKind.GROUP_MEETING, state=EventState.HELD
    )
    counted = held.annotate(invited=Count("guests"), came=Count("guests__attended_at"))
    rows = counted.order_by("starts_at", "pk").values_list("starts_at", "invited", "came")
    return tuple(Meeting(local_day(organisation, at), invited, came) for at, invited, came in rows)


def _matchings(organisation: Organisation) -> tuple[Matching, ...]:
    """The matching runs of the organisation itself, oldest first."""
    runs = MatchingRun.objects.filter(  # unscoped: counts only
        organisation=organisation, state=MatchingRun.State.SOLVED
    ).annotate(
        proposed=Func(F("result__pairs"), function="jsonb_array_length", output_field=IntegerField()),
        alone=Func(F("result__unmatched"), function="jsonb_array_length", output_field=IntegerField()),
        made=Count("pairings"),
    )
    rows = runs.order_by("solved_at", "pk").values_list("solved_at", "proposed", "alone", "made")
    return tuple(Matching(local_day(organisation, at), proposed, alone, made) for at, proposed, alone, made in rows)


def _surveys(organisation: Organisation) -> tuple[Survey, ...]:
    waves = (
        Wave.objects.filter(organisation=organisation)  # unscoped: counts only
        .exclude(state=Wave.State.DRAFT)
        .annotate(
            asked=Count("invitations", filter=COUNTS),
            answered=Count("invitations", filter=Q(invitations__is_answered=True)),
        )
        .select_related("version__questionnaire")
        .defer("audience", "version__content")
    )
    return tuple(_survey(wave, organisation) for wave in waves.order_by("opened_at", "pk"))


def _survey(wave: Wave, organisation: Organisation) -> Survey:
    # The clock closes a wave in the night after its last day; what it carried out it did by that day.
    closed_on = min(local_day(organisation, wave.closed_at), wave.closes_on) if wave.closed_at else None
    opened_on = max(local_day(organisation, wave.opened_at), wave.opens_on)
    return Survey(
        purpose=wave.version.questionnaire.purpose,
        stage=wave.stage,
        title=wave.title,
        opened_on=min(opened_on, closed_on) if closed_on else opened_on,
        closed_on=closed_on,
        asked=wave.asked,
        answered=wave.answered,
        document_id=wave.summary_id,
    )
