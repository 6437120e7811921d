"""The second step of logging in: a code of six digits from an app (TOTP, RFC 6238)."""

import hmac
import re
from datetime import datetime

import pyotp
import segno
from sqlalchemy import or_, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.audit.actions import record

AnySession = Session | scoped_session[Session]
ISSUER = "Pioneers"
STEP_SECONDS = 30
DRIFT = 1  # a phone's clock may be one step off


def matching_step(secret: str, code: str, *, now: datetime) -> int | None:
    """The time step to which `code` belongs, within the drift; None when the code is wrong."""
    digits = re.sub(r"\s", "", code)
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), digits.encode()):
            found = step
    return found


def begin_setup(user: User) -> None:
    """Give the user a fresh secret, which counts from the first right code on."""
    user.totp_secret = pyotp.random_base32()
    user.totp_confirmed_at = None
    user.totp_last_step = None


def use_code(session: AnySession, *, user: User, code: str) -> bool:
    """Whether `code` is right and was not used before; it is used up by asking."""
    if user.totp_secret is None:
        return False
    step = matching_step(user.totp_secret, code, now=clock.now())
    if step is None:
        return False
    used = session.execute(
        update(User)
        .where(
            User.id == user.id,
            User.totp_secret == user.totp_secret,
            or_(User.totp_last_step.is_(None), User.totp_last_step < step),
        )
        .values(totp_last_step=step)
        .returning(User.id)
    ).first()
    return used is not None


def confirm_setup(session: AnySession, *, user: User, code: str) -> bool:
    """Switch the second step on when the app shows the right code; whether it did."""
    if not use_code(session, user=user, code=code):
        return False
    user.totp_confirmed_at = clock.now()
    _record(session, "user.mfa_enabled", user)
    return True


def switch_off(session: AnySession, *, user: User) -> None:
    """Log in with the password alone from now on."""
    user.totp_secret = None
    user.totp_confirmed_at = None
    user.totp_last_step = None
    _record(session, "user.mfa_disabled", user)


def setup_uri(user: User) -> str:
    """What the app reads from the QR code: issuer, account and secret."""
    totp = pyotp.TOTP(user.totp_secret or "")
    return totp.provisioning_uri(name=user.email, issuer_name=ISSUER)


def qr_image(text: str) -> str:
    """A QR code as the address of an image, which the content security policy allows."""
    return segno.make(text, error="m").png_data_uri(scale=5, border=4)


def _record(session: AnySession, action: str, user: User) -> None:
    record(session, action, object_type="user", object_id=user.id, actor_id=user.id)
