"""Appointing ahead, the certificate, days away beside an event, and who follows."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.ambassadors.actions import change_appointment, set_successor
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import count_active, list_pioneers, standing_in
from pioneers.ambassadors.rules import Standing
from pioneers.planning.actions import ask
from pioneers.planning.models import PioneerRequest
from pioneers.planning.queries import matches
from pioneers.planning.rules import Availability
from pioneers.profiles.actions import add_away
from pioneers.profiles.rules import Period
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.web.errors import NotFound
from tests.factories import make_pioneer, make_programme
from tests.planning.scene import at, day, make_evening

PIONEERS = "/p/overijssel/netwerk/pioniers"
FORM = {
    "name": "Bea Kroeze",
    "company": "Kroeze Bouw",
    "email": "bea@kroeze.example",
    "appointed_by": "Drs. M. de Voorbeeld",
    "appointed_at": "in het provinciehuis",
}


def test_an_appointment_may_lie_ahead(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    active = count_active(session, running, clock.today())
    answer = leader.post(f"{PIONEERS}/nieuw", data=FORM | {"appointed_on": day(20).isoformat()})
    assert answer.status_code == 303
    page = leader.get(answer.location).text
    assert "Wordt benoemd op" in page
    assert "Door Drs. M. de Voorbeeld" in page
    assert "Wordt benoemd" in leader.get("/p/overijssel/netwerk").text.replace("wordt", "Wordt")
    (row,) = [row for row in list_pioneers(session, running) if "Bea" in row.name]
    assert (row.standing, row.active) == (Standing.AHEAD, False)
    assert count_active(session, running, clock.today()) == active
    assert count_active(session, running, day(20)) == active + 1
    with clock.at(at(20, 8)):
        (row,) = [row for row in list_pioneers(session, running) if "Bea" in row.name]
        assert row.active


def test_a_year_that_was_mistyped_is_noticed(leader: FlaskClient) -> None:
    answer = leader.post(f"{PIONEERS}/nieuw", data=FORM | {"appointed_on": day(400).isoformat()})
    assert 'id="appointed_on-error"' in answer.text


def test_day_and_words_are_corrected(leader: FlaskClient, session: Session, anne: Pioneer) -> None:
    path = f"{PIONEERS}/{anne.id}/benoeming"
    data = {
        "appointed_on": day(-30).isoformat(),
        "appointed_by": "Mr. Z. Voorbeeld",
        "appointed_at": "op het podium",
        "version": "1",
    }
    assert leader.get(path).status_code == 200
    assert leader.post(path, data=data).status_code == 303
    assert leader.post(path, data=data).status_code == 200  # changed since
    session.refresh(anne)
    assert (anne.appointed_on, anne.appointed_by) == (day(-30), "Mr. Z. Voorbeeld")


def test_an_appointment_begins_before_it_ended(session: Session, running: Programme) -> None:
    former = make_pioneer(session, running, appointed_on=day(-90), ended_on=day(-9))
    facts = {"programme": running, "pioneer": former, "appointed_by": "", "appointed_at": ""}
    with pytest.raises(Refused, match="appointed_after_end"):
        change_appointment(session, appointed_on=day(-8), version=1, actor_id=None, **facts)
    with pytest.raises(Stale):
        change_appointment(session, appointed_on=day(-10), version=2, actor_id=None, **facts)


def test_an_appointment_that_does_not_take_place_is_ended_before_it_begins(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    soon = make_pioneer(session, running, appointed_on=day(20))
    path = f"{PIONEERS}/{soon.id}/einde"
    assert "Gaat die niet door" in leader.get(path).text
    for wrong in (day(19), day(21), day(0)):
        answer = leader.post(
            path, data={"ended_on": wrong.isoformat(), "reason": "other", "version": "1"}
        )
        assert 'id="ended_on-error"' in answer.text
    data = {"ended_on": day(20).isoformat(), "reason": "other", "successor": "0", "version": "1"}
    assert leader.post(path, data=data).status_code == 303
    (row,) = [row for row in list_pioneers(session, running) if row.id == soon.id]
    assert row.standing == Standing.FORMER
    assert count_active(session, running, day(25)) == 1  # anne


def test_who_leaves_is_followed(
    leader: FlaskClient, session: Session, running: Programme, anne: Pioneer
) -> None:
    heir = make_pioneer(session, running, appointed_on=day(-9))
    left = make_pioneer(session, running, appointed_on=day(-90), ended_on=day(-9))
    path = f"{PIONEERS}/{anne.id}/einde"
    page = leader.get(path).text
    assert f'value="{heir.id}"' in page
    assert f'value="{left.id}"' not in page
    data = {"ended_on": day(-1).isoformat(), "reason": "term_over", "version": "1"}
    assert leader.post(path, data=data | {"successor": str(left.id)}).status_code == 200
    assert leader.post(path, data=data | {"successor": str(heir.id)}).status_code == 303
    session.refresh(anne)
    assert (anne.ended_on, anne.successor_id) == (day(-1), heir.id)
    assert standing_in(session, anne.id, day(0)) == heir.id
    assert standing_in(session, anne.id, day(-2)) == anne.id
    assert "Opgevolgd door" in leader.get(f"{PIONEERS}/{anne.id}").text
    resumed = {"ended_on": "", "successor": str(heir.id), "version": str(anne.version)}
    assert leader.post(path, data=resumed).status_code == 303
    session.refresh(anne)
    assert (anne.ended_on, anne.successor_id) == (None, None)


def test_nobody_follows_themself_or_somebody_of_another_programme(
    session: Session, running: Programme, anne: Pioneer
) -> None:
    elsewhere = make_pioneer(session, make_programme(session))
    with pytest.raises(Refused, match="successor_unfit"):
        set_successor(session, programme=running, pioneer=anne, successor_id=anne.id, actor_id=None)
    with pytest.raises(NotFound):
        set_successor(
            session, programme=running, pioneer=anne, successor_id=elsewhere.id, actor_id=None
        )


def test_only_who_is_a_pioneer_that_day_is_matched_and_asked(
    app: Flask, session: Session, running: Programme, anne: Pioneer
) -> None:
    before = make_evening(session, running, days=10)
    after = make_evening(session, running, days=30)
    soon = make_pioneer(session, running, appointed_on=day(20))
    assert [one.pioneer_id for one in matches(session, running, before)] == [anne.id]
    assert {one.pioneer_id for one in matches(session, running, after)} == {anne.id, soon.id}
    with pytest.raises(Refused, match="pioneer_ahead"):
        ask(session, programme=running, event=before, pioneer_ids=[soon.id], actor_id=None)
    with app.app_context():
        assert ask(session, programme=running, event=after, pioneer_ids=[soon.id], actor_id=None)


def test_who_is_away_is_shown_so_and_asked_only_on_purpose(
    leader: FlaskClient, session: Session, running: Programme, anne: Pioneer
) -> None:
    free = make_pioneer(session, running, appointed_on=day(-9))
    event = make_evening(session, running, days=30)
    add_away(session, pioneer=anne, period=Period(day(28), day(30)), actor_id=None)
    found_matches = matches(session, running, event)
    assert [one.pioneer_id for one in found_matches] == [free.id, anne.id]
    assert found_matches[1].availability == Availability.AWAY
    path = f"/p/overijssel/bijeenkomsten/{event.id}/pioniers"
    assert "Afwezig" in leader.get(path).text.replace("afwezig", "Afwezig")
    warned = leader.post(path, data={"pioneer": str(anne.id), "message": "Kom!"})
    assert warned.status_code == 422
    assert "Anne Drost is afwezig van" in warned.text
    assert "Kom!" in warned.text
    assert session.scalars(select(PioneerRequest)).all() == []
    data = {"pioneer": str(anne.id), "message": "Kom!", "although_away": "y"}
    assert leader.post(path, data=data).status_code == 303
    assert session.scalars(select(PioneerRequest)).one().pioneer_id == anne.id


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_certificate_is_accessible_whatever_one_is_called(
    leader: FlaskClient, session: Session, anne: Pioneer, language: str
) -> None:
    leader.set_cookie("taal", language)
    for by in ("", "#panic() $x$ <b> \u202e 株式会社 " + "W" * 120):
        anne.appointed_by = by
        anne.appointed_at = by
        session.flush()
        answer = leader.get(f"{PIONEERS}/{anne.id}/plaquette.pdf")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
        assert b"pdfuaid" in answer.data
        assert answer.data.count(b"/Type /Page ") + answer.data.count(b"/Type/Page/") <= 1


def test_a_pioneer_has_the_own_certificate(own: FlaskClient, anne: Pioneer) -> None:
    assert own.get(f"{PIONEERS}/{anne.id}/plaquette.pdf").status_code == 200
