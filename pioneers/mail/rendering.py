"""From words with fields to the text and HTML parts of a mail. Pure.

Fields are filled in as text: what somebody wrote in a form can make no field, button, tag or link.
Anybody can have a mail sent to anybody by registering them, so that only the wording's own
addresses and those of our own site are links.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from pioneers.mail.kinds import Words

FIELD = re.compile(r"\{([a-z_]+)\}")
BUTTON = re.compile(r"^\[([^\]\n]+)\]\(([a-z_]+)\)$")
LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Rendered:
    """A mail's subject and parts."""

    subject: str
    text: str
    html: str


class UnknownField(Exception):
    """The words name a field that this kind of mail does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def fields_in(words: Words) -> set[str]:
    """Every field that the words name, in the text or behind a button."""
    lines = words.body.splitlines()
    buttons = {found[2] for line in lines if (found := BUTTON.match(line.strip()))}
    return set(FIELD.findall(f"{words.subject}\n{words.body}")) | buttons


def check_fields(words: Words, known: Mapping[str, str]) -> None:
    """Raise UnknownField for the first field that is not in `known`."""
    for name in sorted(fields_in(words)):
        if name not in known:
            raise UnknownField(name)


def one_line(text: str) -> str:
    """Text for a header: line breaks and control characters are spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def render(words: Words, fields: Mapping[str, str], *, frame: str, site: str) -> Rendered:
    """Fill `fields` in; `frame` (the programme's name) heads the HTML part.

    A field that is an address of `site` as a whole becomes a link, and no other field does.
    """
    subject = one_line(_fill(words.subject, fields))[:300]
    paragraphs = [each.strip() for each in re.split(r"\n\s*\n", words.body.strip()) if each.strip()]
    text = "\n\n".join(_text(each, fields) for each in paragraphs) + "\n"
    body = Markup("\n").join(_html(each, fields, site) for each in paragraphs)
    return Rendered(subject, text, _page(subject, frame, body))


def _fill(text: str, fields: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: fields.get(found[1], ""), text)


def _text(paragraph: str, fields: Mapping[str, str]) -> str:
    button = BUTTON.match(paragraph)
    if button:
        return f"{button[1]}:\n{fields.get(button[2], '')}"
    return _fill(paragraph, fields)


def _html(paragraph: str, fields: Mapping[str, str], site: str) -> Markup:
    button = BUTTON.match(paragraph)
    if button:
        address = fields.get(button[2], "")
        return Markup(
            '<p style="margin:24px 0"><a href="{}" style="display:inline-block;background:#0b5a5e;'
            "color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none;"
            'font-weight:bold">{}</a></p>'
        ).format(address, button[1])
    lines = str(_filled_html(paragraph, fields, site)).splitlines()
    inner = Markup("<br>\n".join(lines))  # noqa: S704 - escaped piece by piece
    return Markup('<p style="margin:0 0 16px">{}</p>').format(inner)


def _filled_html(paragraph: str, fields: Mapping[str, str], site: str) -> Markup:
    """The wording with its addresses as links, and what people typed as nothing but text."""
    pieces, last = [], 0
    for found in FIELD.finditer(paragraph):
        pieces.append(_linked(paragraph[last : found.start()], goes_on=True))
        value = fields.get(found[1], "")
        pieces.append(_link(value) if _is_ours(value, site) else escape(value))
        last = found.end()
    pieces.append(_linked(paragraph[last:], goes_on=False))
    return Markup("").join(pieces)


def _is_ours(value: str, site: str) -> bool:
    return bool(site) and value.startswith(f"{site}/") and LINK.fullmatch(value) is not None


def _linked(text: str, *, goes_on: bool) -> Markup:
    """Words of the wording with their addresses as links; one that a field completes is none."""
    parts, last = [], 0
    for found in LINK.finditer(text):
        if goes_on and found.end() == len(text):
            break
        address = found[0].rstrip(".,;:!?)")
        parts.append(escape(text[last : found.start()]))
        parts.append(_link(address))
        last = found.start() + len(address)
    parts.append(escape(text[last:]))
    return Markup("").join(parts)


def _link(address: str) -> Markup:
    return Markup('<a href="{0}" style="color:#0b5a5e">{0}</a>').format(address)


def _page(subject: str, frame: str, body: Markup) -> str:
    return str(
        Markup(
            '<!doctype html>\n<html><head><meta charset="utf-8"><title>{}</title></head>\n'
            '<body style="margin:0;padding:24px;background:#f6f8f7;color:#16232b;'
            'font:17px/1.5 system-ui,Segoe UI,Roboto,Helvetica,Arial,sans-serif">\n'
            '<div style="max-width:560px;margin:0 auto;background:#ffffff;padding:32px;'
            'border-radius:10px;border:1px solid #dfe5e6">\n'
            '<p style="margin:0 0 24px;color:#4a5a63;font-size:15px">{}</p>\n{}\n'
            "</div></body></html>\n"
        ).format(subject, frame, body)
    )
