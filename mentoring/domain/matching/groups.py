"""Groups within a solution: mentees of one mentor who ask for the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentoring.domain.matching.values import Mentee, Pair


@dataclass(frozen=True, slots=True)
class Group:
    """A mentor with two or more mentees who need one form of mentoring and share `topic`."""

    mentor: str
    mentees: tuple[str, ...]
    topic: str


def groups(pairs: Sequence[Pair], mentees: Mapping[str, Mentee]) -> tuple[Group, ...]:
    """The groups that pairs make, each mentee in one at most; the topic asked for by most goes first, then by name.

    They are read off the solution and do not change it: points for likeness between mentees would make the best
    solution a quadratic assignment, which nobody can prove for more than some thirty people.
    """
    found = []
    by_mentor: dict[str, list[str]] = {}
    for pair in pairs:
        by_mentor.setdefault(pair.mentor, []).append(pair.mentee)
    for mentor, people in sorted(by_mentor.items()):
        left = sorted(people)
        while len(left) > 1:
            asked = Counter((mentees[each].form, topic) for each in left for topic in mentees[each].requests)
            best = min(asked, key=lambda key: (-asked[key], key), default=None)
            if best is None or asked[best] < 2:
                break
            form, topic = best
            members = tuple(each for each in left if mentees[each].form == form and topic in mentees[each].requests)
            found.append(Group(mentor, members, topic))
            left = [each for each in left if each not in members]
    return tuple(found)
