"""A file that somebody uploaded to blocks: the one way in to all the readers."""

from collections.abc import Callable
from dataclasses import dataclass

from roadmap.domain.blocks import Block
from roadmap.reading.doc import docx_from
from roadmap.reading.docx import blocks_of_docx
from roadmap.reading.file_error import FileError
from roadmap.reading.html import blocks_of_html
from roadmap.reading.kind import FileKind, file_kind
from roadmap.reading.package import BROKEN
from roadmap.reading.pdf import NoTextError, reading_of_pdf
from roadmap.reading.pdf_scan import can_recognise, recognised
from roadmap.reading.text import blocks_of_text

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_TEXT = 5 * 1024 * 1024
"""Text holds no pictures: five megabytes are a thousand pages."""

RECOGNISED = "Документ распознан со снимка страниц: проверьте каждую строку."


@dataclass(frozen=True, slots=True)
class FileReading:
    """The blocks of a file, and what a person should know about how they were read (Russian sentences)."""

    blocks: list[Block]
    notes: tuple[str, ...] = ()


def blocks_of_file(content: bytes, filename: str) -> list[Block]:
    """The blocks of a file of any kind that can be read; see `reading_of_file`."""
    return reading_of_file(content, filename).blocks


def reading_of_file(content: bytes, filename: str) -> FileReading:
    """The blocks of a file and the notes on its reading.

    The kind is told by the content; `filename` only stands in refusals, as their place. Raises FileError, a Russian
    sentence, for whatever cannot be read: nothing else is raised, however the file is damaged.
    """
    if len(content) > LARGEST_FILE:
        raise FileError(f"Файл больше {LARGEST_FILE // 1024**2} МБ: дорожных карт таких размеров не бывает.", filename)
    try:
        reading = _READERS[file_kind(content)](content)
    except FileError as error:
        error.place = error.place or filename
        raise
    except (RecursionError, MemoryError) as error:
        raise FileError(BROKEN, filename) from error
    if not reading.blocks:
        raise FileError("В файле нет текста.", filename)
    return reading


def _text(content: bytes) -> FileReading:
    if len(content) > LARGEST_TEXT:
        limit = LARGEST_TEXT // 1024**2
        raise FileError(f"Текста больше {limit} МБ: дорожных карт таких размеров не бывает.")
    return FileReading(blocks_of_text(content))


def _html(content: bytes) -> FileReading:
    return FileReading(blocks_of_html(content))


def _docx(content: bytes) -> FileReading:
    return FileReading(blocks_of_docx(content))


def _pdf(content: bytes) -> FileReading:
    try:
        reading = reading_of_pdf(content)
    except NoTextError:
        if not can_recognise():
            raise
        return FileReading([*recognised(content)], (RECOGNISED,))
    return FileReading(reading.blocks, _note_on_pictures(reading.pictures))


def _note_on_pictures(pages: tuple[int, ...]) -> tuple[str, ...]:
    if not pages:
        return ()
    if len(pages) == 1:
        return (f"Страница {pages[0]} — картинка без текста, она не прочитана.",)
    return (f"Страницы {', '.join(map(str, pages))} — картинки без текста, они не прочитаны.",)


def _old(kind: FileKind) -> Callable[[bytes], FileReading]:
    return lambda content: _docx(docx_from(content, kind))


_READERS: dict[FileKind, Callable[[bytes], FileReading]] = {
    FileKind.TEXT: _text,
    FileKind.HTML: _html,
    FileKind.DOCX: _docx,
    FileKind.PDF: _pdf,
    **{kind: _old(kind) for kind in (FileKind.DOC, FileKind.RTF, FileKind.ODT)},
}
