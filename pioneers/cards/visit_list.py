"""The visits behind a number: when, by which card, how. Of nobody is it known who it was.

How many there are comes from what is kept by day, as the number itself does; of a page only the
visits of its own days are read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.cards.after_talks import days_after, talks_of
from pioneers.cards.funnel import By
from pioneers.cards.models import Came, Card, PrintRun, Visit, VisitDay
from pioneers.programmes.models import Programme
from pioneers.web.pagination import SIZE, Page

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class VisitRow:
    """Somebody came, within an hour."""

    hour: datetime  # its beginning
    code: str
    run_id: int
    came: Came

    @property
    def day(self) -> date:
        """The day, on the clock of Amsterdam."""
        return clock.local(self.hour).date()

    @property
    def until(self) -> datetime:
        """The end of the hour."""
        return self.hour + timedelta(hours=1)


def by_day(rows: Sequence[VisitRow]) -> list[tuple[date, list[VisitRow]]]:
    """The visits of each day, in the order in which they are given."""
    return [(day, list(found)) for day, found in groupby(rows, key=lambda row: row.day)]


@dataclass(frozen=True)
class Stretch:
    """The visits of some print runs, perhaps between two days; `until` is the day after."""

    run_ids: frozenset[int]
    since: date | None = None
    until: date | None = None


def stretches(
    session: AnySession, programme: Programme, by: By | None, key: int, since: date | None = None
) -> list[Stretch]:
    """Which visits a line of the funnel counts; without `by` all of the programme."""
    mine = select(PrintRun.id).where(PrintRun.programme_id == programme.id)
    if by == By.TALK:
        return _after_talk(session, programme, key)
    if by == By.RUN:
        mine = mine.where(PrintRun.id == key)
    elif by == By.PIONEER:
        mine = mine.where(PrintRun.pioneer_id == key)
    return [Stretch(frozenset(session.scalars(mine)), since)]


def _after_talk(session: AnySession, programme: Programme, event_id: int) -> list[Stretch]:
    days = days_after(talks_of(session, programme), event_id)
    rows = session.execute(
        select(PrintRun.id, PrintRun.pioneer_id).where(
            PrintRun.programme_id == programme.id,
            or_(PrintRun.event_id == event_id, PrintRun.pioneer_id.in_(days)),
        )
    ).all()
    found = [Stretch(frozenset(row.id for row in rows if row.pioneer_id is None))]
    for pioneer_id, (since, until) in days.items():
        runs = frozenset(row.id for row in rows if row.pioneer_id == pioneer_id)
        found.append(Stretch(runs, since, until))
    return [one for one in found if one.run_ids]


def page_of_visits(
    session: AnySession, asked: Sequence[Stretch], came: Came | None, number: int
) -> Page[VisitRow]:
    """A page of visits, the latest first."""
    days = _days(session, asked, came)
    total = sum(count for _, count in days)
    before, passed, reached = (number - 1) * SIZE, 0, 0
    shown: list[date] = []
    for day, count in days:
        reached += count
        if reached <= before:
            passed = reached
            continue
        shown.append(day)
        if reached >= before + SIZE:
            break
    if not shown:
        return Page([], number, SIZE, total)
    first, last = clock.from_local(shown[-1], time.min), clock.end_of_day(shown[0])
    wanted = [Visit.hour >= first, Visit.hour < last, _of_hours(asked)]
    return Page(_visits(session, wanted, came, before - passed), number, SIZE, total)


def _days(
    session: AnySession, asked: Sequence[Stretch], came: Came | None
) -> list[tuple[date, int]]:
    counted = {None: VisitDay.scanned + VisitDay.typed, Came.SCANNED: VisitDay.scanned}
    number = func.sum(counted.get(came, VisitDay.typed))
    conditions = [
        and_(VisitDay.run_id.in_(one.run_ids), *_between(VisitDay.day, one.since, one.until))
        for one in asked
    ]
    rows = session.execute(
        select(VisitDay.day, number)
        .where(or_(false(), *conditions))
        .group_by(VisitDay.day)
        .order_by(VisitDay.day.desc())
    )
    return [(day, int(count)) for day, count in rows if count]


def _between(column: Any, since: object, until: object) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = [] if since is None else [column >= since]
    return bounds if until is None else [*bounds, column < until]


def _of_hours(asked: Sequence[Stretch]) -> ColumnElement[bool]:
    def begin(day: date | None) -> datetime | None:
        return None if day is None else clock.from_local(day, time.min)

    return or_(
        false(),
        *(
            and_(
                Card.run_id.in_(one.run_ids),
                *_between(Visit.hour, begin(one.since), begin(one.until)),
            )
            for one in asked
        ),
    )


def page_of_card(session: AnySession, card: Card, came: Came | None, number: int) -> Page[VisitRow]:
    """A page of the visits by one card."""
    totals = {None: card.scanned + card.typed, Came.SCANNED: card.scanned}
    shown = _visits(session, [Card.id == card.id], came, (number - 1) * SIZE)
    return Page(shown, number, SIZE, totals.get(came, card.typed))


def _visits(
    session: AnySession, wanted: Collection[ColumnElement[bool]], came: Came | None, skip: int
) -> list[VisitRow]:
    query = (
        select(Visit.hour, Card.code, Card.run_id, Visit.came)
        .join(Card, Card.id == Visit.card_id)
        .where(*wanted)
        .order_by(Visit.hour.desc(), Visit.id.desc())
        .limit(SIZE)
        .offset(skip)
    )
    if came is not None:
        query = query.where(Visit.came == came)
    return [VisitRow(*row) for row in session.execute(query)]
