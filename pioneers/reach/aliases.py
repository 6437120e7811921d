"""Ids before and after merging: every id that a subject has had."""

from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Company, Person


def whole_companies(session: Session | scoped_session[Session], ids: Iterable[int]) -> set[int]:
    """The companies that `ids` turned out to be, with all that were merged into them."""
    return _whole(session, Company, set(ids))


def whole_people(session: Session | scoped_session[Session], ids: Iterable[int]) -> set[int]:
    """The people that `ids` turned out to be, with all that were merged into them."""
    return _whole(session, Person, set(ids))


def _whole(
    session: Session | scoped_session[Session],
    model: type[Company] | type[Person],
    ids: set[int],
) -> set[int]:
    if not ids:
        return ids
    canonical = set(
        session.scalars(
            select(func.coalesce(model.merged_into_id, model.id)).where(model.id.in_(ids))
        )
    )
    both = canonical | ids
    aliases = session.scalars(
        select(model.id).where(or_(model.id.in_(both), model.merged_into_id.in_(both)))
    )
    return set(aliases)
