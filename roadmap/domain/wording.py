"""Russian labels of what a plan consists of."""

from roadmap.domain.plan import TermKind

KIND_LABELS: dict[TermKind, str] = {
    TermKind.ONCE: "один раз",
    TermKind.DUE: "до даты",
    TermKind.YEARLY: "ежегодно",
    TermKind.PERIOD: "весь учебный год плана",
    TermKind.QUARTERLY: "ежеквартально",
    TermKind.MONTHLY: "ежемесячно",
    TermKind.HALF_YEARLY: "раз в полугодие",
    TermKind.THROUGHOUT_YEAR: "в течение года",
    TermKind.ALWAYS: "постоянно",
    TermKind.BY_REFERENCE: "по другому плану",
    TermKind.NONE: "без срока",
    TermKind.UNKNOWN: "не понят",
}

APPROVAL_LABELS: dict[str, str] = {
    "accepted": "ПРИНЯТО",
    "considered": "РАССМОТРЕНО",
    "agreed": "СОГЛАСОВАНО",
    "approved": "УТВЕРЖДАЮ",
    "annex": "ПРИЛОЖЕНИЕ",
}

ACT_LABELS: dict[str, str] = {
    "order": "приказ",
    "protocol": "протокол",
    "directive": "распоряжение",
    "resolution": "постановление",
    "regulation": "положение",
}
