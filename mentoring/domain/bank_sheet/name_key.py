"""How two spellings of one name are told to be the same."""


def name_key(surname: str, given: str | None, patronymic: str | None) -> str:
    """The name for comparing: lower case, ё as е, single spaces, missing parts left out."""
    parts = (part for part in (surname, given, patronymic) if part)
    return " ".join(" ".join(parts).lower().replace("ё", "е").split())
