"""Reads of programmes, targets, catalogue and places."""

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import Grant
from pioneers.accounts.rules import Role
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound

type_Session = Session | scoped_session[Session]


def programme_for(
    session: type_Session, *, slug: str, user_id: int
) -> tuple[Programme, frozenset[Role]]:
    """The programme `slug` and the user's present roles in it; NotFound where there is none."""
    rows = session.execute(
        select(Programme, Grant.role)
        .join(Grant, Grant.programme_id == Programme.id)
        .where(Programme.slug == slug, Grant.user_id == user_id, Grant.withdrawn_at.is_(None))
    ).all()
    if not rows:
        raise NotFound
    return rows[0][0], frozenset(role for _, role in rows)


def programmes_of(session: type_Session, *, user_id: int) -> list[Programme]:
    """The programmes in which the user has a role now, by name."""
    return list(
        session.scalars(
            select(Programme)
            .where(
                Programme.id.in_(
                    select(Grant.programme_id).where(
                        Grant.user_id == user_id, Grant.withdrawn_at.is_(None)
                    )
                )
            )
            .order_by(Programme.name)
        )
    )


def programme_by_slug(session: type_Session, slug: str) -> Programme | None:
    """The programme `slug`, for commands; pages use `programme_for`."""
    return session.scalar(select(Programme).where(Programme.slug == slug))
