"""The page of a card: made once, and shown again for as long as nothing that it shows changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app, url_for
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.cards import extras
from pioneers.cards.forms import LeadForm
from pioneers.cards.resolving import Aim, Leads, Place, aim_of, leads, next_events
from pioneers.cards.stamps import OF_CARD, Stamp, Watch, stamp_of
from pioneers.cards.visits import Visits
from pioneers.cards.wishes import DETAILS, NEWS, wording
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.events.themes import theme_words
from pioneers.profiles.rules import PublicProfile
from pioneers.programmes.navigation import link_to, reachable
from pioneers.web import tokens
from pioneers.web.formats import day, hour
from pioneers.web.i18n import language

AnySession = Session | scoped_session[Session]
KEY = "pioneers_cards"
BEGUN = "card-form"  # what the signed moment is for
MOST_PAGES, MOST_CARDS = 500, 10_000
BEGUN_HERE = "__BEGUN__"  # where the kept page leaves room for the moment at which it is opened
CODE_HERE = "__CODE__"  # and for the card: all cards of one pioneer have one page
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

    def place(self, place: Place) -> None:
        """Remember a card; whose code it is never changes."""
        if len(self.places) >= MOST_CARDS:
            self.places = {}
        self.places[place.code] = place

    def keep(self, key: Key, card: Kept) -> None:
        """Keep the page of a card in place of an older one."""
        if len(self.cards) >= MOST_CARDS:
            self.cards = {}
        self.cards[key] = card

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
    return tokens.sign(secret, BEGUN, int(clock.now().timestamp()), place.code)


def filled_in(page: Kept, place: Place, secret: str) -> str:
    """A kept page for this card and this moment."""
    html = page.html.replace(CODE_HERE, place.code)
    return html.replace(BEGUN_HERE, begun_now(place, secret))


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
    event: str
    fan: str
    programme: str
    general: str


def stamped(session: AnySession, place: Place) -> tuple[Aim, Stamp]:
    """Where a card leads, and the stamp of what its page shows: read before the page is made, so
    that a change meanwhile makes another one, and is never missed."""
    now = clock.now()
    aim = aim_of(session, place, clock.today())
    return aim, stamp_of(session.connection(), aim.watch, now)


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
        return titles.named % found.profile.name, told
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
