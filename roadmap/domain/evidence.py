"""From facts to evidence: what the portal can tell about the execution of a measure, capability by capability."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from people.domain.plurals import counted
from roadmap.domain.execution import Span


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed document: its row, kind code, number and day, and how many pairings it fixes."""

    document_id: int
    kind: str
    number: str
    issued_on: date
    heading: str
    pairings: int = 0

    @property
    def words(self) -> str:
        return f"приказ №\u00a0{self.number} от {self.issued_on:%d.%m.%Y}"


@dataclass(frozen=True, slots=True)
class Bank:
    """How many people are in a bank, and how many of them with a consent to processing in force."""

    people: int = 0
    with_consent: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """A wave of a questionnaire: its purpose and stage by code, its days, how many were asked and have answered.

    `closed_on` is None while it runs; `document_id` is its summary, once there is one.
    """

    purpose: str
    stage: str
    title: str
    opened_on: date
    closed_on: date | None
    asked: int
    answered: int
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A group meeting that was held: its day, how many were invited and how many came."""

    held_on: date
    invited: int
    came: int


@dataclass(frozen=True, slots=True)
class Matching:
    """A matching run: its day, how many mentees it proposed mentors to, and how many pairings people made of it."""

    solved_on: date
    proposed: int
    alone: int
    made: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so in an organisation on the day `today`.

    For an authority the banks are summed over its schools, of which `schools` are there, `schools_with_plan` with a
    roadmap in work. `statements` are those of third persons, of this school year.
    """

    today: date
    papers: tuple[Paper, ...] = ()
    mentors: Bank = Bank()
    mentees: Bank = Bank()
    pairs_running: int = 0
    waiting: int = 0
    schools: int = 0
    schools_with_plan: int = 0
    surveys: tuple[Survey, ...] = ()
    statements: int = 0
    meetings: tuple[Meeting, ...] = ()
    matchings: tuple[Matching, ...] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """In how many schools a measure handed down to them is done."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Task:
    """One occurrence of a measure as evidence looks at it.

    Documents count over the whole `span`, what is so on a day only from `opens_on`: a bank of November does not carry
    out a measure of February. `planned` are the documents that are to carry the measure out; `named` the numbers and
    dates of documents that the plan itself names; `approvals` the orders on the plan itself; `copies` is there for
    what an authority handed down to its schools.
    """

    span: Span
    opens_on: date
    planned: frozenset[int] = frozenset()
    named: frozenset[tuple[str, date]] = frozenset()
    approvals: frozenset[int] = frozenset()
    copies: Copies | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: in words, whether it completes the work, since when, and the document where it is one."""

    words: str
    is_enough: bool
    happened_on: date
    document_id: int | None = None


EvidenceRule = Callable[[Facts, Task], tuple[Finding, ...]]

LEADING_DIGITS = re.compile(r"\d+")
PAIR, PAIRS, OF_PAIRS = "пара", "пары", "пар"
STAGE_WORDS = {"entry": "на входе", "exit": "на выходе"}


def plain_number(number: str) -> str:
    """A registration number as it is compared: without №, spaces and letter case («№ 32-ОД» is «32-од»)."""
    return number.replace("№", "").replace("\u00a0", "").replace(" ", "").lower()


def _is_named(paper: Paper, task: Task) -> bool:
    """Whether the plan names the paper by day and number; a plan may leave the journal's letters out («№ 32»)."""
    number = plain_number(paper.number)
    digits = LEADING_DIGITS.match(number)
    spellings = {number, digits.group()} if digits else {number}
    return any((spelling, paper.issued_on) in task.named for spelling in spellings)


def _of(papers: Collection[Paper], task: Task) -> tuple[Finding, ...]:
    return tuple(
        Finding(paper.words, True, paper.issued_on, paper.document_id)
        for paper in papers
        if task.span.first <= paper.issued_on <= task.span.last
    )


def local_acts(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K01: signed documents made for this measure, or those whose number and date the plan itself names."""
    return _of(
        [paper for paper in facts.papers if paper.document_id in task.planned or _is_named(paper, task)],
        task,
    )


def assignment_orders(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K02: signed orders that fix pairs and groups."""
    return tuple(
        Finding(
            f"{paper.words}: {counted(paper.pairings, PAIR, PAIRS, OF_PAIRS)}",
            True,
            paper.issued_on,
            paper.document_id,
        )
        for paper in facts.papers
        if paper.pairings and task.span.first <= paper.issued_on <= task.span.last
    )


def data_consents(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K04: the share of both banks with a consent to processing in force; enough when it is the whole."""
    people = facts.mentors.people + facts.mentees.people
    with_consent = facts.mentors.with_consent + facts.mentees.with_consent
    return _state(facts, task, people, with_consent == people, f"согласия: {with_consent} из {people}")


def mentee_bank(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K05: how many are in the bank of mentees."""
    count = facts.mentees.people
    words = counted(count, "наставляемый", "наставляемых", "наставляемых")
    return _state(facts, task, count, True, f"в банке {words}, с согласием — {facts.mentees.with_consent}")


def mentor_bank(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K06: how many are in the bank of mentors."""
    count = facts.mentors.people
    words = counted(count, "наставник", "наставника", "наставников")
    return _state(facts, task, count, True, f"в банке {words}, с согласием — {facts.mentors.with_consent}")


def pairs(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K12: pairs fixed by an order, and who is still without a mentor."""
    words = f"{counted(facts.pairs_running, PAIR, PAIRS, OF_PAIRS)} в работе, без наставника — {facts.waiting}"
    return _state(facts, task, facts.pairs_running, True, words)


def district_roll_up(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K28: in how many schools what was handed down is done; else how many of them work by a roadmap here."""
    if task.copies:
        words = f"выполнили {task.copies.done} из {_organisations(task.copies.total)}"
        return (Finding(words, 0 < task.copies.total == task.copies.done, facts.today),)
    words = f"дорожная карта у {facts.schools_with_plan} из {_organisations(facts.schools)}"
    return _state(facts, task, facts.schools, facts.schools_with_plan == facts.schools, words)


def _organisations(number: int) -> str:
    """After «из»: 1 организации, 2 организаций, 21 организации."""
    return counted(number, "организации", "организаций", "организаций")


def requests_and_readiness(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K07: questionnaires of requests, of difficulties, of mentors' readiness, with their response rates."""
    asked = ("requests", "difficulties", "candidate")
    return _of_surveys([each for each in facts.surveys if each.purpose in asked], facts, task)


def statements(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K08: how many statements of third persons there are this school year; of whom and what stays closed."""
    words = counted(facts.statements, "сообщение", "сообщения", "сообщений")
    return _state(facts, task, facts.statements, True, f"сведения от третьих лиц: {words}")


def assessments(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K09: waves at entry and at exit."""
    return _of_surveys([each for each in facts.surveys if each.stage in STAGE_WORDS], facts, task)


def matching(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K10: runs of matching, each with what people decided; enough once a pairing was made of it.

    Runs that nothing came of are told only where there is no better one.
    """
    runs = [each for each in facts.matchings if task.span.first <= each.solved_on <= task.span.last]
    told = [each for each in runs if each.made] or runs[-1:]
    return tuple(Finding(_matching_words(each), each.made > 0, each.solved_on) for each in told)


def _matching_words(run: Matching) -> str:
    """«подбор 20.11.2026: предложено 8 пар, без наставника — 1, принято 5»."""
    proposed = counted(run.proposed, PAIR, PAIRS, OF_PAIRS)
    return f"подбор {run.solved_on:%d.%m.%Y}: предложено {proposed}, без наставника — {run.alone}, принято {run.made}"


def group_meeting(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K11: a group meeting to which people came, and what they prefer after it; only both together are enough.

    Summaries of the surveys are findings of their own, with their documents.
    """
    asked = [each for each in facts.surveys if each.purpose == "preferences" and _day_of(each, facts, task)]
    held = [each for each in facts.meetings if each.came and task.span.first <= each.held_on <= task.span.last]
    if not asked and not held:
        return ()
    days = [each.held_on for each in held]
    ended = [each.closed_on for each in asked if each.closed_on and each.answered]
    is_enough = bool(days and ended)
    # Carried out on the first day on which both were there; until then what is there so far.
    day = max(min(days), min(ended)) if is_enough else max([*days, *(each.closed_on or facts.today for each in asked)])
    words = [_meeting_words(held[-1])] if held else []
    if asked:
        answered, whole = sum(each.answered for each in asked), sum(each.asked for each in asked)
        words.append(f"о предпочтениях ответили {_share(answered, whole)}")
    summaries = (
        Finding(_survey_words(each), is_enough and _has_ended(each), day, each.document_id)
        for each in asked
        if each.document_id is not None
    )
    return (Finding("; ".join(words), is_enough, day), *summaries)


def _meeting_words(meeting: Meeting) -> str:
    return f"групповая встреча {meeting.held_on:%d.%m.%Y}: пришли {_share(meeting.came, meeting.invited)}"


def feedback(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K22: feedback and satisfaction."""
    return _of_surveys([each for each in facts.surveys if each.purpose == "feedback"], facts, task)


def _of_surveys(surveys: Collection[Survey], facts: Facts, task: Task) -> tuple[Finding, ...]:
    """A wave that ended in the span with at least one answer is enough; one that runs today is there in part."""
    found = []
    for each in surveys:
        day = _day_of(each, facts, task)
        if day is not None:
            found.append(Finding(_survey_words(each), _has_ended(each), day, each.document_id))
    return tuple(found)


def _day_of(survey: Survey, facts: Facts, task: Task) -> date | None:
    """The day on which a wave counts for a task: that of its end, or today while it runs; None where it does not."""
    day = survey.closed_on or facts.today
    return day if survey.opened_on <= day and task.span.first <= day <= task.span.last else None


def _has_ended(survey: Survey) -> bool:
    """Whether a wave is over, and somebody has answered."""
    return survey.closed_on is not None and survey.answered > 0


def _survey_words(survey: Survey) -> str:
    """«анкета «Запросы»: ответили 18 из 20 (90 %)»."""
    stage = f" {STAGE_WORDS[survey.stage]}" if survey.stage else ""
    return f"анкета{stage} «{survey.title}»: ответили {_share(survey.answered, survey.asked)}"


def _share(part: int, whole: int) -> str:
    """«18 из 20 (90 %)»."""
    return f"{part} из {whole}" + (f" ({round(100 * part / whole)}\u00a0%)" if whole else "")


def roadmap_approved(facts: Facts, task: Task) -> tuple[Finding, ...]:
    """K31: the order that approved this roadmap."""
    return _of([paper for paper in facts.papers if paper.document_id in task.approvals], task)


def _state(facts: Facts, task: Task, count: int, is_enough: bool, words: str) -> tuple[Finding, ...]:
    """What is so today counts for the occurrence that is open today, and for no other."""
    if not count or not max(task.span.first, task.opens_on) <= facts.today <= task.span.last:
        return ()
    return (Finding(words, is_enough, facts.today),)


def findings(
    rules: Mapping[str, EvidenceRule], capabilities: Collection[str], facts: Facts, task: Task
) -> dict[str, tuple[Finding, ...]]:
    """What the portal finds for each of a measure's capabilities that has a rule."""
    return {key: rules[key](facts, task) for key in capabilities if key in rules}
