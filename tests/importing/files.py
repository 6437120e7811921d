"""Files as hosts (and others) send them, made in memory."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl

HEADER = ["Voornaam", "Tussenvoegsel", "Achternaam", "Bedrijf", "E-mailadres", "Aanwezig"]
PEOPLE = [
    ["Roos", "van der", "Akker", "Kwekerij Akkerzicht B.V.", "roos@akkerzicht-proef.nl", "x"],
    ["Daan", "", "Hoekstra", "Smederij Hoekstra", "daan@smederijhoekstra-proef.nl", "x"],
    ["Fenna", "ten", "Brink", "Brink Advies", "fenna@brinkadvies-proef.nl", ""],
    ["Joris", "", "Mous", "Drukkerij Mous & Zn.", "joris@drukkerijmous-proef.nl", "ja"],
]


def sheet_csv(
    rows: Iterable[Sequence[str]], *, delimiter: str = ";", encoding: str = "utf-8"
) -> bytes:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def people_csv(people: Sequence[Sequence[str]] = PEOPLE, **how: Any) -> bytes:
    """A header and people."""
    return sheet_csv([HEADER, *people], **how)


def sheet_xlsx(
    rows: Iterable[Sequence[str | int | float | bool | date | datetime | None]],
    *,
    title: str = "Lijst",
    others: dict[str, list[list[str]]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """Rows as a workbook; `others` are further sheets, put first."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for index, (name, cells) in enumerate((others or {}).items()):
        other = book.create_sheet(name, index)
        for row in cells:
            other.append(row)
        if name in hidden:
            other.sheet_state = "hidden"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced or added."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as before,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            if part.filename != name:
                after.writestr(part, before.read(part.filename))
        after.writestr(name, content)
    return kept.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
