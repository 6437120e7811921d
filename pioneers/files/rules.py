"""Which files are taken, told by what is in them and not by what they are called. Pure."""

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
LONGEST_NAME = 120
MOST_MEMBERS = 5000
MOST_READ = MEGABYTE  # of a member that tells what an archive is
PDF_HEAD = 1024
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, LookupError, EOFError)
MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/)", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """A kind of file: its ending, its media type, and its name for people."""

    ending: str
    media_type: str
    words: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
PDF = Kind("pdf", "application/pdf", "PDF")
PNG = Kind("png", "image/png", "PNG")
JPEG = Kind("jpg", "image/jpeg", "JPEG")
OFFICE = {
    "word/document.xml": Kind("docx", f"{_OFFICE}.wordprocessingml.document", "Word"),
    "xl/workbook.xml": Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "Excel"),
    "ppt/presentation.xml": Kind("pptx", f"{_OFFICE}.presentationml.presentation", "PowerPoint"),
}
OPEN = {
    kind.media_type: kind
    for kind in (
        Kind("odt", f"{_OPEN}.text", "ODT"),
        Kind("ods", f"{_OPEN}.spreadsheet", "ODS"),
        Kind("odp", f"{_OPEN}.presentation", "ODP"),
    )
}
ENDINGS = {"jpeg": "jpg"}  # another way to write it
KINDS = (PDF, *OFFICE.values(), *OPEN.values(), PNG, JPEG)


class FileRefused(Exception):
    """A file that is not taken. `code` says why, `params` what to name."""

    field = "file"

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def check_bytes(size: int) -> None:
    """Raises FileRefused: file_missing, file_bytes."""
    if size == 0:
        raise FileRefused("file_missing")
    if size > MOST_BYTES:
        raise FileRefused("file_bytes", limit=MOST_BYTES // MEGABYTE)


def kind_of(content: bytes, name: str) -> Kind:
    """What a file is; its name must say the same.

    Raises FileRefused: file_kind, file_macros, file_name, file_broken.
    """
    found = _sniffed(content)
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    if ENDINGS.get(ending, ending) != found.ending:
        raise FileRefused("file_name", kind=found.words, ending=found.ending)
    return found


def safe_name(name: str, kind: Kind) -> str:
    """The name under which a file is offered: letters, digits, hyphens, and the right ending."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[A-Za-z0-9]+", plain))[:LONGEST_NAME].strip("-")
    return f"{words or 'bestand'}.{kind.ending}"


def _sniffed(content: bytes) -> Kind:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-PDF_HEAD:]:
            raise FileRefused("file_broken")
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    raise FileRefused("file_kind")


def _archive(content: bytes) -> Kind:
    """A document of an office suite is an archive that says what it is; any other is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > MOST_MEMBERS:
                raise FileRefused("file_kind")
            found = _told(archive, names)
    except BROKEN as problem:
        raise FileRefused("file_broken") from problem
    if any(MACROS.search(name) for name in names):
        raise FileRefused("file_macros")
    return found


def _told(archive: zipfile.ZipFile, names: list[str]) -> Kind:
    if names and names[0] == "mimetype":
        with archive.open("mimetype") as member:
            told = member.read(200).decode("ascii", "replace").strip()
        if told in OPEN:
            return OPEN[told]
    if "[Content_Types].xml" in names:
        with archive.open("[Content_Types].xml") as member:
            types = member.read(MOST_READ)
        if b"macroEnabled" in types:
            raise FileRefused("file_macros")
        for part, kind in OFFICE.items():
            if part in names:
                return kind
    raise FileRefused("file_kind")
