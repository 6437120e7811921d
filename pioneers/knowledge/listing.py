"""The list for the project team: what there is, where it stands, and what asks for attention."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import Grant, User
from pioneers.accounts.rules import PERMISSIONS, Permission
from pioneers.knowledge.models import ItemKind, KnowledgeItem, KnowledgeRevision
from pioneers.knowledge.queries import is_public
from pioneers.knowledge.rules import WARN_BEFORE, State
from pioneers.programmes.models import Programme
from pioneers.web.pagination import SIZE, Page

AnySession = Session | scoped_session[Session]
EDITING = tuple(role for role, held in PERMISSIONS.items() if Permission.EDIT_KNOWLEDGE in held)
Item, Revision = KnowledgeItem, KnowledgeRevision


@dataclass(frozen=True)
class Wanted:
    """What the list shows; empty is everything."""

    text: str = ""
    kind: ItemKind | None = None
    state: State | None = None
    theme: str = ""
    owner_id: int | None = None
    review_due: bool = False
    consent_ending: bool = False


@dataclass(frozen=True)
class Row:
    """An item in the list."""

    item: KnowledgeItem
    state: State
    owner: str
    is_review_due: bool
    consent_ends: date | None  # where that is near, or past


@dataclass(frozen=True)
class Attention:
    """How many items ask for something."""

    items: int
    public: int
    review_due: int
    consent_ending: int


def is_planned() -> ColumnElement[bool]:
    """A version waits for its moment."""
    return exists().where(Revision.item_id == Item.id, Revision.publish_at.is_not(None))


def has_newer_draft() -> ColumnElement[bool]:
    """Something was saved after the version that was published last."""
    newest = select(func.max(Revision.number)).where(Revision.item_id == Item.id)
    shown = newest.where(Revision.published_at.is_not(None))
    return newest.scalar_subquery() > shown.scalar_subquery()


def in_state(state: State, now: datetime) -> ColumnElement[bool]:
    """A condition: the item stands there."""
    public = is_public(now)
    if state == State.PUBLISHED:
        return public
    if state == State.CHANGED:
        return and_(public, has_newer_draft())
    if state == State.PLANNED:
        return is_planned()
    rest = and_(or_(Item.published_at.is_(None), not_(public)), not_(is_planned()))
    if state == State.DRAFT:
        return and_(rest, Item.first_published_at.is_(None))
    return and_(rest, Item.first_published_at.is_not(None))


def is_review_due(today: date) -> ColumnElement[bool]:
    """A condition: somebody should have looked again by now, and it is or was on the site."""
    return and_(Item.review_on <= today, Item.published_at.is_not(None))


def is_consent_ending(today: date) -> ColumnElement[bool]:
    """A condition: a published item's consent ends within thirty days, or has ended."""
    return and_(Item.consent_until <= today + WARN_BEFORE, Item.published_at.is_not(None))


def attention(session: AnySession, programme: Programme, now: datetime) -> Attention:
    """What the list's first sentence says."""
    today = clock.local(now).date()

    def number(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(Item).where(Item.programme_id == programme.id)
        return session.scalar(query.where(*conditions)) or 0

    return Attention(
        number(),
        number(is_public(now)),
        number(is_review_due(today)),
        number(is_consent_ending(today)),
    )


def list_items(
    session: AnySession, programme: Programme, wanted: Wanted, *, now: datetime, page: int
) -> Page[Row]:
    """The items that are asked for: what asks for a decision first, then the last changed."""
    today = clock.local(now).date()
    conditions = [Item.programme_id == programme.id, *_asked(wanted, now, today)]
    total = session.scalar(select(func.count()).select_from(Item).where(*conditions)) or 0
    due = or_(is_review_due(today), is_consent_ending(today))
    rows = session.execute(
        select(Item, is_public(now), is_planned(), has_newer_draft(), User.name)
        .outerjoin(User, User.id == Item.owner_id)
        .where(*conditions)
        .order_by(func.coalesce(due, False).desc(), Item.changed_at.desc(), Item.id.desc())
        .limit(SIZE)
        .offset((page - 1) * SIZE)
    )
    return Page([_row(*row, today) for row in rows], page, SIZE, total)


def state_of(session: AnySession, item: KnowledgeItem, now: datetime) -> State:
    """Where one item stands."""
    public, planned, newer = session.execute(
        select(is_public(now), is_planned(), has_newer_draft()).where(Item.id == item.id)
    ).one()
    return _state(item, bool(public), bool(planned), bool(newer))


def editors(session: AnySession, programme: Programme) -> dict[int, str]:
    """Who can look after an item, by name."""
    granted = select(Grant.user_id).where(
        Grant.programme_id == programme.id,
        Grant.role.in_(EDITING),
        Grant.withdrawn_at.is_(None),
    )
    rows = session.execute(
        select(User.id, User.name)
        .where(User.id.in_(granted), User.disabled_at.is_(None))
        .order_by(User.name, User.id)
    )
    return {row.id: row.name for row in rows}


def only_state(wanted: Wanted, state: State | None) -> Wanted:
    """The same list, of another state."""
    return replace(wanted, state=state)


def _asked(wanted: Wanted, now: datetime, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        like = f"%{wanted.text.replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
        found.append(or_(*(c.ilike(like, escape="/") for c in (Item.title, Item.summary))))
    if wanted.kind is not None:
        found.append(Item.kind == wanted.kind)
    if wanted.state is not None:
        found.append(in_state(wanted.state, now))
    if wanted.theme:
        found.append(("," + Item.themes + ",").contains(f",{wanted.theme},", autoescape=True))
    if wanted.owner_id is not None:
        found.append(Item.owner_id == wanted.owner_id)
    if wanted.review_due:
        found.append(is_review_due(today))
    if wanted.consent_ending:
        found.append(is_consent_ending(today))
    return found


def _row(
    item: KnowledgeItem,
    public: bool | None,
    planned: bool,
    newer: bool | None,
    owner: str | None,
    today: date,
) -> Row:
    ends = item.consent_until
    near = ends is not None and item.published_at is not None and ends <= today + WARN_BEFORE
    due = item.review_on is not None and item.published_at is not None and item.review_on <= today
    state = _state(item, bool(public), planned, bool(newer))
    return Row(item, state, owner or "", due, ends if near else None)


def _state(item: KnowledgeItem, public: bool, planned: bool, newer: bool) -> State:
    if public:
        return State.CHANGED if newer else State.PUBLISHED
    if planned:
        return State.PLANNED
    return State.DRAFT if item.first_published_at is None else State.AWAY
