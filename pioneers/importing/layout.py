"""How a list is laid out: its sheet, its header, and the field of each column. Pure."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pioneers.importing import headers
from pioneers.importing.headers import Field
from pioneers.importing.presence import was_there
from pioneers.importing.reading.document import Document, Rows, Sheet

LOOK_AT = 60  # rows in which the header and a status column's values are sought
SAMPLES = 3
NAMED_BY = frozenset({Field.FULL_NAME, Field.FAMILY_NAME, Field.FIRST_NAME})


@dataclass(frozen=True)
class Layout:
    """What was found. `columns` are the headers made different from each other; `fields` maps a
    column's place to its field; a place in `asks` has a header that another column has too.
    """

    columns: list[str]
    header_row: int  # the number of the header's row in the file; 0 when there is none
    fields: dict[int, Field]
    asks: list[int] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)

    @property
    def has_name(self) -> bool:
        """Whether people can be told from each other at all."""
        return bool(NAMED_BY & set(self.fields.values()))

    @property
    def has_presence(self) -> bool:
        """Whether the list says who was there; else everybody on it was."""
        return Field.PRESENCE in self.fields.values()

    @property
    def inverted(self) -> bool:
        """Whether the presence column marks those who did not come."""
        return any(
            headers.normal(self.columns[place]) in headers.INVERTED
            for place, meaning in self.fields.items()
            if meaning == Field.PRESENCE
        )

    def as_json(self) -> dict[str, Any]:
        """For keeping, the columns apart."""
        return {
            "header_row": self.header_row,
            "fields": {str(place): meaning.value for place, meaning in self.fields.items()},
            "asks": self.asks,
            "samples": self.samples,
        }


def from_json(columns: Sequence[str], kept: Mapping[str, Any]) -> Layout:
    """What `as_json` kept."""
    return Layout(
        columns=list(columns),
        header_row=int(kept.get("header_row", 0)),
        fields={int(place): Field(name) for place, name in kept.get("fields", {}).items()},
        asks=list(kept.get("asks", [])),
        samples=list(kept.get("samples", [])),
    )


def choose_sheet(document: Document, name: str | None = None) -> Sheet:
    """The sheet called `name`, else the visible one that looks most like a list."""
    for sheet in document.sheets:
        if name is not None and sheet.name == name:
            return sheet

    def likeness(sheet: Sheet) -> tuple[bool, int, int]:
        best = max(headers.score(cells) for _number, cells in islice(sheet.rows(), LOOK_AT))
        return (not sheet.hidden and best > 0, best, sheet.count)

    return max(document.sheets, key=likeness)


def find_layout(
    rows: Rows, *, header_row: int | None = None, remembered: Mapping[str, str] | None = None
) -> Layout:
    """The header among the first rows and what its columns mean.

    `header_row` fixes the header (0: there is none). `remembered` maps a normalised header to a
    field ('' for ignored), as a person decided before for this fan.
    """
    first = list(islice(rows(), LOOK_AT))
    place = _header_place(first, header_row)
    if place is None:
        width = max(len(cells) for _number, cells in first)
        columns, number, data = [f"#{index + 1}" for index in range(width)], 0, first
    else:
        number, cells = first[place]
        columns, data = distinct(cells), first[place + 1 :]
    values = [cells for _number, cells in data]
    fields, asks = map_columns(columns, values, remembered or {})
    samples = [
        [cell for row in values if (cell := cell_at(row, index))][:SAMPLES]
        for index in range(len(columns))
    ]
    return Layout(columns, number, fields, asks, samples)


def _header_place(first: Sequence[tuple[int, list[str]]], header_row: int | None) -> int | None:
    if header_row is not None:
        return next((i for i, (number, _cells) in enumerate(first) if number == header_row), None)
    scores = [headers.score(cells) for _number, cells in first]
    best = max(scores, default=0)
    # One recognised word in a row of many cells is a coincidence ("Present" in a list of names).
    place = scores.index(best) if best else None
    if place is not None and best == 1 and sum(map(bool, first[place][1])) > 3:
        return None
    return place


def distinct(cells: Sequence[str]) -> list[str]:
    """Headers that differ: the second `E-mail` becomes `E-mail (2)`, an empty one `#4`."""
    seen: dict[str, int] = {}
    names = []
    for index, cell in enumerate(cells):
        name = cell[:80] or f"#{index + 1}"
        key = headers.normal(name) or name
        seen[key] = seen.get(key, 0) + 1
        names.append(name if seen[key] == 1 else f"{name} ({seen[key]})")
    return names


def map_columns(
    columns: Sequence[str], values: Sequence[list[str]], remembered: Mapping[str, str]
) -> tuple[dict[int, Field], list[int]]:
    """Each column's field, the first of two alike; and the columns whose header came before."""
    fields: dict[int, Field] = {}
    asks: list[int] = []
    doubles = _second_of_a_name(columns)
    for index, column in enumerate(columns):
        key = headers.normal(column)
        if key in remembered:
            if remembered[key] in set(Field) and remembered[key] not in fields.values():
                fields[index] = Field(remembered[key])
            continue
        if index in doubles:
            asks.append(index)
            continue
        found = headers.recognise(column) or _by_content(values, index)
        if found == Field.PRESENCE and not _says_presence(column, values, index):
            found = None
        if found and found not in fields.values():
            fields[index] = found
    return fields, asks


def _second_of_a_name(columns: Sequence[str]) -> set[int]:
    return {
        index
        for index, column in enumerate(columns)
        if column.endswith(")")
        and (base := column.rpartition(" (")[0])
        and column.rpartition(" (")[2][:-1].isdecimal()
        and headers.normal(base) in {headers.normal(other) for other in columns[:index]}
    }


def _says_presence(column: str, values: Sequence[list[str]], index: int) -> bool:
    """A column called `Status` tells who was there only when its values do."""
    if headers.normal(column) not in headers.BY_VALUES:
        return True
    filled = [cell for row in values if (cell := cell_at(row, index))]
    return not filled or any(was_there(cell) is not None for cell in filled)


def _by_content(values: Sequence[list[str]], index: int) -> Field | None:
    """A column without a name that is full of e-mail addresses is one of e-mail addresses."""
    filled = [cell for row in values if (cell := cell_at(row, index))]
    mails = sum("@" in cell and " " not in cell for cell in filled)
    return Field.EMAIL if filled and mails * 2 > len(filled) else None


def cell_at(cells: Sequence[str], place: int) -> str:
    """The cell, or '' where the row is shorter."""
    return cells[place] if place < len(cells) else ""


def header_key(columns: Sequence[str]) -> str:
    """What is equal for two lists with the same columns."""
    text = "\n".join(headers.normal(column) or column for column in columns)
    return hashlib.sha256(text.encode()).hexdigest()


def data_rows(rows: Rows, header_row: int) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header."""
    return ((number, cells) for number, cells in rows() if number > header_row)
