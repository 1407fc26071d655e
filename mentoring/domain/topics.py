"""Topics and subjects as people write them: when two spellings are one, and what a line of several names."""

import re
from collections import Counter
from collections.abc import Iterable

_DIVIDERS = re.compile(r"[,;/\n]")


def folded(text: str) -> str:
    """The spelling by which topics are compared: case, ё and spaces aside."""
    return " ".join(text.casefold().replace("ё", "е").split())


def divided(text: str) -> tuple[str, ...]:
    """What a line such as «математика, физика» names, in its order; each once, whatever the case."""
    parts = (" ".join(part.split()) for part in _DIVIDERS.split(text))
    return tuple({folded(part): part for part in parts if part}.values())


def usual_spellings(written: Iterable[str]) -> dict[str, str]:
    """For every folded topic its spelling met most often, of equally frequent ones the first by the alphabet."""
    found: dict[str, Counter[str]] = {}
    for text in written:
        found.setdefault(folded(text), Counter())[" ".join(text.split())] += 1
    return {key: min(counts, key=lambda each: (-counts[each], each)) for key, counts in found.items()}
