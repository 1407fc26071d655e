"""Russian words that agree with a number."""


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form of a noun after `number`: 1 пара, 2 пары, 5 пар, 11 пар, 21 пара."""
    tail = abs(number) % 100
    if 11 <= tail <= 14:
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(tail % 10, many)


def counted(number: int, one: str, few: str, many: str) -> str:
    """The number with its noun, joined by a no-break space."""
    return f"{number}\u00a0{plural(number, one, few, many)}"
