"""Tables of the app."""

from surveys.models.questionnaires import Questionnaire, Version
from surveys.models.sheets import (
    OpenAnswer,
    PairedScores,
    SealedSheet,
    Sheet,
    StatementReading,
    SwotPoint,
    Tally,
    WaveFigures,
)
from surveys.models.waves import Draft, Invitation, Letter, Wave

__all__ = [
    "Draft",
    "Invitation",
    "Letter",
    "OpenAnswer",
    "PairedScores",
    "Questionnaire",
    "SealedSheet",
    "Sheet",
    "StatementReading",
    "SwotPoint",
    "Tally",
    "Version",
    "Wave",
    "WaveFigures",
]
