"""Reads of users, their roles, invitations and reviews."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import AccessReview, Grant, Invitation, User
from pioneers.accounts.rules import PERMISSIONS, Permission, Role, is_review_due
from pioneers.accounts.sessions import hash_token
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
ROLE_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True)
class Access:
    """One person with access to a programme: in which roles, since when, last seen when."""

    user_id: int
    name: str
    email: str
    roles: tuple[Role, ...]
    since: datetime
    last_login_at: datetime | None
    is_disabled: bool
    has_mfa: bool


@dataclass(frozen=True)
class ReviewState:
    """When access was last reviewed, by whom, and whether it is time to do it again."""

    last_at: datetime | None
    last_by: str
    people: int
    is_due: bool


def user_by_email(session: AnySession, email: str) -> User | None:
    """The account of an address, in whatever case it was typed."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def get_user(session: AnySession, user_id: int) -> User:
    """The account `user_id`, for administrators; NotFound where there is none."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def list_users(session: AnySession) -> list[User]:
    """Every account of the installation, for administrators, by name."""
    return list(session.scalars(select(User).order_by(User.name, User.id)))


def user_names(session: AnySession, user_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of these users by id."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def roles_anywhere(session: AnySession, user_id: int) -> frozenset[Role]:
    """Every role that the user has now, in whichever programme."""
    return frozenset(
        session.scalars(
            select(Grant.role).where(Grant.user_id == user_id, Grant.withdrawn_at.is_(None))
        )
    )


def current_grants(session: AnySession, *, programme_id: int, user_id: int) -> list[Grant]:
    """The roles that the user has now in a programme."""
    return list(
        session.scalars(
            select(Grant)
            .where(
                Grant.programme_id == programme_id,
                Grant.user_id == user_id,
                Grant.withdrawn_at.is_(None),
            )
            .order_by(Grant.id)
        )
    )


def list_access(session: AnySession, programme_id: int) -> list[Access]:
    """Everyone with access to a programme, by name."""
    rows = session.execute(
        select(Grant, User)
        .join(User, User.id == Grant.user_id)
        .where(Grant.programme_id == programme_id, Grant.withdrawn_at.is_(None))
        .order_by(User.name, User.id, Grant.id)
    )
    people: dict[int, User] = {}
    grants: dict[int, list[Grant]] = defaultdict(list)
    for grant, user in rows:
        people[user.id] = user
        grants[user.id].append(grant)
    return [_access(user, grants[user.id]) for user in people.values()]


def addresses_with(session: AnySession, programme_id: int, role: Role) -> frozenset[str]:
    """The addresses of everybody who has a role in a programme now."""
    return frozenset(
        session.scalars(
            select(User.email)
            .join(Grant, Grant.user_id == User.id)
            .where(
                Grant.programme_id == programme_id,
                Grant.role == role,
                Grant.withdrawn_at.is_(None),
            )
        )
    )


def users_with(session: AnySession, programme_id: int, permission: Permission) -> list[User]:
    """Everybody with an open account who has a permission in a programme now, by name."""
    roles = [role for role, given in PERMISSIONS.items() if permission in given]
    granted = select(Grant.user_id).where(
        Grant.programme_id == programme_id,
        Grant.role.in_(roles),
        Grant.withdrawn_at.is_(None),
    )
    return list(
        session.scalars(
            select(User)
            .where(User.id.in_(granted), User.disabled_at.is_(None))
            .order_by(User.name, User.id)
        )
    )


def get_access(session: AnySession, *, programme_id: int, user_id: int) -> Access:
    """One person's access to a programme; NotFound where there is none."""
    grants = current_grants(session, programme_id=programme_id, user_id=user_id)
    user = session.get(User, user_id)
    if user is None or not grants:
        raise NotFound
    return _access(user, grants)


def _access(user: User, grants: list[Grant]) -> Access:
    return Access(
        user_id=user.id,
        name=user.name,
        email=user.email,
        roles=tuple(sorted((grant.role for grant in grants), key=ROLE_ORDER.__getitem__)),
        since=min(grant.granted_at for grant in grants),
        last_login_at=user.last_login_at,
        is_disabled=user.disabled_at is not None,
        has_mfa=user.has_mfa,
    )


def open_invitations(session: AnySession, programme_id: int) -> list[Invitation]:
    """The invitations to a programme that can still be accepted, newest first."""
    return list(
        session.scalars(
            select(Invitation)
            .where(
                Invitation.programme_id == programme_id,
                Invitation.accepted_at.is_(None),
                Invitation.withdrawn_at.is_(None),
                Invitation.expires_at > clock.now(),
            )
            .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        )
    )


def get_invitation(session: AnySession, *, programme_id: int, invitation_id: int) -> Invitation:
    """An invitation to this programme; NotFound where there is none."""
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or invitation.programme_id != programme_id:
        raise NotFound
    return invitation


def invitation_by_token(session: AnySession, token: str) -> Invitation | None:
    """The invitation that `token` opens, if it still works."""
    return session.scalar(
        select(Invitation).where(
            Invitation.token_hash == hash_token(token),
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
    )


def count_leaders(session: AnySession, *, programme_id: int, but: int) -> int:
    """How many project leaders who can log in a programme has besides user `but`.

    Their grants are locked where the database can: two leaders may remove each other at once.
    """
    grants = session.scalars(
        select(Grant)
        .join(User, User.id == Grant.user_id)
        .where(
            Grant.programme_id == programme_id,
            Grant.role == Role.PROJECT_LEADER,
            Grant.withdrawn_at.is_(None),
            User.disabled_at.is_(None),
        )
        .order_by(Grant.id)
        .with_for_update(of=Grant)
    ).all()
    return sum(grant.user_id != but for grant in grants)


def count_administrators(session: AnySession, *, but: int) -> int:
    """How many administrators who can log in there are besides user `but`; locked as above."""
    found = session.scalars(
        select(User.id)
        .where(User.is_administrator, User.disabled_at.is_(None))
        .order_by(User.id)
        .with_for_update()
    ).all()
    return sum(user_id != but for user_id in found)


def review_due(session: AnySession, programme_id: int, today: date) -> ReviewState:
    """The state of the yearly review of who has access to a programme."""
    last = session.execute(
        select(AccessReview, User.name)
        .join(User, User.id == AccessReview.reviewed_by_id)
        .where(AccessReview.programme_id == programme_id)
        .order_by(AccessReview.reviewed_at.desc(), AccessReview.id.desc())
        .limit(1)
    ).first()
    first = session.scalar(
        select(func.min(Grant.granted_at)).where(
            Grant.programme_id == programme_id, Grant.withdrawn_at.is_(None)
        )
    )
    review, name = last if last is not None else (None, "")
    last_at = review.reviewed_at if review else None
    is_due = is_review_due(
        today=today,
        first_granted_on=clock.local(first).date() if first else None,
        last_review_on=clock.local(last_at).date() if last_at else None,
    )
    return ReviewState(last_at, name, review.people if review else 0, is_due)


def has_demonstration_users(session: AnySession) -> bool:
    """Whether accounts exist whose password everybody can read."""
    return bool(session.scalar(select(User.id).where(User.is_demonstration).limit(1)))
