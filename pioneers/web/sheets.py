"""One writer for every exported sheet: CSV for a spreadsheet in Dutch, and XLSX.

A text that a spreadsheet would run as a formula is written with an apostrophe before it, after
OWASP's page on CSV injection; numbers and dates stay what they are.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from flask import Response, stream_with_context

from pioneers import clock
from pioneers.web.parsing import clean_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | Decimal | bool | date | datetime | None
Kind = Literal["csv", "xlsx"]

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST = 32_767  # characters in a cell of XLSX
ROWS = 1_048_576  # rows in a sheet of XLSX
BLOCK = 500


class TooManyRows(ValueError):
    """More rows than a sheet of XLSX holds; CSV has no such limit."""


def neutral(text: str) -> str:
    """`text` as text only: no spreadsheet runs it, no control character breaks the file."""
    kept = str(clean_text(text, lines=True))
    risky = text.startswith(FORMULA) or kept.lstrip().startswith(FORMULA)
    return f"'{kept}" if risky else kept


def csv_blocks(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The sheet as CSV in blocks: UTF-8 with BOM and semicolons, as a Dutch Excel reads it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([neutral(cell) for cell in header])
    for count, row in enumerate(rows, start=1):
        writer.writerow([_csv_cell(cell) for cell in row])
        if count % BLOCK == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _csv_cell(cell: Cell) -> str:
    """Decimals with a comma; days as 2017-03-12, which no country reads differently."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return clock.local(cell).strftime("%Y-%m-%d %H:%M")
    return cell.isoformat() if isinstance(cell, date) else neutral(cell)


def write_xlsx(
    file: io.BufferedIOBase | tempfile.SpooledTemporaryFile[bytes],
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> None:
    """Write one sheet row by row in constant memory. Raises TooManyRows."""
    import xlsxwriter  # no page or command but an export needs it

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "1")
    bold = book.add_format({"bold": True})
    formats: dict[type, Format] = {
        date: book.add_format({"num_format": "dd-mm-yyyy"}),
        datetime: book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
    }
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(header) - 1), 18)
    for column, title in enumerate(header):
        sheet.write_string(0, column, neutral(title), bold)
    for number, row in enumerate(rows, start=1):
        if number >= ROWS:
            raise TooManyRows
        for column, cell in enumerate(row):
            _write_cell(sheet, number, column, cell, formats)
    book.close()


def _write_cell(
    sheet: Worksheet,
    row: int,
    column: int,
    cell: Cell,
    formats: dict[type, Format],
) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, datetime):
        local = clock.local(cell).replace(tzinfo=None)
        sheet.write_datetime(row, column, local, formats[datetime])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats[date])
    elif isinstance(cell, str):
        sheet.write_string(row, column, neutral(cell)[:LONGEST])
    else:
        sheet.write_number(row, column, cell)


def sheet_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], kind: str
) -> Response:
    """A download called `name` (without extension); `kind` is csv or xlsx, else csv.

    The rows are read while the answer is sent (CSV) or before it (XLSX, to a temporary file), so
    that memory does not grow with their number. The request's context, and with it the database
    session, stays open until the last row is sent.
    """
    kind = kind if kind in TYPES else "csv"
    body = csv_blocks(header, rows) if kind == "csv" else _xlsx_blocks(name, header, rows)
    response = Response(stream_with_context(body), content_type=TYPES[kind])
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-") or "export"
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.{kind}\"; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    )
    return response


def _xlsx_blocks(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Iterator[bytes]:
    """Write first, so that a refusal is an error page and not half a file; then send."""
    file: tempfile.SpooledTemporaryFile[bytes] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed by who reads it
        1024 * 1024
    )
    try:
        write_xlsx(file, name, header, rows)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _read_blocks(file)


def _read_blocks(file: tempfile.SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(64 * 1024):
            yield block
