"""Which characters a text file's bytes stand for. A wrong accent is worse than a question."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from charset_normalizer import from_bytes

from pioneers.importing.reading.problems import Unreadable

CHUNK = 256 * 1024
SAMPLE = 64 * 1024
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a person may choose between when the bytes do not tell.
CHOICES = ("cp1252", "utf-8", "cp850", "mac_roman", "cp1250")

# In CP1252 these are letters and signs that Dutch lists hold; whatever else stands above 0x7f
# suggests that the file was written in another encoding (š is ö of an old Macintosh).
LIKELY = frozenset(
    "ÀÁÂÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœ€‚„…‘’“”•–—´¨°§©®·«»½¼¾²³×µ±\u00a0"
)
# Between two letters only an apostrophe or a dash stands there; a quotation mark or a bullet in
# the middle of a word is an accented letter of DOS or of an old Macintosh.
INSIDE_WORD = re.compile("[A-Za-zÀ-ÿ][‚„…‘“”•ŽŠŸ‰‹›€][a-zà-ÿ]")


@dataclass(frozen=True)
class Encoding:
    """A codec's name, and whether the bytes leave no doubt about it."""

    name: str
    sure: bool = True


def detect(stream: IO[bytes]) -> Encoding:
    """The encoding of `stream` (rewound before and after); Unreadable when it is no text at all."""
    stream.seek(0)
    start = stream.read(SAMPLE)
    stream.seek(0)
    for mark, name in BOMS:
        if start.startswith(mark):
            _check(stream, name)
            return Encoding(name)
    if b"\0" in start:
        return _without_mark(stream, start)
    if _decodes(stream, "utf-8"):
        return Encoding("utf-8")
    return _older(stream)


def _older(stream: IO[bytes]) -> Encoding:
    """Not UTF-8: Windows' own encoding when its text makes sense, else a guess to be confirmed."""
    high = _lines_with_high_bytes(stream)
    if _decodes(stream, "cp1252"):
        text = high.decode("cp1252", "replace")
        letters = {char for char in text if ord(char) > 127}
        if letters <= LIKELY and not INSIDE_WORD.search(text) and not _holds_utf8(high):
            return Encoding("cp1252")
    best = from_bytes(high, cp_isolation=list(CHOICES)).best()
    guess = best.encoding if best and best.encoding in CHOICES else "cp1252"
    return Encoding("utf-8" if _holds_utf8(high) else guess, sure=False)


def _holds_utf8(data: bytes) -> bool:
    """Whether sequences of UTF-8 stand in text that is not UTF-8 throughout."""
    return bool(re.search(rb"[\xc3\xc5][\x80-\xbf]", data))


def _lines_with_high_bytes(stream: IO[bytes]) -> bytes:
    """The first lines that hold more than ASCII, at most a sample's worth."""
    found = bytearray()
    stream.seek(0)
    for line in stream:
        if not line.isascii():
            found += line
            if len(found) > SAMPLE:
                break
    stream.seek(0)
    return bytes(found)


def _without_mark(stream: IO[bytes], start: bytes) -> Encoding:
    """UTF-16 without a mark has its zeros in every second place; other zeros are no text."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) // 4 and even < odd // 10:
        name = "utf-16-le"
    elif even > len(start) // 4 and odd < even // 10:
        name = "utf-16-be"
    elif even + odd < 3 + len(start) // 50 and _decodes(stream, "utf-8"):
        return Encoding("utf-8")  # stray control characters, which are taken out
    else:
        raise Unreadable("wrong_type")
    _check(stream, name)
    return Encoding(name)


def _check(stream: IO[bytes], name: str) -> None:
    """A marked file that does not decode was cut off or damaged."""
    if not _decodes(stream, name):
        raise Unreadable("truncated")


def _decodes(stream: IO[bytes], name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    stream.seek(0)
    try:
        while chunk := stream.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    finally:
        stream.seek(0)
    return True


def lines(stream: IO[bytes], encoding: str) -> Iterator[str]:
    """The lines of `stream` as text with plain line ends; memory does not grow with the file.

    What the (chosen) encoding does not know becomes a visible question mark.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    stream.seek(0)
    rest = ""
    while chunk := stream.read(CHUNK):
        text = rest + decoder.decode(chunk)
        held = "\r" if text.endswith("\r") else ""  # its line feed may be in the next chunk
        text = text[: len(text) - len(held)].replace("\r\n", "\n").replace("\r", "\n")
        *whole, rest = text.replace("\0", "").split("\n")
        for line in whole:
            yield line + "\n"
        rest += held
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest.replace("\r", "\n").replace("\0", "")
