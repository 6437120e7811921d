"""Private calendars: who may have which, making and revoking them, and whom a token lets in."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import Grant, User
from pioneers.accounts.rules import Permission, Role, allowed
from pioneers.agenda.models import Feed, FeedKind
from pioneers.ambassadors.queries import own_pioneer_id
from pioneers.audit.actions import record
from pioneers.fans.queries import fan_names, own_fan_ids
from pioneers.programmes.models import Programme
from pioneers.web import tokens
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
PURPOSE = "feed"
Roles = frozenset[Role]


@dataclass(frozen=True)
class Choice:
    """A calendar that somebody may follow; `name` is the fan's."""

    kind: FeedKind
    record_id: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Opened:
    """What a token opens."""

    feed: Feed
    programme: Programme
    user: User


def choices(session: AnySession, programme: Programme, user: User, roles: Roles) -> list[Choice]:
    """The calendars that this person may follow: of all events, of their own talks, of the fans
    for which they speak."""
    found = []
    if allowed(roles, Permission.PLAN_EVENTS):
        found.append(Choice(FeedKind.PROGRAMME))
    if allowed(roles, Permission.ANSWER_REQUESTS):
        pioneer = own_pioneer_id(session, programme, user_id=user.id, email=user.email)
        if pioneer is not None:
            found.append(Choice(FeedKind.PIONEER, pioneer))
    if allowed(roles, Permission.HOST_EVENTS):
        own = own_fan_ids(session, programme, user_id=user.id, email=user.email)
        names = fan_names(session, programme) if own else {}
        found += [Choice(FeedKind.FAN, each, name) for each, name in names.items() if each in own]
    return found


def record_of(feed: Feed) -> int | None:
    """The pioneer or fan whose events the calendar holds."""
    return feed.fan_id if feed.kind == FeedKind.FAN else feed.pioneer_id


def feeds_of(session: AnySession, programme: Programme, user: User) -> list[Feed]:
    """The calendars that this person made and that still work, the oldest first."""
    query = select(Feed).where(
        Feed.programme_id == programme.id, Feed.user_id == user.id, Feed.revoked_at.is_(None)
    )
    return list(session.scalars(query.order_by(Feed.id)))


def get_feed(session: AnySession, programme: Programme, user: User, feed_id: int) -> Feed:
    """One's own calendar that still works; NotFound otherwise, another's included."""
    for feed in feeds_of(session, programme, user):
        if feed.id == feed_id:
            return feed
    raise NotFound


def token_of(feed: Feed, secret: str) -> str:
    """What stands in the address of a calendar."""
    return tokens.sign(secret, PURPOSE, feed.id, feed.nonce)


def make_feed(session: AnySession, *, programme: Programme, user: User, choice: Choice) -> Feed:
    """A calendar of one's own with a new address; an earlier one of the same events ends."""
    session.get_one(User, user.id, with_for_update=True)  # twice at once would leave two
    for held in feeds_of(session, programme, user):
        if (held.kind, record_of(held)) == (choice.kind, choice.record_id):
            revoke_feed(session, feed=held, actor_id=user.id)
    feed = Feed(
        programme_id=programme.id,
        user_id=user.id,
        kind=choice.kind,
        nonce=tokens.new_nonce(),
        created_at=clock.now(),
        pioneer_id=choice.record_id if choice.kind == FeedKind.PIONEER else None,
        fan_id=choice.record_id if choice.kind == FeedKind.FAN else None,
    )
    session.add(feed)
    session.flush()
    _note(session, feed, "feed.made", user.id)
    return feed


def revoke_feed(session: AnySession, *, feed: Feed, actor_id: int) -> None:
    """End a calendar: its address leads nowhere from now on."""
    if feed.revoked_at is not None:
        return
    feed.revoked_at = clock.now()
    session.flush()
    _note(session, feed, "feed.revoked", actor_id)


def opened_by(session: AnySession, token: str, secret: str) -> Opened | None:
    """What `token` opens now: not when it was revoked, the account was closed, or its owner may no
    longer see those events."""
    number = tokens.record_of(token)
    if number is None:
        return None
    row = session.execute(
        select(Feed, Programme, User)
        .join(Programme, Programme.id == Feed.programme_id)
        .join(User, User.id == Feed.user_id)
        .where(Feed.id == number, Feed.revoked_at.is_(None), User.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    feed, programme, user = row
    if not tokens.is_genuine(secret, PURPOSE, feed.id, feed.nonce, token):
        return None
    roles = frozenset(
        session.scalars(
            select(Grant.role).where(
                Grant.user_id == user.id,
                Grant.programme_id == programme.id,
                Grant.withdrawn_at.is_(None),
            )
        )
    )
    may = {(one.kind, one.record_id) for one in choices(session, programme, user, roles)}
    return Opened(feed, programme, user) if (feed.kind, record_of(feed)) in may else None


def _note(session: AnySession, feed: Feed, action: str, actor_id: int) -> None:
    record(
        session,
        action,
        object_type="feed",
        object_id=feed.id,
        programme_id=feed.programme_id,
        actor_id=actor_id,
        details={"kind": feed.kind.value},
    )
