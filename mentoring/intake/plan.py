"""What a bank's rows would do: whom they mean, and what would be created, changed or left alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.bank_sheet.records import BankRow
from mentoring.intake.values import RowValues, plain, row_values
from mentoring.models import BankImportRow, MenteeProfile, MentorProfile
from people.models import Consent, Organisation, Person
from people.models.persons import folded

Outcome = BankImportRow.Outcome
Profile = MentorProfile | MenteeProfile

PROFILES: dict[Bank, type[Profile]] = {Bank.MENTORS: MentorProfile, Bank.MENTEES: MenteeProfile}
TOPIC_SETS = {Bank.MENTORS: "topics", Bank.MENTEES: "requests"}
TOLD_APART_BY = ("email", "phone", "birth_year", "hired_on")
CANNOT_TELL = (
    "людей с этим именем несколько, нельзя понять, о ком строка: укажите e-mail, телефон, год рождения или дату приёма"
)


@dataclass(slots=True)
class PlannedRow:
    """One row of the file and what it would do."""

    number: int
    name: str
    outcome: str
    values: RowValues
    person_id: int | None = None
    changes: list[dict[str, str]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return folded(self.name)


@dataclass(slots=True)
class _Known:
    """A person who is there already, with their open profile in this bank."""

    person: Person
    profile: Profile | None
    topics: set[str]
    consents: set[str]


def planned(row: BankRow, bank: Bank) -> PlannedRow:
    """The row before anybody has looked whom it means."""
    name = " ".join(filter(None, (row.surname, row.given, row.patronymic))) or "—"
    outcome = Outcome.FAULT if row.is_faulty else Outcome.CREATE
    findings = [asdict(finding) for finding in row.findings]
    return PlannedRow(row.number, name, outcome, row_values(row, bank), findings=findings)


def hold_against_bank(organisation: Organisation, bank: Bank, rows: Sequence[PlannedRow]) -> None:
    """Say of each row, in place, whom it means and what it would do; four queries whatever the number of rows.

    A row means a person of the same name (letter case and ё aside); where several bear it, the one with
    the same e-mail, phone, year of birth or day of hiring. A row that cannot be told, or that means the same
    person as an earlier row, becomes a fault.
    """
    known = _known_people(organisation, bank, {row.key for row in rows})
    bearers = Counter(row.key for row in rows)
    for row in rows:
        if row.outcome != Outcome.FAULT:
            _tell(row, known.get(row.key, []), bearers[row.key])
    _refuse_doubles(rows)


def _known_people(organisation: Organisation, bank: Bank, keys: set[str]) -> dict[str, list[_Known]]:
    people = {
        person.pk: person
        for person in Person.objects.filter(  # unscoped: the import's own organisation
            organisation=organisation, left_on__isnull=True, sort_key__in=keys
        ).order_by("pk")
    }
    model, topic_set = PROFILES[bank], TOPIC_SETS[bank]
    open_profiles = model.objects.filter(person__in=people, left_on__isnull=True)  # unscoped: of rows scoped above
    profiles = {profile.person_id: profile for profile in open_profiles.prefetch_related(topic_set)}
    consents: dict[int, set[str]] = defaultdict(set)
    for person_id, purpose in _open_consents(people):
        consents[person_id].add(purpose)
    known: dict[str, list[_Known]] = defaultdict(list)
    for pk, person in people.items():
        profile = profiles.get(pk)
        topics = {each.topic for each in getattr(profile, topic_set).all()} if profile else set()
        known[person.sort_key].append(_Known(person, profile, topics, consents[pk]))
    return known


def _open_consents(people: Iterable[int]) -> Iterable[tuple[int, str]]:
    consents = Consent.objects.filter(person__in=people)  # unscoped: of rows scoped above
    over = [Consent.State.WITHDRAWN, Consent.State.EXPIRED]
    return consents.exclude(state__in=over).values_list("person_id", "purpose")


def _tell(row: PlannedRow, candidates: list[_Known], bearers: int) -> None:
    is_only_one = bearers == 1 and len(candidates) == 1
    meant = [each for each in candidates if is_only_one or _same(each.person, row.values)]
    is_another = bearers > 1 and all(_differs(each.person, row.values) for each in candidates)
    if len(meant) > 1 or (candidates and not meant and not is_another):
        _refuse(row, CANNOT_TELL)
    elif meant:
        row.person_id = meant[0].person.pk
        row.changes = _changes(meant[0], row.values)
        row.outcome = Outcome.CHANGE if row.changes else Outcome.SAME


def _refuse_doubles(rows: Sequence[PlannedRow]) -> None:
    meant: dict[int, int] = {}
    for row in rows:
        if row.person_id is None:
            continue
        earlier = meant.setdefault(row.person_id, row.number)
        if earlier != row.number:
            row.person_id, row.changes = None, []
            _refuse(row, f"тот же человек, что в строке {earlier}: оставьте одну из них")


def _told(person: Person, values: RowValues) -> list[str]:
    return [name for name in TOLD_APART_BY if values.person.get(name) and getattr(person, name)]


def _same(person: Person, values: RowValues) -> bool:
    return any(plain(getattr(person, name)) == values.person[name] for name in _told(person, values))


def _differs(person: Person, values: RowValues) -> bool:
    return any(plain(getattr(person, name)) != values.person[name] for name in _told(person, values))


def _refuse(row: PlannedRow, message: str) -> None:
    row.outcome = Outcome.FAULT
    row.findings.append(
        {
            "row": row.number,
            "column_letter": "",
            "header": "",
            "level": "fault",
            "message": message,
            "shown_value": row.name,
        }
    )


def _changes(known: _Known, values: RowValues) -> list[dict[str, str]]:
    changes = [
        _change(known.person, name, value)
        for name, value in values.person.items()
        if getattr(known.person, name) != typed(known.person, name, value)
    ]
    if known.profile is None:
        changes.append({"label": "банк", "old": "", "new": "войдёт в банк"})
    else:
        changes += [
            _change(known.profile, name, value)
            for name, value in values.profile.items()
            if getattr(known.profile, name) != typed(known.profile, name, value)
        ]
    fresh = [topic for topic in values.topics if topic not in known.topics]
    if fresh:
        changes.append({"label": "темы", "old": "", "new": ", ".join(fresh)})
    claimed = [purpose for purpose in values.consents if purpose not in known.consents]
    if claimed:
        changes.append({"label": "согласие отмечено в таблице", "old": "", "new": "да"})
    return changes


def typed(row: Person | Profile, name: str, value: Any) -> Any:
    """A plain value as the column `name` keeps it."""
    column = row._meta.get_field(name)
    kept = column.to_python(value)
    if isinstance(column, models.DecimalField):
        return kept.quantize(Decimal(1).scaleb(-column.decimal_places), ROUND_HALF_UP)
    return kept


def _change(row: Person | Profile, name: str, value: Any) -> dict[str, str]:
    label = str(row._meta.get_field(name).verbose_name)
    old = getattr(row, name)
    return {"label": label, "old": "" if old is None else str(plain(old)), "new": str(value)}
