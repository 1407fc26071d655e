"""Packed documents opened with care: parts read within limits, XML without entities."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from roadmap.reading.file_error import FileError

LARGEST_PART = 40 * 1024 * 1024
"""A part of a document that unpacks to more than this is taken for a zip bomb: a page is some 50 KB of XML."""
LARGEST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 10_000

BROKEN = "Файл повреждён и не открывается. Откройте его у себя, сохраните как .docx и загрузите снова."
LOCKED = "Файл защищён паролем. Снимите пароль, сохраните файл и загрузите снова."

_DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError)
"""What reading a damaged archive can raise; an unknown way of packing is a NotImplementedError, a RuntimeError."""


@dataclass(frozen=True, slots=True)
class Package:
    """An opened archive; its parts are unpacked only when asked for."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    def part(self, name: str) -> bytes:
        """The bytes of a part; raises FileError when it is missing, damaged or too large."""
        try:
            if self.archive.getinfo(name).file_size > LARGEST_PART:
                raise _too_large()
            with self.archive.open(name) as stream:
                content = stream.read(LARGEST_PART + 1)
        except _DAMAGES as error:
            raise FileError(BROKEN, name) from error
        if len(content) > LARGEST_PART:
            raise _too_large()
        return content

    def xml(self, name: str) -> etree._Element:
        """The root of a part's XML; raises FileError when it is damaged or declares entities."""
        return xml_root(self.part(name), name)


def opened(content: bytes) -> Package:
    """The archive in some bytes; raises FileError when it is damaged, locked or a bomb."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGES as error:
        raise FileError(BROKEN) from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileError(LOCKED)
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise _too_large()
    return Package(archive, frozenset(entry.filename for entry in entries))


def xml_root(content: bytes, place: str) -> etree._Element:
    """The root of an XML document of a stranger: nothing is fetched, nothing is expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileError(BROKEN, place) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise FileError(BROKEN, place)
    return root


def _too_large() -> FileError:
    return FileError("Внутри файла слишком много данных: дорожных карт таких размеров не бывает.")
