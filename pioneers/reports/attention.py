"""What waits for the person who looks: each is a count and the place where it is done."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import ngettext
from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.queries import review_due
from pioneers.accounts.rules import Permission, Role, allowed
from pioneers.companies.queries import count_open_doubts
from pioneers.contributions.queries import below
from pioneers.contributions.rooms import differences
from pioneers.events.models import Attendance, Event, EventKind, EventStatus
from pioneers.hosting.queries import moved_by_hosts
from pioneers.mail.queries import workers
from pioneers.planning.queries import pioneers_wanted, proposals_waiting
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.reach.models import Activation
from pioneers.reach.rules import ActivationStatus
from pioneers.web.formats import number

AnySession = Session | scoped_session[Session]
MOST = 1000  # nobody reads on beyond this many; counting stops there


@dataclass(frozen=True)
class Item:
    """A line of "needs attention": how many, of what, and where it is done."""

    count: str
    words: str
    href: str


def attention(
    session: AnySession, programme: Programme, *, roles: frozenset[Role], user_id: int
) -> list[Item]:
    """The items that this person can do something about; none of them counts the whole ledger."""
    items: list[Item] = []
    slug = programme.slug
    if allowed(roles, Permission.SETTLE_DOUBTS):
        count = count_open_doubts(session, programme)
        words = ngettext("possible double", "possible doubles", count)
        items += _item(count, words, url_for("reach.doubts", slug=slug))
    if allowed(roles, Permission.VERIFY_ACTIVATIONS):
        count = waiting_activations(session, programme, user_id)
        words = ngettext("action to verify", "actions to verify", count)
        items += _item(count, words, url_for("reach.activations", slug=slug))
    if allowed(roles, Permission.PLAN_EVENTS):
        items += _planning(session, programme)
    return items + _keeping(session, programme, roles)


def _keeping(session: AnySession, programme: Programme, roles: frozenset[Role]) -> list[Item]:
    """What keeps the programme in order: counts of rooms, of contributions, access, mail."""
    today, slug = clock.today(), programme.slug
    items: list[Item] = []
    if allowed(roles, Permission.EDIT_EVENTS):
        count = events_uncounted(session, programme)
        words = ngettext(
            "event without a headcount or list", "events without a headcount or list", count
        )
        items += _item(count, words, url_for("events.index", slug=slug))
    if allowed(roles, Permission.EDIT_NETWORK):
        count = len(below(session, programme, today))
        words = ngettext(
            "pioneer with fewer than %(wanted)s contributions this year",
            "pioneers with fewer than %(wanted)s contributions this year",
            count,
            wanted=number(programme.contributions_per_year),
        )
        items += _item(count, words, url_for("contributions.index", slug=slug))
        count = len(differences(session, programme))
        words = ngettext(
            "report of a pioneer that differs from the host's",
            "reports of pioneers that differ from the hosts'",
            count,
        )
        items += _item(count, words, url_for("contributions.differences", slug=slug))
    if allowed(roles, Permission.MANAGE_ACCESS) and review_due(session, programme.id, today).is_due:
        words = ngettext("yearly review of access", "yearly reviews of access", 1)
        items += _item(1, words, url_for("access.overview", slug=slug))
    if allowed(roles, Permission.MANAGE_MAIL):
        items += _mail(session, slug)
    return items


def _mail(session: AnySession, slug: str) -> list[Item]:
    """Work that nobody does: no worker was seen, so no mail leaves and nothing periodic is done."""
    href = link_to("mailroom.outbox", slug=slug)
    found = workers(session)
    if href is None or not found.silent or not found.waiting:
        return []
    words = ngettext(
        "mail waits, because nothing sends it at the moment",
        "mails wait, because nothing sends them at the moment",
        found.waiting,
    )
    return [Item(number(found.waiting), words, href)]


def _planning(session: AnySession, programme: Programme) -> list[Item]:
    """What hosts ask of the project leader."""
    slug = programme.slug
    waiting = proposals_waiting(session, programme)
    wanted = pioneers_wanted(session, programme)
    moved = moved_by_hosts(session, programme)
    proposed = url_for("events.index", slug=slug, status=EventStatus.PROPOSED.value)
    planned = url_for("events.index", slug=slug, status=EventStatus.PLANNED.value)
    return [
        *_item(waiting, ngettext("proposed event", "proposed events", waiting), proposed),
        *_item(
            wanted,
            ngettext("event that asks for a pioneer", "events that ask for a pioneer", wanted),
            url_for("events.index", slug=slug),
        ),
        *_item(
            moved,
            ngettext(
                "event that its host moved this week",
                "events that their hosts moved this week",
                moved,
            ),
            planned,
        ),
    ]


def _item(count: int, words: str, href: str) -> list[Item]:
    if not count:
        return []
    return [Item(number(count) if count < MOST else f"{number(MOST - 1)}+", words, href)]


def waiting_activations(session: AnySession, programme: Programme, user_id: int) -> int:
    """Activations that wait for a second person, counted up to MOST (index: programme, status)."""
    waiting = (
        select(Activation.id)
        .where(
            Activation.programme_id == programme.id,
            Activation.status == ActivationStatus.PROPOSED,
            Activation.voided_at.is_(None),
            or_(Activation.recorded_by_id.is_(None), Activation.recorded_by_id != user_id),
        )
        .limit(MOST)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(waiting)) or 0


def events_uncounted(session: AnySession, programme: Programme) -> int:
    """Events held of which the headcount or the list is missing; media have no room to count."""
    listed = exists().where(Attendance.event_id == Event.id)
    held = (
        select(Event.id)
        .where(
            Event.programme_id == programme.id,
            Event.status == EventStatus.HELD,
            Event.kind != EventKind.MEDIA,
            or_(Event.headcount.is_(None), ~listed),
        )
        .limit(MOST)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(held)) or 0
