"""Reads of users, their roles and invitations."""

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import User

AnySession = Session | scoped_session[Session]


def user_by_email(session: AnySession, email: str) -> User | None:
    """The account of an address, in whatever case it was typed."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))
