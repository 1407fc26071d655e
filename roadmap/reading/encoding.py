"""The encodings of text files: whichever of the usual Russian ones the bytes are in."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMON = re.compile("[оеаинтсвлрк ]")
"""The commonest letters of Russian text, by which its one-byte encodings are told apart."""


def decoded_text(content: bytes) -> str:
    """The text of a file's bytes in whichever of the usual encodings they are."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    if wide := _wide_encoding(content[:4096]):
        return content.decode(wide, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _best_decoded(content)


def _wide_encoding(start: bytes) -> str | None:
    """UTF-16 without its mark: the high bytes of Russian and Latin letters are 4 and 0."""
    pairs = len(start) // 2
    if pairs and sum(byte in {0, 4} for byte in start[1::2]) > 0.9 * pairs:
        return "utf-16-le"
    if pairs and sum(byte in {0, 4} for byte in start[0::2]) > 0.9 * pairs:
        return "utf-16-be"
    return None


def _best_decoded(content: bytes) -> str:
    """The text in the encoding that gives most of the letters common in Russian; a torn UTF-8 file stays UTF-8."""
    torn = content.decode("utf-8", errors="replace")
    if torn.count("\ufffd") * 50 < len(torn):
        return torn
    candidates = (content.decode(encoding, errors="replace") for encoding in ("cp1251", "koi8-r", "cp866"))
    return max(candidates, key=lambda text: len(_COMMON.findall(text[:20_000])))
