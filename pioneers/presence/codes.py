"""Codes that phones read: large enough, and dark on light whatever the screen's colours are."""

import segno
from markupsafe import Markup

from pioneers.accounts.current import settings
from pioneers.presence.queries import TOKEN
from pioneers.registrations.models import Registration
from pioneers.web.links import link
from pioneers.web.tokens import sign


def qr_svg(text: str, *, margin: int = 4) -> Markup:
    """A QR code as inline SVG without a size of its own, with the margin that readers need."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=margin, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - drawn by segno out of modules, no text in it


def guest_token(registration: Registration) -> str:
    """What a guest's code carries."""
    secret = settings().secret_key
    return sign(secret, TOKEN, registration.id, registration.token_nonce)


def guest_link(registration: Registration) -> str:
    """The address in a guest's code."""
    return link("presence.guest", token=guest_token(registration))


def spoken(address: str) -> str:
    """An address as people read it out: without the protocol."""
    return address.partition("://")[2] or address
