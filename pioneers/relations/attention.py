"""Who deserves a word: silent pioneers and fans, talks and anniversaries to thank for."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.queries import PioneerRow, list_pioneers
from pioneers.ambassadors.words import last_words, register_words
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.fans.queries import list_fans
from pioneers.profiles.ending import Ending, endings
from pioneers.programmes.models import Programme
from pioneers.relations.models import Note, NoteKind, Prospect
from pioneers.relations.rules import (
    THANK_FOR_DAYS,
    About,
    Anniversary,
    Subject,
    anniversary,
    is_silent,
)

AnySession = Session | scoped_session[Session]


@register_words
def noted(session: AnySession, programme: Programme) -> dict[int, date]:
    """The last conversation, call, mail or thank-you with each pioneer."""
    return _noted(session, programme, Subject.PIONEER)


def _noted(session: AnySession, programme: Programme, subject: Subject) -> dict[int, date]:
    own, joined = (
        (Note.pioneer_id, Prospect.pioneer_id)
        if subject == Subject.PIONEER
        else (Note.fan_id, Prospect.fan_id)
    )
    who = func.coalesce(own, joined)
    rows = session.execute(
        select(who.label("who"), func.max(Note.day).label("day"))
        .outerjoin(Prospect, Prospect.id == Note.prospect_id)
        .where(Note.programme_id == programme.id, Note.kind != NoteKind.MEMO, who.is_not(None))
        .group_by(who)
    )
    return {row.who: row.day for row in rows}


@dataclass(frozen=True)
class Silent:
    """A pioneer or fan without a word from us for long; `last` is None when there never was one."""

    about: About
    name: str
    last: date | None
    days: int


def silent(session: AnySession, programme: Programme, today: date) -> list[Silent]:
    """Whom to call, who waits longest first; nobody once the programme is over.

    Becoming a pioneer or fan counts as a word.
    """
    if is_over(programme, today):
        return []
    found = []
    words = last_words(session, programme)
    for row in _active(session, programme, today):
        last = words.get(row.id)
        since = max(last or row.appointed_on, row.appointed_on)
        if is_silent(since, today, programme.silence_days):
            about = About(Subject.PIONEER, row.id)
            found.append(Silent(about, row.name, last, (today - since).days))
    words = _noted(session, programme, Subject.FAN)
    for fan in list_fans(session, programme, active_only=True):
        last, made = words.get(fan.id), clock.local(fan.created_at).date()
        since = max(last or made, made)
        if is_silent(since, today, programme.silence_days):
            found.append(Silent(About(Subject.FAN, fan.id), fan.name, last, (today - since).days))
    return sorted(found, key=lambda one: (-one.days, one.name, one.about.id))


@dataclass(frozen=True)
class Talk:
    """A talk that nobody has said thanks for."""

    pioneer_id: int
    pioneer: str
    event_id: int
    title: str
    day: date


@dataclass(frozen=True)
class Jubilee:
    """An anniversary that nobody has said a word about."""

    pioneer_id: int
    pioneer: str
    anniversary: Anniversary


def talks_to_thank(session: AnySession, programme: Programme, today: date) -> list[Talk]:
    """Talks of the last weeks without a thank-you, the latest first."""
    if is_over(programme, today):
        return []
    names = {row.id: row.name for row in list_pioneers(session, programme)}
    since = clock.from_local(today - timedelta(days=THANK_FOR_DAYS), time.min)
    rows = session.execute(
        select(Speaker.pioneer_id, Event.id, Event.title, Event.starts_at)
        .join(Event, Event.id == Speaker.event_id)
        .outerjoin(Note, (Note.event_id == Event.id) & (Note.pioneer_id == Speaker.pioneer_id))
        .where(
            Event.programme_id == programme.id,
            Event.status == EventStatus.HELD,
            Event.starts_at >= since,
            Event.starts_at <= clock.now(),
            Note.id.is_(None),
        )
        .order_by(Event.starts_at.desc(), Event.id, Speaker.position)
    )
    return [
        Talk(pioneer, names.get(pioneer, ""), event, title, clock.local(at).date())
        for pioneer, event, title, at in rows
    ]


def jubilees(session: AnySession, programme: Programme, today: date) -> list[Jubilee]:
    """Anniversaries of appointments of the last weeks without a word, the latest first."""
    if is_over(programme, today):
        return []
    noted_years = session.execute(
        select(Note.pioneer_id, Note.years).where(
            Note.programme_id == programme.id, Note.years.is_not(None)
        )
    )
    thanked = {(pioneer_id, years) for pioneer_id, years in noted_years}
    found = []
    for row in _active(session, programme, today):
        reached = anniversary(row.appointed_on, today)
        if reached is not None and (row.id, reached.years) not in thanked:
            found.append(Jubilee(row.id, row.name, reached))
    return sorted(found, key=lambda one: (-one.anniversary.day.toordinal(), one.pioneer))


def consents_to_ask(session: AnySession, programme: Programme, today: date) -> list[Ending]:
    """Consents that end soon, of pioneers who cannot prolong them or did not: whom to call."""
    return [one for one in endings(session, programme, today) if one.asks_leader(today)]


def is_over(programme: Programme, today: date) -> bool:
    """Whether the programme has ended, so that nobody waits for a word any more."""
    return programme.ends_on is not None and today > programme.ends_on


def _active(session: AnySession, programme: Programme, today: date) -> list[PioneerRow]:
    return [
        row
        for row in list_pioneers(session, programme)
        if row.appointed_on <= today and (row.ended_on is None or row.ended_on > today)
    ]
