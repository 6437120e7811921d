"""Content lines of iCalendar (RFC 5545, 3.1 and 3.3.11): escaping, quoting, folding. Pure.

Our own, because a library that makes an object of every property takes longer to build a feed of
ten thousand events than to send it. Tests hold it against the library's own reading.
"""

import re
from datetime import UTC, datetime

LINE = 75  # octets, without the line end
SPECIAL = re.compile(r"[\\;,\n]")
ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
# What readers somewhere take for the end of a line; a calendar has one sort of line end in a text.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
PLAIN = re.compile(r"[ -~]*")  # nothing to clean
UNSAFE_IN_URI = re.compile(r"[\x00-\x20\x7f-\x9f\"<>\\^`{|}\ud800-\udfff]")


def clean(value: str) -> str:
    """`value` without what no calendar may hold; every sort of line end becomes one."""
    if PLAIN.fullmatch(value):
        return value
    return FORBIDDEN.sub("", BREAKS.sub("\n", value))


def text(value: str) -> str:
    """A TEXT value."""
    value = clean(value)
    if not SPECIAL.search(value):
        return value
    return SPECIAL.sub(lambda found: ESCAPES[found[0]], value)


def parameter(value: str) -> str:
    """The value of a parameter, quoted; a quotation mark cannot be written in one."""
    return '"' + clean(value).replace("\n", " ").replace('"', "'") + '"'


def uri(value: str) -> str:
    """A URI; what none may hold is written as %XX, so that no value can end its line."""
    return UNSAFE_IN_URI.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), value
    )


def utc(moment: datetime) -> str:
    """A moment in UTC, to the second."""
    told = moment.astimezone(UTC)
    return (
        f"{told.year:04}{told.month:02}{told.day:02}"
        f"T{told.hour:02}{told.minute:02}{told.second:02}Z"
    )


def wall(local: datetime) -> str:
    """What the clock on the wall shows, without a zone."""
    return (
        f"{local.year:04}{local.month:02}{local.day:02}"
        f"T{local.hour:02}{local.minute:02}{local.second:02}"
    )


def fold(line: str) -> str:
    """A content line with its line end, broken so that no part has more than 75 octets.

    No character is split: some readers decode each part by itself.
    """
    if len(line) <= LINE and line.isascii():
        return line + "\r\n"
    octets = line.encode()
    if len(octets) <= LINE:
        return line + "\r\n"
    parts, start, room = [], 0, LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        parts.append(octets[start:end])
        start, room = end, LINE - 1  # the space that says that a line goes on
    parts.append(octets[start:])
    return b"\r\n ".join(parts).decode() + "\r\n"
