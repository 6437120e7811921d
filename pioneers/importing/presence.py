"""Whether somebody was there, as hosts write it. Pure."""

import re
from functools import lru_cache

from pioneers.importing.headers import normal
from pioneers.web.parsing import parse_day, parse_hour

YES = frozenset(
    {
        "x", "xx", "xxx", "ja", "j", "yes", "y", "true", "waar", "1", "v", "ok", "aanwezig",
        "wel aanwezig", "ja aanwezig", "aanwezig geweest", "was aanwezig", "aangekomen", "wel",
        "verschenen", "wel verschenen", "opgekomen", "geweest", "is geweest", "was er", "gekomen",
        "ingecheckt", "checked in", "checkedin", "present", "was present", "attended", "attending",
        "arrived", "deelgenomen", "showed up", "joined",
    }
)  # fmt: skip
NO = frozenset(
    {
        "nee", "n", "no", "false", "onwaar", "0", "afgemeld", "afwezig", "absent", "no show",
        "noshow", "niet verschenen", "niet aanwezig", "niet geweest", "niet gekomen", "not present",
        "not checked in", "not attended", "did not attend", "afgezegd", "geannuleerd", "cancelled",
        "canceled", "verhinderd", "ziek", "ziek gemeld", "aangemeld", "registered", "ingeschreven",
        "niet ingecheckt", "niet", "not", "nvt", "wachtlijst", "waiting list", "declined",
        "alleen aangemeld", "afgemeld met bericht", "zonder bericht afwezig", "nee afgemeld",
        "nee ziek", "unattended", "not arrived", "afm", "afw", "na",
    }
)  # fmt: skip
SIGNS_YES = frozenset("✓✔√☑✅●•")
SIGNS_NO = frozenset("✗✘☐❌✕×○-–—")
MOMENT = re.compile(
    r"(\S+)[ T,]+(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)(?:\.\d+)?(?: ?([ap]m|uur))?Z?", re.I
)


@lru_cache(maxsize=2048)
def was_there(text: str) -> bool | None:
    """True, False, or None when the value says neither. An empty cell says no; a moment yes."""
    if not text:
        return False
    if set(text) <= SIGNS_YES | {"\ufe0f"}:
        return True
    if set(text) <= SIGNS_NO:
        return False
    key = normal(text)
    if key in YES:
        return True
    if key in NO:
        return False
    return True if _is_moment(text) else None


def _is_moment(text: str) -> bool:
    """A check-in moves in as a time stamp: 20:04, 2018-11-08 20:04:31, 8-11-2018 20.04 uur."""
    if parse_day(text) or (":" in text and parse_hour(text)):
        return True
    found = MOMENT.fullmatch(text.strip())
    return bool(found and parse_day(found[1]))
