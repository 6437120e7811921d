"""A foreign calendar made small and safe before a library reads it. Pure.

Only what is needed of each event is kept: no names and addresses of people, no attachments, no
alarms. Rules are written anew from parts that we understand, so that what was checked is what the
library follows: those that repeat within an hour, and steps of nothing, which never end, are
refused, and endless ones end where we stop looking.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

MOST_BYTES = 5 * 1024 * 1024
MOST_EVENTS = 50_000  # in the text; most lie in the past
MOST_KEPT = 2_000  # that may matter
MOST_SERIES = 300  # with a rule that is still going on
MOST_DATES = 1_000  # that one series leaves out or adds
MOST_DATES_IN_ALL = 5_000
MOST_ZONES = 100
LONGEST_LINE = 20_000
MOST_LINES = 300  # of one event, of what is kept
NEEDED = frozenset(
    {
        *("UID", "RECURRENCE-ID", "SEQUENCE", "LAST-MODIFIED", "DTSTART", "DTEND", "DURATION"),
        *("SUMMARY", "LOCATION", "STATUS", "DESCRIPTION", "CLASS", "RRULE", "RDATE", "EXDATE"),
    }
)
REPEATS = frozenset({"RRULE", "RDATE", "RECURRENCE-ID"})
# How often a rule may repeat, and what may narrow it. One that never happens is looked for until
# the year 9999, day by day: so what can make a daily or weekly rule impossible is not taken.
SHORT = frozenset({"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYDAY", "BYMONTH", "BYHOUR"})
LONG = SHORT | {"BYMINUTE", "BYSECOND", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
TAKEN = {
    "DAILY": SHORT | {"BYMINUTE", "BYSECOND"},
    "WEEKLY": SHORT | {"BYMINUTE", "BYSECOND"},
    "MONTHLY": LONG,
    "YEARLY": LONG,
}
ZONE = frozenset({"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY"})
STEPS = r"[1-9]\d{0,3}"
WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
CLOCK = r"[0-5]?\d"


def _listed(one: str, most: int) -> str:
    return f"(?:{one})(?:,(?:{one})){{0,{most - 1}}}"


# What each part of a rule may say: FREQ is held against TAKEN.
SAYS = {
    "FREQ": r"[A-Z]+",
    "INTERVAL": STEPS,
    "COUNT": STEPS,
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "WKST": WEEKDAY,
    "BYDAY": _listed(rf"(?:[+-]?[1-9]\d?)?{WEEKDAY}", 40),
    "BYMONTH": _listed(r"0?[1-9]|1[0-2]", 12),
    "BYMONTHDAY": _listed(r"[+-]?(?:0?[1-9]|[12]\d|3[01])", 62),
    "BYYEARDAY": _listed(r"[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])", 40),
    "BYWEEKNO": _listed(r"[+-]?(?:0?[1-9]|[1-4]\d|5[0-3])", 53),
    "BYSETPOS": _listed(r"[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])", 40),
    "BYHOUR": _listed(r"[01]?\d|2[0-3]", 4),
    "BYMINUTE": CLOCK,
    "BYSECOND": CLOCK,
}
PATTERNS = {name: re.compile(pattern, re.ASCII) for name, pattern in SAYS.items()}
NAME = re.compile(r"[A-Za-z0-9-]+")
DAY = re.compile(r":(\d{4})(\d{2})(\d{2})")


class Unreadable(Exception):
    """The text is no calendar that we take; `code` says why (see labels.PROBLEMS)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Slim:
    """What is left: the zones, and each event as lines, by its UID."""

    zones: dict[str, str] = field(default_factory=dict)  # by the name that events give them
    events: list[list[str]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    name: str = ""
    series: int = 0
    dates: int = 0


def text_of(data: bytes) -> str:
    """The bytes as text: UTF-8, else as Windows writes Western Europe."""
    if len(data) > MOST_BYTES:
        raise Unreadable("large")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def slim(data: bytes, *, first: date, last: date) -> Slim:
    """The events that may fall between two days. Raises Unreadable."""
    text = text_of(data).replace("\0", "")
    if "BEGIN:VCALENDAR" not in text[:2000].upper():
        raise Unreadable("not_calendar")
    if text.upper().count("BEGIN:VEVENT") > MOST_EVENTS:
        raise Unreadable("many")
    found = Slim()
    for kind, lines in _blocks(text, found):
        if kind == "VTIMEZONE":
            _keep_zone(found, lines)
        else:
            _keep(found, lines, first, last)
    return found


def _keep(found: Slim, lines: list[str], first: date, last: date) -> None:
    names = {_name(line) for line in lines}
    starts = next((line for line in lines if _name(line) == "DTSTART"), "")
    day = _day(starts)
    if day is None:
        found.skipped["no_start"] += 1
        return
    repeats = bool(names & REPEATS)
    if not repeats and not first - timedelta(days=2) <= day <= last + timedelta(days=2):
        return
    if repeats and not 1900 <= day.year <= last.year + 1:
        found.skipped["no_start"] += 1
        return
    if not _is_followed(lines):
        found.skipped["too_often"] += 1
        return
    if _is_over(lines, day, first - timedelta(days=2)):
        return
    found.series += "RRULE" in names or "RDATE" in names
    found.dates += _dates(lines)
    if found.series > MOST_SERIES or found.dates > MOST_DATES_IN_ALL:
        raise Unreadable("complicated")
    if len(found.events) >= MOST_KEPT:
        raise Unreadable("many")
    found.events.append([_ended(line, starts, last) for line in lines])


def _is_followed(lines: list[str]) -> bool:
    """Whether an event says how it repeats in a way that we follow."""
    rules = [line for line in lines if _name(line) == "RRULE"]
    few = len(rules) <= 1 and len(lines) <= MOST_LINES and _dates(lines) <= MOST_DATES
    return few and all(map(_is_slow, rules))


def _dates(lines: list[str]) -> int:
    """How many days and hours are left out or added one by one."""
    return sum(line.count(",") + 1 for line in lines if _name(line) in {"EXDATE", "RDATE"})


def _is_over(lines: list[str], starts: date, first: date) -> bool:
    """Whether it is a series that ended by its own rule before we look."""
    rule = next((line for line in lines if _name(line) == "RRULE"), None)
    if rule is None or starts >= first or any(_name(line) == "RDATE" for line in lines):
        return False
    until = _day(":" + (_parts(rule) or {}).get("UNTIL", ""))
    return until is not None and until < first


def _blocks(text: str, found: Slim) -> Iterator[tuple[str, list[str]]]:
    """Each event and zone with the lines that are needed; what lies within an event is left out."""
    stack: list[str] = []
    lines: list[str] = []
    for line in _unfolded(text):
        upper = line[:40].upper().strip()
        if upper.startswith("BEGIN:"):
            stack.append(upper[6:])
            if len(stack) > 10:
                raise Unreadable("not_calendar")
            if stack[-1] in {"VEVENT", "VTIMEZONE"}:
                lines = []
            elif "VTIMEZONE" in stack:
                lines.append(line)
        elif upper.startswith("END:"):
            ended = stack.pop() if stack else ""
            if ended in {"VEVENT", "VTIMEZONE"}:
                yield ended, lines
                lines = []
            elif "VTIMEZONE" in stack:
                lines.append(line)
        elif stack and stack[-1] == "VEVENT":
            if _name(line) in NEEDED:
                lines.append(line)
        elif "VTIMEZONE" in stack:
            lines.append(line)
        elif stack == ["VCALENDAR"] and not found.name and _name(line) in {"NAME", "X-WR-CALNAME"}:
            found.name = line.partition(":")[2].replace("\\", "").strip()[:200]


def _unfolded(text: str) -> Iterator[str]:
    """Whole lines; what is longer than any text that we use is left out."""
    held = ""
    for line in re.split(r"\r\n|\n|\r", text):
        if line[:1] in {" ", "\t"}:
            if len(held) <= LONGEST_LINE:
                held += line[1:]
            continue
        if held and len(held) <= LONGEST_LINE:
            yield held
        held = line
    if held and len(held) <= LONGEST_LINE:
        yield held


def _name(line: str) -> str:
    found = NAME.match(line)
    return found[0].upper() if found else ""


def _day(line: str) -> date | None:
    found = DAY.search(line)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _parts(rule: str) -> dict[str, str] | None:
    """What a rule says, in capitals; None for anything that we do not understand."""
    parts: dict[str, str] = {}
    for part in rule.partition(":")[2].upper().split(";"):
        name, _equals, value = part.partition("=")
        if not part:  # a semicolon at the end
            continue
        if name in parts or name not in PATTERNS or not PATTERNS[name].fullmatch(value):
            return None
        parts[name] = value
    return parts


def _written(parts: dict[str, str]) -> str:
    return "RRULE:" + ";".join(f"{name}={value}" for name, value in parts.items())


def _is_slow(rule: str) -> bool:
    """Whether it repeats a few times a day at most, and can be followed within a second."""
    parts = _parts(rule)
    return parts is not None and set(parts) <= TAKEN.get(parts.get("FREQ", ""), frozenset())


def _ended(line: str, starts: str, last: date) -> str:
    """A rule without an end ends where we stop looking; a counted one keeps its count."""
    if _name(line) != "RRULE":
        return line
    parts = _parts(line) or {}
    if "COUNT" in parts:
        return _written(parts)
    stop = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=2)
    told = _day(":" + parts.get("UNTIL", ""))
    if told is not None and told < stop.date():
        return _written(parts)
    is_day = re.search(r":\d{8}$", starts) is not None
    parts["UNTIL"] = f"{stop:%Y%m%d}" if is_day else f"{stop:%Y%m%dT%H%M%SZ}"
    return _written(parts)


def _keep_zone(found: Slim, lines: list[str]) -> None:
    told = next((line for line in lines if _name(line) == "TZID"), "")
    name = told.partition(":")[2].strip()
    if name and len(found.zones) < MOST_ZONES and _is_calm(lines):
        kept = (_rewritten(line) for line in lines if _name(line) != "EXRULE")
        found.zones.setdefault(name, "\r\n".join(kept))


def _rewritten(line: str) -> str:
    return _written(_parts(line) or {}) if _name(line) == "RRULE" else line


def _is_calm(zone: list[str]) -> bool:
    """Whether a zone changes its clock once a year at most, as zones do."""
    rules = [_parts(line) for line in zone if _name(line) == "RRULE"]
    dates = [line for line in zone if _name(line) == "RDATE"]
    calm = all(one and one.get("FREQ") == "YEARLY" and set(one) <= ZONE for one in rules)
    few = len(rules) <= 40 and len(dates) <= 400 and len(zone) <= 2000
    return calm and few and _dates(zone) <= MOST_DATES
