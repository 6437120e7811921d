"""Terms in working days. Pure.

A working day is Monday to Friday, but for the public holidays that article 3, paragraph 1, of the
Algemene termijnenwet names: New Year's Day, Easter Monday, Ascension Day, Whit Monday, King's Day,
5 May (every year) and both Christmas days. Good Friday is not among them: paragraph 2 only sets it
equal for terms that a law gives, and ours is a promise of the programme. Carnival is no public
holiday anywhere in the country.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from holidays import country_holidays

CATEGORIES: Final = ("public", "optional")  # the library has 5 May as optional in most years
GOOD_FRIDAY: Final = "Goede vrijdag"
SATURDAY: Final = 5
DAY: Final = timedelta(days=1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    found = country_holidays("NL", years=year, categories=CATEGORIES, language="nl")
    return frozenset(day for day, name in found.items() if name != GOOD_FRIDAY)


def is_working_day(day: date) -> bool:
    """Whether people work on this day."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def due_day(asked_on: date, working_days: int) -> date:
    """The last day of a term: so many working days after the day on which was asked."""
    day, left = asked_on, working_days
    while left > 0:
        day += DAY
        left -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days passed after `first`, up to and with `last`; 0 on the day itself."""
    days = (last - first).days
    return sum(1 for n in range(1, days + 1) if is_working_day(first + n * DAY))
