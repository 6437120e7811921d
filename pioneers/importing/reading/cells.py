"""A cell of a spreadsheet as one line of clean text. Pure functions."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from pioneers.web.parsing import clean_text

# Excel's own way to keep the zeros in front of a number that is saved as CSV: ="04894092"
KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
PLAIN = re.compile(r"[ -~\u00c0-\u024f]*")  # nothing to clean: no control or invisible characters
SPACES = re.compile(r"\s\s+")


def clean_cells(cells: list[str]) -> list[str]:
    """Each cell cleaned; a row without anything to clean, as most are, is looked at but once."""
    row = "|".join(cells)
    is_plain = row.isprintable() if row.isascii() else PLAIN.fullmatch(row)
    is_untidy = row[:1] == " " or row[-1:] == " " or "  " in row or "| " in row or " |" in row
    if not is_plain or is_untidy or '="' in row:
        return [clean_cell(cell) for cell in cells]
    return cells


def clean_cell(text: str) -> str:
    """One line without control characters, outer spaces and doubled spaces."""
    if not text:
        return text
    if not PLAIN.fullmatch(text):
        text = str(clean_text(text.replace("\u00a0", " ")))
    text = text.strip()
    if "  " in text:
        text = SPACES.sub(" ", text)
    if text.startswith("=") and (found := KEPT_AS_TEXT.fullmatch(text)):
        return found[1].strip()
    return text


def typed_cell(value: Any) -> str:
    """A typed cell of a workbook as a person would write it: whole numbers plain, days as ISO."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_cell(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time.min
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date | timedelta | int):
        return str(value)
    return clean_cell(str(value))
