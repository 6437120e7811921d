"""The page of a card while its visits are counted, beside the bare page; and the funnel of a
thousand cards and a million visits."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from sqlalchemy import func, select, update

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.app import create_app
from pioneers.cards.actions import create_run
from pioneers.cards.models import Came, Card, Lead, LeadKind, Visit, VisitDay
from pioneers.cards.rules import NewRun, Owner, OwnerKind
from pioneers.companies.models import Company, Person
from pioneers.db import db, insert_rows
from pioneers.programmes.models import Programme
from scripts.bench.build import EMAIL, PASSWORD, SLUG
from scripts.bench.crowd import CONNECTIONS, Connections, Crowd
from scripts.bench.measure import fill
from scripts.bench.pages import BARE
from scripts.bench.serving import environment, serving
from scripts.bench.timing import Timing, milliseconds, repeat
from scripts.bench.visitor import Failed, Visitor

CARDS, RUNS, VISITS, LEADS = 1_000, 50, 1_000_000, 5_000
DAYS, HOURS = 730, 14
SHARE, FUNNEL_LIMIT = 0.5, 0.100
ROUNDS, SECONDS, WARM, WARM_VISITS = 9, 2.0, 1.0, 10 * CARDS
BY = ("pionier", "oplage", "optreden")
STRIDE = 377  # from card to card, and so from print run to print run
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


@dataclass(frozen=True)
class Round:
    """Answers in a second over the same connections, one after another."""

    bare: float
    landing: float  # each by somebody else, whose visit is committed
    again: float  # by one who was there before


@dataclass(frozen=True)
class Cards:
    """What was measured of one database."""

    kind: str
    rounds: list["Round"]
    counted: int  # visits that the database holds afterwards
    answered: int  # pages that visitors got
    funnels: dict[str, Timing]


def measure(kind: str, url: str, today: date) -> Cards:
    """Fill an empty database, serve it, and let visitors come."""
    fill(kind, url, CARDS, today)
    codes = add_cards(url, today)
    before = visits_in(url)
    with serving(url, is_renewed=False, BEHIND_PROXIES="1") as server:
        rounds, answered = _rounds(server.port, codes)
        visitor = Visitor(server.port)
        visitor.log_in(EMAIL, PASSWORD)
        funnels = {by: _funnel(visitor, by) for by in BY}
    counted = visits_in(url) - before
    return Cards(kind, rounds, counted, answered + 1, funnels)  # and the one who came again


def _rounds(port: int, codes: Sequence[str]) -> tuple[list[Round], int]:
    """How it went each time, and how many visits were answered."""
    people, rounds, answered = _people(codes), [], 0
    while answered < WARM_VISITS:  # every worker knows every card
        with Connections(port) as connections:
            answered += _checked(connections.ask(people, seconds=WARM)).answers
    for _ in range(ROUNDS):
        with Connections(port) as connections:
            bare = connections.ask(lambda _n: _request(BARE.path, 0), seconds=SECONDS)
            landing = connections.ask(people, seconds=SECONDS)
            again = connections.ask(lambda _n: _request(f"/k/{codes[0]}", 1), seconds=SECONDS)
        told = [_checked(one).per_second for one in (bare, landing, again)]
        rounds.append(Round(*told))
        answered += landing.answers
    return rounds, answered


def _funnel(visitor: Visitor, by: str) -> Timing:
    path = f"/p/{SLUG}/kaartjes/trechter?per={by}"
    return repeat(lambda: visitor.get(path), times=30, warm=3, budget=15)


def _checked(crowd: Crowd) -> Crowd:
    if crowd.wrong:
        raise Failed(f"{crowd.wrong} pages did not answer")
    return crowd


def _people(codes: Sequence[str]) -> Callable[[int], bytes]:
    """Somebody else each time, over all cards."""
    last = [0]

    def request(_number: int) -> bytes:
        last[0] += 1
        return _request(f"/k/{codes[last[0] * STRIDE % len(codes)]}?s", last[0])

    return request


def _request(path: str, who: int) -> bytes:
    origin = f"10.{who >> 16 & 255}.{who >> 8 & 255}.{who & 255}"
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {PHONE}\r\n"
        f"X-Forwarded-For: {origin}\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: 127.0.0.1\r\n"
        "Accept-Language: nl-NL\r\n\r\n"
    ).encode()


def visits_in(url: str) -> int:
    """How many visits the database holds, as the kept figures say too."""
    app = create_app(environment(url))
    with app.app_context():
        rows = db.session.scalar(select(func.count()).select_from(Visit)) or 0
        kept = db.session.scalar(select(func.sum(VisitDay.scanned + VisitDay.typed))) or 0
        cards = db.session.scalar(select(func.sum(Card.scanned + Card.typed))) or 0
        db.session.remove()
        db.engine.dispose()
    if not rows == kept == cards:
        raise Failed(f"{rows} visits, but {kept} are kept by day and {cards} by card")
    return rows


def add_cards(url: str, today: date) -> list[str]:
    """A thousand cards with a million visits in the last two years, and who left details."""
    app = create_app(environment(url))
    with app.app_context(), clock.at(datetime.combine(today, datetime.min.time(), UTC)):
        programme = db.session.scalars(select(Programme).where(Programme.slug == SLUG)).one()
        pioneers = db.session.scalars(
            select(Pioneer.id).where(Pioneer.programme_id == programme.id).order_by(Pioneer.id)
        ).all()
        printed = today - timedelta(days=DAYS)
        for number in range(RUNS):
            owner = Owner(OwnerKind.PIONEER, pioneers[number % len(pioneers)])
            new = NewRun(owner, printed, CARDS // RUNS)
            create_run(db.session, programme=programme, new=new, actor_id=None)
        cards = db.session.execute(select(Card.id, Card.run_id, Card.code).order_by(Card.id)).all()
        _visits([(row.id, row.run_id) for row in cards], printed)
        _leads(programme, [row.id for row in cards], today)
        db.session.commit()
        codes = [row.code for row in cards]
        db.session.remove()
        _settle()
        db.engine.dispose()
    return codes


def _settle() -> None:
    """What a database in use has behind it: a million rows did not come in a minute ago."""
    with db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        is_sqlite = connection.dialect.name == "sqlite"
        if not is_sqlite:
            raw.autocommit = True  # type: ignore[attr-defined]
        cursor = raw.cursor()
        steps = ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)")
        for step in steps if is_sqlite else ("VACUUM ANALYZE", "CHECKPOINT"):
            cursor.execute(step)
        connection.invalidate()


def _visits(cards: Sequence[tuple[int, int]], printed: date) -> None:
    chance = random.Random(7)  # noqa: S311 - made up, no secret
    begin = datetime.combine(printed, datetime.min.time(), UTC)
    day_counts: Counter[tuple[int, date]] = Counter()
    card_days: dict[int, list[date]] = {card_id: [] for card_id, _run in cards}
    rows = []
    for number in range(VISITS):
        card_id, run_id = cards[number % len(cards)]
        moment = begin + timedelta(days=chance.randrange(DAYS), hours=7 + chance.randrange(HOURS))
        day_counts[run_id, moment.date()] += 1
        card_days[card_id].append(moment.date())
        rows.append(
            {
                "card_id": card_id,
                "hour": moment,
                "visitor": number.to_bytes(16),
                "came": Came.SCANNED if number % 5 else Came.TYPED,
            }
        )
    insert_rows(db.session, Visit.__table__, rows)
    none = {"typed": 0, "previews": 0, "bots": 0, "heads": 0, "own": 0}
    days = [
        {"run_id": run_id, "day": day, "scanned": count} | none
        for (run_id, day), count in day_counts.items()
    ]
    insert_rows(db.session, VisitDay.__table__, days)
    for card_id, visited in card_days.items():
        facts = {"scanned": len(visited), "first_visit_on": min(visited)}
        db.session.execute(
            update(Card).where(Card.id == card_id).values(last_visit_on=max(visited), **facts)
        )


def _leads(programme: Programme, cards: Sequence[int], today: date) -> None:
    people = db.session.scalars(
        select(Person.id).where(Person.programme_id == programme.id).order_by(Person.id)
    ).all()
    companies = db.session.scalars(
        select(Company.id).where(Company.programme_id == programme.id).order_by(Company.id)
    ).all()
    chance = random.Random(8)  # noqa: S311 - made up, no secret
    rows = [
        {
            "card_id": cards[number % len(cards)],
            "kind": LeadKind.NEWS,
            "at": datetime.combine(today, datetime.min.time(), UTC)
            - timedelta(days=chance.randrange(1, DAYS)),
            "came": Came.SCANNED,
            "person_id": people[number % len(people)],
            "company_id": companies[number % len(companies)],
        }
        for number in range(LEADS)
    ]
    insert_rows(db.session, Lead.__table__, rows)


def _cells(one: Cards) -> tuple[str, ...]:
    """A line of the report."""
    shares = sorted(each.landing / each.bare for each in one.rounds)
    agains = [each.again / each.bare for each in one.rounds]
    is_reached = median(shares) >= SHARE and one.answered == one.counted
    return (
        one.kind,
        f"{median(each.bare for each in one.rounds):,.0f}",
        f"{median(each.landing for each in one.rounds):,.0f}",
        f"{median(shares):.0%} ({shares[0]:.0%} to {shares[-1]:.0%})",
        "reached" if is_reached else "**missed**",
        f"{median(agains):.0%}",
        f"{one.counted:,} of {one.answered:,}",
    )


def section(found: Sequence[Cards]) -> list[str]:
    """The part of the report; nothing where nothing was measured."""
    if not found:
        return []
    lines = [
        "## Cards",
        "",
        f"Over {CONNECTIONS} connections that stay open, by one process on the same machine: the",
        "bare page, the page of a card by somebody else each time (over a thousand cards; the",
        "visit is committed before the answer), and by one who was there before. Each of "
        f"{ROUNDS} rounds asks for all over the same connections; the middle share counts.",
        "",
        "| database | bare, a second | /k/CODE, a second | share | ≥ half | seen before | counted |",  # noqa: E501
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [f"| {' | '.join(_cells(one))} |" for one in found]
    lines += [
        "",
        f"The funnel of {CARDS:,} cards, {VISITS:,} visits and {LEADS:,} times details left.",
        "",
        "| database | per | median, ms | 95 %, ms | ≤ 100 ms |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for one in found:
        for by, timing in one.funnels.items():
            reached = "reached" if timing.median <= FUNNEL_LIMIT else "**missed**"
            times = f"{milliseconds(timing.median)} | {milliseconds(timing.p95)}"
            lines.append(f"| {one.kind} | {by} | {times} | {reached} |")
    return [*lines, ""]
