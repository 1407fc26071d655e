"""What a file is by its first bytes, for refusals that say what somebody has uploaded."""

ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
PROGRAM = "программа"

_NAMES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "документ PDF"),
    (b"{\\rtf", "документ RTF"),
    (b"\xff\xd8\xff", "картинка (JPEG)"),
    (b"\x89PNG", "картинка (PNG)"),
    (b"GIF8", "картинка (GIF)"),
    (b"BM", "картинка (BMP)"),
    (b"II*\x00", "картинка (TIFF)"),
    (b"MM\x00*", "картинка (TIFF)"),
    (b"RIFF", "картинка или звук"),
    (b"AT&TFORM", "документ DjVu (снимок страниц)"),
    (b"Rar!", "архив RAR"),
    (b"7z\xbc\xaf\x27\x1c", "архив 7-Zip"),
    (b"\x1f\x8b", "архив gzip"),
    (b"PK\x05\x06", "пустой архив"),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
)


def name_by_signature(content: bytes) -> str | None:
    """What the first bytes say the file is, in Russian; None where they say nothing."""
    return next((name for start, name in _NAMES if content.startswith(start)), None)
