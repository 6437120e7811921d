"""From words with fields to the text and HTML parts of a mail. Pure.

Fields are filled in as text: what somebody wrote in a form can make no field, button, tag or link.
Anybody can have a mail sent to anybody by registering them, so that only the wording's own
addresses and those of our own site are links. A line of which every field is empty is left out, and
so is a paragraph without lines: nobody reads "Speaker:" with nothing behind it.

Pictures stand in the HTML part as data; `building` takes them out of it, since mail programs show
only pictures that are parts of the message.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from pioneers.mail.kinds import Picture, Pictures, Words

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


def render(
    words: Words,
    fields: Mapping[str, str],
    *,
    frame: str,
    site: str,
    language: str = "nl",
    pictures: Pictures | None = None,
    rich: Mapping[str, Markup] | None = None,
) -> Rendered:
    """Fill `fields` in; `frame` (the programme's name) heads the HTML part.

    A field that is an address of `site` as a whole becomes a link, and no other field does. Where a
    paragraph is a field and no more, `rich` can have the HTML of it.
    """
    fields = {name: _tidy(value) for name, value in fields.items()}
    subject = one_line(_fill(words.subject, fields))[:300]
    split = (_full(each, fields) for each in re.split(r"\n\s*\n", words.body.strip()))
    paragraphs = [each for each in split if each]
    text = "\n\n".join(_text(each, fields) for each in paragraphs) + "\n"
    shown = (_html(each, fields, site, pictures or {}, rich or {}) for each in paragraphs)
    body = Markup("\n").join(shown)
    return Rendered(subject, text, _page(subject, frame, body, language))


def _tidy(value: str) -> str:
    """What was typed, without blank lines around it and with one between paragraphs at most."""
    return re.sub(r"\n[^\S\n]*(?:\n[^\S\n]*)+", "\n\n", value.replace("\r\n", "\n").strip())


def _full(paragraph: str, fields: Mapping[str, str]) -> str:
    """The lines of a paragraph that say something: one with fields has one that is filled in."""
    return "\n".join(_lines_that_say(paragraph.strip().splitlines(), fields)).strip()


def _lines_that_say(lines: Iterable[str], fields: Mapping[str, str]) -> Iterable[str]:
    for line in lines:
        button = BUTTON.match(line.strip())
        named = [button[2]] if button else FIELD.findall(line)
        if not named or any(fields.get(name) for name in named):
            yield line


def _fill(text: str, fields: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: fields.get(found[1], ""), text)


def _text(paragraph: str, fields: Mapping[str, str]) -> str:
    button = BUTTON.match(paragraph)
    if button:
        return f"{button[1]}:\n{fields.get(button[2], '')}"
    return _fill(paragraph, fields)


def _html(
    paragraph: str,
    fields: Mapping[str, str],
    site: str,
    pictures: Pictures,
    rich: Mapping[str, Markup],
) -> Markup:
    alone = FIELD.fullmatch(paragraph)
    if alone and alone[1] in rich:
        return rich[alone[1]]
    button = BUTTON.match(paragraph)
    if button:
        address = fields.get(button[2], "")
        return Markup(
            '<p style="margin:24px 0"><a href="{}" style="display:inline-block;background:#0b5a5e;'
            "color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none;"
            'font-weight:bold">{}</a></p>'
        ).format(address, button[1])
    inner = Markup("<br>\n").join(_html_lines(paragraph, fields, site, pictures))
    return Markup('<p style="margin:0 0 16px">{}</p>').format(inner)


def _html_lines(
    paragraph: str, fields: Mapping[str, str], site: str, pictures: Pictures
) -> Iterable[Markup]:
    for line in paragraph.splitlines():
        filled = str(_filled_html(line, fields, site)).splitlines()
        shown = [one for name in FIELD.findall(line) for one in pictures.get(name, ())]
        for place, each in enumerate(filled):
            said = Markup(each)  # noqa: S704 - escaped piece by piece
            yield said + _picture(shown[place]) if place < len(shown) else said


def _picture(picture: Picture) -> Markup:
    """Black on white whatever the theme, so that a camera reads it."""
    data = base64.b64encode(picture.png).decode()
    return Markup(
        '<img src="data:image/png;base64,{}" alt="{}" width="180" height="180" '
        'style="display:block;margin:8px 0;background:#ffffff">'
    ).format(data, picture.alt)


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


# Mail programs that know a dark theme take it from here; the others keep the colours in the tags.
DARK = Markup("""@media (prefers-color-scheme:dark){
body{background:#10191d!important;color:#e6eced!important}
.sheet{background:#18242a!important;border-color:#2d3b42!important}
.frame{color:#a9b7bd!important}
p a:not([style*=inline-block]){color:#6fc6c4!important}
}""")


def _page(subject: str, frame: str, body: Markup, language: str) -> str:
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light dark"><title>{}</title>\n'
            "<style>{}</style></head>\n"
            '<body style="margin:0;padding:16px;background:#f6f8f7;color:#16232b;'
            'font:17px/1.5 system-ui,Segoe UI,Roboto,Helvetica,Arial,sans-serif">\n'
            '<div class="sheet" style="max-width:560px;margin:0 auto;background:#ffffff;'
            "padding:24px;border-radius:10px;border:1px solid #dfe5e6;"
            'overflow-wrap:anywhere">\n'
            '<p class="frame" style="margin:0 0 24px;color:#4a5a63;font-size:15px">{}</p>\n{}\n'
            "</div></body></html>\n"
        ).format(language, subject, DARK, frame, body)
    )
