"""Badges and the attendance list: PDF/UA-1, whatever people are called."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from pioneers.web.typst import set_pdf
from tests.factories import make_pioneer
from tests.presence.evening import make_registration

NOW = datetime(2026, 11, 12, 18, 45, tzinfo=UTC)
NAMES = [
    "#strong[Piet] $x^2$ \\ @label <kop> // */ _a_ `b`",
    '"); #import "secret.typ"',
    "Şükrü Çağlar-Łukasz Đorđević ẞ ﬁ",
    "Пётр Ильич Ωμέγα",
    "株式会社 田中 مرحبا שלום 🎉",
    "Jan \u202eomgekeerd\u0000\u200f",
    "W" * 160,
    "van der " * 19,
    "",
]
BADGES = {"title": "Badges", "event": "Avond", "language": "nl", "nobody": "Niemand"}
LIST = BADGES | {
    "heading": "Presentielijst",
    "when": "12 november 2026",
    "host": "",
    "page": "Pagina {page} van {pages}",
    "extra": "Niet op de lijst?",
    "columns": ["Nr.", "Naam", "Bedrijf", "Handtekening"],
}


def is_accessible(content: bytes) -> bool:
    """Typst refuses to write what does not keep to PDF/UA-1, and says in the file that it did."""
    return content.startswith(b"%PDF") and b"/MarkInfo" in content and b"pdfuaid" in content


def people(names: list[str]) -> list[dict[str, str]]:
    return [{"name": name, "company": name, "mark": "", "signature": ""} for name in names]


@pytest.mark.parametrize(("name", "data"), [("badges", BADGES), ("attendance", LIST)])
@pytest.mark.parametrize("names", [[], NAMES, [f"Gast {n}" for n in range(500)]])
def test_every_name_prints(name: str, data: dict[str, object], names: list[str]) -> None:
    content = set_pdf(f"presence/{name}.typ", data | {"guests": people(names)}, made_at=NOW)
    assert is_accessible(content)


def test_a_title_with_markup_is_a_title() -> None:
    odd = BADGES | {"title": "#panic()", "event": "#panic() $", "guests": people(["Anne"])}
    assert is_accessible(set_pdf("presence/badges.typ", odd, made_at=NOW))


@pytest.mark.parametrize("file", ["badges.pdf", "presentielijst.pdf"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_host_prints(
    session, lasting, evening, host: FlaskClient, file: str, language: str
) -> None:
    for name in NAMES[:5]:
        make_registration(session, evening, name=name, guests=2)
    make_pioneer(session, lasting)
    host.set_cookie("language", language)
    answer = host.get(f"/p/overijssel/podium/{evening.id}/{file}")
    assert answer.mimetype == "application/pdf"
    assert is_accessible(answer.data)
    evening.fan_id = None
    session.flush()
    assert host.get(f"/p/overijssel/podium/{evening.id}/{file}").status_code == 404
