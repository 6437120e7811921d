"""The number of people in a room, where the reports of the host and of the pioneers meet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.contributions.counting import STANDS
from pioneers.contributions.models import Contribution
from pioneers.contributions.rules import Count, Meeting, Proof, is_close, meeting, proof
from pioneers.events.actions import report_headcount
from pioneers.events.models import Event, EventKind, EventStatus
from pioneers.events.queries import counts, named_present
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import count_anew
from pioneers.reach.models import Contact, Occasion

AnySession = Session | scoped_session[Session]


ASKS = (Meeting.DIFFER, Meeting.OFF)


@dataclass(frozen=True)
class Report:
    """What a pioneer told of an event, and how that stands to what others did."""

    contribution: Contribution
    meeting: Meeting


@dataclass(frozen=True)
class Room:
    """An event with everybody's report of how many people there were."""

    event: Event
    host: Count | None  # the host's number; None where there is none but a pioneer's
    named: int
    reports: tuple[Report, ...]

    @property
    def proof(self) -> Proof:
        """On how much the event's number rests."""
        return proof(self.host, [one.meeting for one in self.reports])

    @property
    def asks(self) -> bool:
        """Whether the project leader has to decide."""
        return any(one.meeting in ASKS for one in self.reports)

    @property
    def numbers(self) -> tuple[Report, ...]:
        """The reports that give a number."""
        return tuple(one for one in self.reports if one.contribution.heads is not None)

    @property
    def called_off(self) -> tuple[Report, ...]:
        """The reports by which it did not take place."""
        return tuple(one for one in self.reports if one.meeting == Meeting.OFF)


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


def hand_over(
    session: AnySession, programme: Programme, event: Event, actor_id: int | None
) -> None:
    """Let the next pioneer who gave a number be the one whose number it is."""
    for one in _standing(session, [event.id])[event.id]:
        give_heads(session, programme, event, one, actor_id)


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


def host_counted(
    session: AnySession, programme: Programme, event: Event, actor_id: int | None
) -> None:
    """The host gave a number, perhaps the same: from now on it is the host's own, and the ledger
    says that the host noted it."""
    given = [one for one in _standing(session, [event.id])[event.id] if one.gave_headcount]
    if not given:
        return
    for one in given:
        one.gave_headcount = False
    session.flush()
    occasion = session.get_one(Occasion, event.occasion_id)
    count_anew(session, programme=programme, occasion=occasion, actor_id=actor_id)


def _standing(session: AnySession, event_ids: Collection[int]) -> dict[int, list[Contribution]]:
    """What was told of each event, in the order in which it was."""
    found: dict[int, list[Contribution]] = defaultdict(list)
    for one in session.scalars(
        select(Contribution)
        .where(Contribution.event_id.in_(event_ids), STANDS)
        .order_by(Contribution.logged_at, Contribution.id)
    ):
        found[one.event_id or 0].append(one)
    return found


def rooms_of(session: AnySession, programme: Programme, events: Sequence[Event]) -> list[Room]:
    """These events with what was told of each."""
    ids = [event.id for event in events]
    named, told = named_present(session, ids), _standing(session, ids)
    noted = session.execute(
        select(Contact.occasion_id, Contact.recorded_by_id).where(
            Contact.occasion_id.in_([event.occasion_id for event in events]),
            Contact.heads.is_not(None),
            Contact.voided_at.is_(None),
        )
    )
    noted_by = {row.occasion_id: row.recorded_by_id for row in noted}
    return [
        _room(
            event,
            told[event.id],
            named.get(event.id, 0),
            noted_by.get(event.occasion_id),
            programme.heads_tolerance,
        )
        for event in events
    ]


def _room(
    event: Event, told: list[Contribution], named: int, noted_by: int | None, tolerance: int
) -> Room:
    own = {one.id for one in told if _is_own(event, one, named)}
    host = None
    if event.headcount is not None and not own:
        host = Count(event.headcount, noted_by)
    counts_of = {
        one.id: Count(one.heads, one.logged_by_user_id) for one in told if one.heads is not None
    }
    decided = host is not None and any(one.settled_heads == host.heads for one in told)
    reports = []
    for one in told:
        mine, settled = counts_of.get(one.id), one.settled_heads
        if decided and host and mine and is_close(host.heads, mine.heads, tolerance):
            settled = host.heads  # the leader's number is nobody's report: it confirms nothing
        others = [count for key, count in counts_of.items() if key != one.id]
        known = 0 if one.id in own else named
        found = meeting(
            host, mine, tolerance=tolerance, settled=settled, named=known, others=others
        )
        reports.append(Report(one, found if one.took_place else Meeting.OFF))
    return Room(event, host, named, tuple(reports))


def _is_own(event: Event, contribution: Contribution, named: int) -> bool:
    """Whether the event's number is still the one that this report gave."""
    heads = contribution.heads or 0
    return contribution.gave_headcount and event.headcount in (heads, max(heads, named))


def room_of(session: AnySession, programme: Programme, event: Event) -> Room:
    """An event with what was told of it."""
    return rooms_of(session, programme, [event])[0]


def proofs_of(
    session: AnySession, programme: Programme, event_ids: Iterable[int]
) -> dict[int, Proof]:
    """On how much the number of people at each of these events rests."""
    events = session.scalars(
        select(Event).where(Event.id.in_(list(event_ids)), Event.programme_id == programme.id)
    ).all()
    return {room.event.id: room.proof for room in rooms_of(session, programme, events)}


def differences(session: AnySession, programme: Programme) -> list[Room]:
    """Rooms that ask for a decision: numbers that differ, and events that a pioneer says did not
    take place; the latest event first."""
    events = session.scalars(
        select(Event)
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
        .distinct()
        .order_by(Event.starts_at.desc(), Event.id)
    ).all()
    return [room for room in rooms_of(session, programme, events) if room.asks]
