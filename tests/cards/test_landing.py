"""Where a card leads, and what is counted."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.cards import actions
from pioneers.cards.jobs import forget_salts
from pioneers.cards.models import Card, Visit, VisitDay, VisitSalt
from pioneers.cards.rules import Owner, OwnerKind, Target
from pioneers.companies.models import Person
from pioneers.events.models import EventStatus
from pioneers.profiles.models import ProfileConsent
from pioneers.programmes.models import Programme
from tests import factories as make
from tests.cards.making import PHONE, make_public_pioneer, make_run, person, visit
from tests.client import log_in
from tests.factories import Personas


def days_of(session: Session) -> dict[str, int]:
    """The tallies of all runs and days together."""
    session.expire_all()
    names = ("scanned", "typed", "previews", "bots", "heads", "own")
    sums = [func.coalesce(func.sum(getattr(VisitDay, name)), 0) for name in names]
    return dict(zip(names, session.execute(select(*sums)).one(), strict=True))


@pytest.fixture
def card(session: Session, programme: Programme) -> Card:
    """A card of Hanna Bos."""
    return make_run(session, programme, make_public_pioneer(session, programme).id)[1][0]


def upcoming(
    session: Session, programme: Programme, title: str, days: int, **facts: object
) -> None:
    """A published event to come."""
    day = clock.now() + timedelta(days=days)
    make.make_event(
        session,
        programme,
        title=title,
        status=EventStatus.PLANNED,
        starts_at=day,
        ends_at=day + timedelta(hours=2),
        published_at=clock.now(),
        public_code=f"E{days:06}",
        **facts,
    )


def test_the_page_is_in_the_pioneers_name_and_sets_no_cookie(
    client: FlaskClient, card: Card
) -> None:
    answer = visit(client, f"/k/{card.code}?s")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Hanna Bos" in text
    assert "Wij luisteren nu naar de mensen" in text
    assert "Set-Cookie" not in answer.headers


def test_small_letters_are_as_good(client: FlaskClient, card: Card) -> None:
    assert visit(client, f"/k/{card.code.lower()}").status_code == 200


def test_a_scan_and_a_typed_address_are_told_apart(
    client: FlaskClient, session: Session, card: Card
) -> None:
    visit(client, f"/k/{card.code}?s")
    visit(client, f"/k/{card.code}", User_Agent=person(2))
    assert days_of(session)["scanned"] == 1
    assert days_of(session)["typed"] == 1
    session.refresh(card)
    assert (card.scanned, card.typed, card.first_visit_on) == (1, 1, clock.today())


def test_one_person_counts_once_an_hour(client: FlaskClient, session: Session, card: Card) -> None:
    now = clock.now().replace(minute=5)
    for minutes in (0, 10, 50, 60):
        with clock.at(now + timedelta(minutes=minutes)):
            visit(client, f"/k/{card.code}?s")
    assert sum(days_of(session).values()) == 2


def test_machines_previews_and_heads_are_counted_apart(
    client: FlaskClient, session: Session, card: Card
) -> None:
    visit(client, f"/k/{card.code}?s", User_Agent="WhatsApp/2.23.20.0")
    visit(client, f"/k/{card.code}?s", User_Agent="curl/8.5.0 something")
    client.head(f"/k/{card.code}?s", headers={"User-Agent": PHONE})
    expected = {"scanned": 0, "typed": 0, "previews": 1, "bots": 1, "heads": 1, "own": 0}
    assert days_of(session) == expected
    assert session.scalar(select(func.count(Visit.id))) == 0


def test_the_team_and_the_owner_are_not_counted_as_visitors(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas
) -> None:
    pioneer = make_public_pioneer(session, programme)
    found = session.get_one(Person, pioneer.person_id)
    found.email = "pionier@voorbeeld.example"
    card = make_run(session, programme, pioneer.id)[1][0]
    for user in (personas.leader, personas.pioneer, personas.stranger):
        log_in(client, user)
        visit(client, f"/k/{card.code}?s")
    assert days_of(session)["own"] == 2
    assert days_of(session)["scanned"] == 1


def test_many_scans_of_one_address_are_one_visit_and_many_names_are_a_machine(
    app: Flask, client: FlaskClient, session: Session, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pioneers.cards.visits.MOST_FROM_ONE", 5)
    for _ in range(20):
        visit(client, f"/k/{card.code}?s")
    assert days_of(session)["scanned"] == 1
    for number in range(20):
        visit(client, f"/k/{card.code}?s", User_Agent=person(number))
    assert days_of(session)["scanned"] == 5
    assert days_of(session)["bots"] == 16


def test_unknown_and_almost_right_codes_say_the_same(client: FlaskClient, card: Card) -> None:
    other = "Z" if card.code[0] != "Z" else "Y"
    answers = [
        visit(client, f"/k/{code}")
        for code in (other + card.code[1:], "AAAAAAB", "nonsense", "0" * 7, "x" * 300)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert card.code.encode() not in answers[0].data


def test_a_withdrawn_card_says_so_at_once(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, card: Card
) -> None:
    assert visit(client, f"/k/{card.code}").status_code == 200
    log_in(client, personas.leader)
    url = f"/p/{programme.slug}/kaartjes/{card.run_id}"
    answer = client.post(f"{url}/intrekken?kaartje={card.code}", data={"because": "Verloren"})
    assert answer.status_code == 303
    answer = visit(client, f"/k/{card.code}")
    assert answer.status_code == 410
    assert b"Hanna" not in answer.data
    client.post(f"{url}/terug?kaartje={card.code}")
    assert visit(client, f"/k/{card.code}").status_code == 200


def test_a_pioneer_who_left_leads_to_the_successor_else_to_the_programme(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    left = make.make_pioneer(session, programme)
    card = make_run(session, programme, left.id)[1][0]
    visit(client, f"/k/{card.code}")
    left.ended_on = date(2020, 1, 1)
    session.flush()
    assert programme.name.encode() in visit(client, f"/k/{card.code}").data
    left.successor_id = make_public_pioneer(session, programme).id
    session.flush()
    assert b"Hanna Bos" in visit(client, f"/k/{card.code}").data


def test_successors_in_a_circle_lead_to_the_programme(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    one = make.make_pioneer(session, programme, ended_on=date(2020, 1, 1))
    other = make.make_pioneer(session, programme, ended_on=date(2020, 1, 1), successor_id=one.id)
    one.successor_id = other.id
    card = make_run(session, programme, one.id)[1][0]
    assert programme.name.encode() in visit(client, f"/k/{card.code}").data


def test_the_next_events_are_the_pioneers_own_then_those_on_the_themes(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    pioneer = make_public_pioneer(session, programme, themes="co_creation")
    upcoming(session, programme, "Nog ongepubliceerd", 1)
    session.scalars(
        select(make.Event).where(make.Event.title == "Nog ongepubliceerd")
    ).one().published_at = None
    upcoming(session, programme, "Zomaar een avond", 2)
    upcoming(session, programme, "Samen vernieuwen", 3, theme="co_creation")
    upcoming(session, programme, "Hanna vertelt", 4, pioneers=[pioneer])
    session.flush()
    card = make_run(session, programme, pioneer.id)[1][0]
    text = visit(client, f"/k/{card.code}").get_data(as_text=True)
    places = [text.index(title) for title in ("Hanna vertelt", "Samen vern", "Zomaar een")]
    assert places == sorted(places)
    assert "Nog ongepubliceerd" not in text


def test_what_is_published_or_ends_shows_at_once(
    client: FlaskClient, session: Session, programme: Programme, card: Card
) -> None:
    visit(client, f"/k/{card.code}")
    upcoming(session, programme, "Pas gepubliceerd", 5)
    assert b"Pas gepubliceerd" in visit(client, f"/k/{card.code}").data
    consent = session.scalars(select(ProfileConsent)).one()
    consent.withdrawn_at = clock.now()
    session.flush()
    assert b"Hanna Bos" not in visit(client, f"/k/{card.code}").data


def test_printed_cards_lead_elsewhere_and_the_history_stays(
    client: FlaskClient, session: Session, programme: Programme, personas: Personas, card: Card
) -> None:
    visit(client, f"/k/{card.code}")
    upcoming(session, programme, "De grote dag", 9)
    event = session.scalars(select(make.Event).where(make.Event.title == "De grote dag")).one()
    log_in(client, personas.leader)
    url = f"/p/{programme.slug}/kaartjes/{card.run_id}"
    answer = client.post(
        f"{url}/bestemming", data={"target": f"event-{event.id}", "because": "Jaarcongres"}
    )
    assert answer.status_code == 303
    assert "<h1>De grote dag</h1>" in visit(client, f"/k/{card.code}").get_data(as_text=True)
    client.post(f"{url}/bestemming", data={"target": "own"})
    assert b"Hanna Bos" in visit(client, f"/k/{card.code}").data
    page = client.get(url).get_data(as_text=True)
    assert "Jaarcongres" in page


def test_cards_of_a_fan_and_of_an_event_lead_to_them(
    client: FlaskClient, session: Session, programme: Programme
) -> None:
    fan = make.make_fan(session, programme, name="Kring IJsseldal")
    card = make_run(session, programme, 0, owner=Owner(OwnerKind.FAN, fan.id))[1][0]
    assert b"Kring IJsseldal" in visit(client, f"/k/{card.code}").data
    event = make.make_event(session, programme, title="Lang geleden")
    card = make_run(session, programme, 0, owner=Owner(OwnerKind.EVENT, event.id))[1][0]
    assert programme.name.encode() in visit(client, f"/k/{card.code}").data


def test_yesterdays_salts_go(session: Session, client: FlaskClient, card: Card) -> None:
    visit(client, f"/k/{card.code}")
    session.add(VisitSalt(day=clock.today() - timedelta(days=1), salt=b"x" * 32))
    session.flush()
    assert forget_salts(session) == 1
    assert session.scalars(select(VisitSalt.day)).all() == [clock.today()]


def test_the_page_is_in_english_without_a_cookie(client: FlaskClient, card: Card) -> None:
    answer = visit(client, f"/k/{card.code}?s&taal=en")
    assert "You met Hanna Bos" in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers


def test_setting_the_same_destination_twice_is_setting_it_once(
    session: Session, programme: Programme
) -> None:
    pioneer = make_public_pioneer(session, programme)
    run, _cards = make_run(session, programme, pioneer.id)
    facts = {"run": run, "card": None, "because": "", "actor_id": None}
    other = make.make_pioneer(session, programme)
    target = Target(pioneer_id=other.id)
    assert actions.lead_to(session, target=target, **facts) is not None  # type: ignore[arg-type]
    assert actions.lead_to(session, target=target, **facts) is None  # type: ignore[arg-type]


def test_a_kept_page_is_sent_on_the_short_way_and_is_the_same(
    app: Flask, client: FlaskClient, session: Session, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = visit(client, f"/k/{card.code}?s")
    monkeypatch.setitem(app.view_functions, "cards.landing", lambda **_given: ("slow", 500))
    quick = visit(client, f"/k/{card.code.lower()}?s", User_Agent=person(7))
    assert quick.status_code == 200
    stamp = re.compile(rb'name="begun" value="[^"]+"')
    assert stamp.sub(b"", quick.data) == stamp.sub(b"", slow.data)
    own = {"Content-Length", "X-Request-Id"}
    assert {name for name, _value in quick.headers} - own == {
        name for name, _value in slow.headers
    } - own
    assert all(
        quick.headers[name] == slow.headers[name] for name in set(quick.headers.keys()) - own
    )
    assert days_of(session)["scanned"] == 2


def test_the_short_way_is_for_all_cards_of_a_run_but_those_that_lead_elsewhere(
    app: Flask, client: FlaskClient, session: Session, programme: Programme
) -> None:
    pioneer = make_public_pioneer(session, programme)
    run, (one, other, third, *_rest) = make_run(session, programme, pioneer.id)
    visit(client, f"/k/{one.code}")
    away = make.make_pioneer(session, programme)
    facts = {"run": run, "because": "", "actor_id": None}
    actions.lead_to(session, card=other, target=Target(pioneer_id=away.id), **facts)  # type: ignore[arg-type]
    actions.withdraw(session, run=run, card=third, because="Weg", actor_id=None)
    for _ in range(2):
        assert b"Hanna Bos" in visit(client, f"/k/{one.code}").data
        assert b"Hanna Bos" not in visit(client, f"/k/{other.code}").data
        assert visit(client, f"/k/{third.code}").status_code == 410
    actions.restore(session, run=run, card=third, actor_id=None)
    assert b"Hanna Bos" in visit(client, f"/k/{third.code}").data
    assert other.code.encode() in visit(client, f"/k/{other.code}").data
