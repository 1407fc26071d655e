"""The code on the poster of an event: its number signed with the server's key; no table holds it."""

from django.core.signing import BadSignature, Signer

SALT = "community.attendance"


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")


def code_of(event_id: int) -> str:
    """The secret part of the address on the poster: 43 characters of HMAC-SHA256."""
    return _signer().sign(str(event_id)).partition(".")[2]


def is_code_of(event_id: int, code: str) -> bool:
    """Whether `code_of` made the code for this event, with the present key or a former one."""
    try:
        _signer().unsign(f"{event_id}.{code}")
    except BadSignature:
        return False
    return True
