"""What kind of document some bytes are, told by the content and never by the name."""

import re
from enum import StrEnum

from people.domain.signatures import OLE, ZIP, name_by_signature
from roadmap.reading.file_error import FileError
from roadmap.reading.package import LOCKED, Package, opened


class FileKind(StrEnum):
    """The kinds that can be read; those from DOC on only where LibreOffice is installed."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"


ASK = "Загрузите дорожную карту в виде .docx, .pdf, .html или .txt."

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|style|(table|div|p|h[1-6]))\b",
    re.IGNORECASE | re.DOTALL,
)
_ROW_OF_TEXT = re.compile(r"[^\t\r\n]\t[^\t\r\n]*\t")
"""A line with two tabs inside: extracted text may begin with a tag and is not HTML for that."""
_MHTML = re.compile(rb"(?:from|date|subject|mime-version|content-type):", re.IGNORECASE)
_PACKED_PARTS = (
    ("xl/workbook.xml", "таблица Excel"),
    ("xl/workbook.bin", "таблица Excel"),
    ("ppt/presentation.xml", "презентация PowerPoint"),
)
_OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.spreadsheet", "таблица OpenDocument"),
    (b"application/vnd.oasis.opendocument.presentation", "презентация OpenDocument"),
    (b"application/epub", "электронная книга EPUB"),
)
_ODT = b"application/vnd.oasis.opendocument.text"
_OLE_ENTRIES = (
    ("Workbook", "таблица Excel"),
    ("Book", "таблица Excel"),
    ("PowerPoint Document", "презентация PowerPoint"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def file_kind(content: bytes) -> FileKind:
    """The kind of a document that can be read; raises FileError that says what any other seems to be."""
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FileError("Файл пустой.")
    if content.startswith(ZIP):
        return _packed_kind(opened(content))
    if content.startswith(OLE):
        return _ole_kind(content)
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    if content.startswith(b"{\\rtf"):
        return FileKind.RTF
    other = name_by_signature(content)
    if other:
        raise _other(other)
    return _text_kind(content)


def _other(name: str) -> FileError:
    return FileError(f"Это {name}, а не документ. {ASK}")


def _packed_kind(package: Package) -> FileKind:
    if "mimetype" in package.names:
        mimetype = package.part("mimetype").strip()
        for start, name in _OPEN_DOCUMENTS:
            if mimetype.startswith(start):
                raise _other(name)
        if mimetype.startswith(_ODT):
            return _unlocked_odt(package)
    for part, name in _PACKED_PARTS:
        if part in package.names:
            raise _other(name)
    if "[Content_Types].xml" in package.names or any(name.startswith("word/") for name in package.names):
        return FileKind.DOCX
    raise _other("архив ZIP")


def _unlocked_odt(package: Package) -> FileKind:
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and b"encryption-data" in package.part(manifest):
        raise FileError(LOCKED)
    return FileKind.ODT


def _ole_kind(content: bytes) -> FileKind:
    """The kind of a compound file by the names in its directory (MS-CFB 2.6.1: entries of 128 bytes)."""
    if _has_ole_entry(content, "EncryptedPackage"):
        raise FileError(LOCKED)
    if _has_ole_entry(content, "WordDocument"):
        return FileKind.DOC
    for entry, name in _OLE_ENTRIES:
        if _has_ole_entry(content, entry):
            raise _other(name)
    raise FileError(f"Это файл Microsoft Office неизвестного вида. {ASK}")


def _has_ole_entry(content: bytes, name: str) -> bool:
    pattern = name.encode("utf-16-le") + b"\x00\x00"
    at = content.find(pattern)
    while at != -1:
        if at % 128 == 0:
            return True
        at = content.find(pattern, at + 1)
    return False


def _text_kind(content: bytes) -> FileKind:
    start = content[:8192]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = start.decode("utf-16", errors="ignore")
        return FileKind.HTML if _is_html(text) else FileKind.TEXT
    if _is_html(start.removeprefix(b"\xef\xbb\xbf").decode("latin-1")):
        return FileKind.HTML
    if _MHTML.match(start) and b"multipart/related" in start:
        raise FileError("Это веб-архив (MHTML). Откройте его в Word или LibreOffice и сохраните как .docx.")
    if start.lstrip().startswith(b"<?xml"):
        raise FileError("Это файл XML. Откройте его в Word или LibreOffice и сохраните как .docx.")
    if len(_CONTROL.findall(start)) * 10 > len(start) and not _is_wide(start):
        raise FileError(f"Это не документ: в файле двоичные данные неизвестного вида. {ASK}")
    return FileKind.TEXT


def _is_html(start: str) -> bool:
    found = _HTML.match(start)
    return bool(found and (not found[1] or not _ROW_OF_TEXT.search(start)))


def _is_wide(start: bytes) -> bool:
    """UTF-16 without its mark: every second byte is that of Russian or Latin letters."""
    pairs = len(start) // 2
    return any(sum(byte in {0, 4} for byte in start[side::2]) > 0.9 * pairs for side in (0, 1))
