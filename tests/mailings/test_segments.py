"""Who is in a segment: only who confirmed, each person once, and each filter as it says."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.models import Person
from pioneers.events.attendance import record_attendance
from pioneers.events.rules import Present
from pioneers.fans.models import FanContact
from pioneers.mailings.rules import Segment
from pioneers.mailings.segments import count_readers, readers
from pioneers.programmes.models import Programme
from pioneers.subscriptions.models import Subscription, SubscriptionState
from tests.factories import make_company, make_event, make_fan, make_person, make_pioneer
from tests.subscriptions.scene import make_subscription


def emails(
    session: Session, programme: Programme, segment: Segment | None = None, theme: str = ""
) -> list[str]:
    """The addresses that it goes to."""
    chosen = segment or Segment()
    ids = list(session.scalars(readers(programme.id, chosen, theme)))
    assert count_readers(session, programme.id, chosen, theme) == len(ids)
    return sorted(session.get_one(Subscription, one).email for one in ids)


def reader(session: Session, programme: Programme, name: str, **company: Any) -> Person:
    """Somebody of a company who has news."""
    email = f"{name}@voorbeeld.example"
    made = make_person(session, programme, make_company(session, programme, **company), email=email)
    make_subscription(session, programme, email=email)
    return made


def test_only_who_confirmed_gets_it(session: Session, programme: Programme) -> None:
    make_subscription(session, programme, email="ja@voorbeeld.example")
    make_subscription(
        session,
        programme,
        email="wacht@voorbeeld.example",
        state=SubscriptionState.PENDING,
        confirmed_at=None,
    )
    make_subscription(
        session,
        programme,
        email="weg@voorbeeld.example",
        state=SubscriptionState.WITHDRAWN,
        withdrawn_at=clock.now(),
    )
    assert emails(session, programme) == ["ja@voorbeeld.example"]


def test_who_chose_themes_gets_these_and_general_news(
    session: Session, programme: Programme
) -> None:
    make_subscription(session, programme, email="alles@voorbeeld.example")
    make_subscription(session, programme, email="een@voorbeeld.example", themes="co_creation")
    assert len(emails(session, programme)) == 2
    assert len(emails(session, programme, theme="co_creation")) == 2
    assert emails(session, programme, theme="smarter_working") == ["alles@voorbeeld.example"]


def test_the_same_person_under_two_addresses_gets_one(
    session: Session, programme: Programme
) -> None:
    winner = reader(session, programme, "nieuw")
    loser = reader(session, programme, "oud")
    loser.merged_into_id = winner.id
    make_subscription(
        session,
        programme,
        email="prive@voorbeeld.example",
        person_id=loser.id,
        confirmed_at=clock.now() + timedelta(hours=1),
    )
    make_subscription(session, programme, email="een@voorbeeld.example")
    make_subscription(session, programme, email="twee@voorbeeld.example")
    assert emails(session, programme) == [
        "een@voorbeeld.example",
        "prive@voorbeeld.example",
        "twee@voorbeeld.example",
    ]


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        (Segment(sector="C"), ["maakt"]),
        (Segment(size="10-49"), ["maakt"]),
        (Segment(sector="C", size="250+"), []),
        (Segment(acted="not_yet"), ["maakt", "verkoopt"]),
        (Segment(acted="did"), []),
        (Segment(part="neither"), ["maakt", "verkoopt"]),
        (Segment(part="pioneer"), []),
    ],
)
def test_a_filter_keeps_who_fits(
    session: Session, programme: Programme, segment: Segment, expected: list[str]
) -> None:
    for name, sector, employees in (("maakt", "C", 20), ("verkoopt", "G", 3)):
        reader(session, programme, name, sector=sector, employees=employees)
    session.flush()
    found = emails(session, programme, segment)
    assert found == [f"{name}@voorbeeld.example" for name in expected]


def test_pioneers_fans_and_who_was_there(session: Session, programme: Programme) -> None:
    pioneer, guest = (reader(session, programme, name) for name in ("pionier", "gast"))
    make_pioneer(session, programme, person=pioneer)
    fan = make_fan(session, programme)
    session.add(FanContact(fan_id=fan.id, name="Fan", email="Fan@voorbeeld.example"))
    make_subscription(session, programme, email="fan@voorbeeld.example")
    event = make_event(session, programme)
    present = [Present(person_id=guest.id, company_id=None)]
    record_attendance(session, programme=programme, event=event, present=present, actor_id=None)
    assert emails(session, programme, Segment(part="pioneer")) == ["pionier@voorbeeld.example"]
    assert emails(session, programme, Segment(part="fan")) == ["fan@voorbeeld.example"]
    assert emails(session, programme, Segment(part="neither")) == ["gast@voorbeeld.example"]
    assert emails(session, programme, Segment(event=str(event.id))) == ["gast@voorbeeld.example"]
