"""Calendars that need no account: the public agenda, one event, and feeds behind a token."""

from collections.abc import Callable

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from pioneers.accounts.current import settings
from pioneers.agenda import own
from pioneers.agenda.answering import calendar, missing
from pioneers.agenda.blueprint import blueprint
from pioneers.agenda.contents import PUBLISHED, Scope, Shown, events_of, scope_of, stamp_of
from pioneers.agenda.entries import entries, public_address
from pioneers.agenda.feeds import opened_by
from pioneers.agenda.kept import kept
from pioneers.agenda.models import FeedKind
from pioneers.agenda.moments import midnight, present_window
from pioneers.agenda.queries import to_come
from pioneers.agenda.rules import Stamp, webcal
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.fans.models import Fan
from pioneers.ics.building import feed as write_feed
from pioneers.ics.building import single
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import programme_by_slug
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.links import link, site_address


def _kept(what: str, key: str, find: Callable[[], Stamp | None]) -> Stamp | None:
    """The stamp of a calendar, for as long as nothing was written; a new day or another address
    of the site make another one."""
    return kept(db.session, (what, key, midnight(), site_address()), find)


@blueprint.get("/agenda/<slug>", endpoint="public")
@public
def public_page(slug: str) -> ResponseReturnValue:
    """The published events to come, and the ways to follow them."""
    programme = programme_by_slug(db.session, slug)
    if programme is None:
        raise NotFound
    feed = link("agenda.public_feed", slug=slug)
    return render_template(
        "agenda/public.html",
        agenda_of=programme,
        rows=to_come(db.session, programme),
        address=public_address(),
        feed=feed,
        webcal=webcal(feed),
    )


@blueprint.get("/agenda/<slug>.ics")
@public
def public_feed(slug: str) -> ResponseReturnValue:
    """The published events of a programme, for everybody."""

    def find() -> Stamp | None:
        programme = programme_by_slug(db.session, slug)
        if programme is None:
            return None
        more = (programme.language, site_address())
        return stamp_of(db.session, Scope(programme), present_window(), more=more)

    def build() -> bytes:
        programme = programme_by_slug(db.session, slug)
        if programme is None:  # since a moment ago
            raise NotFound
        source = link("agenda.public_feed", slug=slug)
        return _written(Scope(programme), programme.language, programme.name, source)

    found = _kept("public", slug, find)
    if found is None:
        return missing()
    return calendar(found, build, filename=f"agenda-{slug}.ics", is_public=True)


def _written(scope: Scope, language: str, name: str, source: str) -> bytes:
    g.language = language
    shown = events_of(db.session, scope, present_window())
    return write_feed(entries(scope, shown), name=name, source=source)


@blueprint.get("/b/<code>/bijeenkomst.ics")
@public
def event_file(code: str) -> ResponseReturnValue:
    """One published event, to put into one's calendar."""
    query = (
        select(Event, Programme, Fan.name)
        .join(Programme, Programme.id == Event.programme_id)
        .outerjoin(Fan, Fan.id == Event.fan_id)
        .where(Event.public_code == code, PUBLISHED)
    )
    row = db.session.execute(query).first()
    if row is None:
        return missing()
    event, programme, host = row
    scope = Scope(programme)
    g.language = programme.language
    (entry,) = entries(scope, [Shown(event, host or "", is_tentative=False)])
    response = Response(single(entry), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="bijeenkomst.ics"'
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@blueprint.get("/kalender/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """A private calendar, as long as its owner may see what it holds."""
    secret = settings().secret_key

    def find() -> Stamp | None:
        opened = opened_by(db.session, token, secret)
        if opened is None:
            return None
        scope = scope_of(opened.programme, opened.feed)
        more = (opened.user.language, site_address(), token)
        return stamp_of(db.session, scope, present_window(), more=more)

    def build() -> bytes:
        opened = opened_by(db.session, token, secret)
        if opened is None:  # since a moment ago
            raise NotFound
        g.language = opened.user.language
        scope = scope_of(opened.programme, opened.feed)
        source = link("agenda.feed", token=token)
        return _written(scope, opened.user.language, _name(scope), source)

    found = _kept("feed", token, find)
    if found is None:
        return missing()
    return calendar(found, build, filename="agenda.ics", is_public=False)


def _name(scope: Scope) -> str:
    """What the calendar is called in the list of a calendar program."""
    programme = scope.programme.name
    if scope.kind == FeedKind.PIONEER:
        return _("My talks, %(programme)s", programme=programme)
    if scope.kind == FeedKind.FAN:
        fan = db.session.get(Fan, scope.record_id)
        return f"{fan.name if fan else ''}, {programme}".strip(", ")
    return _("All events, %(programme)s", programme=programme)


@blueprint.get("/r/<token>/agenda.ics")
@public
def own_feed(token: str) -> ResponseReturnValue:
    """The registrations of whoever has the link that was mailed."""
    secret = settings().secret_key
    registration = own.registration_by(db.session, token, secret)
    if registration is None:
        return missing()
    programme = db.session.get_one(Programme, registration.programme_id)
    window = present_window()
    rows = own.registrations_with(db.session, registration, window)
    more = (registration.language, site_address())
    found = own.own_stamp(programme, rows, window, more=more)

    def build() -> bytes:
        g.language = registration.language
        name = _("My events, %(programme)s", programme=programme.name)
        made = own.own_entries(rows, secret)
        return write_feed(made, name=name, source=link("agenda.own_feed", token=token))

    return calendar(found, build, filename="agenda.ics", is_public=False)
