"""Building a database of so many companies, with three contacts each, in flat memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import Table, func, select

from pioneers.accounts.actions import add_user, grant
from pioneers.accounts.rules import Role
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.models import AuditEntry
from pioneers.companies.models import Company, CompanyProfile, Employment, Person
from pioneers.companies.names import PersonName, company_block, company_key, join_name, person_key
from pioneers.companies.profiles import Facts, profile_values
from pioneers.db import Base, db
from pioneers.events.models import Attendance, Event, EventKind, EventStatus, Presence, Speaker
from pioneers.fans.models import Fan, FanKind
from pioneers.programmes.actions import create_programme, load_places
from pioneers.programmes.models import ActivationKind, Place, Programme
from pioneers.programmes.rules import Evidence, TargetGroup, Verdict
from pioneers.reach.models import Activation, Contact, Occasion, Tally
from pioneers.reach.rebuilding import rebuild
from pioneers.reach.rules import ActivationStatus, Channel, Dimension
from pioneers.schema import upgrade
from pioneers.search import actions as search
from pioneers.search.actions import rebuild as rebuild_search
from pioneers.search.models import Kind, SearchEntry
from pioneers.search.words import scope_words, words_of
from scripts.bench.bulk import Bulk, bulk, settle
from scripts.bench.invent import InventedCompany, company, event_days, mix, stages

SLUG, EMPTY = "groot", "leeg"
EMAIL, PASSWORD = "leider@meting.example", "vier-losse-woorden-voor-metingen"
EVENTS, FANS, PIONEERS = 200, 20, 12
CHUNK = 5000
EVIDENCE = (Evidence.LISTED,) * 8 + (Evidence.CHECKED_IN, Evidence.CONFIRMED)


@dataclass(frozen=True)
class Plan:
    """What all generators need to know."""

    programme_id: int
    actor_id: int
    kind_id: int
    limits: TargetGroup
    companies: int
    days: list[date]
    places: list[tuple[str, str]]  # name and municipality
    made_at: datetime

    def chunks(self) -> Iterator[range]:
        """The numbers of the companies, from 1, in chunks."""
        for first in range(1, self.companies + 1, CHUNK):
            yield range(first, min(first + CHUNK, self.companies + 1))


def table(model: Any) -> Table:
    """The table of a model."""
    found: Table = model.__table__
    return found


def build(app: Flask, companies: int, today: date) -> dict[str, float]:
    """Migrate and fill the app's database; returns the seconds that each part took."""
    took: dict[str, float] = {}
    with app.app_context():
        upgrade(db.engine)
        plan = _prepare(companies, today)
        url = db.engine.url.render_as_string(hide_password=False)
        db.session.remove()
        db.engine.dispose()
        started = perf_counter()
        with bulk(url) as target:
            for numbers in plan.chunks():
                add_companies(target, plan, [company(n, len(plan.places)) for n in numbers])
            add_stages(target, plan)
            for numbers in plan.chunks():
                add_contacts(target, plan, numbers)
        rebuild_search(db.session)
        db.session.commit()
        settle(url, Base.metadata.tables.values())
        took["records"] = perf_counter() - started
        started = perf_counter()
        programme = db.session.get_one(Programme, plan.programme_id)
        rebuild(db.session, programme)
        search.rebuild(db.session)
        db.session.commit()
        took["rebuild"] = perf_counter() - started
        settle(url, ())
        _confirm(companies)
        db.session.remove()
        db.engine.dispose()
    return took


def _prepare(companies: int, today: date) -> Plan:
    """Places, both programmes, and the account of their leader; by the product's own actions."""
    load_places(db.session)
    leader = add_user(db.session, email=EMAIL, name="Lea Meting", password=PASSWORD)
    first = date(today.year - 3, 1, 1)
    made = {}
    for slug in (SLUG, EMPTY):
        made[slug] = create_programme(
            db.session,
            slug=slug,
            name=f"Programma {slug}",
            starts_on=first,
            ends_on=date(today.year, 12, 31),
            aware=max(10, companies),
            activated=max(10, companies // 10),
            actor_id=leader.id,
        )
        grant(
            db.session,
            user_id=leader.id,
            programme_id=made[slug].id,
            role=Role.PROJECT_LEADER,
            actor_id=None,
        )
    kinds = select(func.min(ActivationKind.id)).where(ActivationKind.programme_id == made[SLUG].id)
    places = db.session.execute(select(Place.name, Place.municipality_code).order_by(Place.key))
    plan = Plan(
        programme_id=made[SLUG].id,
        actor_id=leader.id,
        kind_id=db.session.scalars(kinds).one(),
        limits=made[SLUG].target_group,
        companies=companies,
        days=list(event_days(first, today - timedelta(days=2), EVENTS)),
        places=[(row.name, row.municipality_code) for row in places],
        made_at=datetime.combine(first, time(8), UTC),
    )
    db.session.commit()
    return plan


def _firm(plan: Plan, one: InventedCompany, verdict: Verdict) -> tuple[Any, ...]:
    place, municipality = plan.places[one.place]
    return (
        *(one.number, plan.programme_id, one.name, company_key(one.name), company_block(one.name)),
        *(plan.made_at, one.kvk_number, one.sector_code, "2008" if one.sector_code else None),
        *(one.employees, municipality, place, one.postcode, one.web_domain),
        *(verdict, Verdict.UNKNOWN, 1),
    )


def _person(plan: Plan, number: int, name: PersonName, email: str | None) -> tuple[Any, ...]:
    return (
        *(number, plan.programme_id, name.first_name, "", name.infix, name.family_name),
        *(person_key(name), email, "Directeur", plan.made_at, 1),
    )


def add_companies(target: Bulk, plan: Plan, invented: list[InventedCompany]) -> None:
    """Companies, their profiles, two people each, their employment, and the search's rows."""
    firms, profiles, people, jobs, entries = [], [], [], [], []
    for one in invented:
        place, municipality = plan.places[one.place]
        told = profile_values(
            Facts(municipality, one.sector_code, "2008", one.employees), plan.limits
        )
        firms.append(_firm(plan, one, told["target_verdict"]))
        profiles.append((one.number, plan.made_at, one.number, *told.values()))
        words = (one.name, one.kvk_number, one.web_domain, place)
        entries.append(_entry(plan, Kind.COMPANY, one.number, one.name, place, *words))
        for seat, person in enumerate(one.people):
            number = 2 * one.number - 1 + seat
            name = PersonName(person.first_name, "", person.infix, person.family_name)
            people.append(_person(plan, number, name, person.email))
            jobs.append((number, one.number, plan.made_at.date()))
            shown = join_name(name)
            entries.append(
                _entry(plan, Kind.PERSON, number, shown, one.name, shown, person.email, one.name)
            )
    target.add(table(Company), COMPANY, firms)
    target.add(table(CompanyProfile), PROFILE, profiles)
    target.add(table(Person), PERSON, people)
    target.add(table(Employment), ("person_id", "company_id", "from_day"), jobs)
    target.add(table(SearchEntry), ENTRY, entries)


COMPANY = (
    *("id", "programme_id", "name", "name_key", "name_block", "created_at", "kvk_number"),
    *("sector_code", "sector_version", "employees", "municipality_code", "place", "postcode"),
    *("web_domain", "target_verdict", "sme_verdict", "version"),
)
PROFILE = (
    *("company_id", "known_from", "canonical_id", "municipality_code", "sector", "size_class"),
    "target_verdict",
)
PERSON = (
    *("id", "programme_id", "first_name", "initials", "infix", "family_name", "name_key"),
    *("email", "function", "created_at", "version"),
)
ENTRY = ("programme_id", "kind", "record_id", "title", "subtitle", "text")


def _entry(
    plan: Plan, kind: Kind, number: int, title: str, subtitle: str, *texts: str | None
) -> tuple[Any, ...]:
    """A row of the search, with its text as pioneers.search.actions makes it."""
    words = " ".join(dict.fromkeys(words_of(" ".join(text for text in texts if text))))
    text = f"{scope_words(plan.programme_id, kind)} {words}"
    return (plan.programme_id, kind, number, title, subtitle, text)


def add_stages(target: Bulk, plan: Plan) -> None:
    """Fans, pioneers (the first companies' people), events with speaker, headcount and entry."""
    fans = [
        (
            n,
            plan.programme_id,
            f"Vereniging {n}",
            f"vereniging {n}",
            FanKind.NETWORK,
            plan.made_at,
            True,
            1,
        )
        for n in range(1, FANS + 1)
    ]
    columns = ("id", "programme_id", "name", "name_key", "kind", "created_at", "is_active")
    target.add(table(Fan), (*columns, "version"), fans)
    pioneers = [
        (n, plan.programme_id, 2 * n - 1, n, plan.made_at.date(), plan.made_at, 1)
        for n in range(1, PIONEERS + 1)
    ]
    columns = ("id", "programme_id", "person_id", "company_id", "appointed_on", "created_at")
    target.add(table(Pioneer), (*columns, "version"), pioneers)
    _add_events(target, plan)


def thanks(number: int) -> tuple[int, int]:
    """The fan and the pioneer of an event (from 1)."""
    return 1 + number % FANS, 1 + number % PIONEERS


def _add_events(target: Bulk, plan: Plan) -> None:
    occasions, events, entries, counts, notes = [], [], [], [], []
    heads = 3 * plan.companies // EVENTS + 40
    for number, day in enumerate(plan.days, start=1):
        fan, pioneer = thanks(number)
        title = f"Bijeenkomst {number} slimmer werken"
        begin = datetime.combine(day, time(16), UTC)
        occasions.append((number, plan.programme_id, day, Channel.EVENT, title, fan, pioneer))
        events.append(
            (
                *(number, plan.programme_id, number, title, EventKind.TALK, EventStatus.HELD),
                *(begin, begin + timedelta(hours=2), plan.made_at, fan, "Zwolle", heads, 1),
            )
        )
        entries.append(_entry(plan, Kind.EVENT, number, title, str(day), title))
        counts.append(
            (
                *(plan.programme_id, day, begin, Channel.EVENT, Evidence.HEADCOUNT, None, None),
                *(number, fan, pioneer, heads, plan.actor_id),
            )
        )
        notes.append((begin, "event.created", "event", number, plan.programme_id, "web", {}))
    target.add(table(Occasion), OCCASION, occasions)
    target.add(table(Event), EVENT, events)
    target.add(
        table(Speaker),
        ("event_id", "pioneer_id", "position"),
        [(number, thanks(number)[1], 1) for number in range(1, len(plan.days) + 1)],
    )
    target.add(table(SearchEntry), ENTRY, entries)
    target.add(table(Contact), CONTACT, [(n, *row) for n, row in enumerate(counts, start=1)])
    target.add(table(AuditEntry), AUDIT, notes)


OCCASION = ("id", "programme_id", "day", "channel", "label", "fan_id", "pioneer_id")
EVENT = (
    *("id", "programme_id", "occasion_id", "title", "kind", "status", "starts_at", "ends_at"),
    *("created_at", "fan_id", "place", "headcount", "version"),
)
CONTACT = (
    *("id", "programme_id", "day", "recorded_at", "channel", "evidence", "person_id"),
    *("company_id", "occasion_id", "fan_id", "pioneer_id", "heads", "recorded_by_id"),
)
ATTENDANCE = ("event_id", "person_id", "company_id", "presence", "recorded_at", "contact_id")
AUDIT = ("at", "action", "object_type", "object_id", "programme_id", "origin", "details")
ACTIVATION = (
    *("programme_id", "company_id", "kind_id", "day", "proof", "recorded_at", "person_id"),
    *("status", "decided_at", "decided_by_id"),
)


def add_contacts(target: Bulk, plan: Plan, numbers: range) -> None:
    """Three contacts for each company, one in twenty activated, one in ten changed by somebody."""
    contacts, attendances, activations, notes = [], [], [], []
    for number in numbers:
        first, second, third = stages(number, len(plan.days))
        seats = ((2 * number - 1, first), (2 * number - 1, second), (2 * number, third))
        for place, (person, stage) in enumerate(seats):
            contact = EVENTS + 3 * number - 2 + place
            day = plan.days[stage]
            known = datetime.combine(day + timedelta(days=1), time(9), UTC)
            evidence = EVIDENCE[mix(contact, 31) % len(EVIDENCE)]
            contacts.append(
                (
                    contact,
                    plan.programme_id,
                    day,
                    known,
                    Channel.EVENT,
                    evidence,
                    person,
                    number,
                    stage + 1,
                    *thanks(stage + 1),
                    None,
                    plan.actor_id,
                )
            )
            attendances.append((stage + 1, person, number, Presence.ATTENDED, known, contact))
        if number % 20 == 0:
            activations.append(_activation(plan, number, plan.days[first]))
        if number % 10 == 0:
            note = ("company.changed", "company", number, plan.programme_id, "web", {})
            notes.append((plan.made_at, *note))
    target.add(table(Contact), CONTACT, contacts)
    target.add(table(Attendance), ATTENDANCE, attendances)
    target.add(table(Activation), ACTIVATION, activations)
    target.add(table(AuditEntry), AUDIT, notes)


def _activation(plan: Plan, number: int, day: date) -> tuple[Any, ...]:
    """Verified, but for the last few companies: those wait for a second person."""
    known = datetime.combine(day + timedelta(days=1), time(9), UTC)
    waits = number > plan.companies - 200
    decision = (ActivationStatus.PROPOSED, None, None)
    if not waits:
        decision = (ActivationStatus.VERIFIED, known, plan.actor_id)
    told = (plan.programme_id, number, plan.kind_id, day, "Plan op papier", known, 2 * number - 1)
    return (*told, *decision)


def _confirm(companies: int) -> None:
    """The figures are those of what was built; otherwise the measurement would mean nothing."""
    kept = db.session.execute(
        select(func.sum(Tally.participations), func.sum(Tally.companies)).where(
            Tally.dimension == Dimension.ALL
        )
    ).one()
    if tuple(kept) != (3 * companies, companies):
        raise RuntimeError(f"built {companies} companies, but the figures say {kept}")
