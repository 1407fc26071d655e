"""Tables of mentoring, split by noun; Django needs to find them all from here."""

from mentoring.models.bans import PairBan
from mentoring.models.imports import BankImport, BankImportRow
from mentoring.models.matching import MatchingRun, MatchingSettings, MatchingStep
from mentoring.models.orders import AssignmentOrder, AssignmentOrderLine
from mentoring.models.pairings import Pairing, PairingMentee
from mentoring.models.preferences import Preference
from mentoring.models.profiles import MenteeProfile, MenteeRequest, MentorProfile, MentorTopic
from mentoring.models.replies import PairingReply, ProposalLetter
from mentoring.models.sharing import SharingRequest

__all__ = [
    "AssignmentOrder",
    "AssignmentOrderLine",
    "BankImport",
    "BankImportRow",
    "MatchingRun",
    "MatchingSettings",
    "MatchingStep",
    "MenteeProfile",
    "MenteeRequest",
    "MentorProfile",
    "MentorTopic",
    "PairBan",
    "Pairing",
    "PairingMentee",
    "PairingReply",
    "Preference",
    "ProposalLetter",
    "SharingRequest",
]
