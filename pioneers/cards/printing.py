"""Cards on paper: sheets of ten as PDF, and one card as SVG for a printer."""

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

import segno
from flask_babel import gettext as _

from pioneers import clock
from pioneers.cards.models import Card, PrintRun
from pioneers.cards.rules import MARK
from pioneers.programmes.models import Programme
from pioneers.web.i18n import language
from pioneers.web.links import link
from pioneers.web.typst import set_pdf

WIDTH, HEIGHT = 85, 55  # millimetres
QUIET = 4  # modules of white around a code, as its standard asks
CODE_WIDTH = 30  # millimetres, the quiet zone included
BRAND, INK, SOFT = "#0b5a5e", "#16232b", "#4a5a63"
FONT = "'Noto Sans', 'DejaVu Sans', Arial, sans-serif"


def address_of(code: str) -> str:
    """What somebody types: the address of a card's page."""
    return link("cards.landing", code=code)


def scanned_address(code: str) -> str:
    """What the picture holds: the same page, with the mark of who scans."""
    return f"{address_of(code)}?{MARK}"


def spoken(code: str) -> str:
    """The address as it stands on paper: without the protocol."""
    return address_of(code).partition("://")[2]


def picture(code: str) -> str:
    """The QR code as SVG of its own."""
    out = io.BytesIO()
    drawn = segno.make(scanned_address(code), error="m", micro=False)
    drawn.save(
        out, kind="svg", border=QUIET, xmldecl=False, dark="#000", light="#fff", omitsize=True
    )
    return out.getvalue().decode()


def sheet(run: PrintRun, programme: Programme, name: str, cards: Sequence[Card]) -> bytes:
    """The cards of a run, ten to a sheet of A4 with marks to cut along."""
    data = {
        "title": _("Cards of %(name)s, print run %(number)s", name=name, number=run.number),
        "language": language(),
        "programme": programme.name,
        "name": name,
        "invite": _invitation(),
        "words": _("Scan the code, or type:"),
        "nobody": _("All cards of this print run are withdrawn."),
        "alt": _("QR code that leads to {address}"),
        "cards": [
            {"code": card.code, "address": spoken(card.code), "picture": picture(card.code)}
            for card in cards
        ],
    }
    return set_pdf("cards/sheet.typ", data, made_at=clock.now())


def _invitation() -> str:
    return _("Stories, tools and somebody who answers your question about working smarter.")


def single(programme: Programme, name: str, code: str) -> str:
    """One card as SVG of 85 by 55 mm: vectors for a printer, with text as text."""
    drawn = segno.make(scanned_address(code), error="m", micro=False)
    modules = drawn.symbol_size(scale=1, border=QUIET)[0]
    scale = CODE_WIDTH / modules
    code_svg = drawn.svg_inline(
        scale=scale, border=QUIET, dark="#000", light=None, svgclass=None, lineclass=None
    )
    path = code_svg[code_svg.index("<path") : code_svg.index("</svg>")]
    host, _slash, rest = spoken(code).partition("/")
    lines = _wrapped(_invitation(), 30)
    text = [
        _text(5, 9.5, 2.9, BRAND, programme.name, bold=True),
        _text(5, 19, _fitting(name), INK, name, bold=True),
        *(_text(5, 26 + 4 * place, 2.9, SOFT, line) for place, line in enumerate(lines)),
        _text(5, 43.5, 2.6, SOFT, _("Scan the code, or type:")),
        _text(5, 48.5, _fitting(f"{host}/{rest}", 44), INK, f"{host}/{rest}", bold=True),
    ]
    title = escape(_("Card of %(name)s: %(address)s", name=name, address=spoken(code)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}mm" height="{HEIGHT}mm"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="{FONT}"><title>{title}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<rect width="{WIDTH}" height="2.5" fill="{BRAND}"/>'
        f'<g transform="translate({WIDTH - CODE_WIDTH - 3} 12)">{path}</g>{"".join(text)}</svg>\n'
    )


def _text(x: float, y: float, size: float, colour: str, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size:g}" fill="{colour}"{weight}>{escape(words)}</text>'
    )


def _fitting(words: str, width: float = 47) -> float:
    """A size in millimetres at which the words fit on a line; letters are 0.6 as wide as high."""
    return round(min(4.6, max(1.8, width / (0.6 * max(1, len(words))))), 2)


def _wrapped(words: str, letters: int) -> list[str]:
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
