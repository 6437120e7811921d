"""Calendars made to keep the reader busy for ever: read in a process of its own, under a clock."""

import json
import subprocess
import sys
import threading
from contextlib import suppress
from itertools import cycle, product
from time import monotonic

import pytest

from pioneers.agenda.reading import SECONDS
from pioneers.agenda.watch import TooLong, before

START = "DTSTART:20260709T180000Z"
GOOD = "BEGIN:VEVENT\nUID:good\nSUMMARY:Goed\nDTSTART:20260710T180000Z\nEND:VEVENT\n"
READER = """
import json, sys
from datetime import date
from time import monotonic
from pioneers.agenda.reading import read
from pioneers.agenda.slimming import Unreadable

read(b"BEGIN:VCALENDAR", first=date(2026, 7, 1), last=date(2027, 7, 1))
for text in json.load(sys.stdin):
    begun = monotonic()
    try:
        found = read(text.encode(), first=date(2026, 7, 1), last=date(2027, 7, 1))
        said = [[one.title for one in found.entries], found.skipped]
    except Unreadable as refused:
        said = [refused.code, {}]
    print(json.dumps([*said, monotonic() - begun]), flush=True)
"""
FREQS = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
STEPS = ("0", "00", "+0", "-1", "-0", "", "99999999999999999999", "10000", "1.5", " 0", "0 ", "1,0")
BAD = [
    *("FREQ=DAILY;INTERVAL=1;INTERVAL=0", "INTERVAL=0;FREQ=DAILY;INTERVAL=1"),
    *("FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;COUNT=100000"),
    *("FREQ=WEEKLY;INTERVAL=\u0660", "FREQ=WEEKLY;INTERVAL=\uff10", "FREQ=WEEKLY;COUNT=\u0663"),
    *(
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYMONTH=0",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=DAILY;BYHOUR=24",
    ),
    *("FREQ=YEARLY;BYMONTHDAY=32", "FREQ=YEARLY;BYYEARDAY=367", "FREQ=YEARLY;BYWEEKNO=54"),
    *("FREQ=YEARLY;BYSETPOS=0;BYMONTH=1", "FREQ=YEARLY;BYEASTER=0", "FREQ=DAILY;UNTIL=9"),
    *("FREQ=DAILY;BYHOUR=1,2,3,4,5", "FREQ=DAILY;BYMINUTE=0,1", "FREQ=DAILY;BYSECOND=60"),
    *("FREQ=DAILY\u2028INTERVAL=0", "FREQ=DAILY;\u2028INTERVAL=0", "FREQ=DAILY;X=1", "FREQ"),
]
NEVER = [
    *("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=1"),
    *("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31;INTERVAL=12"),
    *("FREQ=YEARLY;BYMONTH=1;BYSETPOS=366", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-60"),
    *("FREQ=YEARLY;BYYEARDAY=366;INTERVAL=3", "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1"),
    *("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "FREQ=YEARLY;BYWEEKNO=20;BYYEARDAY=1;BYHOUR=1,2,3,4"),
    *("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=WEEKLY;INTERVAL=52;BYDAY=MO;BYMONTH=1"),
    *("FREQ=DAILY;UNTIL=99991231T235959Z;BYMONTH=2;INTERVAL=9999", "FREQ=DAILY;INTERVAL=9999"),
    *("FREQ=YEARLY;INTERVAL=9999;UNTIL=99991231", "FREQ=YEARLY;COUNT=9999;BYMONTHDAY=31;BYMONTH=2"),
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30,-31,30,31;BYDAY=5MO,5TU,5WE;BYHOUR=0,1,2,3;BYSETPOS=300",
]


def event(lines: str, start: str = START, uid: str = "bad") -> str:
    """An event with these lines."""
    return f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:Slecht\n{start}\n{lines}\nEND:VEVENT\n"


def zone(lines: str) -> str:
    """A zone that changes its clock as these lines say, and an event that is in it."""
    told = "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nDTSTART:19700101T000000"
    standard = f"BEGIN:STANDARD\n{told}\n{lines}\nEND:STANDARD"
    whole = f"BEGIN:VTIMEZONE\nTZID:Boos\n{standard}\nEND:VTIMEZONE\n"
    return whole + event("", "DTSTART;TZID=Boos:20260709T180000")


def looks(*texts: str, limit: float = 60) -> list[tuple[object, dict[str, int], float]]:
    """What a reader makes of each, and how many seconds that took; fails when it hangs."""
    whole = [f"BEGIN:VCALENDAR\n{text}{GOOD}END:VCALENDAR\n" for text in texts]
    sent = json.dumps([one.replace("\n", "\r\n") for one in whole])
    command = [sys.executable, "-c", READER]
    answer = subprocess.run(
        command, input=sent, capture_output=True, text=True, timeout=limit, check=True
    )
    found = [tuple(json.loads(line)) for line in answer.stdout.splitlines()]
    assert len(found) == len(texts)
    return found


@pytest.mark.parametrize("where", ["RRULE:", "RRULE;X-A=1:", 'RRULE;X-A="a:FREQ=DAILY":', "rrule:"])
def test_a_step_of_nothing_is_refused(where: str) -> None:
    rules = [f"FREQ={freq};INTERVAL={step}" for freq, step in product(FREQS, STEPS)] + BAD
    rules += [rule.lower() for rule in rules]
    for rule, (titles, skipped, seconds) in zip(
        rules, looks(*(event(where + rule) for rule in rules)), strict=True
    ):
        assert titles == ["Goed"], rule
        assert skipped == {"too_often": 1}, rule
        assert seconds < 1, rule


def test_a_step_of_nothing_hides_nowhere() -> None:
    texts = [
        event("RRULE:FREQ=DAILY;INTER\n VAL=0"),
        event("RRULE:FREQ=DAILY;INTERVAL=\n 0"),
        event("RRULE:FREQ=DAILY;INTERVAL=\n\t0"),
        event("RR\n ULE:FREQ=DAILY;INTERVAL=0"),
        event("DESCRIPTION:x\nRRULE:FREQ=DAILY;INTERVAL=0\nRRULE:FREQ=DAILY"),
    ]
    for titles, skipped, seconds in looks(*texts):
        assert (titles, skipped) == (["Goed"], {"too_often": 1})
        assert seconds < 1


def test_what_is_no_rule_of_ours_is_not_followed() -> None:
    marks = ("\u2028", "\u0085", "\x0b", "\x0c", "\x1c", "\\n", "\x00")
    texts = [
        event("EXRULE:FREQ=DAILY;INTERVAL=0"),
        event("EXRULE:FREQ=SECONDLY"),
        event("X-RRULE:FREQ=DAILY;INTERVAL=0"),
        *(event(f"DESCRIPTION:x{mark}RRULE:FREQ=DAILY;INTERVAL=0") for mark in marks),
        *(event(f"LOCATION:x{mark}EXRULE:FREQ=DAILY;INTERVAL=0") for mark in marks),
    ]
    for titles, skipped, seconds in looks(*texts):
        assert (titles, skipped) == (["Slecht", "Goed"], {})
        assert seconds < 1


def test_a_zone_with_a_step_of_nothing_is_left_out() -> None:
    rules = [f"FREQ={freq};INTERVAL={step}" for freq, step in product(FREQS, STEPS)] + BAD
    rules += ["FREQ=YEARLY;BYHOUR=1", "FREQ=YEARLY;BYSETPOS=9", "FREQ=MONTHLY"]
    lines = [f"{name}:{rule}" for name in ("RRULE", "rrule;X=1") for rule in rules]
    lines += ["RRULE:FREQ=YEARLY;INTER\n VAL=0", "RRULE:FREQ=YEARLY\nRRULE:FREQ=YEARLY;INTERVAL=0"]
    lines += ["EXRULE:FREQ=DAILY;INTERVAL=0", "RDATE:" + ",".join(["20260709T180000"] * 900)]
    for line, (titles, _skipped, seconds) in zip(lines, looks(*map(zone, lines)), strict=True):
        assert titles == ["Slecht", "Goed"], line
        assert seconds < 1, line


def test_what_never_happens_is_not_looked_for_long() -> None:
    starts = (START, "DTSTART;VALUE=DATE:19000102", "DTSTART;TZID=Europe/Amsterdam:19000103T200000")
    texts = [
        event(f"RRULE:{rule}", start) for rule, start in zip(NEVER, cycle(starts), strict=False)
    ]
    texts += [zone(f"RRULE:{rule}") for rule in NEVER]
    for text, (titles, _skipped, seconds) in zip(texts, looks(*texts, limit=120), strict=True):
        assert "Goed" in titles, text  # type: ignore[operator]
        assert seconds < 1.5, text


def many(number: int, lines: str, start: str = START) -> str:
    """So many events, each its own."""
    return "".join(event(lines, start, uid=str(one)) for one in range(number))


DAYS = ",".join(
    f"20{year:02}0{month}{day}T180000Z"
    for year, month, day in product(range(10, 60), range(1, 6), range(10, 14))
)
OLD = "DTSTART;TZID=Europe/Amsterdam:19000101T180000"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(event(f"RRULE:FREQ=DAILY\nEXDATE:{DAYS}\nEXDATE:{DAYS}"), "", id="left out"),
        pytest.param(many(6, f"RRULE:FREQ=DAILY\nEXDATE:{DAYS}"), "complicated", id="all left out"),
        pytest.param(many(6, f"RDATE:{DAYS}"), "complicated", id="all added"),
        pytest.param(many(5, f"RDATE:{DAYS}\nRRULE:FREQ=DAILY", OLD), None, id="most added"),
        pytest.param(many(301, "RRULE:FREQ=YEARLY"), "complicated", id="series"),
        pytest.param(many(2000, "RRULE:FREQ=DAILY", OLD), "complicated", id="two thousand"),
        pytest.param(many(300, "RRULE:FREQ=DAILY", OLD), None, id="since 1900"),
        pytest.param(many(300, "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4", OLD), None, id="four a day"),
        pytest.param(
            many(300, "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366,-366", OLD),
            None,
            id="positions",
        ),
        pytest.param(many(300, f"RRULE:{NEVER[-1]}", OLD), None, id="never"),
        pytest.param(many(2000, ""), None, id="ordinary"),
        pytest.param("X:\n" * 1_600_000, None, id="lines"),
        pytest.param("BEGIN:VEVENT\nEND:VEVENT\n" * 49_000, None, id="empty"),
        pytest.param(
            many(2000, "", "DTSTART;TZID=Boos:20260709T180000")
            + zone("RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\n" * 1),
            None,
            id="zones",
        ),
    ],
)
def test_a_calendar_within_the_limits_keeps_us_busy_for_seconds_at_most(
    text: str, code: str | None
) -> None:
    ((found, skipped, seconds),) = looks(text)
    if code:
        assert found == code
    elif code is not None:
        assert skipped == {"too_often": 1}
    assert seconds < SECONDS + 1.5


def test_series_that_have_ended_do_not_count() -> None:
    past = many(1000, "RRULE:FREQ=WEEKLY;UNTIL=20200101T000000Z", "DTSTART:20190101T180000Z")
    ((titles, skipped, _seconds),) = looks(past + event("RRULE:FREQ=WEEKLY;COUNT=2;"))
    assert titles == ["Slecht", "Goed", "Slecht"]
    assert skipped == {}


def spin() -> None:
    """Never comes back, and catches what it can, as libraries do."""
    while True:
        with suppress(Exception):
            len("")


def test_the_watch_interrupts_what_never_comes_back_and_nothing_else() -> None:
    other = sys.getprofile()
    begun = monotonic()
    with pytest.raises(TooLong), before(begun + 0.1):
        spin()
    assert monotonic() - begun < 5
    assert sys.getprofile() is other
    with before(monotonic() + 60):
        theirs: list[object] = []
        thread = threading.Thread(target=lambda: theirs.append(sys.getprofile()))
        thread.start()
        thread.join()
    assert theirs == [None]
    assert sys.getprofile() is other
