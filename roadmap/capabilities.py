"""One table of the 32 capabilities: the place where the work is done, and how its evidence is found.

A capability without a page waits for its app: until then its work is marked by hand.
"""

from dataclasses import dataclass

from people.domain.roles import Permission
from roadmap.domain import evidence
from roadmap.domain.capability_keys import LABELS
from roadmap.domain.evidence import EvidenceRule

BY_HAND = "пока отмечается вручную"


@dataclass(frozen=True, slots=True)
class Page:
    """Where the work is done: the button's words, the URL name, who may.

    The address takes the organisation, and after it what `takes` names: the "measure" or its "roadmap".
    """

    button: str
    url_name: str
    permission: Permission
    takes: str = ""


@dataclass(frozen=True, slots=True)
class Capability:
    """A capability: its key and label, its page, its rule of evidence, and what that rule counts from.

    `sources` are those of the triggers in migrations 0002 to 0005, besides "plan" and "copies", which the app reports.
    """

    key: str
    label: str
    page: Page | None = None
    rule: EvidenceRule | None = None
    sources: frozenset[str] = frozenset()


def _known(
    key: str, button: str, url_name: str, permission: Permission, rule: EvidenceRule, *sources: str
) -> Capability:
    return Capability(key, LABELS[key], Page(button, url_name, permission), rule, frozenset(sources))


P = Permission

_KNOWN = (
    Capability(
        "K01",
        LABELS["K01"],
        Page("Составить приказ", "measure_order", P.DOCUMENTS_DRAFT, takes="measure"),
        evidence.local_acts,
        frozenset({"documents", "plan"}),
    ),
    _known("K02", "К приказам о парах", "order_draft", P.PAIRINGS_EDIT, evidence.assignment_orders, "documents"),
    _known("K04", "К согласиям", "consent_list", P.CONSENTS_RECORD, evidence.data_consents, "banks", "people"),
    _known("K05", "К банку наставляемых", "mentee_list", P.BANKS_VIEW, evidence.mentee_bank, "banks", "people"),
    _known("K06", "К банку наставников", "mentor_list", P.BANKS_VIEW, evidence.mentor_bank, "banks", "people"),
    _known(
        "K07",
        "К анкетам запросов",
        "wave_list",
        P.SURVEYS_VIEW,
        evidence.requests_and_readiness,
        "surveys",
    ),
    _known("K08", "К сведениям от третьих лиц", "statement_list", P.STATEMENTS_READ, evidence.statements, "surveys"),
    _known("K09", "К оценке на входе и выходе", "wave_list", P.SURVEYS_VIEW, evidence.assessments, "surveys"),
    _known("K10", "К подбору", "matching_now", P.PAIRINGS_EDIT, evidence.matching, "matching", "pairings"),
    _known("K11", "К групповым встречам", "event_list", P.EVENTS_VIEW, evidence.group_meeting, "events", "surveys"),
    _known("K12", "К парам и группам", "pair_list", P.PAIRINGS_VIEW, evidence.pairs, "pairings", "banks", "people"),
    _known("K22", "К обратной связи", "wave_list", P.SURVEYS_VIEW, evidence.feedback, "surveys"),
    _known("K28", "К школам округа", "district_schools", P.DISTRICT_VIEW, evidence.district_roll_up, "plan"),
    Capability(
        "K31",
        LABELS["K31"],
        Page("Утвердить карту", "roadmap_approve", P.ROADMAP_EDIT, takes="roadmap"),
        evidence.roadmap_approved,
        frozenset({"documents", "plan"}),
    ),
)

CAPABILITIES: dict[str, Capability] = {key: Capability(key, label) for key, label in LABELS.items()} | {
    capability.key: capability for capability in _KNOWN
}

OF_SCHOOLS = Page("К школам округа", "district_schools", P.DISTRICT_VIEW)
"""Where an authority looks after what its schools do: their banks, pairs and consents."""

COUNTED_IN_SCHOOLS = frozenset({"K02", "K04", "K05", "K06", "K12"})

RULES: dict[str, EvidenceRule] = {key: each.rule for key, each in CAPABILITIES.items() if each.rule}


def counted_from(source: str) -> frozenset[str]:
    """Keys of the capabilities whose evidence is counted from a source."""
    return frozenset(key for key, capability in CAPABILITIES.items() if source in capability.sources)
