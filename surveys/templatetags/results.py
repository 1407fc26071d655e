"""Figures of results as people read them, for templates."""

from collections.abc import Mapping
from fractions import Fraction

from django import template

from surveys.domain import conclusions
from surveys.domain.questionnaire import SIDE_LABELS, Question, Scale, Side
from surveys.domain.results import Cut, ValueCount, mean_per_mille, values_of

register = template.Library()


@register.filter
def percent(share: Fraction | float | None) -> str:
    """A share in whole per cent; blank where there is none."""
    return "" if share is None else conclusions.percent(share)


@register.filter
def decimal(number: float | None, places: int = 1) -> str:
    """A number with a decimal comma; blank where there is none."""
    return "" if number is None else conclusions.decimal(number, places)


@register.filter
def points(mean: float, scale: Scale | None) -> str:
    """A mean with its scale: «7,5 из 10»."""
    return conclusions.points(mean, scale)


@register.filter
def values(question: Question, cut: Cut) -> tuple[ValueCount, ...]:
    """What the people of a cut chose."""
    return values_of(question, cut)


@register.filter
def along(cut: Cut) -> int | None:
    """How far the mean of a cut stands along its scale, in thousandths."""
    return mean_per_mille(cut.figures)


@register.filter
def per_mille(share: Fraction) -> int:
    """A share in thousandths, for drawing."""
    return round(1000 * share)


@register.filter
def side_label(side: Side) -> str:
    """Whose answers these are: «наставники»."""
    return SIDE_LABELS[side]


@register.filter
def of(means: Mapping[str, float], key: str) -> float | None:
    """The mean of a key; None where there is none."""
    return means.get(key)
