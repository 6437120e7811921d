"""The pages that every public site has: which they are, their standard words, how they are shown.

The features whose pages these are register them; an own page of a programme is shown by one view.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from pioneers.publishing.queries import Site
from pioneers.publishing.rules import Words

Render = Callable[[Site, Words], str]
Standard = Callable[[str, Site], Words]


@dataclass(frozen=True)
class FixedPage:
    """A page with a text: `standard` gives its words until somebody writes others."""

    key: str
    label: LazyString
    endpoint: str
    standard: Standard  # of a language and the site
    render: Render


_FIXED: dict[str, FixedPage] = {}
_OWN: list[Render] = []


def register_fixed(page: FixedPage) -> None:
    """Let a page's words be kept under "Public site"."""
    _FIXED[page.key] = page


def register_own(render: Render) -> None:
    """Say how a page that a programme added is shown."""
    _OWN[:] = [render]


def fixed_pages() -> list[FixedPage]:
    """All of them, in the order in which they were registered."""
    return list(_FIXED.values())


def fixed_page(key: str) -> FixedPage | None:
    """The page with this key; None for an own page."""
    return _FIXED.get(key)


def fixed_keys() -> frozenset[str]:
    """Words that no own page can have as its address."""
    return frozenset(_FIXED)


def render(site: Site, key: str, words: Words) -> str:
    """A page with these words, as visitors see it."""
    page = _FIXED.get(key)
    return page.render(site, words) if page else _OWN[0](site, words)
