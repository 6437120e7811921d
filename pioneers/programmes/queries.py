"""Reads of programmes, targets, catalogue and places."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import Grant, User
from pioneers.accounts.rules import Role
from pioneers.programmes.models import ActivationKind, Municipality, Place, Programme, Target
from pioneers.programmes.places import PlaceBook
from pioneers.programmes.rules import Indicator
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]


# Asked by every page, so built once.
OWN = (
    select(Programme, Grant.role)
    .join(Grant, Grant.programme_id == Programme.id)
    .where(Grant.user_id == bindparam("user_id"), Grant.withdrawn_at.is_(None))
    .order_by(Programme.name, Programme.id)
)


NAMED = select(Municipality.code, Municipality.name).order_by(Municipality.name)


def programmes_of(session: AnySession, *, user_id: int) -> list[tuple[Programme, frozenset[Role]]]:
    """The programmes in which the user has a role now, by name, with the roles."""
    held: dict[int, tuple[Programme, set[Role]]] = {}
    for programme, role in session.execute(OWN, {"user_id": user_id}):
        held.setdefault(programme.id, (programme, set()))[1].add(role)
    return [(programme, frozenset(roles)) for programme, roles in held.values()]


def one_of(
    own: list[tuple[Programme, frozenset[Role]]], slug: str
) -> tuple[Programme, frozenset[Role]]:
    """The programme `slug` among somebody's own, and the roles in it; NotFound otherwise."""
    for programme, roles in own:
        if programme.slug == slug:
            return programme, roles
    raise NotFound


def programme_by_slug(session: AnySession, slug: str) -> Programme | None:
    """The programme `slug`, for commands; pages use `programmes_of`."""
    if "\0" in slug:  # PostgreSQL holds no such text
        return None
    return session.scalar(select(Programme).where(Programme.slug == slug))


def place_book(session: AnySession) -> PlaceBook:
    """Every place and its municipality, in one query; make it once for a list or a command."""
    rows = session.execute(select(Place.key, Place.municipality_code))
    return PlaceBook({row.key: row.municipality_code for row in rows})


def municipalities(session: AnySession, province: str | None = None) -> list[Municipality]:
    """The municipalities (of a province) by name."""
    query = select(Municipality).order_by(Municipality.name)
    if province is not None:
        query = query.where(Municipality.province == province)
    return list(session.scalars(query))


def municipality_names(session: AnySession) -> dict[str, str]:
    """The name of every municipality by its code, in order of name."""
    return {row.code: row.name for row in session.execute(NAMED)}


def all_programmes(session: AnySession) -> list[Programme]:
    """Every programme by slug: for the administrator and commands, never for a programme's page."""
    return list(session.scalars(select(Programme).order_by(Programme.slug)))


def targets_of(session: AnySession, programme: Programme) -> list[Target]:
    """The targets that stand now: by indicator, then by day."""
    return list(
        session.scalars(
            select(Target)
            .where(Target.programme_id == programme.id, Target.replaced_at.is_(None))
            .order_by(Target.indicator, Target.due_on)
        )
    )


def final_target(session: AnySession, programme: Programme, indicator: Indicator) -> Target | None:
    """The target of an indicator that stands now, without the shares of the years."""
    return session.scalar(
        select(Target).where(
            Target.programme_id == programme.id,
            Target.indicator == indicator,
            Target.is_final,
            Target.replaced_at.is_(None),
        )
    )


def target_history(session: AnySession, programme: Programme) -> list[tuple[Target, str | None]]:
    """Every target that ever stood with the name of who set it, the newest first."""
    rows = session.execute(
        select(Target, User.name)
        .outerjoin(User, User.id == Target.set_by_id)
        .where(Target.programme_id == programme.id)
        .order_by(Target.set_at.desc(), Target.id.desc())
    )
    return [(target, name) for target, name in rows]


def get_target(session: AnySession, programme: Programme, target_id: int) -> Target:
    """A target of this programme, standing or replaced; NotFound otherwise."""
    target = session.scalar(
        select(Target).where(Target.id == target_id, Target.programme_id == programme.id)
    )
    if target is None:
        raise NotFound
    return target


def activation_kinds(
    session: AnySession, programme: Programme, *, active_only: bool = False
) -> list[ActivationKind]:
    """The programme's catalogue: what is in use first, in the order in which it was made."""
    query = (
        select(ActivationKind)
        .where(ActivationKind.programme_id == programme.id)
        .order_by(ActivationKind.is_active.desc(), ActivationKind.id)
    )
    if active_only:
        query = query.where(ActivationKind.is_active)
    return list(session.scalars(query))


def get_kind(session: AnySession, programme: Programme, kind_id: int) -> ActivationKind:
    """An action of this programme's catalogue; NotFound otherwise."""
    kind = session.scalar(
        select(ActivationKind).where(
            ActivationKind.id == kind_id, ActivationKind.programme_id == programme.id
        )
    )
    if kind is None:
        raise NotFound
    return kind
