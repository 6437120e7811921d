"""The number of people in a room, where the host's report and the pioneer's meet."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.contributions.counting import STANDS
from pioneers.contributions.models import Contribution
from pioneers.contributions.rules import Meeting, is_close, meeting
from pioneers.events.actions import report_headcount
from pioneers.events.models import Event, EventKind, EventStatus
from pioneers.events.queries import counts, named_present
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Report:
    """What a pioneer told of an event, beside what the host did."""

    event: Event
    contribution: Contribution
    meeting: Meeting
    host: int | None  # the host's number; None where there is none but the pioneer's
    named: int


def give_heads(
    session: AnySession,
    programme: Programme,
    event: Event,
    contribution: Contribution,
    actor_id: int | None,
) -> None:
    """Let the pioneer's number be the event's while its host gave none; by that it was held.

    Where more people are known by name, the names are the number if that is close enough; else
    the event keeps none, and the project leader looks.
    """
    heads = contribution.heads
    if heads is None or event.headcount is not None or event.kind == EventKind.MEDIA:
        return
    named = counts(session, event).present
    if heads < named:
        if not is_close(heads, named, programme.heads_tolerance):
            return
        heads = named
    try:
        report_headcount(session, programme=programme, event=event, heads=heads, actor_id=actor_id)
    except Refused:  # a day outside of what can be: the number stays with the pioneer's report
        return
    contribution.gave_headcount = True
    session.flush()


def is_pioneers(event: Event, contribution: Contribution) -> bool:
    """Whether the event's number is no host's, but still the one that this pioneer gave."""
    return contribution.gave_headcount and event.headcount is not None


def take_heads_back(
    session: AnySession,
    programme: Programme,
    event: Event,
    contribution: Contribution,
    actor_id: int | None,
    *,
    but_for: int | None = None,
) -> None:
    """Let the event forget the number that it had of this report only."""
    if not is_pioneers(event, contribution) or contribution.heads == but_for:
        return
    if event.status == EventStatus.HELD and event.headcount == _given(contribution, event, session):
        report_headcount(session, programme=programme, event=event, heads=None, actor_id=actor_id)
    contribution.gave_headcount = False
    session.flush()


def _given(contribution: Contribution, event: Event, session: AnySession) -> int:
    """The number that the report gave to the event, as give_heads reckons it."""
    return max(contribution.heads or 0, counts(session, event).present)


def by_a_pioneer() -> ColumnElement[bool]:
    """Whether an event's number is, so far, a pioneer's alone."""
    of_event = Contribution.event_id == Event.id
    return exists().where(of_event, Contribution.gave_headcount, STANDS).correlate(Event)


def is_only_a_pioneers(session: AnySession, event: Event) -> bool:
    """Whether the number of this event is, so far, a pioneer's alone."""
    return bool(session.scalar(select(by_a_pioneer()).where(Event.id == event.id)))


def host_counted(session: AnySession, event: Event) -> None:
    """The host gave a number, perhaps the same: from now on it is the host's own."""
    for one in session.scalars(
        select(Contribution).where(
            Contribution.event_id == event.id, Contribution.gave_headcount, STANDS
        )
    ):
        one.gave_headcount = False
    session.flush()


def _report(event: Event, contribution: Contribution, named: int, tolerance: int) -> Report:
    if not contribution.took_place:
        return Report(event, contribution, Meeting.OFF, event.headcount, named)
    own = contribution.gave_headcount and event.headcount in (
        contribution.heads,
        max(contribution.heads or 0, named),
    )
    host = None if own else event.headcount
    found = meeting(
        host,
        contribution.heads,
        tolerance=tolerance,
        settled=contribution.settled_heads,
        named=0 if own else named,
    )
    return Report(event, contribution, found, host, named)


def reports_of(session: AnySession, programme: Programme, event: Event) -> list[Report]:
    """What pioneers told of an event, in the order in which they did."""
    named = named_present(session, [event.id]).get(event.id, 0)
    rows = session.scalars(
        select(Contribution)
        .where(Contribution.event_id == event.id, STANDS)
        .order_by(Contribution.logged_at, Contribution.id)
    )
    return [_report(event, one, named, programme.heads_tolerance) for one in rows]


def differences(session: AnySession, programme: Programme) -> list[Report]:
    """Reports that ask for a decision: numbers that differ, and events that a pioneer says did not
    take place; the latest event first."""
    rows = session.execute(
        select(Event, Contribution)
        .join(Contribution, Contribution.event_id == Event.id)
        .where(
            Contribution.programme_id == programme.id,
            STANDS,
            Event.status != EventStatus.CANCELLED,
            or_(
                Contribution.took_place.is_(False),
                and_(
                    Contribution.heads.is_not(None),
                    Event.kind != EventKind.MEDIA,
                    or_(Event.headcount.is_(None), Event.headcount != Contribution.heads),
                ),
            ),
        )
        .order_by(Event.starts_at.desc(), Contribution.id)
    ).all()
    named = named_present(session, [event.id for event, _ in rows])
    found = [
        _report(event, one, named.get(event.id, 0), programme.heads_tolerance)
        for event, one in rows
    ]
    return [one for one in found if one.meeting in (Meeting.DIFFER, Meeting.OFF)]
