"""Numbers, money and dates as people write them, in the present language."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import numbers
from babel.dates import format_date, get_month_names
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


def month(value: date | None) -> str:
    """maart 2017."""
    return NOTHING if value is None else f"{_months(language())[value.month]} {value.year}"


def hour(value: datetime | None) -> str:
    """20.00 uur in Dutch, 20:00 in English, on the clock of Amsterdam."""
    if value is None:
        return NOTHING
    local = clock.local(value)
    if language() == "nl":
        return f"{local.hour:02}.{local.minute:02} uur"
    return f"{local.hour:02}:{local.minute:02}"


def moment(value: datetime | None) -> str:
    """12 maart 2017, 20.00 uur."""
    return NOTHING if value is None else f"{day(value)}, {hour(value)}"


@cache
def _months(spoken: str) -> Mapping[int, str]:
    """The names of the months; Babel takes 50 µs to write a day, and lists have many."""
    return get_month_names("wide", locale=spoken)


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def init_formats(app: Flask) -> None:
    """Make the formats Jinja filters."""
    for write in (number, percent, money, euros, day, day_short, month, hour, moment):
        app.jinja_env.filters[write.__name__] = write
