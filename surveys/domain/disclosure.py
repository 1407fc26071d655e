"""What of an anonymous wave may be shown, so that no figure, nor the difference of two, is about a few people.

What is protected: the answers of every set of fewer than `threshold` people that is a group, a union of groups, or
what is left when shown groups are taken from the whole or from each other. How many people of a group answered is no
secret: who has answered is visible anyway.

What is not protected, and is left to the pages that show results:

- Two partitions of the same people at once (by side and by organisation): what is hidden in one can follow from the
  other. Cut by one partition, or by its crossing with the other, given here as one partition of smaller groups.
- Two moments: the results before and after one more sheet differ by that sheet. Show results of an anonymous wave only
  once it is closed and takes no more answers. Likewise a wave alone and the same wave within a sum of waves: give the
  waves here as the groups.
- Figures over several keys (a mean of a block): work them out from keys that are shown for the same group only.
- Small counts inside a shown distribution: one "no" among twenty is shown. Nobody is tied to it, but a person who knows
  nineteen answers knows the twentieth; and everyone knows their own, so faces one person fewer than the threshold.
- Unanimity: where all of a shown group chose the same value, it is shown, and so it is known of each of them. It is a
  property of the group, and to hide only unanimous results would announce them just the same. Respondents are told so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

THRESHOLD = 5
"""The default: figures are shown of at least so many people."""

LEAST_THRESHOLD = 3
"""No wave may promise less: of two people each knows what the other said."""


class ThresholdTooLowError(ValueError):
    """A threshold below `LEAST_THRESHOLD` protects nobody."""


@dataclass(frozen=True, slots=True)
class ShownAnswers:
    """Of one key: whether the figures of all who answered may be shown, and of which groups."""

    whole_is_shown: bool
    groups: frozenset[str]


def whole_is_shown(groups: Mapping[str, int], threshold: int = THRESHOLD) -> bool:
    """Whether the figures of all groups together may be shown: `groups` are counts of people who answered.

    Raises ThresholdTooLowError.
    """
    _check(threshold)
    return sum(groups.values()) >= threshold


def shown_cuts(groups: Mapping[str, int], threshold: int = THRESHOLD) -> frozenset[str]:
    """The groups whose figures may be shown beside those of the whole.

    `groups` part the whole: each person who answered is in exactly one; the values are counts of people. A group below
    the threshold is hidden. Taking the shown groups from the whole leaves the hidden ones together, so if these are
    fewer than the threshold, the smallest shown group is hidden with them (of equals the first by name). One is enough:
    it brings its own `threshold` people. Empty groups are not shown, and need no hiding.
    This is complementary suppression of one row with its total (Hundepool et al. 2012, Statistical Disclosure Control).
    Raises ThresholdTooLowError.
    """
    _check(threshold)
    shown = {group for group, people in groups.items() if people >= threshold}
    hidden_people = sum(people for group, people in groups.items() if group not in shown)
    if shown and 0 < hidden_people < threshold:
        shown.remove(min(shown, key=lambda group: (groups[group], group)))
    return frozenset(shown)


def shown_answers(per_group_answered: Mapping[str, int], threshold: int = THRESHOLD) -> ShownAnswers:
    """What may be shown of one key: `per_group_answered` counts the people of each group who answered this very key.

    Optional and conditional questions have fewer answers than the wave has sheets, so each key is judged by its own
    people; a group shown under one key may be hidden under another. Answers under one key cannot be worked out from
    answers under another: they are different variables, and nothing in an anonymous wave joins them. What does follow
    from two keys is how many left one of them out, or were not asked it; that is a count of people, and is not hidden.
    Raises ThresholdTooLowError.
    """
    return ShownAnswers(whole_is_shown(per_group_answered, threshold), shown_cuts(per_group_answered, threshold))


def _check(threshold: int) -> None:
    if threshold < LEAST_THRESHOLD:
        raise ThresholdTooLowError(f"The threshold is {threshold}, but at least {LEAST_THRESHOLD} is needed")
