"""Exported sheets run no formulas and keep numbers and days what they are."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from pioneers.web.sheets import csv_blocks, neutral, sheet_response

DANGEROUS = ["=1+1", "+31612345678", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_becomes_text(text: str) -> None:
    assert neutral(text).startswith("'")


@given(st.text(max_size=50))
def test_no_text_starts_as_a_formula(text: str) -> None:
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("text", ["Bos & Zn.", "'t Hooft", "a=b", "1-2", ""])
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    assert neutral(text) == text


def test_csv_has_bom_semicolons_and_dutch_decimals() -> None:
    rows = [("Bos; Zn.", 1775, Decimal("1.5"), date(2017, 3, 12), None, -3)]
    body = b"".join(csv_blocks(["naam", "n", "deel", "dag", "leeg", "min"], rows))
    assert body.startswith(b"\xef\xbb\xbfnaam;n;")
    read = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    assert read[1] == ["Bos; Zn.", "1775", "1,5", "2017-03-12", "", "-3"]


def test_csv_is_sent_in_blocks() -> None:
    blocks = list(csv_blocks(["n"], ((number,) for number in range(1200))))
    assert len(blocks) == 3
    assert b"".join(blocks).count(b"\r\n") == 1201


def test_xlsx_keeps_types_and_neutralises_text(bare: Flask) -> None:
    moment = datetime(2017, 3, 12, 19, 0, tzinfo=UTC)
    rows = [("=1+1", 1775, date(2017, 3, 12), moment, True, None, "01234567")]
    with bare.test_request_context("/"):
        response = sheet_response("Bedrijven/2017", list("abcdefg"), rows, "xlsx")
        body = response.get_data()
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    values = [cell.value for cell in sheet[2]]
    assert values[:2] == ["'=1+1", 1775]
    assert values[2] == datetime(2017, 3, 12)  # noqa: DTZ001 - a sheet knows no time zone
    assert values[3] == datetime(2017, 3, 12, 20, 0)  # noqa: DTZ001
    assert values[4:7] == [True, None, "01234567"]
    assert sheet["A2"].data_type == "s"


def test_the_download_has_a_safe_name(bare: Flask) -> None:
    with bare.test_request_context("/"):
        response = sheet_response('x"\r\né', ["a"], [], "rubbish")
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="x.csv"')
    assert "\r" not in disposition
