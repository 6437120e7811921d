"""Matching pioneers with an event, and what was asked of them."""

from datetime import timedelta

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.contributions.actions import log
from pioneers.contributions.models import ContributionKind, LoggedBy
from pioneers.contributions.rules import Draft
from pioneers.events.models import EventStatus
from pioneers.events.waiting import waiting_events
from pioneers.planning import actions, queries
from pioneers.planning.models import RequestState
from pioneers.planning.rules import Availability, Load
from pioneers.planning.waits import WANTS_PIONEER
from pioneers.programmes.models import Programme
from tests.factories import make_programme
from tests.planning.scene import ask_one, make_evening, make_speaker


def test_a_match_knows_day_theme_distance_and_load(session: Session, running: Programme) -> None:
    evening = make_evening(session, running, theme="co_creation")
    near = make_speaker(session, running, "Bram", themes="co_creation", travels_km=40)
    busy = make_speaker(session, running, "Cora", themes="smarter_working", travels_km=5)
    make_evening(session, running, pioneers=[busy])
    make_evening(session, running, pioneers=[busy], status=EventStatus.CANCELLED)
    former = make_speaker(session, running, "Dirk", ended_on=clock.today())
    first, second = queries.matches(session, running, evening)
    assert (first.pioneer_id, second.pioneer_id) == (near.id, busy.id)
    assert former.id not in (first.pioneer_id, second.pioneer_id)
    assert (first.availability, first.has_theme, first.distance) == (Availability.FREE, True, 20)
    assert (second.availability, second.has_theme) == (Availability.CLASH, False)
    assert second.is_too_far
    assert second.load.planned == 1


def test_a_place_that_is_not_known_has_no_distance(session: Session, running: Programme) -> None:
    evening = make_evening(session, running, municipality_code=None)
    make_speaker(session, running, "Bram")
    (found,) = queries.matches(session, running, evening)
    assert found.distance is None


def test_the_load_of_a_year_counts_talks_and_answers(session: Session, running: Programme) -> None:
    bram = make_speaker(session, running, "Bram")
    evening, other = make_evening(session, running), make_evening(session, running, days=60)
    past = make_evening(session, running, days=-20, status=EventStatus.HELD, pioneers=[bram])
    actions.accept(
        session,
        programme=running,
        request=ask_one(session, running, evening, bram),
        actor_id=None,
    )
    actions.decline(
        session, programme=running, request=ask_one(session, running, other, bram), actor_id=None
    )
    counted = [Load()]
    for year in {evening.starts_at.year, past.starts_at.year, other.starts_at.year}:
        counted.append(queries.loads(session, running, year).get(bram.id, Load()))
    assert sum(one.held for one in counted) == 1
    assert sum(one.planned for one in counted) == 1
    assert sum(one.asked for one in counted) == 2
    assert sum(one.accepted for one in counted) == 1
    assert sum(one.declined for one in counted) == 1
    assert queries.loads(session, make_programme(session), clock.today().year) == {}


def test_the_load_weighs_other_contributions_and_requests_that_are_open(
    session: Session, running: Programme
) -> None:
    bram, cora = make_speaker(session, running, "Bram"), make_speaker(session, running, "Cora")
    evening = make_evening(session, running, days=3)
    log(
        session,
        programme=running,
        pioneer_id=bram.id,
        draft=Draft(kind=ContributionKind.ARTICLE, day=clock.today()),
        client_key="een",
        way=LoggedBy.PAGE,
        actor_id=None,
    )
    past = make_evening(session, running, days=-3)
    with clock.at(past.starts_at - timedelta(days=5)):  # what is past cannot become a yes
        ask_one(session, running, past, cora)
    for when in (3, 3):
        ask_one(session, running, make_evening(session, running, days=when), cora)
    off = make_evening(session, running, days=3)
    ask_one(session, running, off, cora)
    off.status = EventStatus.CANCELLED
    session.flush()
    done = queries.loads(session, running, clock.today().year)[bram.id]
    assert (done.besides, done.weight) == (1, 1)
    year = evening.starts_at.year
    waits = queries.loads(session, running, year)[cora.id]
    assert (waits.waiting, waits.weight) == (2, 2)
    if year == clock.today().year:
        first, second = queries.matches(session, running, evening)
        assert (first.pioneer_id, second.pioneer_id) == (bram.id, cora.id)


def test_the_same_number_of_queries_serves_one_pioneer_and_thirty(
    session: Session, running: Programme
) -> None:
    evening = make_evening(session, running)
    make_speaker(session, running, "Bram")
    few = _counted(session, running, evening)
    for number in range(29):
        pioneer = make_speaker(session, running, f"Pionier{number}")
        make_evening(session, running, pioneers=[pioneer])
    assert _counted(session, running, evening) == few


def _counted(session: Session, running: Programme, evening: object) -> int:
    session.flush()
    session.expire_all()
    running.id, evening.id  # noqa: B018 - loaded before counting
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    engine = session.get_bind().engine
    assert isinstance(engine, Engine)
    event.listen(engine, "before_cursor_execute", note)
    try:
        queries.matches(session, running, evening)  # type: ignore[arg-type]
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def test_what_waits_for_the_leader_is_counted(session: Session, running: Programme) -> None:
    make_evening(session, running, status=EventStatus.PROPOSED)
    wanting = make_evening(session, running, wants_pioneer=True)
    make_evening(session, running, days=-3, wants_pioneer=True)
    assert queries.proposals_waiting(session, running) == 1
    assert waiting_events(session, running, WANTS_PIONEER, most=9) == [wanting.id]
    bram = make_speaker(session, running, "Bram")
    actions.accept(
        session,
        programme=running,
        request=ask_one(session, running, wanting, bram),
        actor_id=None,
    )
    assert waiting_events(session, running, WANTS_PIONEER, most=9) == []


def test_the_requests_to_a_pioneer_come_with_what_hinders(
    session: Session, running: Programme
) -> None:
    bram = make_speaker(session, running, "Bram")
    make_evening(session, running, title="Elders", pioneers=[bram])
    ask_one(session, running, make_evening(session, running), bram)
    ask_one(session, running, make_evening(session, running, days=10), bram)
    first, second = queries.requests_to(session, running, bram.id)
    assert (first.availability, second.availability) == (Availability.FREE, Availability.CLASH)
    assert second.hindered_by[0].title == "Elders"
    assert first.distance == 20
    assert first.request.state == RequestState.OPEN
    assert second.event.starts_at - first.event.starts_at > timedelta(days=15)
