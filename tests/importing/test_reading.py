"""Files become rows of clean text, or one clear reason why not."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pioneers.importing import headers
from pioneers.importing.layout import choose_sheet, data_rows, find_layout
from pioneers.importing.reading.document import Document, Limits
from pioneers.importing.reading.document import opened as open_list
from pioneers.importing.reading.problems import Unreadable
from tests.importing.files import (
    HEADER,
    OLE,
    PEOPLE,
    people_csv,
    sheet_csv,
    sheet_xlsx,
    with_part,
)

MOMENT = datetime(2018, 11, 8, 20, 4)  # noqa: DTZ001 - a workbook knows no zones
LIMITS = Limits(size=5_000_000, rows=1_000)


@contextmanager
def opened(
    content: bytes, limits: Limits = LIMITS, encoding: str | None = None
) -> Iterator[Document]:
    source = io.BytesIO(content)
    with open_list(source, score=headers.score, limits=limits, encoding=encoding) as document:
        yield document


def rows_of(content: bytes, limits: Limits = LIMITS) -> list[list[str]]:
    with opened(content, limits) as document:
        return [cells for _number, cells in choose_sheet(document).rows()]


def refusal(content: bytes, limits: Limits = LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught, opened(content, limits):
        pass
    return caught.value


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_each_delimiter_and_encoding_gives_the_same_rows(delimiter: str, encoding: str) -> None:
    people = [["Zoë", "van", "Hofsté", "Café ’t Höfke", "zoe@hofke-proef.nl", "x"], *PEOPLE]
    content = people_csv(people, delimiter=delimiter, encoding=encoding)
    assert rows_of(content) == [HEADER, *people]


def test_a_windows_file_with_accents_is_read_without_a_question() -> None:
    with opened("Naam;Bedrijf\r\nBjörn Hofsté;Café\r\n".encode("cp1252")) as document:
        assert (document.encoding, document.encoding_sure) == ("cp1252", True)


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_an_older_encoding_is_asked_about(encoding: str) -> None:
    content = "Naam;Bedrijf\r\nBjörn Hofsté;Coöperatie\r\n".encode(encoding)
    with opened(content) as guessed:
        assert not guessed.encoding_sure
    with opened(content, LIMITS, encoding) as chosen:
        assert [cells for _n, cells in chosen.sheets[0].rows()][1] == ["Björn Hofsté", "Coöperatie"]
        assert chosen.encoding_sure


def test_a_file_in_two_encodings_is_asked_about() -> None:
    mixed = "Naam;Bedrijf\nZoë Smit;Een\n".encode() + "Björn Mol;Twee\n".encode("cp1252")
    with opened(mixed) as document:
        assert not document.encoding_sure


def test_line_ends_and_delimiters_inside_quotation_marks_belong_to_the_cell() -> None:
    content = b'Naam;Bedrijf\n"Mol; Jan";"Regel een\nregel twee"\nPiet;X\n'
    assert rows_of(content)[1:] == [["Mol; Jan", "Regel een regel twee"], ["Piet", "X"]]


def test_a_comma_in_the_names_does_not_make_the_comma_the_delimiter() -> None:
    content = "Naam;Organisatie\n" + "".join(f"Mol, J. (Jan);Bedrijf {n}\n" for n in range(5))
    assert rows_of(content.encode())[1] == ["Mol, J. (Jan)", "Bedrijf 0"]


def test_excels_own_first_line_states_the_delimiter() -> None:
    assert rows_of(b"sep=|\nNaam|Bedrijf\nJan Mol|A; B, C\n")[1] == ["Jan Mol", "A; B, C"]


def test_a_quotation_mark_that_is_never_closed_names_its_row() -> None:
    assert refusal(b'Naam;Bedrijf\nJan;Een\n"Piet;Twee\nKees;Drie\n').code == "open_quote"


def test_control_characters_are_taken_out() -> None:
    content = "Naam;Bedrijf\nJan\x00 \x07Mol\x1f;Be\u200bdrijf\x0b\n".encode()
    assert rows_of(content)[1] == ["Jan Mol", "Bedrijf"]


def test_zeros_kept_as_text_by_excel_come_out_as_they_are() -> None:
    assert rows_of(b'Naam;KvK\nJan Mol;="04894092"\n')[1] == ["Jan Mol", "04894092"]


def test_rows_keep_their_number_in_the_file() -> None:
    content = b"Titel\n\nNaam;Bedrijf\n\nJan;Een\n"
    with opened(content) as document:
        assert [number for number, _cells in document.sheets[0].rows()] == [1, 3, 5]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n;;;\r\n", "empty"),
        (b"%PDF-1.7 a report", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "wrong_type"),
        (bytes(range(256)) * 40, "wrong_type"),
        (b"<html><table><tr><td>Naam</td></tr></table>", "web_page"),
        (OLE, "old_excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(64), "password"),
        (people_csv(encoding="utf-16")[:-1], "truncated"),
    ],
)
def test_what_is_no_list_is_refused_with_its_own_reason(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_a_file_is_refused_by_its_size_before_it_is_read_whole() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    source = Endless()
    with pytest.raises(Unreadable) as caught:
        open_list(source, score=headers.score, limits=Limits(3_000_000, 10)).__enter__()
    assert caught.value.code == "too_large"
    assert source.given < 6_000_000


@pytest.mark.parametrize("make", [sheet_csv, sheet_xlsx])
def test_more_rows_than_allowed_are_refused(make) -> None:
    content = make([["Naam"], *([f"Jan Mol {n}"] for n in range(1_100))])
    found = refusal(content)
    assert (found.code, found.params["limit"]) == ("too_many_rows", 1_000)


# workbooks


def test_typed_cells_of_a_workbook_become_what_a_person_would_write() -> None:
    content = sheet_xlsx(
        [
            ["Naam", "KvK nr", "Aantal", "Dag", "Moment", "Ja"],
            ["Jan Mol", 4894092, 12.5, date(2018, 11, 8), MOMENT, True],
        ]
    )
    assert rows_of(content)[1] == [
        "Jan Mol", "4894092", "12.5", "2018-11-08", "2018-11-08 20:04", "TRUE",
    ]  # fmt: skip


def test_a_formula_gives_its_outcome_and_without_one_its_own_text() -> None:
    content = sheet_xlsx([["Naam", "Bedrijf"], ["Jan Mol", '="A"&"B"'], ["Piet Bos", "C"]])
    assert rows_of(content)[1] == ["Jan Mol", '="A"&"B"']
    calculated = content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    before = part[part.index(b"<f>") : part.index(b"</c>", part.index(b"<f>"))]
    cell = part.replace(
        before,
        before.replace(b"<v></v>", b"").replace(b"<v />", b"").replace(b"<v/>", b"") + b"<v>AB</v>",
    )
    calculated = with_part(
        content, "xl/worksheets/sheet1.xml", cell.replace(b'r="B2"', b'r="B2" t="str"')
    )
    assert rows_of(calculated)[1] == ["Jan Mol", "AB"]


def test_the_sheet_that_looks_like_a_list_is_chosen() -> None:
    content = sheet_xlsx(
        [HEADER, *PEOPLE],
        others={"Toelichting": [["Lijst van de gastheer"]], "Oud": [HEADER, *PEOPLE, *PEOPLE]},
        hidden=["Oud"],
    )
    with opened(content) as document:
        assert choose_sheet(document).name == "Lijst"
        assert choose_sheet(document, "Oud").count == 9


def test_a_workbook_that_was_cut_off_is_refused() -> None:
    content = sheet_xlsx([HEADER, *PEOPLE])
    assert refusal(content[: len(content) // 2]).code == "truncated"


def test_a_workbook_with_a_damaged_sheet_is_refused() -> None:
    content = with_part(
        sheet_xlsx([HEADER, *PEOPLE]), "xl/worksheets/sheet1.xml", b"<worksheet><sh"
    )
    assert refusal(content).code == "damaged"


def test_a_workbook_that_swells_when_unpacked_is_refused_before_it_is_opened() -> None:
    swollen = with_part(sheet_xlsx([HEADER]), "xl/worksheets/sheet1.xml", b" " * 30_000_000)
    assert len(swollen) < 100_000
    assert refusal(swollen).code == "bomb"


def test_entities_that_grow_are_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    content = with_part(sheet_xlsx([HEADER]), "xl/worksheets/sheet1.xml", bomb)
    assert refusal(content).code == "damaged"


def test_another_kind_of_archive_is_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(kept.getvalue()).code == "wrong_type"


# layout


def test_title_rows_above_the_header_are_skipped() -> None:
    content = sheet_xlsx([["Innovatiedag - namen"], ["stand na afloop"], [], HEADER, *PEOPLE])
    with opened(content) as document:
        sheet = choose_sheet(document)
        layout = find_layout(sheet.rows)
        assert layout.header_row == 4
        family_names = [cells[2] for _n, cells in data_rows(sheet.rows, 4)]
        assert family_names == ["Akker", "Hoekstra", "Brink", "Mous"]


def test_a_list_without_header_asks_what_its_columns_are() -> None:
    with opened(b"Roos Akker\tKwekerij\troos@akker-proef.nl\n") as document:
        layout = find_layout(document.sheets[0].rows)
    assert layout.header_row == 0
    assert layout.fields == {2: headers.Field.EMAIL}
    assert not layout.has_name


def test_the_rows_of_a_long_file_are_not_kept_in_memory() -> None:
    limits = Limits(size=50_000_000, rows=200_000)

    def peak(count: int) -> int:
        content = people_csv([PEOPLE[0]] * count)
        tracemalloc.start()
        with opened(content, limits) as document:
            assert sum(1 for _row in document.sheets[0].rows()) == count + 1
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(20_000) < peak(2_000) + 1_500_000


CELL = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Co", "Zl", "Zp"]),
    max_size=12,
).map(lambda text: " ".join(text.replace("=", "").split()))


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8),
    delimiter=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_a_csv_holds_comes_back(rows, delimiter: str, encoding: str) -> None:
    from unicodedata import normalize

    content = sheet_csv(
        [["Naam", "Bedrijf", "Plaats"], *rows], delimiter=delimiter, encoding=encoding
    )
    expected = [[normalize("NFC", cell).strip() for cell in row] for row in rows if any(row)]
    assert rows_of(content)[1:] == expected


def test_a_line_is_read_as_far_as_a_workbook_is() -> None:
    assert rows_of(b";".join([b"x"] * 2_000)) == [["x"] * 256]
