"""The page of a card: made once, and shown again for as long as nothing that it shows changed."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import current_app, url_for
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.cards import extras
from pioneers.cards.forms import LeadForm
from pioneers.cards.models import Came
from pioneers.cards.resolving import Aim, Leads, Place, aim_of, leads, next_events
from pioneers.cards.stamps import OF_CARD, OF_CARD_ALONE, Stamp, Watch, card_stamps, page_stamp
from pioneers.cards.visits import Visits
from pioneers.cards.wishes import DETAILS, NEWS, wording
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.events.themes import theme_words
from pioneers.profiles.rules import PublicProfile
from pioneers.programmes.navigation import link_to, reachable
from pioneers.web.formats import day, hour
from pioneers.web.i18n import language
from pioneers.web.opened import opened_stamp

AnySession = Session | scoped_session[Session]
KEY = "pioneers_cards"
MOST_PAGES, MOST_CARDS = 500, 10_000
BEGUN_HERE = "__BEGUN__"  # where the kept page leaves room for the moment at which it is opened
CODE_HERE = "__CODE__"  # and for the card: all cards of one pioneer have one page
CARD, RUN = "card", "run"
Key = tuple[object, ...]


@dataclass(frozen=True)
class Kept:
    """A page and what it was made of."""

    stamp: Stamp
    html: str
    watch: Watch | None = None
    status: int = 200


class Desk:
    """What one process remembers of cards; the database says whether it still holds."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits
        self.places: dict[str, Place] = {}
        self.cards: dict[Key, Kept] = {}
        self.pages: dict[Key, Kept] = {}

    def known(self, places: Iterable[Place]) -> None:
        """Remember cards; whose codes they are never changes."""
        if len(self.places) >= MOST_CARDS:
            self.places = {}
        self.places |= {place.code: place for place in places}

    def find(self, place: Place, spoken: str, came: Came, day: date) -> Kept | None:
        """The page that is kept for a card: its own, else that of its print run."""
        rest = spoken, came, day
        return self.cards.get((CARD, place.card_id, *rest)) or self.cards.get(
            (RUN, place.run_id, *rest)
        )

    def keep(self, place: Place, spoken: str, came: Came, day: date, page: Kept) -> None:
        """Keep a page: for the whole print run, unless something was set for this card alone."""
        if len(self.cards) >= MOST_CARDS:
            self.cards = {}
        own, shared = (
            (CARD, place.card_id, spoken, came, day),
            (RUN, place.run_id, spoken, came, day),
        )
        if page.stamp[:OF_CARD_ALONE] == (None,) * OF_CARD_ALONE:
            self.cards.pop(own, None)
            self.cards[shared] = page
        else:
            self.cards[own] = page

    def page_of(self, key: Key, stamp: Stamp, make: Callable[[], str]) -> str:
        """The page of all cards that lead to one place; made anew when it changed."""
        known = self.pages.get(key)
        if known is not None and known.stamp == stamp[OF_CARD:]:
            return known.html
        if len(self.pages) >= MOST_PAGES:
            self.pages = {}
        html = make()
        self.pages[key] = Kept(stamp[OF_CARD:], html)
        return html


def desk() -> Desk:
    """The one of this process, made when it is first needed: after the server's fork."""
    found = current_app.extensions.get(KEY)
    if found is None:
        found = current_app.extensions.setdefault(KEY, Desk(Visits(db.engine)))
    return found  # type: ignore[no-any-return]


def begun_now(place: Place, secret: str) -> str:
    """When the form was opened, signed for this card."""
    return opened_stamp(secret, f"card-{place.code}")


def filled_in(page: Kept, place: Place, secret: str) -> str:
    """A kept page for this card and this moment."""
    own = {CODE_HERE: place.code, BEGUN_HERE: begun_now(place, secret)}
    return "".join([own.get(piece, piece) for piece in _pieces(page.html)])


@lru_cache(maxsize=MOST_PAGES)
def _pieces(html: str) -> list[str]:
    """A page, cut where something of a card and of the moment is to be filled in."""
    return re.split(f"({CODE_HERE}|{BEGUN_HERE})", html)


@dataclass(frozen=True)
class NextEvent:
    """A line of the list of events."""

    title: str
    when: str
    href: str


@dataclass(frozen=True)
class Shown:
    """What the page says."""

    found: Leads
    title: str
    lead: str
    initials: str
    photo: str | None
    profile_href: str | None
    themes: str
    events: Sequence[NextEvent]
    agenda: str | None
    sections: Sequence[extras.Section]
    agreement: str
    news: str


@dataclass(frozen=True)
class Titles:
    """The words of the head, in the person's language."""

    pioneer: str
    named: str
    stand_in: str
    event: str
    fan: str
    programme: str
    general: str


def stamped(session: AnySession, place: Place) -> tuple[Aim, Stamp]:
    """Where a card leads, and the stamp of what its page shows: read before the page is made, so
    that a change meanwhile makes another one, and is never missed."""
    connection = session.connection()
    own = card_stamps(connection, [place.card_id])[place.card_id]
    aim = aim_of(session, place, clock.today())
    return aim, (*own, *page_stamp(connection, aim.watch, clock.now()))


def shown(session: AnySession, aim: Aim, titles: Titles) -> Shown:
    """What the page says now."""
    session.expire_all()
    found = leads(session, aim, clock.today(), clock.now())
    return contents(session, found, titles)


def contents(session: AnySession, found: Leads, titles: Titles) -> Shown:
    """What the page says of where the card leads."""
    profile, programme = found.profile, found.programme
    themes = () if profile is None else profile.themes
    title, lead = _head(found, titles)
    events = next_events(session, found, themes, clock.now())
    return Shown(
        found=found,
        title=title,
        lead=lead,
        initials=_initials(profile.name) if profile else "",
        photo=_photo(profile),
        profile_href=link_to("profiles.public", code=profile.code) if profile else None,
        themes=theme_words(",".join(themes)),
        events=[_line(event) for event in events],
        agenda=link_to("agenda.public", slug=programme.slug),
        sections=extras.sections(session, programme.id, themes, language()),
        agreement=wording(DETAILS, language(), programme.name),
        news=wording(NEWS, language(), programme.name),
    )


def _head(found: Leads, titles: Titles) -> tuple[str, str]:
    if found.profile is not None:
        quote = found.profile.quotes[0] if found.profile.quotes else ""
        told = f"‘{quote}’" if quote else found.profile.headline
        words = titles.stand_in if found.stands_in else titles.named
        return words % found.profile.name, told
    name = found.programme.name
    if found.pioneer_id is not None:
        return titles.pioneer, titles.general % name
    if found.event is not None:
        return found.event.title, titles.event % name
    if found.fan is not None:
        return titles.fan % found.fan.name, titles.general % name
    return titles.programme % name, titles.general % name


def _initials(name: str) -> str:
    words = [word for word in name.split() if word[:1].isalpha() and word[:1].isupper()]
    picked = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in picked)


def _photo(profile: PublicProfile | None) -> str | None:
    if profile is None or not profile.has_photo or not reachable("profiles.photo"):
        return None
    return f"{url_for('profiles.photo', code=profile.code).removesuffix('.jpg')}-klein.jpg"


def _line(event: Event) -> NextEvent:
    when = f"{day(event.starts_at)}, {hour(event.starts_at)}"
    where = f"{when}, {event.place}" if event.place else when
    return NextEvent(
        event.title, where, link_to("registrations.event_page", code=event.public_code) or ""
    )


def render(shown: Shown, form: LeadForm, *, code: str, scanned: bool, begun: str) -> str:
    """The page, without anything of whoever looks at it: it is kept for all who come."""
    template = current_app.jinja_env.get_template("cards/landing.html")
    return template.render(shown=shown, form=form, code=code, scanned=scanned, begun=begun)
