"""Lists that stay quick at a million rows: keyset pages over an index, and a bounded look.

A filter that few rows pass would make the database walk the whole list for one page. So one page
looks at no more than `LOOK` rows of the list; when they are used up before the page is full, the
page says how far it looked and can be continued from there. Nothing is left out: the pages
together are the whole list.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session, scoped_session

AnySession = Session | scoped_session[Session]
T = TypeVar("T")
SIZE = 50
GLANCE = 2_000
LOOK = 5_000


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """A part of a list. `after` is the id from which the next part goes on; None at the end.

    `looked` is set when the look was bounded: fewer rows than a page, and more may follow.
    """

    items: Sequence[T]
    after: int | None = None
    looked: bool = False


@dataclass(frozen=True)
class Order:
    """What a list is sorted by, on a model with an `id`; `descending` for the newest first."""

    model: Any
    key: Any | None
    descending: bool = False

    def place(self) -> list[Any]:
        """The columns that say where a row stands."""
        return [self.model.id] if self.key is None else [self.key, self.model.id]

    def columns(self) -> list[Any]:
        """The columns to order by."""
        return [part.desc() if self.descending else part for part in self.place()]

    def beyond(self, session: AnySession, after: int) -> Any:
        """The condition that a row comes after the row `after` (an id of this list)."""
        place = session.execute(select(*self.place()).where(self.model.id == after)).one_or_none()
        if place is None:
            return None
        here = tuple_(*self.place())
        there = tuple_(*place)
        return here < there if self.descending else here > there


def stretch(
    session: AnySession,
    *,
    base: Select[*tuple[Any, ...]],
    order: Order,
    narrow: Callable[[Any], Select[*tuple[Any, ...]]],
    after: int | None,
    size: int = SIZE,
) -> Stretch[Any]:
    """One page of `base` (a select of the model's id with the conditions that have an index).

    `narrow(ids)` gets the ids that are looked at as a subquery, and answers the statement with its
    columns, joins and remaining conditions; its first column is the id.
    """
    window = base
    if after is not None:
        beyond = order.beyond(session, after)
        if beyond is not None:
            window = window.where(beyond)
    window = window.order_by(*order.columns())
    rows: Sequence[Any] = ()
    last = None
    # All rows of a window are joined and sorted before the first comes out; most pages are full
    # after a small one.
    for look in sorted({min(look, LOOK) for look in (size + 1, GLANCE, LOOK)}):
        ids = window.limit(look).subquery("looked_at")
        statement = narrow(ids).order_by(*order.columns()).limit(size + 1)
        rows = session.execute(statement).all()
        if len(rows) > size:
            return Stretch(rows[:size], after=rows[size - 1][0])
        last = session.execute(window.offset(look - 1).limit(1)).scalar()
        if last is None:
            break
    return Stretch(rows, after=last, looked=last is not None)


def every(page: Callable[[int | None], Stretch[T]]) -> Iterator[T]:
    """All rows of a list, stretch after stretch, for an export; memory stays flat."""
    after: int | None = None
    while True:
        part = page(after)
        yield from part.items
        if part.after is None:
            return
        after = part.after
