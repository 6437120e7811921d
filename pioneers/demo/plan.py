"""The demonstration as a plan: who went where, when; the same on every machine.

The totals are those that the programme published (facts of Pioniers Overijssel): 38 events, 12
pioneers, 1,775 entrepreneurs made aware, 480 companies activated, all between 2016 and 2019.
Everything between the totals is invented.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pioneers.companies.names import fold
from pioneers.demo.names import (
    FAMILY,
    FANS,
    FIRST,
    FORMS,
    FUNCTIONS,
    PLACES,
    SUBJECTS,
    TOWNS,
    TRADES,
)

SEED = 2016
EVENTS = 38
PIONEERS = 12
PEOPLE = 1775
BY_OTHER_WAYS = 115  # of these people the first contact was no event
COMPANIES = 1204
ACTIVATED = 480
FIRST_EVENT = date(2016, 3, 8)
LAST_EVENT = date(2019, 11, 19)


@dataclass(frozen=True)
class PlannedCompany:
    """An invented company; the KVK number begins with 99, which is marked as invented."""

    name: str
    kvk_number: str
    domain: str
    town: str
    employees: int
    sector_code: str


@dataclass(frozen=True)
class PlannedPerson:
    """An invented person at the company with this place in the plan."""

    first_name: str
    infix: str
    family_name: str
    email: str
    function: str
    company: int


@dataclass
class PlannedEvent:
    """An invented event: people by their place in the plan, and heads without a name."""

    title: str
    kind: str
    day: date
    hour: int
    fan: int
    town: str
    municipality: str
    speakers: list[int]
    present: list[int] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)
    unnamed: int = 0


@dataclass(frozen=True)
class PlannedAction:
    """What a company did: the kind by its place in the catalogue."""

    company: int
    day: date
    kind: int
    event: int | None


@dataclass
class Plan:
    """The whole demonstration."""

    companies: list[PlannedCompany]
    people: list[PlannedPerson]
    pioneers: list[PlannedPerson]
    events: list[PlannedEvent]
    conversations: list[tuple[int, date]]
    actions: list[PlannedAction]
    aware_on: dict[int, tuple[date, int | None]]


def make_plan(seed: int = SEED) -> Plan:
    """The plan of a seed."""
    chance = random.Random(seed)  # noqa: S311 - invented data, repeatable on purpose
    companies = _companies(chance)
    people = _people(chance, companies)
    pioneers = _pioneers(chance, companies)
    events = _events(chance)
    conversations = _fill(chance, events, people)
    aware_on = _first_days(events, conversations, people)
    actions = _actions(chance, aware_on)
    return Plan(companies, people, pioneers, events, conversations, actions, aware_on)


def _weighted(chance: random.Random, rows: tuple[tuple[str, str, int], ...]) -> tuple[str, str]:
    row = chance.choices(rows, weights=[r[2] for r in rows])[0]
    return row[0], row[1]


def _companies(chance: random.Random) -> list[PlannedCompany]:
    """Each with a name, KVK number and web domain of its own."""
    names: set[str] = set()
    companies: list[PlannedCompany] = []
    words = [name.rsplit(" ", 1)[-1] for name in FAMILY] + list(PLACES)
    while len(companies) < COMPANIES + PIONEERS:
        trade, code = _weighted(chance, TRADES)
        core = f"{chance.choice(words)} {trade}"
        if core in names:
            continue
        names.add(core)
        _, town = _weighted(chance, TOWNS)
        companies.append(
            PlannedCompany(
                name=f"{core} {chance.choice(FORMS)}".strip(),
                kvk_number=f"99{len(companies) * 797 % 1_000_000:06d}",
                domain=fold(core).replace(" ", "") + "-verzonnen.example",
                town=town,
                employees=_employees(chance),
                sector_code=code,
            )
        )
    return companies


def _employees(chance: random.Random) -> int:
    """About five in six lie in the target group (6 to 249)."""
    low, high = chance.choices(
        ((1, 5), (6, 9), (10, 49), (50, 249), (250, 900)), weights=(13, 18, 46, 19, 4)
    )[0]
    return chance.randint(low, high)


def _people(chance: random.Random, companies: list[PlannedCompany]) -> list[PlannedPerson]:
    """One for each company, then colleagues until there are enough; no two of one address."""
    homes = list(range(COMPANIES))
    homes += [chance.randrange(COMPANIES) for _ in range(PEOPLE - COMPANIES)]
    chance.shuffle(homes)
    return _somebody_at(chance, companies, homes)


def _pioneers(chance: random.Random, companies: list[PlannedCompany]) -> list[PlannedPerson]:
    """Each of a company of their own, which the programme did not have to reach."""
    return _somebody_at(chance, companies, range(COMPANIES, COMPANIES + PIONEERS))


def _somebody_at(
    chance: random.Random, companies: list[PlannedCompany], homes: Sequence[int]
) -> list[PlannedPerson]:
    taken: set[str] = set()
    names_at: set[tuple[int, str]] = set()
    people: list[PlannedPerson] = []
    for home in homes:
        while True:
            first, family = chance.choice(FIRST), chance.choice(FAMILY)
            email = f"{fold(first)}.{fold(family)}".replace(" ", "").replace("'", "")
            email += f"@{companies[home].domain}"
            if email not in taken and (home, family) not in names_at:
                break
        taken.add(email)
        names_at.add((home, family))
        infix, name = split_family(family)
        people.append(PlannedPerson(first, infix, name, email, chance.choice(FUNCTIONS), home))
    return people


def split_family(family: str) -> tuple[str, str]:
    """The infix (small letters) and the name of one of FAMILY."""
    words = family.split(" ")
    infix = [word for word in words if word[0].islower() or word.startswith("'")]
    return " ".join(infix), " ".join(word for word in words if word not in infix)


def _events(chance: random.Random) -> list[PlannedEvent]:
    """Spread over the years, on Tuesdays to Thursdays, not in the summer."""
    span = (LAST_EVENT - FIRST_EVENT).days
    events: list[PlannedEvent] = []
    for number in range(EVENTS):
        day = FIRST_EVENT + timedelta(days=round(span * number / (EVENTS - 1)))
        if day.month in (7, 8):
            day = date(day.year, 9, 4) + timedelta(days=number % 9)
        day += timedelta(days={0: 1, 4: -1, 5: -2, 6: 2}.get(day.weekday(), 0))
        subject, kind = SUBJECTS[number % len(SUBJECTS)]
        fan = number % len(FANS)
        home = FANS[fan][2]
        code, town = next((c, t) for c, t, _ in TOWNS if c == home)
        if number % 3 == 2:
            code, town = _weighted(chance, TOWNS)
        speakers = [(number * 5) % PIONEERS]
        if number % 4 == 0:
            speakers.append((number * 5 + 3) % PIONEERS)
        title = f"{subject} ({town})"
        events.append(
            PlannedEvent(title, kind, day, chance.choice((16, 19, 20)), fan, town, code, speakers)
        )
    events.sort(key=lambda event: event.day)
    return events


def _fill(
    chance: random.Random, events: list[PlannedEvent], people: list[PlannedPerson]
) -> list[tuple[int, date]]:
    """Send everybody somewhere: most to events, once or more often; some had a conversation."""
    order = list(range(len(people)))
    by_event = order[: len(people) - BY_OTHER_WAYS]
    weights = [2.2 if e.kind == "conference" else 1.0 + chance.random() for e in events]
    for place, event in enumerate(events):
        share = weights[place] / sum(weights[place:])
        left = len(by_event)
        number = left if place == len(events) - 1 else round(left * share)
        event.present, by_event = by_event[:number], by_event[number:]
    seen: list[int] = []
    for event in events:
        fresh = list(event.present)
        returning = chance.sample(
            seen, min(len(seen), round(len(fresh) * chance.uniform(0.4, 1.2)))
        )
        event.present += returning
        away = [person for person in seen if person not in set(event.present)]
        event.absent = chance.sample(away, min(len(away), chance.randint(2, 12)))
        event.unnamed = chance.choice((0, 4, 9, 14, 22))
        seen += fresh
    span = (LAST_EVENT - FIRST_EVENT).days
    return [
        (person, FIRST_EVENT + timedelta(days=chance.randrange(span)))
        for person in order[len(people) - BY_OTHER_WAYS :]
    ]


def _first_days(
    events: list[PlannedEvent], conversations: list[tuple[int, date]], people: list[PlannedPerson]
) -> dict[int, tuple[date, int | None]]:
    """For each company the day on which it was first met, and the event if it was one."""
    firsts: dict[int, tuple[date, int | None]] = {}
    met: list[tuple[date, int | None, int]] = [
        (event.day, place, person) for place, event in enumerate(events) for person in event.present
    ]
    met += [(day, None, person) for person, day in conversations]
    for day, place, person in sorted(met, key=lambda row: (row[0], row[2])):
        firsts.setdefault(people[person].company, (day, place))
    return firsts


def _actions(
    chance: random.Random, aware_on: dict[int, tuple[date, int | None]]
) -> list[PlannedAction]:
    """Some weeks or months after a company was met; nothing after the programme's last day."""
    last = date(2019, 12, 17)
    early = sorted(company for company, (day, _) in aware_on.items() if day < date(2019, 10, 1))
    actions = []
    for company in chance.sample(early, ACTIVATED):
        day, event = aware_on[company]
        later = min(day + timedelta(days=chance.randint(14, 240)), last)
        actions.append(PlannedAction(company, later, chance.randrange(7), event))
    return sorted(actions, key=lambda action: (action.day, action.company))
