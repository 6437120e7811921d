"""What the public site shows of the programme's events, fans and stories."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.fans.models import Fan, FanKind
from pioneers.knowledge.models import ItemKind, KnowledgeItem
from pioneers.programmes.models import Municipality, Programme

AnySession = Session | scoped_session[Session]
MOST = 200


@dataclass(frozen=True)
class Coming:
    """A published event that has not ended."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    host: str
    fan_id: int | None
    code: str  # /b/<code>
    is_full: bool


def coming(session: AnySession, programme: Programme, *, most: int = MOST) -> list[Coming]:
    """Events that one can come to, the soonest first."""
    rows = session.execute(
        select(Event, Fan.name)
        .outerjoin(Fan, Fan.id == Event.fan_id)
        .where(
            Event.programme_id == programme.id,
            Event.published_at.is_not(None),
            Event.public_code.is_not(None),
            Event.status.in_((EventStatus.PLANNED, EventStatus.HELD)),
            Event.ends_at > clock.now(),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(most)
    )
    return [
        Coming(
            event.title,
            event.starts_at,
            event.ends_at,
            event.place,
            host or "",
            event.fan_id,
            event.public_code or "",
            event.capacity is not None and event.seats_taken >= event.capacity,
        )
        for event, host in rows
    ]


@dataclass(frozen=True)
class Stage:
    """A fan with what can be heard on its stage."""

    name: str
    kind: FanKind
    municipality: str
    events: list[Coming]


def stages(session: AnySession, programme: Programme) -> list[Stage]:
    """The fans of today: those with something to come first, then by name."""
    on: dict[int | None, list[Coming]] = defaultdict(list)
    for one in coming(session, programme):
        on[one.fan_id].append(one)
    rows = session.execute(
        select(Fan.id, Fan.name, Fan.kind, Municipality.name)
        .outerjoin(Municipality, Municipality.code == Fan.municipality_code)
        .where(Fan.programme_id == programme.id, Fan.is_active)
        .order_by(Fan.name, Fan.id)
    )
    found = [Stage(name, kind, town or "", on[fan_id]) for fan_id, name, kind, town in rows]
    return sorted(found, key=lambda one: not one.events)


@dataclass(frozen=True)
class Story:
    """A practice story as the home page announces it."""

    slug: str
    title: str
    summary: str
    company: str


def newest_stories(session: AnySession, programme: Programme, *, most: int) -> list[Story]:
    """The stories that were published last and may be seen today."""
    now, today = clock.now(), clock.today()
    rows = session.scalars(
        select(KnowledgeItem)
        .where(
            KnowledgeItem.programme_id == programme.id,
            KnowledgeItem.kind == ItemKind.STORY,
            KnowledgeItem.published_at <= now,
            or_(KnowledgeItem.withdraw_at.is_(None), KnowledgeItem.withdraw_at > now),
            KnowledgeItem.consent_withdrawn_at.is_(None),
            or_(KnowledgeItem.consent_until.is_(None), KnowledgeItem.consent_until >= today),
        )
        .order_by(KnowledgeItem.first_published_at.desc(), KnowledgeItem.id.desc())
        .limit(most)
    )
    return [Story(one.slug, one.title, one.summary, one.company_name) for one in rows]
