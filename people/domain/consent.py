"""Consents: their purposes, and who has to sign for whom."""

from datetime import date
from enum import StrEnum

ADULT_AT = 18


class Purpose(StrEnum):
    """One purpose, one document (152-ФЗ art. 9 as of 01.09.2025)."""

    PROCESSING = "processing"
    PARTICIPATION = "participation"
    PUBLICATION = "publication"
    SHARING = "sharing"


PURPOSE_LABELS: dict[Purpose, str] = {
    Purpose.PROCESSING: "обработка персональных данных",
    Purpose.PARTICIPATION: "участие в наставничестве",
    Purpose.PUBLICATION: "публикация на сайте и в социальных сетях",
    Purpose.SHARING: "передача сведений другим организациям",
}

NEEDED_TO_PROPOSE = (Purpose.PROCESSING,)
NEEDED_TO_ORDER = (Purpose.PROCESSING, Purpose.PARTICIPATION)


def is_minor(*, is_pupil: bool, birth_year: int | None, today: date) -> bool:
    """Whether a legal representative must sign (152-ФЗ art. 9 part 6).

    Only the year of birth is kept, so a person counts as a minor through the whole calendar year
    in which they come of age; a pupil whose year is unknown counts as a minor.
    """
    if birth_year is None:
        return is_pupil
    return today.year - birth_year <= ADULT_AT
