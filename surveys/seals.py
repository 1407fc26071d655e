"""Tokens of links, and the seals of anonymous waves; every key grows from the server's secret, which no table holds."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator
from hashlib import sha256
from secrets import token_bytes
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

SIGNATURE_BYTES = 16
NONCE_BYTES = 12
PADDED_TO = 4096
"""Sealed texts are never shorter, so that their length does not tell whose they are."""

TOKEN_LENGTH = 43


class BrokenSealError(Exception):
    """The sealed bytes were changed, or the server's secret is another one."""


def _keys(purpose: str, identity: bytes) -> Iterator[bytes]:
    """The key of 32 bytes for one purpose and thing, by the present secret and then by former ones."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield hmac.new(secret.encode(), b"surveys." + purpose.encode() + b"." + identity, sha256).digest()


def token_of(nonce: UUID) -> str:
    """The secret part of an invitation's address: 16 random bytes and 16 of their HMAC-SHA256, 43 characters.

    Whoever reads the database alone cannot make it.
    """
    signature = next(_keys("link", nonce.bytes))[:SIGNATURE_BYTES]
    return urlsafe_b64encode(nonce.bytes + signature).rstrip(b"=").decode()


def nonce_of(token: str) -> UUID | None:
    """What `token_of` made the token from; None for one it did not make, before anything is looked up."""
    if len(token) != TOKEN_LENGTH:
        return None
    try:
        packed = urlsafe_b64decode(token + "=")
    except (Base64Error, ValueError):
        return None
    nonce, signature = packed[:16], packed[16:]
    right = any(hmac.compare_digest(signature, key[:SIGNATURE_BYTES]) for key in _keys("link", nonce))
    return UUID(bytes=nonce) if right else None


def seal_draft(nonce: UUID, content: dict[str, Any], *, room: int = PADDED_TO) -> bytes:
    """The draft of an anonymous wave under the key of its own link; `room` as for `seal_sheet`."""
    return _seal(next(_keys("draft", nonce.bytes)), content, room)


def open_draft(nonce: UUID, sealed: bytes) -> dict[str, Any]:
    """What `seal_draft` sealed; raises BrokenSealError."""
    return _open(_keys("draft", nonce.bytes), sealed)


def seal_sheet(wave_key: UUID, content: dict[str, Any], *, room: int = PADDED_TO) -> bytes:
    """A sheet for the box of an anonymous wave, as long as any other that fits into `room` bytes.

    Who keeps the lengths until the words are read would else know the one person whose sheet had place for long ones.
    """
    return _seal(next(_keys("box", wave_key.bytes)), content, room)


def open_sheet(wave_key: UUID, sealed: bytes) -> dict[str, Any]:
    """What `seal_sheet` sealed; raises BrokenSealError."""
    return _open(_keys("box", wave_key.bytes), sealed)


def mark_of(entry_key: UUID, secret: str) -> str:
    """The mark by which the entry and the exit of one person meet: 64 hexadecimal digits of what only they know.

    Letter case, ё and spaces do not matter: people write their word down and type it again half a year later.
    """
    word = "".join(secret.lower().replace("ё", "е").split())
    return hmac.new(next(_keys("pair", entry_key.bytes)), word.encode(), sha256).hexdigest()


def _seal(key: bytes, content: dict[str, Any], room: int) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % max(room, PADDED_TO))
    nonce = token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text, None)


def _open(keys: Iterator[bytes], sealed: bytes) -> dict[str, Any]:
    nonce, text = bytes(sealed[:NONCE_BYTES]), bytes(sealed[NONCE_BYTES:])
    for key in keys:
        try:
            return json.loads(AESGCM(key).decrypt(nonce, text, None).rstrip(b" "))
        except InvalidTag:
            continue
    raise BrokenSealError
