"""What the pioneers of the programme that runs today contributed, by the real action."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.contributions.actions import log
from pioneers.contributions.models import ContributionKind, LoggedBy
from pioneers.contributions.rules import Draft, Named
from pioneers.demo.people import COMPANIES, GUESTS
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
KARIN, TOM, AISHA = 0, 1, 2  # places among the pioneers (pioneers/demo/people.py)
GUEST = GUESTS[20]  # somebody whom the host's list has too
MET = Named(GUEST.name, COMPANIES[GUEST.company].name, GUEST.email)
BESIDES: tuple[tuple[int, int, ContributionKind, str], ...] = (
    (KARIN, -21, ContributionKind.PODCAST, "Ondernemerspraat: de ploeg maakt het rooster"),
    (TOM, -35, ContributionKind.ARTICLE, "Loslaten leer je niet uit een boek"),
    (TOM, -12, ContributionKind.SOCIAL_POST, "Wat een week zonder baas opleverde"),
    (AISHA, -9, ContributionKind.INTERVIEW, "Samen ontwerpen met de klant"),
)


def load_contributions(session: AnySession, programme: Programme) -> None:
    """Talks that were told of, and other things. Of one talk the numbers differ; there the pioneer
    also names somebody who is on the host's list."""
    pioneers = session.scalars(
        select(Pioneer.id).where(Pioneer.programme_id == programme.id).order_by(Pioneer.id)
    ).all()
    held = session.execute(
        select(Event, Speaker.pioneer_id)
        .join(Speaker, Speaker.event_id == Event.id)
        .where(Event.programme_id == programme.id, Event.status == EventStatus.HELD)
        .order_by(Event.starts_at, Event.id)
    ).all()
    for number, (event, pioneer_id) in enumerate(held):
        if event.headcount is None:
            continue
        is_karins = pioneer_id == pioneers[KARIN]
        heads = event.headcount + (15 if is_karins else 2)
        draft = Draft(event_id=event.id, heads=heads, named=MET if is_karins else None)
        with clock.at(event.starts_at + timedelta(hours=13)):
            _log(session, programme, pioneer_id, draft, number)
    today = clock.today()
    for number, (place, days, kind, title) in enumerate(BESIDES, len(held)):
        day = today + timedelta(days=days)
        _log(session, programme, pioneers[place], Draft(kind=kind, day=day, title=title), number)
    talked = Draft(
        kind=ContributionKind.CONVERSATION,
        day=today - timedelta(days=5),
        named=Named("Marloes Tuinstra", "Tuinstra Interieurbouw B.V."),
        remark="Wil weten hoe je begint met zelf roosteren.",
    )
    _log(session, programme, pioneers[KARIN], talked, len(held) + len(BESIDES))


def _log(
    session: AnySession, programme: Programme, pioneer_id: int, draft: Draft, number: int
) -> None:
    log(
        session,
        programme=programme,
        pioneer_id=pioneer_id,
        draft=draft,
        client_key=f"demonstratie-{number}",
        way=LoggedBy.PAGE,
        actor_id=None,
    )
