"""Kinds of mail: what each says by default, and which fields its words can name.

A feature registers its kinds in its `emails.py`; the page on which a project leader rewords them
and the preview read them here. Words are plain text: paragraphs with blank lines between them,
fields in braces, and a line of the form `[Words](field)` for a button to the address in that field.
A line of which every field is empty is left out, with its other words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

LANGUAGES: Final = ("nl", "en")
EXAMPLE_SITE: Final = "https://pioniers.example"  # where the examples of addresses lead


@dataclass(frozen=True)
class Words:
    """The subject and body of a kind of mail in one language."""

    subject: str
    body: str


@dataclass(frozen=True)
class Picture:
    """A picture in the HTML part; `alt` is for who does not see it."""

    alt: str
    png: bytes


Pictures = Mapping[str, Sequence[Picture]]  # by field: one below each line of its text


@dataclass(frozen=True)
class MailKind:
    """A kind of mail. `fields` gives each field that the words can name and an example of it."""

    key: str
    nl: Words
    en: Words
    title_nl: str  # what the list of kinds calls it
    title_en: str
    fields: Mapping[str, str] = field(default_factory=dict)
    pictures: Pictures = field(default_factory=dict)  # examples, of the fields that have pictures
    can_be_off: bool = False  # a reminder, which a programme can switch off
    secret: bool = False  # holds a key to an account: never shown, emptied once it has left
    keep: timedelta = timedelta(days=90)  # how long its text is kept after its status changed last

    def words(self, language: str) -> Words:
        """The product's own words in `language` (Dutch unless it is English)."""
        return self.en if language == "en" else self.nl


KINDS: dict[str, MailKind] = {}


def register(kind: MailKind) -> MailKind:
    """Make a kind known; a key is taken once."""
    if kind.key in KINDS:
        raise ValueError(f"mail kind {kind.key} twice")
    KINDS[kind.key] = kind
    return kind
