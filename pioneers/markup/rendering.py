"""Markdown that people write, as HTML that is safe to show, or as plain text.

HTML in the text is shown as it was typed, never followed. What the renderer made is held against
allow-lists once more by nh3, so that neither alone has to be trusted.
"""

from collections.abc import Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = frozenset(
    {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "s", "a", "blockquote", "br", "hr"}
    | {"code", "pre", "table", "thead", "tbody", "tr", "th", "td", "img"}
)
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"scope"},
}
SCHEMES = frozenset({"http", "https", "mailto"})
OUTSIDE = "noopener nofollow"
OWN_PICTURES = "/bestand/"  # pictures of other sites would tell them who reads ours
FIRST_LEVEL, LAST_LEVEL = 2, 4  # the page has the one h1
LONGEST = 100_000  # characters; longer texts are cut, so that no text keeps the site busy


def to_html(text: str) -> Markup:
    """The text as HTML. Headings begin at h2; links lead to http, https, mailto or this site."""
    tokens = _PARSER.parse(text[:LONGEST])
    _settle_headings(tokens)
    for token in _all(tokens):
        if token.type == "link_open" and _is_outside(str(token.attrGet("href") or "")):
            token.attrSet("rel", OUTSIDE)
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "image":
            _settle_picture(token)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None
    )
    return Markup(clean)  # noqa: S704 - held against the allow-lists above


def to_text(text: str) -> str:
    """The words alone, a line for each paragraph: for search, mail and descriptions."""
    lines = []
    for token in _PARSER.parse(text[:LONGEST]):
        if token.type == "inline":
            lines.append(_words(token.children or ()))
        elif token.type in {"fence", "code_block"}:
            lines.append(" ".join(token.content.split()))
    return "\n".join(line for line in lines if line)


def excerpt(text: str, length: int) -> str:
    """The beginning of the words, at most `length` characters, ending with a whole word."""
    words = " ".join(to_text(text).split())
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return whole.rstrip(" ,.;:–-") + "…"


def _leads_nowhere_bad(url: str) -> bool:
    """Whether a link may be followed: an address with one of our schemes, or one of this site."""
    seen = "".join(url.split()).lower()
    if not seen or "\\" in seen or seen.startswith("//") or any(ord(char) < 32 for char in url):
        return False
    scheme, colon, _rest = seen.partition(":")
    if colon and not any(mark in scheme for mark in "/?#"):
        return scheme in SCHEMES
    return True


def _is_outside(href: str) -> bool:
    return href.lower().startswith(("http:", "https:"))


def _settle_headings(tokens: Sequence[Token]) -> None:
    """Let headings begin at h2 and never skip a level, whatever was written."""
    level, written = FIRST_LEVEL - 1, 0
    for token in tokens:
        if token.type == "heading_open":
            mine = int(token.tag[1])
            step = level + 1 if mine > written else level - (written - mine)
            level = min(LAST_LEVEL, max(FIRST_LEVEL, step))
            written = mine
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{level}"


def _settle_picture(token: Token) -> None:
    """A picture of this site stays; of another one its description is left."""
    if str(token.attrGet("src") or "").startswith(OWN_PICTURES):
        return
    token.type, token.tag, token.content = "text", "", _words(token.children or ())
    token.children = None


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.children:
            yield from _all(token.children)


def _words(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "image":
            parts.append(_words(token.children or ()))
        else:
            parts.append(token.content)
    return " ".join("".join(parts).split())


def _make_parser() -> MarkdownIt:
    options = {"html": False, "maxNesting": 20, "typographer": False}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.validateLink = _leads_nowhere_bad  # type: ignore[method-assign]
    return parser


_PARSER = _make_parser()
