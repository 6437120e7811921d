"""Addresses as headers and envelopes take them. Pure."""

import re
from email.headerregistry import Address

from pioneers.mail.rendering import one_line

LONGEST = 254
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")


class BadAddress(ValueError):
    """Not an address that mail can be sent to; the message names nobody."""


def parts(address: str) -> tuple[str, str]:
    """The mailbox and the domain (in ASCII) of an address; raises BadAddress.

    Stricter than the standard: quoted mailboxes, comments and address literals are refused, and so
    is everything that could end a line of a header or of the envelope.
    """
    mailbox, _, domain = address.rpartition("@")
    if not ATOMS.fullmatch(mailbox) or ".." in f".{mailbox}.":
        raise BadAddress("mailbox")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise BadAddress("domain") from None
    if not DOMAIN.fullmatch(ascii_domain) or len(address) > LONGEST:
        raise BadAddress("domain")
    return mailbox, ascii_domain


def is_address(address: str) -> bool:
    """Whether mail can be sent to it."""
    try:
        parts(address)
    except BadAddress:
        return False
    return True


def plain(address: str) -> str:
    """The address for the envelope; raises BadAddress."""
    return "@".join(parts(address))


def named(address: str, name: str) -> Address:
    """The address with a name, for a header that encodes it; raises BadAddress."""
    mailbox, domain = parts(address)
    return Address(display_name=one_line(name)[:200], username=mailbox, domain=domain)
