"""Lists of answers typed one a line: which lines are answers that were there before, and which are new."""

from collections.abc import Mapping, Sequence

from surveys.domain.editing import free_code
from surveys.domain.questionnaire import Option


def relabelled(options: Sequence[Option], labels: Sequence[str], known: Mapping[str, str]) -> tuple[Option, ...]:
    """Options with these labels that keep the codes of the answers they are, so that results go on under them.

    A label that was there keeps its code wherever it stands now. One of `known` (label to code, the catalogue of
    topics) gets its code of there. While the number of lines is the same, any other line in the place of one that is
    gone is that one reworded, and keeps its code. The rest are new answers: their codes are made of their labels, and
    never those of answers that are gone. `labels` are unlike each other.
    """
    old = {option.label: option.code for option in options}
    codes = {label: old[label] for label in labels if label in old}
    for label in labels:
        if label not in codes and label in known and known[label] not in codes.values():
            codes[label] = known[label]
    if len(labels) == len(options):
        for option, label in zip(options, labels, strict=True):
            if label not in codes and option.code not in codes.values():
                codes[label] = option.code
    taken = {*codes.values(), *old.values()}
    for label in labels:
        if label not in codes:
            codes[label] = free_code(label, taken)
            taken.add(codes[label])
    return tuple(Option(codes[label], label) for label in labels)
