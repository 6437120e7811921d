"""Finding items of the knowledge base that everybody may see, by words and by what they are about.

The counts beside the choices say how many items there would be with that choice, so each is
counted among what all the other choices leave.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, select, type_coerce
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.rules import SizeClass
from pioneers.knowledge.indexing import scores
from pioneers.knowledge.models import Domain, ItemKind, KnowledgeItem
from pioneers.knowledge.queries import is_public

AnySession = Session | scoped_session[Session]
Item = KnowledgeItem


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; empty is everything.

    A sector or a size asks for what suits such a company: also what is written for any company.
    """

    text: str = ""
    kind: ItemKind | None = None
    theme: str = ""
    level: int | None = None
    domain: Domain | None = None
    sector: str = ""
    size_class: SizeClass | None = None
    language: str = ""


@dataclass(frozen=True)
class Found:
    """One page of what was found, how many there are, and how many for each choice."""

    items: list[KnowledgeItem]
    total: int
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class _Row:
    """An item as far as choices go, each as the database keeps it."""

    id: int
    kind: str
    theme: str  # several, with commas
    level: str
    domain: str
    sector: str
    size_class: str
    language: str


FACETS = ("kind", "theme", "level", "domain", "sector", "size_class")
FEW = 500  # of more items than these all are read, which is faster
_ANY = ("sector", "size_class")  # empty in an item: for any company
_CHOICES = tuple(one.name for one in fields(Asked) if one.name != "text")
_COLUMNS = (
    Item.id,
    type_coerce(Item.kind, String),
    Item.themes,
    Item.level,
    type_coerce(Item.domain, String),
    Item.sector,
    type_coerce(Item.size_class, String),
    Item.language,
)


def search(
    session: AnySession,
    programme_id: int,
    asked: Asked,
    *,
    limit: int,
    offset: int,
    now: datetime,
) -> Found:
    """What suits `asked`: the best first, and the newest first among equals."""
    met = scores(session, programme_id, asked.text) if asked.text.strip() else None
    few = [] if met is None or len(met) > FEW else [Item.id.in_(met)]
    rows = _public_rows(session, programme_id, now, *few)
    if met is not None:
        rows = [row for row in rows if row.id in met]
    chosen = {name: str(getattr(asked, name) or "") for name in _CHOICES}
    wanted = {name: value for name, value in chosen.items() if value}
    facets: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    found: list[_Row] = []
    for row in rows:
        misses = [name for name, value in wanted.items() if not _suits(row, name, value)]
        if not misses:
            found.append(row)
        for name in FACETS:
            if not misses or misses == [name]:
                facets[name].update(_values(row, name))
    found.sort(key=_nearest(wanted, met or {}))
    ids = [row.id for row in found[offset : offset + limit]]
    return Found(_items(session, ids), len(found), {n: _full(n, c) for n, c in facets.items()})


def _public_rows(
    session: AnySession, programme_id: int, now: datetime, *conditions: ColumnElement[bool]
) -> list[_Row]:
    query = select(*_COLUMNS).where(Item.programme_id == programme_id, is_public(now), *conditions)
    rows = session.execute(query.order_by(Item.first_published_at.desc(), Item.id.desc()))
    return [_row(row) for row in rows]


def _row(row: Any) -> _Row:
    number, *rest = row
    return _Row(number, *("" if value is None else str(value) for value in rest))


def _suits(row: _Row, name: str, value: str) -> bool:
    own: str = getattr(row, name)
    if name == "theme":
        return value in own.split(",")
    return own == value or (name in _ANY and not own)


def _values(row: _Row, name: str) -> list[str]:
    own: str = getattr(row, name)
    return own.split(",") if name == "theme" else [own]


def _full(name: str, counted: Counter[str]) -> dict[str, int]:
    """The counts of choices; what is for any company counts with each."""
    everybody = counted.pop("", 0)
    extra = everybody if name in _ANY else 0
    return {value: number + extra for value, number in counted.items()}


def _nearest(
    wanted: Mapping[str, str], met: Mapping[int, float]
) -> Callable[[_Row], tuple[int, float]]:
    """What was written for such a company goes first, and what answers the words best."""
    asked = [name for name in _ANY if name in wanted]
    return lambda row: (
        -sum(getattr(row, name) == wanted[name] for name in asked),
        -round(met.get(row.id, 0.0), 6),
    )


def _items(session: AnySession, ids: list[int]) -> list[KnowledgeItem]:
    found = {one.id: one for one in session.scalars(select(Item).where(Item.id.in_(ids)))}
    return [found[number] for number in ids]
