"""Text with delimiters: which one, and the rows."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Protocol

from pioneers.importing.reading.cells import clean_cells
from pioneers.importing.reading.problems import Unreadable

DELIMITERS = ";,\t|"
SAMPLE_ROWS = 60
SAMPLE_LINES = 400
MOST_COLUMNS = 256  # as of a workbook; a line of two hundred thousand would keep a worker busy
END = "\ue000"  # private use: no list holds it


class Score(Protocol):
    """How much a row looks like a header: the number of columns that are recognised."""

    def __call__(self, cells: list[str], /) -> int: ...


def sniff(lines: Iterable[str], score: Score) -> str:
    """The delimiter under which the first rows make the best table.

    A recognised header decides; else the number of rows that agree on more than one column.
    """
    sample = list(islice(lines, SAMPLE_LINES))
    if sample and (stated := _stated(sample[0])):
        return stated
    return max(DELIMITERS, key=lambda mark: _quality(sample, mark, score))


def _stated(first: str) -> str | None:
    """Excel's own first line `sep=;`."""
    text = first.strip().strip('"').lower()
    return first.strip().strip('"')[4] if text.startswith("sep=") and len(text) == 5 else None


def _quality(sample: list[str], delimiter: str, score: Score) -> tuple[int, int, int]:
    try:
        rows = list(islice(csv.reader(sample, delimiter=delimiter), SAMPLE_ROWS))
    except csv.Error:
        return (0, 0, 0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    header = max((score(row[:MOST_COLUMNS]) for row in rows if len(row) > 1), default=0)
    agreed = widths.most_common(1)[0] if widths else (0, 0)
    return (header, agreed[1], agreed[0])


def rows(lines: Callable[[], Iterator[str]], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number as a spreadsheet shows it, from 1; empty rows are left out.

    Unreadable when a quotation mark is never closed: the rest of the list would hide in one cell.
    """
    number = 0
    reader = csv.reader(chain(lines(), ["\n", END]), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            if cells and cells[-1].endswith(END):
                if cells != [END]:
                    raise Unreadable("open_quote", row=number)
                return
            if number == 1 and len(cells) <= 2 and _stated_row(cells):
                continue
            if any(cells) and any(cells := clean_cells(cells[:MOST_COLUMNS])):
                yield number, cells
    except csv.Error as error:
        raise Unreadable("open_quote", row=number + 1) from error


def _stated_row(cells: list[str]) -> bool:
    return bool(cells) and cells[0].strip().lower().startswith("sep=")
