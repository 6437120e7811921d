"""What is printed, read back from the picture of it."""

import io
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import typst
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session

from pioneers.cards import printing
from pioneers.cards.models import Card
from pioneers.programmes.models import Programme
from tests.cards.making import make_public_pioneer, make_run
from tests.client import log_in
from tests.factories import Personas

WIDTH, HEIGHT = 85, 55
# The page that the PDF is made of, as pictures: Typst reads PDF pages as images.
PAGE = """#set page(width: 210mm, height: 297mm, margin: 0mm)
#image("sheet.pdf", page: PLACE, width: 210mm)
"""


def rendered(pdf: bytes, folder: Path, page: int) -> Image.Image:
    """A page of a PDF as it looks on paper."""
    (folder / "sheet.pdf").write_bytes(pdf)
    (folder / "page.typ").write_text(PAGE.replace("PLACE", str(page)))
    png = typst.compile(folder / "page.typ", format="png", ppi=200)
    assert isinstance(png, bytes)
    return Image.open(io.BytesIO(png)).convert("L")


def by_place(image: Image.Image) -> dict[tuple[int, int], str]:
    """The text of every code by the card (row, column) in which it is printed."""
    found = {}
    for code in zxingcpp.read_barcodes(image):
        middle = code.position.top_left.x, code.position.top_left.y
        across = (middle[0] / image.width * 210 - 20) / WIDTH
        down = (middle[1] / image.height * 297 - 11) / HEIGHT
        found[int(down), int(across)] = code.text
    return found


@pytest.fixture
def printed(
    app: Flask, client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> tuple[bytes, list[Card]]:
    """The sheet of a run of twelve cards, through the page."""
    pioneer = make_public_pioneer(session, programme)
    run, cards = make_run(session, programme, pioneer.id, quantity=12)
    log_in(client, personas.leader)
    answer = client.get(f"/p/{programme.slug}/kaartjes/{run.id}/vel.pdf")
    assert answer.mimetype == "application/pdf"
    return answer.data, cards


def test_ten_codes_of_a_rendered_sheet_lead_each_to_its_own_card(
    printed: tuple[bytes, list[Card]], tmp_path: Path
) -> None:
    pdf, cards = printed
    first = by_place(rendered(pdf, tmp_path, 1))
    expected = {
        (place // 2, place % 2): f"/k/{card.code}?s" for place, card in enumerate(cards[:10])
    }
    assert {place: address(text) for place, text in first.items()} == expected
    second = by_place(rendered(pdf, tmp_path, 2))
    assert [address(text) for text in second.values()] == [f"/k/{c.code}?s" for c in cards[10:]]


def address(text: str) -> str:
    """The path and query of a whole address."""
    parts = urlsplit(text)
    assert parts.scheme == "http"
    assert parts.netloc
    return f"{parts.path}?{parts.query}"


def test_the_sheet_is_readable_for_everybody(printed: tuple[bytes, list[Card]]) -> None:
    pdf, _cards = printed
    assert b"pdfuaid" in pdf


def test_one_card_for_a_printer_is_a_drawing_of_its_own(
    app: Flask, client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    pioneer = make_public_pioneer(session, programme)
    run, (card,) = make_run(session, programme, pioneer.id, quantity=500, is_single_code=True)
    log_in(client, personas.leader)
    answer = client.get(f"/p/{programme.slug}/kaartjes/{run.id}/kaartje.svg")
    assert answer.mimetype == "image/svg+xml"
    text = answer.get_data(as_text=True)
    assert 'width="85mm" height="55mm"' in text
    assert "Hanna Bos" in text
    assert f"/k/{card.code}</text>" in text
    picture = typst.compile(
        b"#set page(width: 85mm, height: 55mm, margin: 0mm)\n"
        b'#image(bytes(sys.inputs.svg), format: "svg", width: 85mm)',
        format="png",
        ppi=300,
        sys_inputs={"svg": text},
    )
    assert isinstance(picture, bytes)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    assert address(code.text) == f"/k/{card.code}?s"


def test_what_is_in_a_name_is_text(app: Flask, programme: Programme) -> None:
    with app.test_request_context():
        drawn = printing.single(programme, '<script>"&', "ABCDEFG")
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_withdrawn_cards_are_not_printed_again(
    app: Flask, client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    pioneer = make_public_pioneer(session, programme)
    run, _cards = make_run(session, programme, pioneer.id, quantity=2)
    log_in(client, personas.leader)
    url = f"/p/{programme.slug}/kaartjes/{run.id}"
    client.post(f"{url}/intrekken", data={"because": "Verkeerd adres"})
    assert client.get(f"{url}/vel.pdf").status_code == 200
    assert client.get(f"{url}/kaartje.svg").status_code == 404
