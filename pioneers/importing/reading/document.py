"""A list as it came, file or paste, as sheets of rows of clean text."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO

from pioneers.importing.reading import delimited, workbook
from pioneers.importing.reading import encoding as encodings
from pioneers.importing.reading.delimited import Score
from pioneers.importing.reading.problems import Unreadable

Rows = Callable[[], Iterator[tuple[int, list[str]]]]
MEGABYTE = 1024 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
OTHERS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x05\x06", b"{\\rtf", b"\x1f\x8b",
    b"7z\xbc\xaf", b"Rar!", b"SQLite format 3",
)  # fmt: skip
PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml")


@dataclass(frozen=True)
class Limits:
    """How much is read: bytes of the file, rows with something in them."""

    size: int
    rows: int


@dataclass(frozen=True)
class Sheet:
    """One table: its name ('' for text), how many rows have something in them, and the rows."""

    name: str
    hidden: bool
    count: int
    rows: Rows


@dataclass(frozen=True)
class Document:
    """All sheets that hold rows; without `encoding_sure` a person must look at the accents."""

    sheets: list[Sheet]
    digest: str  # SHA-256 of the bytes as they came
    stream: IO[bytes]
    encoding: str = ""
    encoding_sure: bool = True

    def content(self) -> bytes:
        """All bytes, as they came."""
        self.stream.seek(0)
        return self.stream.read()


@contextmanager
def opened(
    source: IO[bytes], *, score: Score, limits: Limits, encoding: str | None = None
) -> Iterator[Document]:
    """Read `source`. What it is follows from its content, not from its name.

    The rows can be read as long as the block lasts, as often as needed; memory does not grow with
    the file. Raises Unreadable.
    """
    with ExitStack() as files:
        kept: IO[bytes] = files.enter_context(tempfile.SpooledTemporaryFile(max_size=MEGABYTE // 4))
        digest = _copy(source, kept, most=limits.size)
        sheets, found = _sheets(kept, files, score, limits, encoding)
        yield Document(sheets, digest, kept, found.name, found.sure)


def _copy(source: IO[bytes], kept: IO[bytes], *, most: int) -> str:
    """Copy and give the SHA-256; Unreadable as soon as it is more than `most` bytes."""
    size, digest = 0, hashlib.sha256()
    while chunk := source.read(MEGABYTE):
        size += len(chunk)
        if size > most:
            raise Unreadable("too_large", megabytes=most // MEGABYTE)
        digest.update(chunk)
        kept.write(chunk)
    if not size:
        raise Unreadable("empty")
    return digest.hexdigest()


def _sheets(
    stream: IO[bytes], files: ExitStack, score: Score, limits: Limits, encoding: str | None
) -> tuple[list[Sheet], encodings.Encoding]:
    stream.seek(0)
    start = stream.read(4096)
    stream.seek(0)
    if start.startswith(ZIP):
        return _workbook(stream, files, limits), encodings.Encoding("")
    if start.startswith(OLE):
        raise Unreadable("password" if _holds(stream, PROTECTED) else "old_excel")
    if start.startswith(OTHERS):
        raise Unreadable("wrong_type")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower().startswith(PAGES):
        raise Unreadable("web_page")
    return _text(stream, score, limits, encoding)


def _holds(stream: IO[bytes], needle: bytes) -> bool:
    stream.seek(0)
    tail = b""
    while chunk := stream.read(MEGABYTE):
        if needle in tail + chunk:
            return True
        tail = chunk[-len(needle) :]
    return False


def _workbook(stream: IO[bytes], files: ExitStack, limits: Limits) -> list[Sheet]:
    workbook.check_archive(stream)
    sheets = []
    for found in workbook.sheet_names(stream):
        kept = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))  # noqa: SIM115
        count = workbook.spool(stream, found.name, kept, limit=limits.rows)
        if count:
            rows = partial(workbook.spooled_rows, kept)
            sheets.append(Sheet(found.name, found.hidden, count, rows))
    if not sheets:
        raise Unreadable("empty")
    return sheets


def _text(
    stream: IO[bytes], score: Score, limits: Limits, encoding: str | None
) -> tuple[list[Sheet], encodings.Encoding]:
    if encoding is not None and encoding not in encodings.CHOICES:
        raise Unreadable("unknown_encoding")
    found = encodings.Encoding(encoding) if encoding else encodings.detect(stream)
    lines = partial(encodings.lines, stream, found.name)
    delimiter = delimited.sniff(lines(), score)
    rows = partial(delimited.rows, lines, delimiter)
    count = 0
    for _row in rows():
        count += 1
        if count > limits.rows + workbook.TITLES:
            raise Unreadable("too_many_rows", limit=limits.rows)
    if not count:
        raise Unreadable("empty")
    return [Sheet("", False, count, rows)], found
