"""Tokens in addresses that need no account: signed, so that none can be guessed or made up.

A token names a record and carries a signature over the purpose, the record and its nonce. Nothing
of it is stored but the nonce: a copy of the database gives nobody a working address, and to change
the nonce is to end every address that was made with the old one.
"""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

SIGNATURE_BYTES = 15  # 120 bits: 20 letters
NONCE_BYTES = 8
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another


def new_nonce() -> str:
    """A fresh nonce for a record."""
    return secrets.token_hex(NONCE_BYTES)


def new_code(length: int) -> str:
    """A random code of unambiguous capitals and digits, to be read out or typed."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def sign(secret: str, purpose: str, record_id: int, nonce: str) -> str:
    """The token for a record: safe in an address, the same each time it is made."""
    return f"{_number(record_id)}-{_signature(secret, purpose, record_id, nonce)}"


def record_of(token: str, *, largest: int = 2**31 - 1) -> int | None:
    """The record that a token speaks of, not yet believed; None when it has not the shape.

    `largest` is more where the number is no record, such as a moment.
    """
    number, _, rest = token.partition("-")
    if not rest or len(token) > 60 or not number.isascii() or not number.isalnum():
        return None
    try:
        found = int(number, 36)
    except ValueError:
        return None
    return found if 0 < found <= largest else None


def is_genuine(secret: str, purpose: str, record_id: int, nonce: str, token: str) -> bool:
    """Whether `token` is this record's for this purpose; takes the same time either way."""
    return hmac.compare_digest(
        sign(secret, purpose, record_id, nonce).encode(), token.encode("utf-8", "replace")
    )


def _signature(secret: str, purpose: str, record_id: int, nonce: str) -> str:
    mac = _keyed(secret).copy()
    mac.update(f"{purpose}\n{record_id}\n{nonce}".encode())
    digest = mac.digest()
    return base64.b32encode(digest[:SIGNATURE_BYTES]).decode().lower()


@lru_cache(maxsize=8)
def _keyed(secret: str) -> hmac.HMAC:
    """What every signature begins with; nobody but `copy` touches it."""
    return hmac.new(secret.encode(), b"pioneers-token\n", hashlib.sha256)


def _number(value: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while value:
        value, rest = divmod(value, 36)
        text = digits[rest] + text
    return text or "0"
