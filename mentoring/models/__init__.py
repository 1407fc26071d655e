"""Tables of mentoring, split by noun; Django needs to find them all from here."""

from mentoring.models.imports import BankImport, BankImportRow
from mentoring.models.orders import AssignmentOrder, AssignmentOrderLine
from mentoring.models.pairings import Pairing, PairingMentee
from mentoring.models.preferences import Preference
from mentoring.models.profiles import MenteeProfile, MenteeRequest, MentorProfile, MentorTopic

__all__ = [
    "AssignmentOrder",
    "AssignmentOrderLine",
    "BankImport",
    "BankImportRow",
    "MenteeProfile",
    "MenteeRequest",
    "MentorProfile",
    "MentorTopic",
    "Pairing",
    "PairingMentee",
    "Preference",
]
