"""What features above add to a card's page: stories, tools, a questionnaire.

A feature registers a provider when it is imported. `find` answers what to show for the themes of
the pioneer, `stamp` something that differs when that answer does: the page is kept until then.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.orm import Session, scoped_session

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Link:
    """A line of a section."""

    title: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with links under it."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Provider:
    """Something to show on the page of a card."""

    find: Callable[[AnySession, int, tuple[str, ...], str], Section | None]  # programme, themes
    stamp: Callable[[Connection, int], object]


PROVIDERS: list[Provider] = []


def register_extra(provider: Provider) -> None:
    """Show it, after what was registered before."""
    PROVIDERS.append(provider)


def sections(
    session: AnySession, programme_id: int, themes: tuple[str, ...], language: str
) -> tuple[Section, ...]:
    """What there is to show now."""
    found = (one.find(session, programme_id, themes, language) for one in PROVIDERS)
    return tuple(one for one in found if one is not None and one.links)


def stamps(connection: Connection, programme_id: int) -> tuple[object, ...]:
    """Something that differs when what is shown does."""
    return tuple(one.stamp(connection, programme_id) for one in PROVIDERS)
