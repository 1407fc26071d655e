"""What codes of a plan mean, for templates."""

from django import template

from roadmap.domain.capability_keys import LABELS
from roadmap.domain.terms.assumptions import ASSUMPTIONS
from roadmap.domain.wording import named_words

register = template.Library()


@register.filter
def capability(key: str) -> str:
    """The label of a capability by its key."""
    return LABELS[key]


@register.filter
def assumption(code: str) -> str:
    """What was filled in where the words of a term leave it open."""
    return ASSUMPTIONS.get(code, "")


@register.filter
def named_document(stored: dict[str, str | None]) -> str:
    """A document that the plan names, in words."""
    return named_words(stored)
