"""A PDF with a text layer to blocks: tables by their ruling, text around them by paragraphs."""

import io
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from roadmap.domain.blocks import Block, Paragraph, Row
from roadmap.reading.file_error import FileError
from roadmap.reading.grid import Flow, Grid, GridCell, check_size, laid_out
from roadmap.reading.pdf_columns import flow_of
from roadmap.reading.pdf_page import PageTable, PageText, page_text
from roadmap.reading.pdf_ruling import NEAR
from roadmap.reading.pdf_streams import check_streams
from roadmap.reading.pdf_unruled import with_unruled_tables
from roadmap.reading.pdf_words import Hyphens, margins, paragraphs_of

MOST_PAGES = 400
MOST_SECONDS = 120
FEWEST_LETTERS = 20
"""Pictures with fewer letters have no text layer worth the name: programs of scanners leave some."""

DAMAGED = "PDF повреждён и не открывается. Сохраните документ как .docx или сделайте PDF заново."
LOCKED = "PDF защищён паролем. Снимите пароль, сохраните файл и загрузите снова."
SCAN = (
    "В этом PDF нет текста, это снимок страниц (скан). Загрузите исходный документ .docx или PDF, сделанный из него, "
    "или распознайте снимок."
)
_NO_LETTERS = (
    "В этом PDF нельзя узнать буквы: шрифты сохранены без таблицы символов. Загрузите исходный документ .docx."
)
_TOO_LONG = "PDF слишком сложный: за отведённое время он не прочитан. Загрузите исходный документ .docx."

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns about every flaw of every font


class NoTextError(FileError):
    """The PDF is a scan: its pages are pictures."""


@dataclass(slots=True)
class PdfReading:
    """The blocks of a PDF, and the pages (from 1) that are pictures without text among pages that have it."""

    blocks: list[Block]
    pictures: tuple[int, ...] = ()


def blocks_of_pdf(content: bytes) -> list[Block]:
    """The paragraphs and rows of a PDF in reading order, each with its page; see `reading_of_pdf`."""
    return reading_of_pdf(content).blocks


def reading_of_pdf(content: bytes) -> PdfReading:
    """What a PDF says, with the lines of a paragraph and of a cell joined.

    `line` counts the blocks from 1. A table that goes on at the top of the next page keeps its number there; a row
    that goes on stays two rows. Raises NoTextError for a scan, FileError for a PDF that is damaged, locked, or
    too large.
    """
    check_streams(content)
    pages = _pages(content)
    _check_letters(pages)
    pictures = tuple(page.number for page in pages if page.has_images and page.letters < FEWEST_LETTERS)
    if not any(len(table.ruled.xs) > 2 for page in pages for table in page.tables):
        with_unruled_tables(pages)
    return PdfReading(_blocks(pages), pictures)


def _pages(content: bytes) -> list[PageText]:
    """The pages taken apart; whatever the library stumbles over is a damaged file."""
    deadline = time.monotonic() + MOST_SECONDS
    try:
        with pdfplumber.open(io.BytesIO(content), raise_unicode_errors=False) as document:
            if len(document.pages) > MOST_PAGES:
                raise FileError(f"В PDF больше {MOST_PAGES} страниц: дорожных карт таких размеров не бывает.")
            pages = []
            for page in document.pages:
                if time.monotonic() > deadline:
                    raise FileError(_TOO_LONG, f"страница {page.page_number}")
                pages.append(page_text(page))
                page.close()
            return pages
    except FileError:
        raise
    except PdfminerException as error:
        is_locked = bool(error.args) and isinstance(error.args[0], PDFPasswordIncorrect)
        raise FileError(LOCKED if is_locked else DAMAGED) from error
    except Exception as error:  # the parser raises whatever a damaged file makes it stumble over
        raise FileError(DAMAGED) from error


def _check_letters(pages: Sequence[PageText]) -> None:
    letters, unreadable = sum(page.letters for page in pages), sum(page.unreadable for page in pages)
    if letters < FEWEST_LETTERS and any(page.has_images for page in pages):
        raise NoTextError(SCAN)
    if not letters:
        raise FileError("В этом PDF нет текста.")
    if unreadable * 3 > letters:
        raise FileError(_NO_LETTERS)


@dataclass(slots=True)
class _Chain:
    """A table that goes on over pages: its parts with their pages, and the places of all its upright lines."""

    xs: list[float]
    last_page: int = 0
    parts: list[PageTable] = field(default_factory=list)

    def takes(self, table: PageTable) -> bool:
        """Whether a table has the same outer ends and mostly the same columns."""
        xs = table.ruled.xs
        if abs(xs[0] - self.xs[0]) > 2 * NEAR or abs(xs[-1] - self.xs[-1]) > 2 * NEAR:
            return False
        shared = sum(any(abs(x - own) <= NEAR for own in self.xs) for x in xs)
        return shared * 2 >= min(len(xs), len(self.xs)) + 2

    def add(self, table: PageTable, page: int) -> None:
        """Put a part at the end."""
        self.parts.append(table)
        self.last_page = page
        self.xs += [x for x in table.ruled.xs if all(abs(x - own) > NEAR for own in self.xs)]
        self.xs.sort()

    def columns(self, start: float, end: float) -> int:
        """How many columns of the whole table lie between two places."""
        return max(1, sum(start + NEAR < x <= end + NEAR for x in self.xs))


def _blocks(pages: Sequence[PageText]) -> list[Block]:
    chains = _chains(pages)
    numbers = {id(part): (number, chain) for number, chain in enumerate(chains) for part in chain.parts}
    hyphens = Hyphens(line for page in pages for line in page.all_lines())
    blocks: list[Block] = []
    table, tables, rows, cells = None, 0, 0, 0
    last_chain = None
    for page in pages:
        for item, chain in _page_flow(page, pages, numbers, hyphens):
            if isinstance(item, str):
                blocks.append(Paragraph(item, len(blocks) + 1, page.number))
                continue
            if table is None or chain is None or chain != last_chain:
                table, tables = tables, tables + 1
            last_chain = chain
            for row in laid_out(item):
                rows, cells = rows + 1, cells + len(row)
                check_size(rows, cells)
                blocks.append(Row(row, len(blocks) + 1, table, page.number))
    return blocks


def _chains(pages: Sequence[PageText]) -> list[_Chain]:
    """The tables of all pages, those put together that go on from the foot of a page to the top of the next."""
    chains: list[_Chain] = []
    for page in pages:
        for number, table in enumerate(page.tables):
            is_first = number == 0 and all(line.top > table.top for line in page.lines)
            if not (is_first and chains and chains[-1].last_page == page.number - 1 and chains[-1].takes(table)):
                chains.append(_Chain(list(table.ruled.xs)))
            chains[-1].add(table, page.number if _is_last(table, page) else 0)
    return chains


def _is_last(table: PageTable, page: PageText) -> bool:
    return all(line.bottom < table.ruled.ys[-1] for line in page.lines) and table is page.tables[-1]


def _page_flow(
    page: PageText, pages: Sequence[PageText], numbers: dict[int, tuple[int, _Chain]], hyphens: Hyphens
) -> Iterator[tuple[Flow, int | None]]:
    """The paragraphs and tables of a page from top to bottom, each table with the number of its chain."""
    left, right = _margins(page, pages)
    above = float("-inf")
    for table in [*page.tables, None]:
        below = table.top if table else float("inf")
        between = [line for line in page.lines if above <= (line.top + line.bottom) / 2 < below]
        for item in flow_of(between, left, right, hyphens):
            yield item, None
        if table:
            number, chain = numbers[id(table)]
            yield _grid(table, chain, hyphens), number
            above = below


def _margins(page: PageText, pages: Sequence[PageText]) -> tuple[float, float]:
    """The ends of the widest text or table among the pages of the same width."""
    same = [other for other in pages[:10] if other.width == page.width] or [page]
    left, right = margins(line for other in [*same, page] for line in other.lines)
    tables = [table.ruled for other in [*same, page] for table in other.tables]
    return (
        min([left, *(table.xs[0] for table in tables)])
        if left
        else min((table.xs[0] for table in tables), default=0.0),
        max([right, *(table.xs[-1] for table in tables)]),
    )


def _grid(table: PageTable, chain: _Chain, hyphens: Hyphens) -> Grid:
    ruled = table.ruled
    grid = Grid()
    for row, owners in enumerate(ruled.owner):
        cells = []
        for column, place in enumerate(owners):
            if place != (row, column):
                continue
            right = column + owners.count(place)
            down = sum(line[column] == place for line in ruled.owner)
            x0, x1 = ruled.xs[column], ruled.xs[right]
            lines = table.lines.get(place, [])
            padding = min(max(min((line.x0 for line in lines), default=x0) - x0, 1), 10)
            texts = paragraphs_of(lines, x0 + padding, x1 - padding, hyphens)
            cells.append(GridCell(["\n".join(texts)], chain.columns(x0, x1), down))
        grid.rows.append(cells)
    return grid
