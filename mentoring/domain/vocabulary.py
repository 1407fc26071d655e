"""Words of the trade with their Russian form: forms, kinds, categories, grounds (domain reference, 2 and 8.7)."""

from enum import StrEnum

from mentoring.domain.bank_sheet.values import MenteeCategory, MentoringForm

FORM_LABELS: dict[MentoringForm, str] = {
    MentoringForm.TEACHER_TEACHER: "педагог – педагог",
    MentoringForm.HEAD_TEACHER: "руководитель – педагог",
    MentoringForm.EMPLOYER_STUDENT: "работодатель – студент педагогического вуза",
    MentoringForm.UNIVERSITY_TEACHER: "педагог вуза – молодой педагог",
    MentoringForm.PARTNER_TEACHER: "социальный партнёр – педагог",
    MentoringForm.PEER: "ученик – ученик",
    MentoringForm.STUDENT_PUPIL: "студент – ученик",
    MentoringForm.TEACHER_PUPIL: "педагог – обучающийся",
    MentoringForm.EMPLOYER_PUPIL: "работодатель – ученик",
    MentoringForm.EMPLOYER_COLLEGESTUDENT: "работодатель – студент",
}


class MentoringKind(StrEnum):
    """How mentoring is organised."""

    TRADITIONAL = "traditional"
    GROUP = "group"
    SHORT_GOAL = "short_goal"
    REVERSE = "reverse"
    SITUATIONAL = "situational"
    SPEED = "speed"
    VIRTUAL = "virtual"
    TEAM = "team"


KIND_LABELS: dict[MentoringKind, str] = {
    MentoringKind.TRADITIONAL: "традиционное",
    MentoringKind.GROUP: "групповое",
    MentoringKind.SHORT_GOAL: "краткосрочное",
    MentoringKind.REVERSE: "реверсивное",
    MentoringKind.SITUATIONAL: "ситуационное",
    MentoringKind.SPEED: "скоростное",
    MentoringKind.VIRTUAL: "дистанционное",
    MentoringKind.TEAM: "командное",
}

CATEGORY_LABELS: dict[MenteeCategory, str] = {
    MenteeCategory.YOUNG_SPECIALIST: "молодой специалист",
    MenteeCategory.NEWCOMER: "новый сотрудник",
    MenteeCategory.NEW_POST: "в новой должности",
    MenteeCategory.AFTER_BREAK: "после перерыва",
    MenteeCategory.RETRAINED: "после переподготовки",
    MenteeCategory.DEFICITS: "профессиональные затруднения",
    MenteeCategory.BEFORE_ATTESTATION: "перед аттестацией",
}


class EndGround(StrEnum):
    """Why a pairing ends."""

    DONE = "done"
    MENTOR_REFUSED = "mentor_refused"
    CANCELLED = "cancelled"
    MUTUAL = "mutual"
    CURATOR = "curator"
    DISMISSAL = "dismissal"
    LEAVE = "leave"
    REPLACEMENT = "replacement"


GROUND_LABELS: dict[EndGround, str] = {
    EndGround.DONE: "программа выполнена",
    EndGround.MENTOR_REFUSED: "досрочный отказ наставника",
    EndGround.CANCELLED: "досрочная отмена поручения работодателем",
    EndGround.MUTUAL: "взаимное согласие сторон",
    EndGround.CURATOR: "инициатива куратора",
    EndGround.DISMISSAL: "увольнение или перевод",
    EndGround.LEAVE: "длительное отсутствие",
    EndGround.REPLACEMENT: "замена наставника",
}
