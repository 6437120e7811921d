"""Lists that stay quick at a million rows: keyset pages over an index, and a bounded look.

A filter that few rows pass would make the database walk the whole list for one page. So one page
looks at no more than `LOOK` rows of the list; when they are used up before the page is full, the
page says how far it looked and can be continued from there. Nothing is left out: the pages
together are the whole list.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Integer, Select, bindparam, func, literal_column, select, tuple_
from sqlalchemy.orm import Session, scoped_session

AnySession = Session | scoped_session[Session]
T = TypeVar("T")
SIZE = 50
LOOK = 5_000
STEPS = (250, 500, 1_000, 1_500, 2_000, 3_000)  # few: each is a statement of its own
GLANCE = 1_500  # what a first guess of the way to go is trusted for
AFTER = bindparam("after", type_=Integer)


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """A part of a list. `after` is the id from which the next part goes on; None at the end.

    `looked` is set when the look was bounded: fewer rows than a page, and more may follow.
    `is_all` is unset when the list was asked for by words that more records match than it is about.
    """

    items: Sequence[T]
    after: int | None = None
    looked: bool = False
    is_all: bool = True


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

    def beyond(self) -> Any:
        """The condition that a row comes after the row with the id that is given as `after`."""
        if self.key is None:
            return self.model.id < AFTER if self.descending else self.model.id > AFTER
        key = select(self.key).where(self.model.id == AFTER).correlate(None).scalar_subquery()
        there = tuple_(func.coalesce(key, ""), AFTER)  # what is not there is before everything
        here = tuple_(*self.place())
        return here < there if self.descending else here > there


class Listing:
    """The statements of a list. Building them takes longer than running them, so keep a Listing.

    `base` selects the model's id with the conditions that have an index. `narrow(ids)` gets the
    ids that are looked at as a subquery, and answers the statement with its columns, joins and
    remaining conditions; its first column is the id. `narrows` says that there are such conditions.
    """

    def __init__(
        self,
        *,
        base: Select[*tuple[Any, ...]],
        order: Order,
        narrow: Callable[[Any], Select[*tuple[Any, ...]]],
        narrows: bool,
    ) -> None:
        self.narrow, self.narrows = narrow, narrows
        self._columns = order.columns()
        self._from_start = base.order_by(*self._columns)
        self._from_after = self._from_start.where(order.beyond())
        self._kept: dict[tuple[int, ...], Select[*tuple[Any, ...]]] = {}

    def rows(self, after: int | None, begin: int, end: int, size: int) -> Select[*tuple[Any, ...]]:
        """At most `size` rows out of a part of the list; `begin` rows of it are passed over."""
        key = (after is None, begin, end, size)
        if key not in self._kept:
            # The limits are part of the text: PostgreSQL keeps no plan for a limit it cannot see.
            window = self._window(after).limit(_written(end - begin))
            ids = (window.offset(_written(begin)) if begin else window).subquery("looked_at")
            statement = self.narrow(ids).order_by(*self._columns)
            self._kept[key] = statement.limit(_written(size))
        return self._kept[key]

    def edge(self, after: int | None, end: int) -> Select[*tuple[Any, ...]]:
        """The last of the next `end` ids of the list; none when there are fewer."""
        key = (after is None, end)
        if key not in self._kept:
            window = self._window(after).offset(_written(end - 1))
            self._kept[key] = window.limit(_written(1))
        return self._kept[key]

    def _window(self, after: int | None) -> Select[*tuple[Any, ...]]:
        return self._from_start if after is None else self._from_after


def _written(number: int) -> Any:
    return literal_column(str(number), Integer)


def stretch(
    session: AnySession,
    listing: Listing,
    values: Mapping[str, Any],
    *,
    after: int | None,
    size: int = SIZE,
) -> Stretch[Any]:
    """One page of `listing`, whose statements get `values` as parameters."""
    given = {**values, "after": after}
    begin, end, last = 0, min(size + 1, LOOK), None
    rows: list[Any] = []
    while True:
        part = session.execute(listing.rows(after, begin, end, size + 1), given).all()
        rows += part
        if len(rows) > size or (not listing.narrows and end > size):
            return Stretch(rows[:size], after=rows[size - 1][0] if len(rows) > size else None)
        if (begin and not part) or end == LOOK:  # is there more to look at?
            last = session.execute(listing.edge(after, end), given).scalar()
            if last is None or end == LOOK:
                return Stretch(rows, after=last, looked=last is not None)
        begin, end = end, _further(end, len(rows), size)


def _further(end: int, found: int, size: int) -> int:
    """How far to look for a full page when that many were found before `end`.

    All rows of a part are joined and sorted before the first comes out.
    """
    likely = 1.2 * end * size / max(found, 1)
    if end <= size + 1:
        likely = min(likely, GLANCE)
    return min(next((step for step in STEPS if step > end and step >= likely), LOOK), LOOK)


def every(page: Callable[[int | None], Stretch[T]]) -> Iterator[T]:
    """All rows of a list, stretch after stretch, for an export; memory stays flat."""
    after: int | None = None
    while True:
        part = page(after)
        yield from part.items
        if part.after is None:
            return
        after = part.after
