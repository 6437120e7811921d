"""Numbers and addresses that identify: KVK number, postcode, e-mail and web domain. Pure."""

import re
from functools import lru_cache

from pioneers.companies.names import REMEMBERED, words
from pioneers.web.parsing import parse_kvk

# First part of domains of providers that exist under several countries: hotmail.com, hotmail.nl.
_PROVIDERS = words(
    "gmail googlemail hotmail outlook live msn windowslive yahoo ymail rocketmail icloud aol gmx"
    " proton protonmail mail zoho yandex tutanota tuta fastmail hushmail passport"
)
_PROVIDER_DOMAINS = words(
    "me.com mac.com pm.me web.de t-online.de freenet.de ziggo.nl ziggomail.com kpnmail.nl"
    " kpnplanet.nl kpn.nl planet.nl xs4all.nl home.nl upcmail.nl hetnet.nl casema.nl chello.nl"
    " telfort.nl telfortglasvezel.nl tele2.nl online.nl quicknet.nl solcon.nl zonnet.nl"
    " zeelandnet.nl wxs.nl tiscali.nl orange.nl freeler.nl wanadoo.nl caiway.nl caiway.net"
    " concepts.nl introweb.nl kabelfoon.nl multiweb.nl onsbrabantnet.nl plex.nl scarlet.nl"
    " versatel.nl"
    " delta.nl deltanet.nl glasnet.nl trined.nl filternet.nl cogas.nl tukker.nl dds.nl xmsnet.nl"
    " lijbrandt.nl telenet.be skynet.be kpn.com ziggo.com"
)
# Places where many undertakings have a page.
_SITES = words(
    "facebook.com linkedin.com instagram.com twitter.com x.com youtube.com wixsite.com"
    " wordpress.com blogspot.com business.site jouwweb.nl webnode.nl sites.google.com"
    " google.com marktplaats.nl etsy.com"
)
# Mailboxes that belong to a desk and not to a person.
_DESKS = words(
    "info administratie admin contact receptie secretariaat office mail sales verkoop inkoop"
    " post directie hr personeelszaken boekhouding finance planning service klantenservice"
    " support welkom hallo hello algemeen kantoor balie team marketing communicatie events"
    " bestuur facturen factuur crediteuren debiteuren reserveringen redactie webmaster p&o pz"
    " werkplaats magazijn winkel bestellingen orders email bedrijf"
)


def clean_kvk(value: object) -> str | None:
    """Eight digits out of text or a number; the zero that a spreadsheet took is put back.

    A number with decimals (59292959.0) is what some spreadsheets make of it. None if it is none;
    there is no check digit to test.
    """
    if isinstance(value, str) and len(value) == 8 and value.isascii() and value.isdecimal():
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, bool):
        return None
    return parse_kvk(re.sub(r"\.0+$", "", str(value).strip()))


def clean_establishment(value: object) -> str | None:
    """Twelve digits of an establishment number; leading zeros are put back. None if it is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    digits = re.sub(r"[\s.]", "", str(value if value is not None else ""))
    return digits.zfill(12) if re.fullmatch(r"\d{9,12}", digits, re.ASCII) else None


@lru_cache(maxsize=REMEMBERED)
def clean_postcode(text: str) -> str | None:
    """'8012ab' is '8012 AB'; four digits alone stay as they are. None if it is none."""
    found = re.fullmatch(r"([1-9]\d{3})\s*([a-z]{2})?", text.strip().lower(), re.ASCII)
    if not found:
        return None
    return f"{found[1]} {found[2].upper()}" if found[2] else found[1]


@lru_cache(maxsize=REMEMBERED)
def _company_host(host: str) -> str | None:
    """A host that is a company's own; None for providers and places where many have a page."""
    host = re.sub(r"^(www|mail|webmail|email|smtp)\.(?=.*\.)", "", host.strip(" .").lower())
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or len(host) > 120 or not host.isprintable():
        return None
    if host in _PROVIDER_DOMAINS or host in _SITES or ".".join(labels[-2:]) in _SITES:
        return None
    if len(labels) <= 3 and labels[0] in _PROVIDERS and len(labels[-1]) <= 4:
        return None
    return host


def email_domain(email: str | None) -> str | None:
    """The company's own domain in an e-mail address; None for free mail and providers."""
    if not email or "@" not in email:
        return None
    return _company_host(email.rpartition("@")[2])


def site_domain(address: str | None) -> str | None:
    """The company's own domain in a web address or a bare domain; None where it is none."""
    if not address:
        return None
    host = re.sub(r"^[a-z]+://", "", address.strip().lower())
    host = re.split(r"[/?#:\s]", host, maxsplit=1)[0].rpartition("@")[2]
    return _company_host(host)


@lru_cache(maxsize=REMEMBERED)
def is_shared_mailbox(email: str) -> bool:
    """Whether an address belongs to a desk (info@, administratie@) and so to several people."""
    local = email.partition("@")[0].lower()
    return local in _DESKS or re.split(r"[+.\-_\d]", local, maxsplit=1)[0] in _DESKS
