"""How an organisation matches: its own rules, or the usual ones."""

from dataclasses import dataclass

from mentoring.domain.matching.values import DEFAULT_WEIGHTS, Criterion, Objective
from mentoring.models import MatchingSettings
from people.access import Access


@dataclass(frozen=True, slots=True)
class MatchingRules:
    """Points per criterion (0 to 100 each, every criterion named), what comes first, whether training is demanded."""

    weights: dict[Criterion, int]
    objective: Objective
    demands_training: bool

    @property
    def most_points(self) -> int:
        """Points of a pair that is the best by every criterion."""
        return sum(self.weights.values())

    @property
    def has_usual_weights(self) -> bool:
        return self.weights == DEFAULT_WEIGHTS


USUAL_RULES = MatchingRules(weights=DEFAULT_WEIGHTS, objective=Objective.COVER, demands_training=False)


def matching_settings(access: Access) -> MatchingRules:
    """The rules of the organisation; the usual ones where it has set none, and for criteria it does not name."""
    row = MatchingSettings.objects.visible_to(access).first()
    if row is None:
        return USUAL_RULES
    weights = {each: row.weights.get(each.value, usual) for each, usual in DEFAULT_WEIGHTS.items()}
    return MatchingRules(weights, Objective(row.objective), row.demands_training)
