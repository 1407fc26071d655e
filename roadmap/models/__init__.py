"""Tables of the app."""

from roadmap.models.execution import Evidence, EvidenceFile, Occurrence, PlannedDocument, Touch
from roadmap.models.plans import Approval, Duty, Measure, Roadmap, Stage
from roadmap.models.reminders import Digest, DistrictReminder, Feed, ReminderDay
from roadmap.models.uploads import RoadmapUpload

__all__ = [
    "Approval",
    "Digest",
    "DistrictReminder",
    "Duty",
    "Evidence",
    "EvidenceFile",
    "Feed",
    "Measure",
    "Occurrence",
    "PlannedDocument",
    "ReminderDay",
    "Roadmap",
    "RoadmapUpload",
    "Stage",
    "Touch",
]
