"""Accounts: users, what they may do where, their invitations and sessions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pioneers.accounts.rules import Role
from pioneers.db import Model, choice


class User(Model):
    """A person who can log in. `email` is stored in lower case."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    password_hash: Mapped[str | None] = mapped_column(String(200), default=None)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    last_login_at: Mapped[datetime | None] = mapped_column(default=None)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    totp_secret: Mapped[str | None] = mapped_column(String(64), default=None)
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    totp_last_step: Mapped[int | None] = mapped_column(default=None)

    @property
    def is_authenticated(self) -> bool:
        """A user that was loaded is signed in (Flask-Login asks)."""
        return True

    @property
    def is_active(self) -> bool:
        """Whether the account may be used (Flask-Login asks)."""
        return self.disabled_at is None

    @property
    def is_anonymous(self) -> bool:
        """Never: a visitor without account is another class (Flask-Login asks)."""
        return False

    @property
    def has_mfa(self) -> bool:
        """Whether logging in asks for a second step."""
        return self.totp_confirmed_at is not None


class Grant(Model):
    """A role of a user in a programme, from when until when, and by whom."""

    __tablename__ = "grant"
    __table_args__ = (
        Index(
            "uq_grant_current",
            "user_id",
            "programme_id",
            "role",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    user: Mapped[User] = relationship(init=False, foreign_keys=user_id, lazy="raise")


class Invitation(Model):
    """A link that lets its holder take a role once, until it expires; only its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    role: Mapped[Role | None] = mapped_column(choice(Role, "role"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class UserSession(Model):
    """One log-in: the cookie holds a random token; its hash here lets the site end it."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    mfa_passed: Mapped[bool] = mapped_column(default=False)


class LoginAttempt(Model):
    """A failed log-in, kept for an hour, by hashed address and origin: what throttling counts."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index("ix_login_attempt_key_at", "key_hash", "at"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)


class AccessReview(Model):
    """A moment at which somebody looked at everyone's access and said that it is right."""

    __tablename__ = "access_review"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    reviewed_at: Mapped[datetime]
    reviewed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    people: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")
