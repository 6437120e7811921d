"""Reading what people type: text, days, hours and numbers. Pure functions."""

import re
import unicodedata
from datetime import date, time

MONTHS = {
    name: index + 1
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sept oct nov dec",
    )
    for index, name in enumerate(names.split())
}
LARGEST = 2_147_483_647  # what an INTEGER column of PostgreSQL holds
HIDDEN = frozenset("\u200b\u200e\u200f\u2028\u2029\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")


def clean_text(value: object, *, lines: bool = False) -> object:
    """Text without control and invisible characters, in composed form, without outer space.

    They arrive by copying from documents; a NUL makes PostgreSQL refuse the row. Line ends stay
    when `lines`, else they become a space. Whatever is not text is returned as it is.
    """
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if not lines:
        text = text.replace("\n", " ").replace("\t", " ")
    kept = (
        char
        for char in text
        if char in "\n\t" or (unicodedata.category(char) not in {"Cc", "Cs"} and char not in HIDDEN)
    )
    return "".join(kept).strip()


def parse_day(text: str) -> date | None:
    """A day as 12-3-2017, 12/3/2017, 12.3.2017, 12 maart 2017 or 2017-03-12; None if it is none."""
    text = " ".join(text.lower().replace(",", " ").split())
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})", text):
        day, month, year = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})", text):
        day, month, year = int(found[1]), MONTHS.get(found[2], 0), int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_whole_number(text: str, *, dutch: bool) -> int | None:
    """A whole number, with the thousands marks of the language or spaces; None if it is none."""
    mark = r"[.\s]" if dutch else r"[,\s]"
    if not re.fullmatch(rf"-?(\d+|\d{{1,3}}({mark}\d{{3}})+)", text, re.ASCII):
        return None
    if len(text) > 20:
        return None
    return int(re.sub(r"[.,\s]", "", text))


def parse_version(text: str | None) -> int:
    """A version or id that a form or address carried; 0, which no record has, for what is none."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def parse_hour(text: str) -> time | None:
    """A time as 20:00, 20.00, 20u, 20.00 uur or 2000; None if it is none."""
    text = text.lower().removesuffix("uur").removesuffix("u").strip()
    found = re.fullmatch(r"(\d{1,2})(?:[:.]?(\d{2}))?(?::\d{2})?", text, re.ASCII)
    if not found:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def parse_kvk(text: str) -> str | None:
    """Eight digits; a zero that a spreadsheet took off the front is put back. None if it is none.

    KVK publishes no check digit, so that nothing more can be asked of a number.
    """
    digits = re.sub(r"[\s.-]", "", re.sub(r"^kvk[\s:.-]*", "", text.lower()))
    if not re.fullmatch(r"\d{7,8}", digits, re.ASCII):
        return None
    return digits.zfill(8)
