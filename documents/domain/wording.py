"""The Russian common to all orders: people in cases, numbered points, the points an order closes with.

The layout and the usual verbs come from the domain reference, sections 1.7 and 6.4. A line of the points that starts
with a dash is a sub-point of the point above it.
"""

from dataclasses import dataclass

from people.domain.declension.cases import Case, Forms

SUBPOINT = "– "
DASHES = "–—-"


@dataclass(frozen=True, slots=True)
class Participant:
    """A person of an order: the full name, the initials and the post, each in six cases."""

    name: Forms
    initials: Forms
    post: Forms

    def said(self, case: Case, *, goes_on: bool = False) -> str:
        """Name and post in a case; the post stands between commas where the sentence goes on after it."""
        if not self.post.nom:
            return self.name.get(case)
        return f"{self.name.get(case)}, {lower_first(self.post_in(case))}" + ("," if goes_on else "")

    def post_in(self, case: Case) -> str:
        """The post in a case; what stands after a comma and does not decline goes into brackets.

        «учителя (математика)» reads well where «учителя, математика» does not.
        """
        (main, _, rest), (_, _, undeclined) = self.post.get(case).partition(", "), self.post.nom.partition(", ")
        return f"{main} ({rest})" if rest and rest == undeclined else self.post.get(case)


def lower_first(text: str) -> str:
    """The text with a small first letter, abbreviations left alone: «Учитель» → «учитель», «ИТ-директор» stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def numbered(points: str) -> tuple[str, ...]:
    """Points with their numbers: a line is a point, a line that starts with a dash a sub-point («1.1.»).

    After its number a point starts with a capital letter.
    """
    result: list[str] = []
    main = sub = 0
    for line in points.splitlines():
        text = line.strip().lstrip(DASHES).strip()
        if not text:
            continue
        if line.strip()[0] in DASHES and main:
            sub += 1
            result.append(f"{main}.{sub}. {upper_first(text)}")
        else:
            main, sub = main + 1, 0
            result.append(f"{main}. {upper_first(text)}")
    return tuple(result)


def closing_points(control: Participant | None) -> list[str]:
    """The last two points of an order: acquaintance, and who controls it (None: the head alone)."""
    text = "Ознакомить с приказом под подпись всех названных в нём лиц."
    if control is None:
        return [text, "Контроль за исполнением приказа оставляю за собой."]
    whom = f"{lower_first(control.post_in(Case.ACC))} {control.initials.acc}".strip()
    return [text, f"Контроль за исполнением приказа возложить на {whom}."]
