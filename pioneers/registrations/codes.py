"""The code with which a guest checks in: what it leads to, and its picture for a camera."""

import io

import segno

from pioneers.accounts.current import settings
from pioneers.programmes.navigation import reachable
from pioneers.registrations.models import Registration
from pioneers.registrations.queries import GUEST, TOKEN
from pioneers.web import tokens
from pioneers.web.links import link


def own_token(registration: Registration, purpose: str = TOKEN) -> str:
    """The token of the link in a registration's mails (or of the guest's QR code)."""
    nonce = registration.token_nonce
    return tokens.sign(settings().secret_key, purpose, registration.id, nonce)


def guest_token(registration: Registration) -> str:
    """The token that a guest's QR code holds."""
    return own_token(registration, GUEST)


def in_camera(registration: Registration) -> str:
    """What a camera reads: the address of the check-in, or the code where there is no such page."""
    if reachable("presence.guest"):
        return link("presence.guest", token=guest_token(registration))
    return registration.code


def drawn(text: str) -> bytes:
    """A QR code as a PNG, with the white border that cameras need."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=6, border=4)
    return picture.getvalue()
