"""One's own private calendars, and the calendars of fans that are followed."""

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.current import settings
from pioneers.accounts.rules import Permission
from pioneers.agenda import feeds as own
from pioneers.agenda import outside
from pioneers.agenda.blueprint import blueprint
from pioneers.agenda.labels import HINTS, KINDS
from pioneers.agenda.models import Feed
from pioneers.agenda.rules import webcal
from pioneers.db import db
from pioneers.events.access import hosted_fans
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound
from pioneers.web.links import link
from pioneers.web.parsing import parse_version


@dataclass(frozen=True)
class Card:
    """A calendar that one may follow, with its address where there is one."""

    choice: own.Choice
    title: str
    hint: str
    feed: Feed | None
    address: str

    @property
    def key(self) -> str:
        """What the form calls it."""
        return f"{self.choice.kind.value}-{self.choice.record_id or 0}"

    @property
    def webcal(self) -> str:
        """The address that opens a calendar program."""
        return webcal(self.address)


def _cards(programme: Programme) -> list[Card]:
    made = own.feeds_of(db.session, programme, current_user)
    standing = {(feed.kind, own.record_of(feed)): feed for feed in made}
    return [
        _card(choice, standing.get((choice.kind, choice.record_id)))
        for choice in own.choices(db.session, programme, current_user, g.roles)
    ]


def _card(choice: own.Choice, feed: Feed | None) -> Card:
    address = ""
    if feed is not None:
        token = own.token_of(feed, settings().secret_key)
        address = link("agenda.feed", token=token)
    title = str(KINDS[choice.kind]) % {"name": choice.name}
    return Card(choice, title, str(HINTS[choice.kind]), feed, address)


def _to(programme: Programme) -> ResponseReturnValue:
    return redirect(url_for("agenda.feeds", slug=programme.slug), 303)


@blueprint.get("/p/<slug>/kalenders")
@permitted(Permission.ENTER)
def feeds(programme: Programme) -> ResponseReturnValue:
    """The calendars that one may follow, with their addresses."""
    public = link("agenda.public_feed", slug=programme.slug)
    return render_template(
        "agenda/feeds.html",
        programme=programme,
        cards=_cards(programme),
        public=public,
        public_webcal=webcal(public),
        outside=_followed(programme),
    )


def _followed(programme: Programme) -> list[outside.Listed] | None:
    """The calendars of fans that are followed, for who may host for them."""
    if not may(Permission.HOST_EVENTS):
        return None
    return outside.calendars(db.session, programme, hosted_fans(programme))


@blueprint.post("/p/<slug>/kalenders/maken")
@permitted(Permission.ENTER)
def make_feed(programme: Programme) -> ResponseReturnValue:
    """Make an address; an earlier one of the same events stops working."""
    chosen = _chosen(programme, request.form.get("calendar", ""))
    own.make_feed(db.session, programme=programme, user=current_user, choice=chosen)
    db.session.commit()
    flash(_("The address has been made. Keep it to yourself: who has it can read along."), "good")
    return _to(programme)


def _chosen(programme: Programme, key: str) -> own.Choice:
    """The calendar that the form names, among those that this person may follow."""
    kind, _dash, number = key.partition("-")
    for choice in own.choices(db.session, programme, current_user, g.roles):
        if choice.kind == kind and (choice.record_id or 0) == parse_version(number):
            return choice
    raise NotFound


@blueprint.post("/p/<slug>/kalenders/<int:feed_id>/intrekken")
@permitted(Permission.ENTER)
def revoke_feed(programme: Programme, feed_id: int) -> ResponseReturnValue:
    """End an address of one's own."""
    feed = own.get_feed(db.session, programme, current_user, feed_id)
    own.revoke_feed(db.session, feed=feed, actor_id=current_user.id)
    db.session.commit()
    flash(_("The address has been withdrawn. Calendars that follow it get nothing more."), "good")
    return _to(programme)
