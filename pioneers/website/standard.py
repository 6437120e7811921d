"""The words that come with every site, until somebody writes others: one file for each page."""

from functools import cache
from pathlib import Path

from pioneers.publishing.fixed import Standard
from pioneers.publishing.queries import Site
from pioneers.publishing.rules import Words

FOLDER = Path(__file__).parent / "words"


@cache
def _read(key: str, language: str) -> Words:
    """Title after the `#`, then the lead, then the text, with empty lines between."""
    text = (FOLDER / language / f"{key}.md").read_text(encoding="utf-8")
    title, lead, body = (*text.strip().split("\n\n", 2), "")[:3]
    return Words(title.removeprefix("# "), lead, body, language)


def standard(key: str) -> Standard:
    """What gives the words of a page, with the name of the programme filled in."""

    def words(language: str, site: Site) -> Words:
        found = _read(key, "en" if language == "en" else "nl")
        name = site.programme.name
        return Words(
            found.title.replace("{programme}", name),
            found.lead.replace("{programme}", name),
            found.body.replace("{programme}", name),
            found.language,
        )

    return words
