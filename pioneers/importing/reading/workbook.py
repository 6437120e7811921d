"""XLSX workbooks, within limits that keep a crafted file from filling the memory."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import openpyxl
from openpyxl.workbook.workbook import Workbook

from pioneers.importing.reading.cells import typed_cell
from pioneers.importing.reading.problems import Unreadable

MEGABYTE = 1024 * 1024
MOST_PARTS = 2_000
MOST_UNPACKED = 300 * MEGABYTE
MOST_SHARED = 48 * MEGABYTE  # openpyxl holds the shared texts in memory
MOST_RATIO = 150  # a sheet of real rows packs to a tenth or twentieth
RATIO_FROM = 4 * MEGABYTE
MOST_COLUMNS = 256
TITLES = 50  # rows above the header do not count towards the limit
EMPTY_IN_A_ROW = 5_000  # a sheet that was coloured down to its last row ends here


@dataclass(frozen=True)
class SheetName:
    """A sheet's name, and whether the workbook hides it."""

    name: str
    hidden: bool


def check_archive(stream: IO[bytes]) -> None:
    """Refuse before opening: no workbook, cut off, protected, or larger inside than it may be."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("truncated") from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise Unreadable("ods" if "content.xml" in names else "wrong_type")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("password")
    _check_sizes(parts)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """Declared sizes are what unpacking stops at, so that they can be trusted as a limit."""
    unpacked = sum(part.file_size for part in parts)
    shared = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
    swollen = any(
        part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(1, part.compress_size)
        for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or shared > MOST_SHARED or swollen:
        raise Unreadable("bomb")


@contextmanager
def opened(stream: IO[bytes], *, values: bool = True) -> Iterator[Workbook]:
    """The workbook, read-only; every failure inside is the file's own: Unreadable.

    openpyxl parses through defusedxml when that is installed, which refuses entities.
    """
    stream.seek(0)
    try:
        book = openpyxl.load_workbook(
            stream, read_only=True, data_only=values, keep_links=False, keep_vba=False
        )
        try:
            yield book
        finally:
            book.close()
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable("bomb") from error
    except Exception as error:
        # openpyxl raises whatever its parser met (KeyError, ParseError, EntitiesForbidden ...)
        raise Unreadable("damaged") from error


def sheet_names(stream: IO[bytes]) -> list[SheetName]:
    """The sheets with cells, in the workbook's order."""
    with opened(stream) as book:
        return [SheetName(sheet.title, sheet.sheet_state != "visible") for sheet in book.worksheets]


def spool(stream: IO[bytes], name: str, kept: IO[str], *, limit: int) -> int:
    """Write the rows of sheet `name` to `kept` as lines of JSON [number, [cells]]; how many."""
    count = 0
    with opened(stream) as book:
        for number, cells in _rows(book, stream, name):
            count += 1
            if count > limit + TITLES:
                raise Unreadable("too_many_rows", limit=limit)
            kept.write(json.dumps((number, cells), ensure_ascii=False) + "\n")
    return count


def spooled_rows(kept: IO[str]) -> Iterator[tuple[int, list[str]]]:
    """What `spool` wrote, from the beginning."""
    kept.seek(0)
    for line in kept:
        number, cells = json.loads(line)
        yield number, cells


def _rows(book: Workbook, stream: IO[bytes], name: str) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    for number, values in enumerate(_values(book, stream, name), start=1):
        cells = [typed_cell(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            empty = 0
            yield number, cells
        else:
            empty += 1
            if empty > EMPTY_IN_A_ROW:
                return


def _values(book: Workbook, stream: IO[bytes], name: str) -> Iterator[tuple[Any, ...]]:
    """Cached values; where a formula has none, its own text (`=...`), which no column accepts."""
    sheet = book[name]
    sheet.reset_dimensions()  # a wrong stated size hides rows
    values = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    if not _has_formulas(stream, sheet):
        yield from values
        return
    with tempfile.TemporaryFile() as second:
        stream.seek(0)
        while chunk := stream.read(MEGABYTE):
            second.write(chunk)
        with opened(second, values=False) as plain:
            other = plain[name]
            other.reset_dimensions()
            formulas = other.iter_rows(values_only=True, max_col=MOST_COLUMNS)
            for known, written in zip(values, formulas, strict=False):
                yield tuple(
                    formula if value is None and formula is not None else value
                    for value, formula in zip(known, written, strict=False)
                )


def _has_formulas(stream: IO[bytes], sheet: Any) -> bool:
    """Whether the sheet's XML holds a formula; asked of the bytes, which is fast."""
    with zipfile.ZipFile(stream) as archive, archive.open(sheet._worksheet_path) as part:
        tail = b""
        while chunk := part.read(MEGABYTE):
            text = tail + chunk
            if b"<f>" in text or b"<f " in text or b":f>" in text or b"<f/" in text:
                return True
            tail = text[-4:]
    return False
