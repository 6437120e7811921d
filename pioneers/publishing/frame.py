"""The frame of every public page of a programme, and what features put into it.

A public page belongs to the site of its programme: it calls `open_site(slug)` (or, where it existed
before the site did, `frame_for(programme)`), and its template extends "publishing/frame.html".
Features register their entry of the menu, the addresses for search engines, and what a kept page
must be compared with, when they are imported.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel.speaklater import LazyString
from sqlalchemy import Connection
from sqlalchemy.orm import Session, scoped_session
from werkzeug.routing import BaseConverter, ValidationError

from pioneers.db import db
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import RESERVED_SLUGS
from pioneers.publishing.queries import Site, site_by_slug, site_of
from pioneers.web.errors import NotFound
from pioneers.web.i18n import LANGUAGES, language, speak

AnySession = Session | scoped_session[Session]
LANGUAGE = "taal"


@dataclass(frozen=True)
class PublicEntry:
    """An entry of the public menu; `order` places it (10, 20, 30 …), `foot` puts it below."""

    label: LazyString
    endpoint: str
    order: int
    foot: bool = False


@dataclass(frozen=True)
class PublicAddress:
    """A page that search engines may show: its path, and when it last changed if that is known."""

    path: str
    changed_at: datetime | None = None


Addresses = Callable[[AnySession, Programme], Iterable[PublicAddress]]
Stamp = Callable[[Connection, int], object]
OwnLinks = Callable[..., Iterable[tuple[str, str]]]  # of a site and `foot`: title and address
_ENTRIES: list[PublicEntry] = []
_ADDRESSES: list[Addresses] = []
_STAMPS: dict[str, Stamp] = {}
_OWN_LINKS: list[OwnLinks] = []


def register_entry(entry: PublicEntry) -> None:
    """Put a page into the public menu or, with `foot`, below every page."""
    _ENTRIES.append(entry)
    _ENTRIES.sort(key=lambda one: one.order)


def register_own_links(find: OwnLinks) -> None:
    """Put the pages that a programme added after the others, in the menu or below."""
    _OWN_LINKS.append(find)


def register_addresses(find: Addresses) -> None:
    """Let search engines know the pages that `find` answers for a programme."""
    _ADDRESSES.append(find)


def register_stamp(name: str, stamp: Stamp) -> None:
    """Say something, small and fast to read, that differs when public pages of a feature do."""
    _STAMPS[name] = stamp


def addresses(session: AnySession, programme: Programme) -> list[PublicAddress]:
    """Every public page of a programme."""
    return [one for find in _ADDRESSES for one in find(session, programme)]


def stamp_of(connection: Connection, programme_id: int) -> tuple[object, ...]:
    """Something that differs when any public page of the programme does."""
    return tuple(_STAMPS[name](connection, programme_id) for name in sorted(_STAMPS))


def open_site(slug: str) -> Site:
    """The open site of the programme `slug`, in the language that was asked for; else NotFound."""
    site = site_by_slug(db.session, slug)
    if site is None or not site.settings.is_open:
        raise NotFound
    enter(site)
    return site


def frame_for(programme: Programme) -> Site | None:
    """Give a public page of `programme` the frame of its site, where it has an open one."""
    site = site_of(db.session, programme)
    if site is None or not site.settings.is_open:
        return None
    enter(site)
    return site


def enter(site: Site) -> None:
    """Speak the language of the address (`taal`), else that of the cookie, else the programme's."""
    asked = request.args.get(LANGUAGE, "")
    if asked in LANGUAGES:
        g.site_language = asked
        speak(asked)
    elif request.cookies.get(LANGUAGE) not in LANGUAGES:
        speak(site.programme.language)
    g.site = site


@dataclass(frozen=True)
class FrameLink:
    """A link of the frame."""

    label: str
    href: str
    current: bool = False


def menu(site: Site, *, foot: bool = False) -> list[FrameLink]:
    """The registered pages, in order; the present one is marked."""
    found = []
    for entry in _ENTRIES:
        if entry.foot == foot and entry.endpoint in current_app.view_functions:
            href = url_for(entry.endpoint, slug=site.programme.slug)
            found.append(FrameLink(str(entry.label), href, _is_here(href)))
    own = [one for find in _OWN_LINKS for one in find(site, foot=foot)]
    return [*found, *(FrameLink(title, href, _is_here(href)) for title, href in own)]


def _is_here(href: str) -> bool:
    path = href.partition("?")[0]
    return request.path == path or request.path.startswith(path + "/")


def other_languages() -> list[tuple[str, str, str]]:
    """(code, name, address of this page in it) for each language but the present one."""
    arguments = {key: value for key, value in request.args.items() if key != LANGUAGE}
    view = {**(request.view_args or {}), **arguments}
    return [
        (code, name, url_for(request.endpoint or "site.home", **{**view, LANGUAGE: code}))
        for code, name in LANGUAGES.items()
        if code != language()
    ]


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """A chosen language stays in the addresses of public pages, so that no cookie is needed."""
    chosen = g.get("site_language")
    if chosen and LANGUAGE not in values and not endpoint.startswith(("static", "web.")):
        values[LANGUAGE] = chosen


def for_the_frame() -> dict[str, object]:
    """What publishing/frame.html asks for."""
    site: Site | None = g.get("site")
    if site is None:
        return {}
    return {
        "site": site,
        "site_menu": menu(site),
        "site_foot": menu(site, foot=True),
        "site_languages": other_languages,
    }


class SiteName(BaseConverter):
    """The short name of a programme where it stands first in an address: no page's own word."""

    regex = "[a-z0-9][a-z0-9-]{0,39}"
    part_isolating = True

    def to_python(self, value: str) -> str:
        """Leave the words that are reserved to their pages."""
        if value in RESERVED_SLUGS:
            raise ValidationError
        return value


def init_names(app: Flask) -> None:
    """Let addresses of `app` begin with <site:slug>; before the blueprints are registered."""
    app.url_map.converters["site"] = SiteName


def init_frame(app: Flask) -> None:
    """Give the public pages of `app` their frame."""
    app.context_processor(for_the_frame)
    app.url_defaults(_keep_language)
