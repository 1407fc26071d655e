"""The packed streams of a PDF measured before they are unpacked, against bombs."""

import re
import zlib

from roadmap.reading.file_error import FileError

LARGEST_STREAM = 30 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ZLIB = re.compile(rb"[\x08-\x78][\x01\x5e\x9c\xda]")
_DICTIONARY = 1000
"""Bytes before a stream in which its dictionary is looked for."""


def check_streams(content: bytes) -> None:
    """Raise FileError when the streams of a PDF, pictures aside, unpack to more than any real document holds.

    A stream that is packed twice is measured twice.
    """
    total = 0
    for found in _STREAM.finditer(content):
        dictionary = content[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b"obj")[2]
        if re.search(rb"/Subtype\s*/Image", dictionary):
            continue
        unpacked = _unpacked(content, found.end(), LARGEST_STREAM)
        total += len(unpacked)
        if unpacked[:2] and _ZLIB.fullmatch(unpacked[:2]):
            total += len(_unpacked(unpacked, 0, LARGEST_STREAM))
        if total > LARGEST_UNPACKED or len(unpacked) >= LARGEST_STREAM:
            raise FileError("Внутри PDF слишком много данных: дорожных карт таких размеров не бывает.")


def _unpacked(content: bytes, start: int, limit: int) -> bytes:
    """What a stream unpacks to, no more than `limit` bytes; nothing if it is not packed this way."""
    if not _ZLIB.fullmatch(content[start : start + 2]):
        return b""
    try:
        return zlib.decompressobj().decompress(memoryview(content)[start:], limit)
    except zlib.error:
        return b""
