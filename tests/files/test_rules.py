"""Which files are taken."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.files.actions import read_upload
from pioneers.files.rules import MOST_BYTES, FileRefused, kind_of, safe_name
from pioneers.files.rules import PDF as PDF_KIND
from tests.files.making import PDF, PNG, SVG, archive, word

ODT = b"application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (PDF, "Werkblad.PDF", "pdf"),
        (PNG, "beeld.png", "png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 9, "foto.jpeg", "jpg"),
        (word(), "plan.docx", "docx"),
        (archive(("[Content_Types].xml", b""), ("xl/workbook.xml", b"")), "a.xlsx", "xlsx"),
        (archive(("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")), "a.pptx", "pptx"),
        (archive(("mimetype", ODT), ("content.xml", b"")), "a.odt", "odt"),
    ],
)
def test_a_file_is_what_is_in_it(content: bytes, name: str, ending: str) -> None:
    assert kind_of(content, name).ending == ending


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (archive(("a.txt", b"a")), "werkblad.pdf", "file_kind"),
        (word(), "werkblad.pdf", "file_name"),
        (PDF, "werkblad.pdf.exe", "file_name"),
        (SVG, "logo.svg", "file_kind"),
        (SVG, "logo.png", "file_kind"),
        (b"<html><script>alert(1)</script>", "pagina.pdf", "file_kind"),
        (b"MZ\x90\0", "programma.exe", "file_kind"),
        (PDF[:30], "half.pdf", "file_broken"),
        (word()[:60], "half.docx", "file_broken"),
        (word(("word/vbaProject.bin", b"x")), "plan.docx", "file_macros"),
        (archive(("../../etc/passwd", b"x")), "a.zip", "file_kind"),
    ],
)
def test_what_is_no_document_or_says_otherwise_is_refused(
    content: bytes, name: str, code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        kind_of(content, name)
    assert refused.value.code == code


def test_a_file_that_is_too_large_is_not_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        """Gives as much as is asked for, and remembers how much."""

        given = 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0
            self.given += size
            return b"%" * size

    source = Endless()
    with pytest.raises(FileRefused) as refused:
        read_upload(source, "groot.pdf")  # type: ignore[arg-type]
    assert refused.value.code == "file_bytes"
    assert source.given == MOST_BYTES + 1


def test_an_empty_file_is_none() -> None:
    with pytest.raises(FileRefused) as refused:
        read_upload(io.BytesIO(b""), "leeg.pdf")
    assert refused.value.code == "file_missing"


@given(st.text(max_size=200))
def test_a_name_never_holds_what_an_address_or_a_header_could_not(name: str) -> None:
    safe = safe_name(name, PDF_KIND)
    assert safe.isascii()
    assert safe.endswith(".pdf")
    assert not set(safe) & set("/\\\"'\r\n; ")


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_taken_or_refused(content: bytes) -> None:
    for beginning in (b"", b"PK\x03\x04", b"%PDF-"):
        try:
            kind_of(beginning + content, "a.pdf")
        except FileRefused:
            continue
