"""Cards that two pioneers and a fan hand out, who followed them, and what was asked."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.queries import list_pioneers
from pioneers.cards.actions import create_run, withdraw
from pioneers.cards.counting import Hit
from pioneers.cards.leads import confirm_news, leave_details
from pioneers.cards.models import Came, Card, LeadConsent, LeadKind, PrintRun
from pioneers.cards.resolving import place_of
from pioneers.cards.rules import NewRun, Owner, OwnerKind
from pioneers.cards.visitors import Visitor, hour_of, visitor_hash
from pioneers.cards.visits import write
from pioneers.cards.wishes import NEWS, LeadDraft
from pioneers.companies.models import Company
from pioneers.demo.people import COMPANIES, GUESTS, Guest
from pioneers.fans.queries import list_fans
from pioneers.programmes.models import Programme
from pioneers.reach.models import Activation
from pioneers.reach.rules import ActivationStatus

AnySession = Session | scoped_session[Session]
LEADER = "leider@pioniers.example"
# Days ago, the print run, the card in it, the guest, and what they wanted.
ASKED = (
    (57, 0, 0, 8, LeadKind.QUESTION, "Hoe begin ik met zelf roosteren in een ploeg van twintig?"),
    (41, 0, 1, 15, LeadKind.CALL, ""),
    (19, 1, 0, 22, LeadKind.QUESTION, "Wie heeft ervaring met een bonus voor ideeën van de vloer?"),
    (12, 0, 3, 3, LeadKind.CIRCLE, ""),
    (5, 1, 2, 27, LeadKind.NEWS, ""),
)
SALT = b"verzonnen bezoekers".ljust(32)


def load_cards(session: AnySession, programme: Programme, users: dict[str, int]) -> None:
    """Print runs, visits, and who left details. Commits nothing."""
    today = clock.today()
    runs = _runs(session, programme, users[LEADER], today)
    for place, run in enumerate(runs):
        _visits(session, run, today, busy=3 - place)
    for ago, place, card, guest, kind, text in ASKED:
        _asks(session, programme, _codes(session, runs[place])[card], ago, guest, kind, text)
    with clock.at(_moment(today, 3, 11)):
        card_lost = session.scalars(
            select(Card).where(Card.run_id == runs[1].id).order_by(Card.id.desc()).limit(1)
        ).one()
        withdraw(
            session,
            run=runs[1],
            card=card_lost,
            because="Verloren in de trein",
            actor_id=users[LEADER],
        )


def _runs(session: AnySession, programme: Programme, leader: int, today: date) -> list[PrintRun]:
    pioneers = list_pioneers(session, programme)
    owners = [Owner(OwnerKind.PIONEER, one.id) for one in pioneers[:2]]
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


def _codes(session: AnySession, run: PrintRun) -> list[str]:
    query = select(Card.code).where(Card.run_id == run.id).order_by(Card.id)
    return list(session.scalars(query))


def _moment(today: date, ago: int, hour: int) -> datetime:
    return clock.from_local(today - timedelta(days=ago), time(hour))


def _visits(session: AnySession, run: PrintRun, today: date, *, busy: int) -> None:
    """Most on the days after a talk, some of them typed, and a messenger now and then."""
    session.flush()
    cards = list(
        session.scalars(select(Card.id).where(Card.run_id == run.id).order_by(Card.id).limit(6))
    )
    hits = []
    for ago in (64, 63, 62, 58, 57, 41, 30, 19, 12, 5, 1):
        for number in range(busy if ago < 60 else 2 * busy):
            moment = _moment(today, ago, 19 + number % 4)
            name = f"{run.id}-{ago}-{number}"
            hits.append(
                Hit(
                    card_id=cards[(ago + number) % len(cards)],
                    run_id=run.id,
                    who=Visitor.PREVIEW if number == 4 else Visitor.PERSON,
                    came=Came.TYPED if number % 4 == 3 else Came.SCANNED,
                    day=clock.local(moment).date(),
                    hour=hour_of(moment),
                    visitor=visitor_hash(SALT, name, "", ""),
                )
            )
    write(session.connection(), hits)
    session.expire_all()


def _who(session: AnySession, programme: Programme, day: date, guest: int) -> Guest:
    """Somebody whose company came into action later, if there is one; else the guest."""
    names = set(
        session.scalars(
            select(Company.name)
            .join(Activation, Activation.company_id == Company.id)
            .where(
                Activation.programme_id == programme.id,
                Activation.status == ActivationStatus.VERIFIED,
                Activation.day > day,
            )
        )
    )
    acted = [one for one in GUESTS if COMPANIES[one.company].name in names]
    return acted[guest % len(acted)] if acted else GUESTS[guest]


def _asks(
    session: AnySession,
    programme: Programme,
    code: str,
    ago: int,
    guest: int,
    kind: LeadKind,
    text: str,
) -> None:
    place = place_of(session, code)
    if place is None:
        raise RuntimeError("a card of the demonstration is missing")
    person = _who(session, programme, clock.today() - timedelta(days=ago), guest)
    with clock.at(_moment(clock.today(), ago, 21)):
        lead = leave_details(
            session,
            programme=programme,
            place=place,
            draft=LeadDraft(
                kind=kind,
                came=Came.SCANNED,
                text=text,
                name=person.name,
                company=COMPANIES[person.company].name,
                email=person.email,
                phone="+31612345678" if kind == LeadKind.CALL else None,
            ),
        )
    if kind == LeadKind.NEWS:
        consent = session.scalars(
            select(LeadConsent).where(LeadConsent.lead_id == lead.id, LeadConsent.purpose == NEWS)
        ).one()
        with clock.at(_moment(clock.today(), ago - 1, 8)):
            confirm_news(session, consent)
