"""Numbers, money and dates as people write them, in the present language.

Mail is written in its receiver's language: what mail tells takes that language as `spoken`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Literal

from babel import numbers
from babel.dates import format_date, get_day_names, get_month_names
from flask import Flask

from pioneers import clock
from pioneers.web.i18n import language

NOTHING = "–"
THIN = "\u00a0"  # a number and its unit stay on one line


def number(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """1.775 in Dutch, 1,775 in English; a dash when there is none."""
    if value is None:
        return NOTHING
    if type(value) is int and not decimals:  # nearly every figure of a page; Babel takes 15 µs
        written = f"{value:,}"
        return written.replace(",", ".") if language() == "nl" else written
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(numbers.format_decimal(value, format=pattern, locale=language()))


def percent(share: float | Decimal | None, decimals: int = 0) -> str:
    """A share (1.0 is all) as `394 %` in Dutch, `394%` in English."""
    if share is None:
        return NOTHING
    written = number(share * 100, decimals)
    return f"{written}{THIN}%" if language() == "nl" else f"{written}%"


def money(cents: int | None) -> str:
    """An amount in whole cents: `€ 1.250`, and `€ 1.250,50` when it is not round."""
    if cents is None:
        return NOTHING
    sign = "-" if cents < 0 else ""
    euros = Decimal(abs(cents)) / 100
    written = number(euros, 0 if cents % 100 == 0 else 2)
    gap = THIN if language() == "nl" else ""
    return f"{sign}€{gap}{written}"


def euros(amount: int | None) -> str:
    """An amount in whole euros, written as `money` does."""
    return money(None if amount is None else amount * 100)


def day(value: date | datetime | None) -> str:
    """12 maart 2017, in Amsterdam."""
    if value is None:
        return NOTHING
    local = _day(value)
    return f"{local.day} {_months(language())[local.month]} {local.year}"


def day_short(value: date | datetime | None) -> str:
    """12-03-2017 in Dutch, 12 Mar 2017 in English."""
    if value is None:
        return NOTHING
    if language() == "nl":
        local = _day(value)  # in every row of a list; Babel takes 50 µs
        return f"{local.day:02}-{local.month:02}-{local.year}"
    return format_date(_day(value), "d MMM y", locale="en")


def day_full(value: date | datetime | None, spoken: str = "") -> str:
    """dinsdag 24 november 2026: a day that somebody has to keep free."""
    if value is None:
        return NOTHING
    local, spoken = _day(value), spoken or language()
    weekday, month_name = _weekdays(spoken)[local.weekday()], _months(spoken)[local.month]
    return f"{weekday} {local.day} {month_name} {local.year}"


def day_weekday(value: date | datetime | None) -> str:
    """di 24 nov 2026: a day in a list of events."""
    if value is None:
        return NOTHING
    local, spoken = _day(value), language()
    weekday = _weekdays(spoken, "abbreviated")[local.weekday()]
    return f"{weekday} {local.day} {_months(spoken, 'abbreviated')[local.month]} {local.year}"


def month(value: date | None) -> str:
    """maart 2017."""
    return NOTHING if value is None else f"{_months(language())[value.month]} {value.year}"


def hour(value: datetime | None, spoken: str = "") -> str:
    """20.00 uur in Dutch, 20:00 in English, on the clock of Amsterdam."""
    if value is None:
        return NOTHING
    spoken = spoken or language()
    return f"{digits(value, spoken)} uur" if spoken == "nl" else digits(value, spoken)


def digits(value: datetime, spoken: str = "") -> str:
    """20.00 in Dutch, 20:00 in English: an hour where there is little room."""
    local = clock.local(value)
    sign = "." if (spoken or language()) == "nl" else ":"
    return f"{local.hour:02}{sign}{local.minute:02}"


def moment(value: datetime | None) -> str:
    """12 maart 2017, 20.00 uur: when something happened."""
    return NOTHING if value is None else f"{day(value)}, {hour(value)}"


def moment_full(value: datetime | None, spoken: str = "") -> str:
    """dinsdag 24 november 2026, 20.00 uur: when to be somewhere, or to be ready."""
    return NOTHING if value is None else f"{day_full(value, spoken)}, {hour(value, spoken)}"


def moment_weekday(value: datetime | None) -> str:
    """di 24 nov 2026, 20.00 uur: when an event of a list begins."""
    return NOTHING if value is None else f"{day_weekday(value)}, {hour(value)}"


def period(begin: datetime, end: datetime, spoken: str = "") -> str:
    """dinsdag 24 november 2026, 20.00 – 22.00 uur; one that passes midnight names both days."""
    spoken = spoken or language()
    if _day(begin) != _day(end):
        until = "tot" if spoken == "nl" else "to"
        return f"{moment_full(begin, spoken)} {until} {moment_full(end, spoken)}"
    return f"{day_full(begin, spoken)}, {hours(begin, end, spoken)}"


def hours(begin: datetime, end: datetime, spoken: str = "") -> str:
    """20.00 – 22.00 uur, beside the day on which it begins."""
    spoken = spoken or language()
    gap = " – " if spoken == "nl" else "–"
    return f"{digits(begin, spoken)}{gap}{hour(end, spoken)}"


def days(first: date | None, last: date | None) -> str:
    """01-01-2016 – 31-12-2019; a dash for neither."""
    return f"{day_short(first)} – {day_short(last)}" if first or last else NOTHING


@cache
def _months(spoken: str, width: Literal["wide", "abbreviated"] = "wide") -> Mapping[int, str]:
    """The names of the months; Babel takes 50 µs to write a day, and lists have many."""
    names = get_month_names(width, locale=spoken)
    return {number: name.rstrip(".") for number, name in names.items()}


@cache
def _weekdays(spoken: str, width: Literal["wide", "abbreviated"] = "wide") -> Mapping[int, str]:
    names = get_day_names(width, locale=spoken)
    return {number: name.rstrip(".") for number, name in names.items()}


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def init_formats(app: Flask) -> None:
    """Make the formats Jinja filters."""
    dates = (day, day_short, day_full, day_weekday, days, month)
    times = (hour, moment, moment_full, moment_weekday)
    for write in (number, percent, money, euros, *dates, *times):
        app.jinja_env.filters[write.__name__] = write
    for write_both in (period, hours):
        app.jinja_env.filters[write_both.__name__] = _on_one_line(write_both)


def _on_one_line(write: Callable[[datetime, datetime], str]) -> Callable[[datetime, datetime], str]:
    """On a page the hours of a period stay together; mail in plain text has plain spaces."""

    def written(begin: datetime, end: datetime) -> str:
        return write(begin, end).replace(" – ", f"{THIN}–{THIN}").replace(" uur", f"{THIN}uur")

    return written
