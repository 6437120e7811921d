"""Reading a mail that was pasted whole: who sent it, and what they wrote. Pure.

A project leader forwards or copies what came in, so there can be headers of the forwarding itself
("Van: Marieke") above those of the mail that counts; `own` names the addresses that are ours.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import Final

import phonenumbers

from pioneers.reach.phones import HOME

QUOTE: Final = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
HEADER: Final = re.compile(
    r"^\s*\*?(van|from|aan|to|cc|bcc|onderwerp|subject|datum|date|verzonden|sent|beantwoorden aan"
    r"|reply-to|bijlagen|attachments|prioriteit|importance)\*?\s*:\*?\s*(.*)$",
    re.IGNORECASE,
)
SENDER: Final = ("van", "from")
SUBJECT: Final = ("onderwerp", "subject")
ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
BREAK: Final = re.compile(
    r"^\s*(?:-{2,}(?!-).{0,120}(?:forwarded|doorgestuurd|oorspronkelijk|original|origineel).*|_{8,}"
    r"|begin (?:doorgestuurd|forwarded).*:|begin forwarded message:"
    r"|op .{4,120} (?:schreef|heeft) .{0,120}:|on .{4,120} wrote:)\s*$",
    re.IGNORECASE,
)
LONGEST_BREAK: Final = 400  # letters of a line; a longer one announces no forwarded mail
NUMBER: Final = re.compile(r"\((?:vraag|question) (\d{1,9})\)", re.IGNORECASE)
MARKS: Final = "\"'<>[]() \t,;"


@dataclass(frozen=True)
class Pasted:
    """What a pasted mail says; '' or None for what it does not."""

    text: str
    name: str = ""
    email: str | None = None
    phone: str | None = None
    subject: str = ""
    number: int | None = None  # of our question, when the subject names one


@dataclass(frozen=True)
class _Block:
    """Headers, and what stands under them until the next ones."""

    headers: dict[str, str]
    text: str


def read_pasted(pasted: str, *, own: Collection[str] = ()) -> Pasted:
    """Take a mail apart. Without headers everything is its text."""
    text = QUOTE.sub("", pasted.replace("\r\n", "\n"))
    ours = {address.lower() for address in own}
    blocks = _blocks(text.split("\n"))
    subjects = [_subject(block.headers) for block in blocks]
    number = next((int(m[1]) for s in subjects if (m := NUMBER.search(s))), None)
    theirs = next((b for b in blocks if _sender(b.headers) and not _is_ours(b, ours)), None)
    if theirs is None:
        body = next((b.text for b in blocks if b.text), text.strip())
        return Pasted(body, phone=_phone(body), subject=_first(subjects), number=number)
    name, email = _who(_sender(theirs.headers))
    subject = _subject(theirs.headers) or _first(subjects)
    body = theirs.text or subject
    return Pasted(body, name, email, _phone(body), subject, number)


def _blocks(lines: list[str]) -> list[_Block]:
    """Runs of header lines and the text under each. One line alone that looks like a header, in the
    midst of a text, is text."""
    blocks, headers, body, at = [], dict[str, str](), list[str](), 0
    while at < len(lines):
        found, after = _headers_at(lines, at)
        if found:
            blocks.append(_Block(headers, _body(body)))
            headers, body, at = found, [], after
        else:
            body.append(lines[at])
            at += 1
    blocks.append(_Block(headers, _body(body)))
    return [block for block in blocks if block.headers or block.text]


def _headers_at(lines: list[str], at: int) -> tuple[dict[str, str], int]:
    """The headers that begin on a line, if two or more do (or one of a sender with an address)."""
    found: dict[str, str] = {}
    last = ""
    while at < len(lines):
        header = HEADER.match(lines[at])
        if header:
            last = header[1].lower()
            found.setdefault(last, _decoded(header[2].strip()))
        elif last and lines[at][:1] in " \t" and lines[at].strip():
            found[last] = f"{found[last]} {_decoded(lines[at].strip())}"
        else:
            break
        at += 1
    if len(found) > 1 or ADDRESS.search(_sender(found)):
        return found, at
    return {}, at


def _body(lines: list[str]) -> str:
    """Text up to where an older mail begins."""
    kept: list[str] = []
    for line in lines:
        if len(line) <= LONGEST_BREAK and BREAK.match(line):
            if any(one.strip() for one in kept):
                break
            continue  # "Forwarded message" above the headers that count
        kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _decoded(value: str) -> str:
    """A header in words: =?utf-8?q?J=C3=B6rg?= is Jörg."""
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value


def _sender(headers: dict[str, str]) -> str:
    return next((headers[key] for key in SENDER if key in headers), "")


def _subject(headers: dict[str, str]) -> str:
    found = next((headers[key] for key in SUBJECT if key in headers), "")
    return re.sub(r"^(?:(?:fw|fwd|re|antw|doorst|betr)\s*:\s*)+", "", found, flags=re.I).strip()


def _is_ours(block: _Block, ours: Collection[str]) -> bool:
    _, email = _who(_sender(block.headers))
    return email is not None and email.lower() in ours


def _who(sender: str) -> tuple[str, str | None]:
    """A name and an address out of `Jan Jansen <jan@x.nl>`, `[mailto:jan@x.nl]` or either alone."""
    found = ADDRESS.search(sender)
    rest = sender if found is None else sender[: found.start()]
    rest = re.sub(r"(?:mailto:|namens|on behalf of).*$", "", rest, flags=re.I)
    name = " ".join(rest.strip(MARKS).split())
    if "," in name and name.count(",") == 1:
        family, first = (part.strip() for part in name.split(","))
        name = f"{first} {family}".strip()
    return name[:160], None if found is None else found[0]


def _phone(text: str) -> str | None:
    """The first phone number of a text: people sign with theirs."""
    for found in phonenumbers.PhoneNumberMatcher(text, HOME):
        return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _first(subjects: list[str]) -> str:
    return next((subject for subject in subjects if subject), "")
