"""Changes to accounts and to who may do what where."""

import secrets
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import AccessReview, Grant, Invitation, User
from pioneers.accounts.passwords import hash_password
from pioneers.accounts.queries import (
    count_leaders,
    current_grants,
    user_by_email,
)
from pioneers.accounts.rules import Refusal, Refused, Role
from pioneers.accounts.sessions import end_sessions_of, hash_token
from pioneers.audit.actions import record
from pioneers.mail.actions import withdraw as forget_mail

AnySession = Session | scoped_session[Session]
INVITATION_DAYS = 7


def add_user(
    session: AnySession,
    *,
    email: str,
    name: str,
    password: str | None = None,
    is_administrator: bool = False,
    is_demonstration: bool = False,
    language: str = "nl",
    actor_id: int | None = None,
    origin: str = "web",
) -> User:
    """Create an account; raises Refused(EMAIL_TAKEN) when the address has one."""
    user = User(
        email=email.strip().lower(),
        name=name,
        created_at=clock.now(),
        password_hash=None if password is None else hash_password(password),
        is_administrator=is_administrator,
        is_demonstration=is_demonstration,
        language=language,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:
        raise Refused(Refusal.EMAIL_TAKEN) from error
    record(
        session,
        "user.added",
        object_type="user",
        object_id=user.id,
        actor_id=actor_id or user.id,
        origin=origin,
    )
    return user


def invite(
    session: AnySession,
    *,
    email: str,
    programme_id: int | None,
    role: Role | None,
    actor_id: int | None,
    days: int = INVITATION_DAYS,
    origin: str = "web",
) -> tuple[Invitation, str]:
    """Invite an address to a role in a programme (both None: to be administrator).

    Returns the invitation and its token, which is kept nowhere. An earlier open invitation of the
    same address to the same role stops working. Raises Refused(HAS_ROLE).
    """
    email = email.strip().lower()
    _refuse_known_role(session, email, programme_id, role)
    _replace_invitations(session, email, programme_id, role)
    token = secrets.token_urlsafe(32)
    now = clock.now()
    invitation = Invitation(
        email=email,
        programme_id=programme_id,
        role=role,
        token_hash=hash_token(token),
        created_at=now,
        expires_at=now + timedelta(days=days),
        created_by_id=actor_id,
    )
    session.add(invitation)
    session.flush()  # the audit entry names its id
    record(
        session,
        "invitation.made",
        object_type="invitation",
        object_id=invitation.id,
        programme_id=programme_id,
        actor_id=actor_id,
        origin=origin,
        details={"role": role or "administrator"},
    )
    return invitation, token


def _refuse_known_role(
    session: AnySession, email: str, programme_id: int | None, role: Role | None
) -> None:
    user = user_by_email(session, email)
    if user is None:
        return
    if programme_id is None:
        known = user.is_administrator
    else:
        grants = current_grants(session, programme_id=programme_id, user_id=user.id)
        known = any(grant.role == role for grant in grants)
    if known:
        raise Refused(Refusal.HAS_ROLE)


def _replace_invitations(
    session: AnySession, email: str, programme_id: int | None, role: Role | None
) -> None:
    session.execute(
        update(Invitation)
        .where(
            Invitation.email == email,
            Invitation.programme_id.is_not_distinct_from(programme_id),
            Invitation.role.is_not_distinct_from(role),
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=clock.now())
    )


def withdraw_invitation(session: AnySession, *, invitation: Invitation, actor_id: int) -> None:
    """Let the link stop working; raises Refused(INVITATION_GONE) when it was accepted before."""
    _claim(session, invitation.id, withdrawn=True)
    forget_mail(session, record_type="invitation", record_id=invitation.id)
    record(
        session,
        "invitation.withdrawn",
        object_type="invitation",
        object_id=invitation.id,
        programme_id=invitation.programme_id,
        actor_id=actor_id,
    )


def accept_invitation(session: AnySession, *, invitation: Invitation, user: User) -> None:
    """Take the role that was offered, once.

    Raises Refused: INVITATION_GONE (accepted, withdrawn or expired by now), OTHER_ACCOUNT.
    """
    if user.email != invitation.email:
        raise Refused(Refusal.OTHER_ACCOUNT)
    _claim(session, invitation.id)
    _give_what_was_offered(session, invitation, user)


def register(session: AnySession, *, invitation: Invitation, name: str, password: str) -> User:
    """Accept an invitation with a new account; raises Refused as accept_invitation does."""
    _claim(session, invitation.id)
    user = add_user(session, email=invitation.email, name=name, password=password)
    _give_what_was_offered(session, invitation, user)
    return user


def _claim(session: AnySession, invitation_id: int, *, withdrawn: bool = False) -> None:
    """Use up the invitation in one conditional statement: of two at once, one is refused."""
    now = clock.now()
    claimed = session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation_id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(**{"withdrawn_at" if withdrawn else "accepted_at": now})
        .returning(Invitation.id)
    ).first()
    if claimed is None:
        raise Refused(Refusal.INVITATION_GONE)


def _give_what_was_offered(session: AnySession, invitation: Invitation, user: User) -> None:
    record(
        session,
        "invitation.accepted",
        object_type="invitation",
        object_id=invitation.id,
        programme_id=invitation.programme_id,
        actor_id=user.id,
    )
    if invitation.programme_id is None or invitation.role is None:
        user.is_administrator = True
        return
    grants = current_grants(session, programme_id=invitation.programme_id, user_id=user.id)
    if all(one.role != invitation.role for one in grants):
        grant(
            session,
            user_id=user.id,
            programme_id=invitation.programme_id,
            role=invitation.role,
            actor_id=invitation.created_by_id,
        )


def grant(
    session: AnySession,
    *,
    user_id: int,
    programme_id: int,
    role: Role,
    actor_id: int | None,
    origin: str = "web",
) -> Grant:
    """Give a user a role in a programme; raises Refused(HAS_ROLE) when they have it."""
    given = Grant(
        user_id=user_id,
        programme_id=programme_id,
        role=role,
        granted_at=clock.now(),
        granted_by_id=actor_id,
    )
    try:
        with session.begin_nested():
            session.add(given)
    except IntegrityError as error:
        raise Refused(Refusal.HAS_ROLE) from error
    _record_access(session, "access.given", given, actor_id, origin)
    return given


def set_roles(
    session: AnySession,
    *,
    user_id: int,
    programme_id: int,
    roles: frozenset[Role],
    actor_id: int,
) -> None:
    """Let a user have exactly `roles` in a programme.

    Raises Refused: NO_ROLE when `roles` is empty (that is `withdraw`), NO_ACCESS, LAST_LEADER.
    """
    if not roles:
        raise Refused(Refusal.NO_ROLE)
    grants = current_grants(session, programme_id=programme_id, user_id=user_id)
    if not grants:
        raise Refused(Refusal.NO_ACCESS)
    _end_grants(session, [one for one in grants if one.role not in roles], actor_id)
    for role in sorted(roles - {one.role for one in grants}):
        grant(session, user_id=user_id, programme_id=programme_id, role=role, actor_id=actor_id)


def withdraw(session: AnySession, *, user_id: int, programme_id: int, actor_id: int) -> None:
    """Take every role in a programme from a user; raises Refused: NO_ACCESS, LAST_LEADER."""
    grants = current_grants(session, programme_id=programme_id, user_id=user_id)
    if not grants:
        raise Refused(Refusal.NO_ACCESS)
    _end_grants(session, grants, actor_id)


def _end_grants(session: AnySession, grants: list[Grant], actor_id: int) -> None:
    for one in grants:
        if one.role is Role.PROJECT_LEADER and not count_leaders(
            session, programme_id=one.programme_id, but=one.user_id
        ):
            raise Refused(Refusal.LAST_LEADER)
        one.withdrawn_at = clock.now()
        one.withdrawn_by_id = actor_id
        _record_access(session, "access.withdrawn", one, actor_id, "web")
    session.flush()  # the same role may be given again within this transaction


def _record_access(
    session: AnySession, action: str, given: Grant, actor_id: int | None, origin: str
) -> None:
    record(
        session,
        action,
        object_type="user",
        object_id=given.user_id,
        programme_id=given.programme_id,
        actor_id=actor_id,
        origin=origin,
        details={"role": given.role},
    )


def record_review(
    session: AnySession, *, programme_id: int, actor_id: int, people: int, note: str = ""
) -> AccessReview:
    """Note that somebody looked at everyone's access and found it right."""
    review = AccessReview(
        programme_id=programme_id,
        reviewed_at=clock.now(),
        reviewed_by_id=actor_id,
        people=people,
        note=note,
    )
    session.add(review)
    record(
        session,
        "access.reviewed",
        object_type="programme",
        object_id=programme_id,
        programme_id=programme_id,
        actor_id=actor_id,
        details={"people": people},
    )
    return review


def set_password(
    session: AnySession, *, user: User, password: str, keep: str | None = None
) -> None:
    """Replace the password and end every session, except the one with token `keep`."""
    user.password_hash = hash_password(password)
    end_sessions_of(session, user.id, but=keep)
    record(
        session, "user.password_changed", object_type="user", object_id=user.id, actor_id=user.id
    )


def change_profile(session: AnySession, *, user_id: int, name: str, language: str) -> None:
    """Somebody changes their own name, or the language in which they read."""
    user = session.get_one(User, user_id)
    user.name, user.language = name, language
    record(
        session,
        "user.changed_self",
        object_type="user",
        object_id=user.id,
        actor_id=user.id,
    )
