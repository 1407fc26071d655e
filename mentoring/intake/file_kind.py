"""What kind of file some bytes are, told by the content and never by the name."""

import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum

from mentoring.intake.workbook_error import WorkbookError
from people.domain.signatures import OLE, ZIP, name_by_signature

LARGEST_UNPACKED = 300 * 1024 * 1024
"""A spreadsheet that unpacks to more than this is taken for a zip bomb."""

DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError)
"""What reading a damaged archive can raise."""


class FileKind(StrEnum):
    """The kinds that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_PACKED_PARTS = (
    ("xl/workbook.bin", "двоичная книга Excel (.xlsb)"),
    ("word/document.xml", "документ Word"),
    ("ppt/presentation.xml", "презентация PowerPoint"),
)
_OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.text", "текстовый документ OpenDocument"),
    (b"application/vnd.oasis.opendocument.presentation", "презентация OpenDocument"),
    (b"application/epub", "электронная книга EPUB"),
)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

_BOF = re.compile(rb"\x09\x08..\x00[\x05\x06]\x05\x00", re.DOTALL)
"""The first record of the workbook's globals in BIFF5 and BIFF8."""

_SAVE_AS = "Откройте его в Excel или LibreOffice и сохраните как .xlsx."
_MACROS = "В файле есть макросы. Сохраните его как обычную книгу .xlsx, без макросов, и загрузите снова."
LOCKED = "Файл защищён паролем. Снимите пароль, сохраните файл и загрузите снова."
BROKEN = "Файл повреждён и не открывается. Откройте его у себя, сохраните как .xlsx и загрузите снова."


def file_kind(content: bytes) -> FileKind:
    """The kind of a file that can be read; raises WorkbookError that says what any other seems to be."""
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise WorkbookError("Файл пустой.")
    if content.startswith(ZIP):
        return _packed_kind(content)
    if content.startswith(OLE):
        return _ole_kind(content)
    other = name_by_signature(content)
    if other:
        raise _not_a_table(other)
    return _text_kind(content)


def _not_a_table(name: str) -> WorkbookError:
    return WorkbookError(f"Это {name}, а не таблица. Загрузите файл .xlsx, .xls, .ods или .csv.")


def _text_kind(content: bytes) -> FileKind:
    start = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        raise WorkbookError(f"Это веб-страница (HTML), хотя имя может говорить другое. {_SAVE_AS}")
    if start.lstrip().startswith(b"<?xml"):
        raise WorkbookError(f"Это файл XML, а не таблица, которую портал умеет читать. {_SAVE_AS}")
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_utf16 and re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content):
        raise WorkbookError("Это не таблица: в файле двоичные данные неизвестного вида.")
    return FileKind.TEXT


def _packed_kind(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _archive_kind(archive)
    except DAMAGES as error:
        raise WorkbookError(BROKEN) from error


def _archive_kind(archive: zipfile.ZipFile) -> FileKind:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "encrypted-package" in names or any(entry.flag_bits & 1 for entry in entries):
        raise WorkbookError(LOCKED)
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        limit = LARGEST_UNPACKED // 1024**2
        raise WorkbookError(f"Внутри файла больше {limit} МБ данных: таблица таких размеров не принимается.")
    for part, name in _PACKED_PARTS:
        if part in names:
            raise _not_a_table(name)
    if "mimetype" in names and "content.xml" in names:
        return _open_document_kind(archive, names)
    if "xl/workbook.xml" not in names:
        raise _not_a_table("архив ZIP")
    has_macros = any(name.endswith("vbaProject.bin") for name in names)
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if has_macros or b"macroEnabled" in types:
        raise WorkbookError(_MACROS)
    return FileKind.XLSX


def _open_document_kind(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    mimetype = archive.read("mimetype").strip()
    for start, name in _OPEN_DOCUMENTS:
        if mimetype.startswith(start):
            raise _not_a_table(name)
    if not mimetype.startswith(_ODS):
        raise _not_a_table("документ OpenDocument")
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest:
        raise WorkbookError(LOCKED)
    return FileKind.ODS


def _ole_kind(content: bytes) -> FileKind:
    """The kind of a compound file by the names in its directory (MS-CFB 2.6.1: entries of 128 bytes)."""
    if _has_ole_entry(content, "EncryptedPackage"):
        raise WorkbookError(LOCKED)
    if _has_ole_entry(content, "WordDocument"):
        raise _not_a_table("документ Word")
    if _has_ole_entry(content, "PowerPoint Document"):
        raise _not_a_table("презентация PowerPoint")
    if _has_ole_entry(content, "_VBA_PROJECT_CUR"):
        raise WorkbookError(_MACROS)
    if _has_file_pass(content):
        raise WorkbookError(LOCKED)
    if _has_ole_entry(content, "Workbook") or _has_ole_entry(content, "Book"):
        return FileKind.XLS
    raise WorkbookError("Это не таблица: файл Microsoft Office неизвестного вида.")


def _has_file_pass(content: bytes) -> bool:
    """Whether a FilePass record stands among the first of the workbook's records (MS-XLS 2.4.117)."""
    for start in _BOF.finditer(content):
        at = start.start()
        for _ in range(3):
            kind, size = content[at : at + 2], int.from_bytes(content[at + 2 : at + 4], "little")
            if kind == b"\x2f\x00":
                return True
            at += 4 + size
    return False


def _has_ole_entry(content: bytes, name: str) -> bool:
    pattern = name.encode("utf-16-le") + b"\x00\x00"
    at = content.find(pattern)
    while at != -1:
        if at % 128 == 0:
            return True
        at = content.find(pattern, at + 1)
    return False
