"""Russian labels of what a plan consists of."""

from collections.abc import Mapping
from datetime import date

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
    "programme": "программа",
    "roadmap": "дорожная карта",
    "plan": "план",
    "analytic_note": "аналитическая справка",
    "note": "справка",
    "report": "отчёт",
    "letter": "письмо",
    "commendation": "благодарность",
    "certificate": "грамота",
    "training_certificate": "удостоверение",
    "additional_agreement": "дополнительное соглашение",
    "agreement": "соглашение",
    "contract": "договор",
    "journal": "журнал",
    "register": "реестр",
    "questionnaire": "анкета",
    "guidelines": "методические рекомендации",
    "consent": "согласие",
}
"""Kinds of documents that plans name, by the codes of `document.documents_named`."""


def named_words(stored: Mapping[str, str | None]) -> str:
    """A named document, as a measure stores it, in words: «приказ № 32 от 04.09.2024»."""
    words = ACT_LABELS.get(stored["kind"] or "", stored["kind"] or "")
    number = f" №\u00a0{stored['number']}" if stored["number"] else ""
    dated = f" от {date.fromisoformat(stored['date']):%d.%m.%Y}" if stored["date"] else ""
    return f"{words}{number}{dated}"
