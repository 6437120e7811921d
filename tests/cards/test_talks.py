"""Which talk a visit follows: summed by the database as the rule says for each day."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from pioneers.cards.after_talks import talk_of, talks_of
from pioneers.cards.funnel import By, funnel_of
from pioneers.cards.models import VisitDay
from pioneers.cards.rules import Owner, OwnerKind
from pioneers.programmes.models import Programme
from tests import factories as make
from tests.cards.making import make_run

BEGIN = date(2017, 3, 1)
DAYS = st.integers(0, 60)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(talks=st.lists(st.lists(DAYS, max_size=5), min_size=2, max_size=2), visited=st.sets(DAYS))
def test_each_talk_gets_the_visits_of_its_own_days(
    session: Session, programme: Programme, talks: list[list[int]], visited: set[int]
) -> None:
    pioneers = [make.make_pioneer(session, programme) for _ in talks]
    events = set[int]()
    for pioneer, days in zip(pioneers, talks, strict=True):
        for day in days:
            spoken = {"day": BEGIN + timedelta(day), "pioneers": [pioneer]}
            events.add(make.make_event(session, programme, **spoken).id)
    event = make.make_event(session, programme, day=BEGIN)
    events.add(event.id)
    fan = make.make_fan(session, programme)
    owners = [Owner(OwnerKind.PIONEER, one.id) for one in pioneers] + [
        Owner(OwnerKind.PIONEER, pioneers[0].id),
        Owner(OwnerKind.EVENT, event.id),
        Owner(OwnerKind.FAN, fan.id),
    ]
    runs = [make_run(session, programme, 0, owner=owner, quantity=1)[0] for owner in owners]
    for number, run in enumerate(runs, 1):
        for day in visited:
            facts = {"day": BEGIN + timedelta(day), "scanned": number, "typed": 1}
            session.add(VisitDay(run_id=run.id, **facts))
    session.flush()
    expected: Counter[int] = Counter()
    known = talks_of(session, programme)
    for number, run in enumerate(runs, 1):
        for day in visited:
            talk = talk_of(known, run.pioneer_id, run.event_id, BEGIN + timedelta(day))
            if talk is not None:
                expected[talk[1]] += number + 1
    mine = {one.key: one.visits for one in funnel_of(session, programme, By.TALK).lines}
    assert {key: visits for key, visits in mine.items() if key in events} == expected
