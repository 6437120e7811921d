"""Reading a foreign calendar: what comes out, what is left out, and what nobody should send."""

from datetime import UTC, date, datetime, timedelta
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.agenda.reading import MOST_ENTRIES, OutsideEntry, Reading, read
from pioneers.agenda.slimming import Unreadable

FIRST, LAST = date(2026, 7, 1), date(2027, 7, 1)
SECONDS = 4  # the slowest machine reads the worst calendar within this


def calendar(*events: str, zones: str = "", name: str = "") -> bytes:
    """A calendar with these events, each its lines."""
    told = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x\r\n{name}"
    return (
        f"{head}{zones}{told}END:VCALENDAR\r\n".replace("\r\n", "\n").replace("\n", "\r\n").encode()
    )


def look(*events: str, **more: str) -> Reading:
    """What is read of a calendar with these events."""
    return read(calendar(*events, **more), first=FIRST, last=LAST)


def one(lines: str) -> OutsideEntry:
    """The only entry of a calendar with one event."""
    found = look(f"UID:a@b\nSUMMARY:Avond\n{lines}")
    assert not found.skipped
    (entry,) = found.entries
    return entry


def utc(*parts: int) -> datetime:
    """A moment."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "starts", "ends"),
    [
        (
            "DTSTART;TZID=Europe/Amsterdam:20260709T200000\nDTEND;TZID=Europe/Amsterdam:20260709T220000",
            utc(2026, 7, 9, 18),
            utc(2026, 7, 9, 20),
        ),
        (
            "DTSTART:20260709T180000Z\nDURATION:PT90M",
            utc(2026, 7, 9, 18),
            utc(2026, 7, 9, 19, 30),
        ),
        ("DTSTART:20260709T200000", utc(2026, 7, 9, 18), utc(2026, 7, 9, 20)),  # floating
        ("DTSTART:20270114T200000", utc(2027, 1, 14, 19), utc(2027, 1, 14, 21)),
        (
            "DTSTART;TZID=America/New_York:20260709T120000\nDTEND:20260709T180000Z",
            utc(2026, 7, 9, 16),
            utc(2026, 7, 9, 18),
        ),
        (
            "DTSTART;TZID=W. Europe Standard Time:20260709T200000",
            utc(2026, 7, 9, 18),
            utc(2026, 7, 9, 20),
        ),
        ("DTSTART;VALUE=DATE:20260709", utc(2026, 7, 8, 22), utc(2026, 7, 9, 21, 59)),
        (
            "DTSTART;VALUE=DATE:20260709\nDTEND;VALUE=DATE:20260710",
            utc(2026, 7, 8, 22),
            utc(2026, 7, 9, 21, 59),
        ),
        (
            "DTSTART:20261024T200000\nDTEND:20261025T033000",
            utc(2026, 10, 24, 18),
            utc(2026, 10, 25, 2, 30),
        ),
        (
            "DTSTART:20260709T200000\nDTEND:20260709T200000",
            utc(2026, 7, 9, 18),
            utc(2026, 7, 9, 20),
        ),
    ],
)
def test_hours_are_those_of_amsterdam(lines: str, starts: datetime, ends: datetime) -> None:
    entry = one(lines)
    assert (entry.starts_at, entry.ends_at) == (starts, ends)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("DTSTART:20260709T200000\nDTEND:20260712T200000", "long"),
        ("DTSTART;VALUE=DATE:20260709\nDTEND;VALUE=DATE:20260712", "long"),
        ("DTSTART:20260709T200000\nDTEND:20260709T100000", "hours"),
        ("DTSTART:20260709T200000\nCLASS:PRIVATE", "private"),
        ("DTSTART:yesterday", "no_start"),
        ("DTEND:20260709T200000", "no_start"),
        ("DTSTART:20269999T200000", "no_start"),
        ("DTSTART:20260709T200000\nRRULE:FREQ=SECONDLY", "too_often"),
        ("DTSTART:20260709T200000\nRRULE:FREQ=MINUTELY;COUNT=99999999", "too_often"),
        ("DTSTART:20260709T200000\nRRULE:FREQ=HOURLY", "too_often"),
        ("DTSTART:20260709T200000\nRRULE:FREQ=DAILY;BYSECOND=0,1,2;BYMINUTE=1", "too_often"),
        ("DTSTART:20260709T200000\nRRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5", "too_often"),
        ("DTSTART:20260709T200000\nRRULE:INTERVAL=1", "too_often"),
        ("DTSTART:20260709T200000\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY", "too_often"),
        ("DTSTART:20200709T200000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "too_often"),
        ("DTSTART:20260709T200000\nRRULE:FREQ=DAILY;INTERVAL=x", "too_often"),
    ],
)
def test_what_cannot_be_an_event_is_left_out_and_counted(lines: str, reason: str) -> None:
    begun = monotonic()
    found = look(f"UID:a\nSUMMARY:Avond\n{lines}", "UID:b\nSUMMARY:Goed\nDTSTART:20260710T180000Z")
    assert found.skipped == {reason: 1}
    assert [entry.title for entry in found.entries] == ["Goed"]
    assert monotonic() - begun < SECONDS


def test_a_weekly_event_without_end_is_bounded() -> None:
    found = look("UID:w\nSUMMARY:Elke week\nDTSTART:20200107T190000Z\nRRULE:FREQ=WEEKLY")
    assert 52 <= len(found.entries) <= 53
    assert not found.is_capped
    assert len({entry.key for entry in found.entries}) == len(found.entries)
    assert all(entry.key.startswith("w#") for entry in found.entries)


def test_a_rule_that_never_happens_ends() -> None:
    begun = monotonic()
    found = look(
        "UID:n\nSUMMARY:N\nDTSTART:20200101T190000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    )
    assert found.entries == ()
    assert monotonic() - begun < SECONDS


def test_no_more_than_two_hundred_are_taken() -> None:
    found = look(
        *(
            f"UID:d{number}\nSUMMARY:Elke dag\nDTSTART:20260101T{number:02}0000Z\nRRULE:FREQ=DAILY"
            for number in range(6, 9)
        )
    )
    assert len(found.entries) == MOST_ENTRIES
    assert found.is_capped
    assert found.entries[0].starts_at < found.entries[-1].starts_at


def test_an_exception_moves_or_cancels_one_of_a_series() -> None:
    found = look(
        "UID:s\nSUMMARY:Reeks\nDTSTART:20260707T180000Z\nRRULE:FREQ=WEEKLY;COUNT=4\n"
        "EXDATE:20260714T180000Z",
        "UID:s\nSUMMARY:Verzet\nRECURRENCE-ID:20260721T180000Z\nDTSTART:20260722T190000Z",
        "UID:s\nSUMMARY:Af\nRECURRENCE-ID:20260728T180000Z\nDTSTART:20260728T180000Z\n"
        "STATUS:CANCELLED",
    )
    told = {entry.key: (entry.title, entry.is_cancelled) for entry in found.entries}
    assert told == {
        "s#20260707T1800": ("Reeks", False),
        "s#20260721T1800": ("Verzet", False),
        "s#20260728T1800": ("Af", True),
    }


def test_of_one_uid_the_highest_sequence_counts() -> None:
    found = look(
        "UID:a\nSUMMARY:Nieuw\nSEQUENCE:3\nDTSTART:20260709T180000Z",
        "UID:a\nSUMMARY:Oud\nSEQUENCE:2\nDTSTART:20260708T180000Z",
    )
    assert [entry.title for entry in found.entries] == ["Nieuw"]
    assert found.entries[0].sequence == 3


def test_an_event_without_uid_keeps_the_one_that_is_made_for_it() -> None:
    first = look("SUMMARY:Zonder\nDTSTART:20260709T180000Z").entries[0]
    again = look("SUMMARY:Zonder\nDTSTART:20260709T180000Z").entries[0]
    assert first.key == again.key


def test_people_and_attachments_are_not_read() -> None:
    found = look(
        "UID:a\nSUMMARY:Avond\nDTSTART:20260709T180000Z\n"
        "ATTENDEE;CN=Jan:mailto:jan@x.example\nORGANIZER:mailto:piet@x.example\n"
        f"ATTACH;ENCODING=BASE64;VALUE=BINARY:{'A' * 300_000}\n"
        "BEGIN:VALARM\nTRIGGER:-PT15M\nDESCRIPTION:Ga nu\nEND:VALARM"
    )
    (entry,) = found.entries
    assert "x.example" not in repr(entry)
    assert "Ga nu" not in repr(entry)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 1000,
        b"%PDF-1.7",
        b"<!doctype html><title>Log in</title>",
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        b"PK\x03\x04",
    ],
)
def test_what_is_no_calendar_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, first=FIRST, last=LAST)
    assert refused.value.code == "not_calendar"


def test_a_calendar_of_fifty_megabytes_is_too_large() -> None:
    with pytest.raises(Unreadable) as refused:
        read(b"BEGIN:VCALENDAR\r\n" + b"X" * (50 * 1024 * 1024), first=FIRST, last=LAST)
    assert refused.value.code == "large"


def test_a_hundred_thousand_events_are_too_many() -> None:
    begun = monotonic()
    with pytest.raises(Unreadable) as refused:
        read(calendar(*["UID:a"] * 100_000), first=FIRST, last=LAST)
    assert refused.value.code == "many"
    assert monotonic() - begun < SECONDS


def test_many_that_are_past_do_not_matter() -> None:
    past = [f"UID:{n}\nSUMMARY:Oud\nDTSTART:20190709T180000Z" for n in range(20_000)]
    found = look(*past, "UID:x\nSUMMARY:Nieuw\nDTSTART:20260709T180000Z")
    assert [entry.title for entry in found.entries] == ["Nieuw"]


def test_two_thousand_series_without_end_end_in_time() -> None:
    begun = monotonic()
    series = [
        f"UID:{n}\nSUMMARY:S\nDTSTART:19000101T180000Z\nRRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
        for n in range(2000)
    ]
    try:
        code = "" if look(*series).is_capped else "few"
    except Unreadable as refused:
        code = refused.code
    assert code in {"", "complicated"}
    assert monotonic() - begun < SECONDS


def test_a_zone_that_changes_every_second_is_left_out() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Boos\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\n"
        "END:VTIMEZONE\r\n"
    )
    begun = monotonic()
    found = look("UID:a\nSUMMARY:A\nDTSTART;TZID=Boos:20260709T200000", zones=zone)
    assert len(found.entries) + sum(found.skipped.values()) == 1
    assert monotonic() - begun < SECONDS


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_recognised(coding: str) -> None:
    data = (
        calendar("UID:a\nSUMMARY:Café à Zwolle\nDTSTART:20260709T180000Z").decode().encode(coding)
    )
    assert read(data, first=FIRST, last=LAST).entries[0].title == "Café à Zwolle"


def test_broken_bytes_do_not_break_the_rest() -> None:
    data = calendar("UID:a\nSUMMARY:X\nDTSTART:20260709T180000Z").replace(b"X", b"A\xff\xfe\x81B")
    assert len(read(data, first=FIRST, last=LAST).entries) == 1


def test_the_name_of_the_calendar_is_read() -> None:
    assert look(name="X-WR-CALNAME:Kring\\, Salland\r\n").name == "Kring, Salland"


def test_folded_lines_are_joined() -> None:
    assert one("DTSTART:20260709T1\n 80000Z\nLOCATION:Zwo\n\tlle").place == "Zwolle"


def test_only_what_matters_changes_the_digest() -> None:
    first = one("DTSTART:20260709T180000Z\nDESCRIPTION:a")
    assert first.digest == one("DTSTART:20260709T180000Z\nDESCRIPTION:b\nSEQUENCE:4").digest
    assert first.digest != one("DTSTART:20260709T190000Z").digest
    assert first.digest != one("DTSTART:20260709T180000Z\nLOCATION:Zwolle").digest
    assert first.digest != one("DTSTART:20260709T180000Z\nSTATUS:CANCELLED").digest


@given(st.binary(max_size=400))
def test_noise_is_read_or_refused(noise: bytes) -> None:
    data = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n" + noise + b"\r\nEND:VEVENT\r\n"
    try:
        found = read(data, first=FIRST, last=LAST)
    except Unreadable:
        return
    assert len(found.entries) <= MOST_ENTRIES


@given(
    st.lists(
        st.sampled_from(
            [
                *("DTSTART:20260709T180000Z", "DTSTART;VALUE=DATE:20260709", "DTEND:20260709"),
                *(
                    "DURATION:P1D",
                    "DURATION:-PT1H",
                    "RRULE:FREQ=DAILY",
                    "RRULE:FREQ=WEEKLY;COUNT=2",
                ),
                *("RDATE:20260710", "EXDATE:20260709T180000Z", "RECURRENCE-ID:20260709", "UID:a"),
                *(
                    "SUMMARY:x",
                    "SEQUENCE:z",
                    "STATUS:CANCELLED",
                    "DTSTART;TZID=No/Where:20260709T1",
                ),
                *("RRULE:FREQ=YEARLY;BYWEEKNO=99", "DTEND;TZID=:x", "RRULE:", "DTSTART:0000"),
                *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "DURATION:P99999W"),
                *("LAST-MODIFIED:20260709", "LAST-MODIFIED;VALUE=DATE:x", "RDATE;VALUE=PERIOD:a/b"),
            ]
        ),
        max_size=12,
    )
)
def test_any_mixture_of_lines_is_read_or_refused(lines: list[str]) -> None:
    try:
        found = look("\n".join(lines), "UID:z\nSUMMARY:Z\nDTSTART:20260709T180000Z")
    except Unreadable:
        return
    assert all(entry.ends_at > entry.starts_at for entry in found.entries)
    assert all(entry.ends_at - entry.starts_at < timedelta(days=2) for entry in found.entries)
