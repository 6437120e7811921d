"""Reads for the figures' pages: targets as known on a day, the names of keys, the map."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.queries import pioneer_names, pioneer_numbers
from pioneers.companies.rules import SizeClass
from pioneers.events.models import Event
from pioneers.fans.models import Fan
from pioneers.fans.queries import fan_names
from pioneers.programmes.models import Municipality, Programme, Target
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import Indicator
from pioneers.programmes.sectors import section_name
from pioneers.reach.labels import CHANNELS, SIZE_CLASSES
from pioneers.reach.models import Occasion
from pioneers.reach.rules import Channel
from pioneers.reports import labels
from pioneers.reports.rules import By, Step, month_of
from pioneers.web import formats
from pioneers.web.i18n import language

AnySession = Session | scoped_session[Session]
MOST_IDS = 500  # parameters in one statement


def steps_known(
    session: AnySession, programme: Programme, known_on: date | None
) -> dict[Indicator, list[Step]]:
    """The targets and yearly shares that stood when `known_on` had passed (None: now), by day."""
    stands: ColumnElement[bool] = Target.replaced_at.is_(None)
    if known_on is not None and known_on < clock.today():
        moment = clock.end_of_day(known_on)
        stands = and_(
            Target.set_at < moment, or_(Target.replaced_at.is_(None), Target.replaced_at >= moment)
        )
    rows = session.scalars(
        select(Target)
        .where(Target.programme_id == programme.id, stands)
        .order_by(Target.due_on, Target.id)
    )
    steps: dict[Indicator, list[Step]] = {}
    for target in rows:
        step = Step(target.due_on, target.value, target.is_final)
        steps.setdefault(target.indicator, []).append(step)
    return steps


def count_active_fans(session: AnySession, programme: Programme) -> int:
    """The fans that are active now (a fan has no history of being so)."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Fan)
            .where(Fan.programme_id == programme.id, Fan.is_active)
        )
        or 0
    )


def map_of(session: AnySession, programme: Programme) -> list[Municipality]:
    """The municipalities of the programme's province that have a place on its map, by name."""
    return list(
        session.scalars(
            select(Municipality)
            .where(
                Municipality.province == programme.province,
                Municipality.tile_column.is_not(None),
                Municipality.tile_row.is_not(None),
            )
            .order_by(Municipality.name)
        )
    )


def key_names(
    session: AnySession,
    programme: Programme,
    by: By,
    keys: Collection[str],
    *,
    see_people: bool,
) -> dict[str, str]:
    """The name of each of `keys` of a dimension; a key that is not the programme's is absent.

    Who may not see people gets pioneers as numbers.
    """
    names = {"": str(labels.UNKNOWN[by])}
    match by:
        case By.MUNICIPALITY:
            names |= municipality_names(session)
        case By.FAN:
            names |= {str(fan): name for fan, name in fan_names(session, programme).items()}
        case By.PIONEER:
            known = pioneer_names if see_people else pioneer_numbers
            names |= {str(each): name for each, name in known(session, programme).items()}
        case By.EVENT:
            names |= _occasion_names(session, programme, keys)
        case _:
            names |= {key: name for key in keys if (name := _plain_name(by, key))}
    return {key: names[key] for key in keys if key in names}


def _plain_name(by: By, key: str) -> str | None:
    """The name of a key that needs no record."""
    if by == By.SECTOR and len(key) == 1:
        return section_name(key, language())
    if by == By.SIZE and key in list(SizeClass):
        return str(SIZE_CLASSES[SizeClass(key)])
    if by == By.CHANNEL and key in list(Channel):
        return str(CHANNELS[Channel(key)])
    if by == By.MONTH:
        return formats.month(month_of(key)) if month_of(key) else None
    return None


def _occasion_names(
    session: AnySession, programme: Programme, keys: Collection[str]
) -> dict[str, str]:
    """Events and other occasions with their day, in statements of a bounded length."""
    ids = sorted(int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 10)
    names: dict[str, str] = {}
    for start in range(0, len(ids), MOST_IDS):
        rows: Any = session.execute(
            select(Occasion.id, Occasion.label, Occasion.day).where(
                Occasion.programme_id == programme.id,
                Occasion.id.in_(ids[start : start + MOST_IDS]),
            )
        )
        names |= {str(row.id): f"{row.label} ({formats.day_short(row.day)})" for row in rows}
    return names


EVENTS_AT = select(Event.occasion_id, Event.id).where(
    Event.programme_id == bindparam("programme_id"),
    Event.occasion_id.in_(bindparam("occasion_ids", expanding=True)),
)


def events_at(
    session: AnySession, programme: Programme, occasion_ids: Collection[int]
) -> dict[int, int]:
    """The event of each occasion that is one, by the occasion's id; for one page of a list."""
    if not occasion_ids:
        return {}
    given = {"programme_id": programme.id, "occasion_ids": list(occasion_ids)}
    rows = session.execute(EVENTS_AT, given)
    return {row.occasion_id: row.id for row in rows}
