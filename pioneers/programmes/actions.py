"""Writes: the list of places, new programmes, their settings. Targets are in targets.py."""

import csv
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.programmes import catalogue, targets
from pioneers.programmes.models import ActivationKind, Municipality, Place, Programme
from pioneers.programmes.places import place_key
from pioneers.programmes.rules import (
    Indicator,
    Refused,
    Stale,
    Unit,
    check_period,
    check_slug,
    first_due_day,
)

AnySession = Session | scoped_session[Session]
DATA = Path(__file__).parent / "data"


def load_places(session: AnySession) -> None:
    """Bring municipalities and places up to date with the files in data/; doing it twice is one."""
    _store(session, Municipality, "code", _municipalities())
    _store(session, Place, "key", _places())


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _municipalities() -> list[dict[str, Any]]:
    return [
        {
            **row,
            "tile_column": int(row["tile_column"]),
            "tile_row": int(row["tile_row"]),
            # of the main town, to three places: distances between main towns as the crow flies are
            # an indication of how far a pioneer travels, no route
            "latitude": float(row["latitude"]) if row["latitude"] else None,
            "longitude": float(row["longitude"]) if row["longitude"] else None,
        }
        for row in _read("municipalities.csv")
    ]


def _places() -> list[dict[str, Any]]:
    """Spellings that fold to one key are one place; no place stands in two municipalities."""
    rows = [{"key": place_key(row["name"]), **row} for row in _read("places.csv")]
    return list({row["key"]: row for row in rows}.values())


def _store(
    session: AnySession, model: type[Municipality] | type[Place], key: str, rows: list[Any]
) -> None:
    """Insert what is new and update what is there, in two statements."""
    table = model.__table__
    known = set(session.scalars(select(table.c[key])))
    if fresh := [row for row in rows if row[key] not in known]:
        session.execute(insert(model), fresh)
    if old := [row for row in rows if row[key] in known]:
        session.execute(update(model), old)


def create_programme(
    session: AnySession,
    *,
    slug: str,
    name: str,
    starts_on: date | None,
    ends_on: date | None,
    aware: int | None,
    activated: int | None,
    actor_id: int | None,
    origin: str = "web",
    aware_unit: Unit = Unit.COMPANIES,
    province: str = "Overijssel",
    action_line: str = "",
    language: str = "nl",
    is_demonstration: bool = False,
) -> Programme:
    """Make a programme with the default catalogue, and its two final targets where given.

    The targets are due on the programme's last day (without one: on the last day of this year).
    Raises Refused: slug_shape, slug_reserved, slug_taken, name_missing, period_reversed, target_*.
    """
    check_slug(slug)
    check_period(starts_on, ends_on)
    if not name.strip():
        raise Refused("name_missing", "name")
    if session.scalar(select(Programme.id).where(Programme.slug == slug)) is not None:
        raise Refused("slug_taken", "slug", slug=slug)
    programme = Programme(
        slug=slug,
        name=name.strip()[:120],
        created_at=clock.now(),
        action_line=action_line,
        province=province,
        starts_on=starts_on,
        ends_on=ends_on,
        language=language,
        aware_unit=aware_unit,
        is_demonstration=is_demonstration,
    )
    session.add(programme)
    session.flush()  # the catalogue and the targets need its id
    session.add_all(
        ActivationKind(programme_id=programme.id, code=code, **asdict(wording))
        for code, wording in catalogue.DEFAULT.items()
    )
    _note(session, programme, "programme.created", actor_id, origin)
    due_on = first_due_day(today=clock.today(), starts_on=starts_on, ends_on=ends_on)
    for indicator, value in ((Indicator.AWARE, aware), (Indicator.ACTIVATED, activated)):
        if value is not None:
            targets.set_target(
                session,
                programme=programme,
                indicator=indicator,
                value=value,
                due_on=due_on,
                actor_id=actor_id,
                origin=origin,
            )
    session.flush()
    return programme


@dataclass(frozen=True)
class Settings:
    """What can be set without changing how is counted (see reach.changes for what does)."""

    name: str
    action_line: str
    province: str
    starts_on: date | None
    ends_on: date | None
    language: str
    aware_unit: Unit
    activated_unit: Unit
    contributions_per_year: int
    question_term_days: int
    desk_email: str | None
    desk_user_id: int | None
    ask_back_days: int
    question_keep_months: int
    lead_keep_months: int
    silence_days: int
    heads_tolerance: int
    prospect_keep_months: int
    note_keep_months: int


def settings_of(programme: Programme) -> Settings:
    """The present settings, for a form to start from."""
    return Settings(**{name: getattr(programme, name) for name in Settings.__dataclass_fields__})


def change_settings(
    session: AnySession,
    *,
    programme: Programme,
    settings: Settings,
    version: int,
    actor_id: int | None,
) -> Programme:
    """Save `settings` over the `version` that the person saw.

    Raises Stale(the programme) when it was changed since, Refused: name_missing, period_reversed.
    """
    session.refresh(programme, with_for_update=True)
    if programme.version != version:
        raise Stale(programme)
    check_period(settings.starts_on, settings.ends_on)
    if not settings.name:
        raise Refused("name_missing", "name")
    before = settings_of(programme)
    changed = [name for name in asdict(before) if getattr(before, name) != getattr(settings, name)]
    if not changed:
        return programme
    for name in changed:
        setattr(programme, name, getattr(settings, name))
    programme.version += 1
    _note(session, programme, "programme.changed", actor_id, fields=changed)
    session.flush()
    return programme


def _note(
    session: AnySession,
    programme: Programme,
    action: str,
    actor_id: int | None,
    origin: str = "web",
    **details: object,
) -> None:
    record(
        session,
        action,
        object_type="programme",
        object_id=programme.id,
        programme_id=programme.id,
        actor_id=actor_id,
        origin=origin,
        details=details,
    )
