"""Cards that two pioneers and a fan hand out, who followed them, what was asked, what came of it.

The story of a card: somebody hears a pioneer speak, follows the card that same week, asks
something, is answered, comes to a later evening, and takes an action that a second person has seen.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.cards.actions import create_run, withdraw
from pioneers.cards.counting import Hit
from pioneers.cards.leads import confirm_news, leave_details
from pioneers.cards.models import Came, Card, Lead, LeadConsent, LeadKind, PrintRun
from pioneers.cards.resolving import place_of
from pioneers.cards.rules import NewRun, Owner, OwnerKind
from pioneers.cards.visitors import Visitor, hour_of, visitor_hash
from pioneers.cards.visits import write
from pioneers.cards.wishes import NEWS, LeadDraft
from pioneers.demo.people import COMPANIES, GUESTS
from pioneers.fans.queries import list_fans
from pioneers.programmes.models import Programme
from pioneers.questions.models import Question

AnySession = Session | scoped_session[Session]
LEADER = "leider@pioniers.example"
KARIN, TOM, FAN = 0, 1, 2  # the print runs, in order


@dataclass(frozen=True)
class Asked:
    """Somebody who left details: days ago, by which card of which run, and what they wanted."""

    ago: int
    run: int
    card: int
    guest: int
    kind: LeadKind
    text: str = ""
    answered: int | None = None  # so many days later
    acted: int | None = None  # their company came into action, so many days later


QUESTION, CALL, CIRCLE = LeadKind.QUESTION, LeadKind.CALL, LeadKind.CIRCLE
ASKED = (
    Asked(63, KARIN, 0, 20, QUESTION, "Hoe begin ik met zelf roosteren?", answered=2, acted=25),
    Asked(62, KARIN, 1, 22, CALL, answered=3, acted=45),
    Asked(58, TOM, 0, 16, CALL, answered=1, acted=38),
    Asked(57, KARIN, 2, 8, QUESTION, "Wat doet de ploegbaas dan nog?", answered=1, acted=43),
    Asked(33, KARIN, 4, 28, CIRCLE, answered=4),
    Asked(26, FAN, 0, 19, LeadKind.NEWS),
    Asked(19, TOM, 1, 24, QUESTION, "Wie werkt er met een bonus voor ideeën?", answered=2),
    Asked(5, KARIN, 5, 27, LeadKind.NEWS),
    Asked(2, TOM, 2, 6, CIRCLE),
)
# Days ago, and how many came that day: most right after a talk.
BUSY = {
    KARIN: ((64, 5), (63, 4), (62, 3), (60, 1), (57, 1), (41, 1), (15, 1), (5, 1), (1, 4)),
    TOM: ((58, 1), (30, 4), (29, 3), (27, 1), (19, 1), (9, 1)),
    FAN: ((26, 1), (12, 2), (3, 1)),
}
SALT = b"verzonnen bezoekers".ljust(32)


def print_cards(session: AnySession, programme: Programme, users: dict[str, int]) -> list[PrintRun]:
    """The print runs, in order. Commits nothing."""
    return _runs(session, programme, users[LEADER], clock.today())


def load_visits(session: AnySession, users: dict[str, int], runs: list[PrintRun]) -> None:
    """Who came, and a card that was lost. Commits nothing."""
    today = clock.today()
    for place, run in enumerate(runs):
        _visits(session, run, today, place)
    with clock.at(_moment(today, 3, 11)):
        card_lost = session.scalars(
            select(Card).where(Card.run_id == runs[TOM].id).order_by(Card.id.desc()).limit(1)
        ).one()
        withdraw(
            session,
            run=runs[TOM],
            card=card_lost,
            because="Verloren in de trein",
            actor_id=users[LEADER],
        )


def _runs(session: AnySession, programme: Programme, leader: int, today: date) -> list[PrintRun]:
    pioneers = session.scalars(
        select(Pioneer.id).where(Pioneer.programme_id == programme.id).order_by(Pioneer.id).limit(2)
    )
    owners = [Owner(OwnerKind.PIONEER, one) for one in pioneers]
    owners.append(Owner(OwnerKind.FAN, list_fans(session, programme)[0].id))
    found = []
    for number, owner in enumerate(owners):
        is_single = owner.kind == OwnerKind.FAN
        ago = 90 - 20 * number
        with clock.at(_moment(today, ago, 10)):
            new = NewRun(
                owner=owner,
                printed_on=today - timedelta(days=ago),
                quantity=250 if is_single else 20 - 10 * number,
                is_single_code=is_single,
                remark="Voor op de balie" if is_single else "",
            )
            found.append(create_run(session, programme=programme, new=new, actor_id=leader))
    return found


def codes_of(session: AnySession, run: PrintRun) -> list[str]:
    """The codes of a run's cards, in the order in which they are printed."""
    query = select(Card.code).where(Card.run_id == run.id).order_by(Card.id)
    return list(session.scalars(query))


def _moment(today: date, ago: int, hour: int) -> datetime:
    return clock.from_local(today - timedelta(days=ago), time(hour))


def _visits(session: AnySession, run: PrintRun, today: date, place: int) -> None:
    """Some of them typed, and a messenger now and then; whoever left details came that evening."""
    session.flush()
    cards = list(
        session.scalars(select(Card.id).where(Card.run_id == run.id).order_by(Card.id).limit(7))
    )
    hits = []
    for ago, count in BUSY[place]:
        for number in range(count):
            came = Came.TYPED if (ago + number) % 4 == 3 else Came.SCANNED
            who = Visitor.PREVIEW if number == 4 else Visitor.PERSON
            moment = _moment(today, ago, 19 + number % 4)
            card = cards[(ago + number) % len(cards)]
            hits.append(_hit(run, card, who, came, moment, f"{ago}-{number}"))
    leads = session.execute(
        select(Lead.card_id, Lead.at)
        .join(Card, Card.id == Lead.card_id)
        .where(Card.run_id == run.id)
    )
    for number, (card_id, at) in enumerate(leads):
        hits.append(_hit(run, card_id, Visitor.PERSON, Came.SCANNED, at, f"liet-{number}"))
    write(session.connection(), hits)
    session.expire_all()


def _hit(run: PrintRun, card_id: int, who: Visitor, came: Came, moment: datetime, name: str) -> Hit:
    return Hit(
        card_id=card_id,
        run_id=run.id,
        who=who,
        came=came,
        day=clock.local(moment).date(),
        hour=hour_of(moment),
        visitor=visitor_hash(SALT, f"{run.id}-{name}", "", ""),
    )


def by_card(session: AnySession, programme: Programme, code: str, asked: Asked) -> Question | None:
    """Somebody leaves details on the page of a card, in the evening; the question, if it is one."""
    place, today = place_of(session, code), clock.today()
    if place is None:
        raise RuntimeError("a card of the demonstration is missing")
    person = GUESTS[asked.guest]
    with clock.at(_moment(today, asked.ago, 21)):
        lead = leave_details(
            session,
            programme=programme,
            place=place,
            draft=LeadDraft(
                kind=asked.kind,
                came=Came.SCANNED,
                text=asked.text,
                name=person.name,
                company=COMPANIES[person.company].name,
                email=person.email,
                phone="+31612345678" if asked.kind == LeadKind.CALL else None,
            ),
        )
    if asked.kind == LeadKind.NEWS:
        consent = session.scalars(
            select(LeadConsent).where(LeadConsent.lead_id == lead.id, LeadConsent.purpose == NEWS)
        ).one()
        with clock.at(_moment(today, asked.ago - 1, 8)):
            confirm_news(session, consent)
    return None if lead.question_id is None else session.get_one(Question, lead.question_id)
