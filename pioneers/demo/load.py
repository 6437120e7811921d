"""Carrying out the plan of the demonstration with the product's own actions, on a moved clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.actions import appoint
from pioneers.companies.identity import Claim, Taken
from pioneers.companies.names import PersonName
from pioneers.demo.begin import SLUG, STARTS, make_programmes, make_users
from pioneers.demo.cards import load_visits, print_cards
from pioneers.demo.contributions import load_contributions
from pioneers.demo.knowledge import load_knowledge
from pioneers.demo.mailings import load_mailings
from pioneers.demo.names import FANS
from pioneers.demo.plan import Plan, PlannedAction, PlannedEvent, PlannedPerson, make_plan
from pioneers.demo.present import load_running
from pioneers.demo.profiles import load_profiles
from pioneers.demo.questions import load_questions
from pioneers.demo.relations import load_relations
from pioneers.demo.website import load_website
from pioneers.events.actions import create_event, record_attendance, report_headcount
from pioneers.events.models import Event, EventKind
from pioneers.events.rules import Absent, EventDraft, Present
from pioneers.fans.actions import add_contact_person, add_fan
from pioneers.fans.models import FanKind
from pioneers.fans.rules import ContactPersonDraft, FanDraft
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.programmes.queries import programme_by_slug
from pioneers.programmes.rules import Evidence
from pioneers.reach.actions import record_contacts
from pioneers.reach.activations import propose_activation, reject_activation, verify_activation
from pioneers.reach.intake import take_in
from pioneers.reach.rules import Channel, NewContact, Rejection

AnySession = Session | scoped_session[Session]
OTHER_WAYS = (
    Channel.CARD,
    Channel.QUESTION,
    Channel.CONVERSATION,
    Channel.SURVEY,
    Channel.KNOWLEDGE,
)
WITHOUT_KEY = 5  # people whose row names a company and nothing that identifies it
REJECTED, WAITING = 6, 3


class AlreadyLoaded(Exception):
    """The database holds a programme already."""


@dataclass
class Loading:
    """What has been made so far: ids by their place in the plan."""

    session: AnySession
    programme: Programme
    plan: Plan
    users: dict[str, int]
    kinds: list[ActivationKind]
    fans: list[int] = field(default_factory=list)
    pioneers: list[int] = field(default_factory=list)
    people: dict[int, Taken] = field(default_factory=dict)
    companies: dict[int, int] = field(default_factory=dict)

    @property
    def leader(self) -> int:
        """Who records."""
        return self.users["leider@pioniers.example"]

    @property
    def colleague(self) -> int:
        """Who verifies."""
        return self.users["collega@pioniers.example"]


def load(session: AnySession, say: Callable[[str], None]) -> None:
    """Make the demonstration programmes. Raises AlreadyLoaded; commits nothing."""
    if programme_by_slug(session, SLUG) is not None:
        raise AlreadyLoaded
    today = clock.today()
    with clock.at(_moment(date(2016, 1, 4), 9)):
        loading, running = _begin(session, today)
        _network(loading)
    say("programme, fans and pioneers")
    _history(loading)
    say(f"{len(loading.plan.events)} events with their lists")
    say(f"{len(loading.plan.actions)} activations, verified by a second person")
    begun = load_running(session, running, loading.users)
    load_profiles(begun)
    runs = print_cards(session, running, loading.users)
    load_questions(session, running, loading.users, runs)
    load_relations(session, running, loading.users, today)
    load_visits(session, loading.users, runs)
    load_contributions(session, running)
    load_website(session, running, loading.users)
    load_knowledge(begun)
    load_mailings(session, running, loading.users)
    say("a programme that runs today")


def _history(loading: Loading) -> None:
    """Everything in the order in which it happened, as it was recorded at the time."""
    plan, keyless = loading.plan, _keyless(loading.plan)
    steps: list[tuple[date, int, Callable[[], None]]] = []
    for event in plan.events:
        steps.append((event.day, 0, partial(_held, loading, event)))
    talks = sorted(plan.conversations, key=lambda row: (row[1], row[0]))
    for number, (place, day) in enumerate(talks):
        is_keyed = place not in keyless
        steps.append((day, 1, partial(_talk, loading, number, place, day, is_keyed)))
    for number, action in enumerate(plan.actions):
        steps.append((action.day, 2, partial(_activation, loading, number, action)))
    for _day, _order, step in sorted(steps, key=lambda row: row[:2]):
        step()
    _undecided(loading)


def _moment(day: date, hour: int) -> datetime:
    return clock.from_local(day, time(hour))


def _begin(session: AnySession, today: date) -> tuple[Loading, Programme]:
    users = make_users(session)
    made = make_programmes(session, users, today)
    programme = made.over
    kinds = session.scalars(
        select(ActivationKind)
        .where(ActivationKind.programme_id == programme.id)
        .order_by(ActivationKind.id)
    )
    return Loading(session, programme, make_plan(), users, list(kinds)), made.running


def _network(loading: Loading) -> None:
    session, programme = loading.session, loading.programme
    for name, kind, municipality in FANS:
        fan = add_fan(
            session,
            programme=programme,
            draft=FanDraft(name, FanKind(kind), municipality),
            actor_id=loading.leader,
        )
        loading.fans.append(fan.id)
        if len(loading.fans) == 1:
            add_contact_person(
                session,
                programme=programme,
                fan=fan,
                draft=ContactPersonDraft("Wim Podium", None, None, "programma"),
                actor_id=loading.leader,
            )
    taken = _take(loading, loading.plan.pioneers, STARTS)
    for one in taken:
        if one.person_id is None or one.company_id is None:
            raise RuntimeError("a pioneer of the plan was not taken in")
        appointed = date(2016, 1, 4)
        pioneer = appoint(
            session,
            programme=programme,
            person_id=one.person_id,
            company_id=one.company_id,
            appointed_on=appointed,
            actor_id=loading.leader,
        )
        loading.pioneers.append(pioneer.id)
    session.flush()


def _claim(loading: Loading, person: PlannedPerson, *, keyed: bool = True) -> Claim:
    company = loading.plan.companies[person.company]
    return Claim(
        company_name=company.name,
        kvk_number=company.kvk_number if keyed else None,
        place=company.town,
        employees=company.employees if keyed else None,
        sector_code=company.sector_code if keyed else None,
        name=PersonName(person.first_name, "", person.infix, person.family_name),
        email=person.email if keyed else None,
        function=person.function,
    )


def _take(loading: Loading, people: Sequence[PlannedPerson], day: date) -> list[Taken]:
    claims = [_claim(loading, person) for person in people]
    return take_in(loading.session, programme=loading.programme, claims=claims, day=day)


def _take_planned(loading: Loading, places: Sequence[int], day: date) -> list[Taken]:
    """Take in people of the plan by their places; remember who and which company they are."""
    taken = _take(loading, [loading.plan.people[place] for place in places], day)
    for place, one in zip(places, taken, strict=True):
        loading.people[place] = one
        if one.company_id is not None:
            loading.companies[loading.plan.people[place].company] = one.company_id
    return taken


def _held(loading: Loading, planned: PlannedEvent) -> None:
    with clock.at(_moment(planned.day, 9) + timedelta(days=1)):
        _event(loading, planned)


def _event(loading: Loading, planned: PlannedEvent) -> None:
    session, programme = loading.session, loading.programme
    event = _planned_event(loading, planned)
    present = _take_planned(loading, planned.present, planned.day)
    absent = _take_planned(loading, planned.absent, planned.day)
    evidence = Evidence.CHECKED_IN if planned.kind == "conference" else Evidence.LISTED
    record_attendance(
        session,
        programme=programme,
        event=event,
        present=[
            Present(one.person_id, one.company_id, evidence)
            for one in present
            if one.person_id is not None
        ],
        absent=[Absent(one.person_id, one.company_id) for one in absent if one.person_id],
        actor_id=loading.leader,
    )
    if planned.unnamed:
        heads = len(planned.present) + planned.unnamed
        report_headcount(
            session, programme=programme, event=event, heads=heads, actor_id=loading.leader
        )


def _planned_event(loading: Loading, planned: PlannedEvent) -> Event:
    return create_event(
        loading.session,
        programme=loading.programme,
        draft=EventDraft(
            title=planned.title,
            day=planned.day,
            kind=EventKind(planned.kind),
            fan_id=loading.fans[planned.fan],
            pioneer_ids=tuple(loading.pioneers[place] for place in planned.speakers),
            starts=time(planned.hour),
            ends=time(planned.hour + 2, 30),
            place=planned.town,
            municipality_code=planned.municipality,
        ),
        actor_id=loading.leader,
    )


def _talk(loading: Loading, number: int, place: int, day: date, is_keyed: bool) -> None:
    """Somebody left their details, or spoke with somebody."""
    person = loading.plan.people[place]
    with clock.at(_moment(day, 16) + timedelta(days=1)):  # recorded after that day's event
        claim = _claim(loading, person, keyed=is_keyed)
        (one,) = take_in(loading.session, programme=loading.programme, claims=[claim], day=day)
        loading.people[place] = one
        if is_keyed and one.company_id is not None:
            loading.companies[person.company] = one.company_id
        contact = NewContact(
            day=day,
            channel=OTHER_WAYS[number % len(OTHER_WAYS)],
            evidence=Evidence.SELF_DECLARED,
            person_id=one.person_id,
            company_id=one.company_id,
            pioneer_id=loading.pioneers[number % len(loading.pioneers)],
        )
        record_contacts(
            loading.session,
            programme=loading.programme,
            contacts=[contact],
            actor_id=loading.leader,
        )


def _keyless(plan: Plan) -> set[int]:
    """Colleagues of people who were met at an event: their company's name alone leaves a doubt."""
    known = [
        place
        for place, day in plan.conversations
        if plan.aware_on[plan.people[place].company][1] is not None
        and plan.aware_on[plan.people[place].company][0] < day - timedelta(days=2)
    ]
    return set(known[:WITHOUT_KEY])


def _activation(loading: Loading, number: int, action: PlannedAction) -> None:
    """Proposed by the leader two days later, verified by the colleague in the same week."""
    kind = loading.kinds[action.kind % len(loading.kinds)]
    event = None if action.event is None else loading.plan.events[action.event]
    with clock.at(_moment(action.day, 10) + timedelta(days=2)):
        activation = propose_activation(
            loading.session,
            programme=loading.programme,
            company_id=loading.companies[action.company],
            kind_id=kind.id,
            day=action.day,
            proof=f"{kind.proof_nl} (verzonnen bewijs {number + 1})",
            fan_id=None if event is None else loading.fans[event.fan],
            pioneer_id=None if event is None else loading.pioneers[event.speakers[0]],
            actor_id=loading.leader,
        )
    with clock.at(_moment(action.day, 10) + timedelta(days=6)):
        verify_activation(
            loading.session,
            programme=loading.programme,
            activation=activation,
            actor_id=loading.colleague,
        )


def _undecided(loading: Loading) -> None:
    """A few that were rejected, and a few that wait for a second person."""
    done = {action.company for action in loading.plan.actions}
    others = [place for place in sorted(loading.companies) if place not in done]
    reasons = list(Rejection)
    for number, place in enumerate(others[: REJECTED + WAITING]):
        with clock.at(_moment(date(2019, 12, 2), 10) + timedelta(days=number)):
            activation = propose_activation(
                loading.session,
                programme=loading.programme,
                company_id=loading.companies[place],
                kind_id=loading.kinds[number % len(loading.kinds)].id,
                day=date(2019, 12, 2),
                proof="Mondeling gemeld, verslag volgt (verzonnen)",
                actor_id=loading.colleague,
            )
            if number < REJECTED:
                reject_activation(
                    loading.session,
                    programme=loading.programme,
                    activation=activation,
                    rejection=reasons[number % len(reasons)],
                    actor_id=loading.leader,
                )
