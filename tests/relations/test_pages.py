"""Winning and keeping pioneers and fans, through the browser."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.events.models import EventStatus
from pioneers.fans.models import Fan
from pioneers.programmes.models import Programme
from pioneers.relations.models import Introduction, Note, Prospect, Side, Stage
from pioneers.relations.rules import About, Subject
from tests.client import log_in
from tests.factories import (
    Personas,
    make_company,
    make_event,
    make_fan,
    make_person,
    make_pioneer,
)
from tests.planning.scene import at, day, outbox
from tests.relations.making import spot, write

NETWORK = "/p/overijssel/netwerk"
BOARD = f"{NETWORK}/werving"


@pytest.fixture
def leader(client: FlaskClient, personas: Personas, running: Programme) -> FlaskClient:
    """The browser of the project leader, in a programme that runs."""
    log_in(client, personas.leader)
    return client


def test_a_pioneer_is_won_from_the_first_thought_to_the_appointment(
    leader: FlaskClient, session: Session
) -> None:
    form = {"name": "Anne de Vries", "company": "Vries Metaal", "responsible_id": "0"}
    made = leader.post(f"{BOARD}/nieuw", data=form | {"municipality_code": ""})
    assert made.status_code == 303
    page = made.location
    for version, stage in enumerate(("approached", "in_conversation", "agreed"), start=1):
        assert f'value="{stage}"' in leader.get(BOARD).text
        moved = leader.post(
            f"{page}/fase?van=bord&kant=pioneer", data={"to": stage, "version": version}
        )
        assert moved.location.endswith("netwerk/werving?kant=pioneer")
    assert f"{page}/toetreden" in leader.get(BOARD).text
    assert leader.get(f"{page}/toetreden").status_code == 200
    day_form = {"appointed_on": clock.today().isoformat(), "version": "4"}
    done = leader.post(f"{page}/toetreden", data=form | day_form)
    assert done.status_code == 303
    pioneer = session.scalars(select(Pioneer)).one()
    assert done.location.endswith(f"/pioniers/{pioneer.id}")
    assert leader.post(f"{page}/toetreden", data=form | day_form).status_code == 303
    assert len(session.scalars(select(Pioneer)).all()) == 1
    assert leader.get(page).status_code == 200


def test_nothing_is_made_of_a_pioneer_who_is_one_already(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    company = make_company(session, running, name="Vries Metaal")
    name = {"first_name": "Anne", "infix": "de", "family_name": "Vries"}
    person = make_person(session, running, company, email="anne@vries.example", **name)
    make_pioneer(session, running, company=company, person=person)
    prospect = spot(session, running)
    form = {
        "name": "Anne de Vries",
        "company": "Vries Metaal",
        "email": "anne@vries.example",
        "appointed_on": clock.today().isoformat(),
        "version": "1",
    }
    response = leader.post(f"{BOARD}/{prospect.id}/toetreden", data=form)
    assert 'id="name-error"' in response.text
    session.refresh(prospect)
    assert prospect.stage == Stage.SPOTTED


def test_an_organisation_becomes_a_fan(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    prospect = spot(session, running, side=Side.FAN, name="Bakkerskring", company="")
    form = {"name": "Bakkerskring", "kind": "bank", "municipality_code": "", "version": "1"}
    done = leader.post(
        f"{BOARD}/{prospect.id}/toetreden", data=form | {"contact_name": "Jan Hobert"}
    )
    fan = session.scalars(select(Fan)).one()
    assert done.location.endswith(f"/fans/{fan.id}")
    assert "Jan Hobert" in leader.get(done.location).text
    assert "Bakkerskring" in leader.get(f"{BOARD}?kant=fan&weergave=lijst&fase=active").text


def test_who_was_changed_meanwhile_is_not_moved(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    prospect = spot(session, running)
    path = f"{BOARD}/{prospect.id}"
    leader.post(f"{path}/fase", data={"to": "approached", "version": "1"})
    leader.post(f"{path}/fase", data={"to": "agreed", "version": "1"})
    for wrong in ("joined", "ended", "weg", ""):
        leader.post(f"{path}/fase", data={"to": wrong, "version": "2"})
    session.refresh(prospect)
    assert prospect.stage == Stage.APPROACHED
    form = {"name": "Ander", "responsible_id": "0", "municipality_code": "", "version": "1"}
    assert leader.post(f"{path}/wijzigen", data=form).status_code == 200
    assert leader.post(f"{path}/wijzigen", data=form | {"version": "2"}).status_code == 303


def test_ending_asks_the_reason_and_it_can_be_taken_up_again(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    prospect = spot(session, running)
    path = f"{BOARD}/{prospect.id}"
    assert 'id="reason-error"' in leader.post(f"{path}/einde", data={"version": "1"}).text
    form = {"reason": "no_time", "remark": "Volgend jaar", "version": "1"}
    assert leader.post(f"{path}/einde", data=form).status_code == 303
    assert "Volgend jaar" in leader.get(path).text
    assert "Geen tijd" in leader.get(BOARD).text
    assert leader.post(f"{path}/hervatten", data={"version": "2"}).status_code == 303
    session.refresh(prospect)
    assert prospect.stage == Stage.SPOTTED


@pytest.mark.parametrize("subject", [*Subject])
def test_a_note_with_a_step_is_done_in_one_press(
    leader: FlaskClient,
    session: Session,
    running: Programme,
    personas: Personas,
    subject: Subject,
) -> None:
    makers = {
        Subject.PROSPECT: lambda: f"werving/{spot(session, running).id}",
        Subject.PIONEER: lambda: f"pioniers/{make_pioneer(session, running).id}",
        Subject.FAN: lambda: f"fans/{make_fan(session, running).id}",
    }
    page = f"{NETWORK}/{makers[subject]()}"
    form = {
        "kind": "call",
        "day": day(-4).isoformat(),
        "text": "Sprak over <script>alert(1)</script>",
        "next_step": "Bellen over mei",
        "due_on": day(-1).isoformat(),
        "responsible_id": str(personas.leader.id),
    }
    wrong = leader.post(f"{page}/notitie", data=form | {"next_step": ""})
    assert 'id="next_step-error"' in wrong.text
    assert leader.post(f"{page}/notitie", data=form).status_code == 303
    text = leader.get(page).text
    assert "&lt;script&gt;" in text
    assert "Bellen over mei" in leader.get(f"{NETWORK}/afspraken").text
    note = session.scalars(select(Note)).one()
    for _ in range(2):
        done = leader.post(f"{NETWORK}/afspraken/{note.id}/gedaan?van=mij")
        assert done.status_code == 303
    leader.get(NETWORK)  # what was said of the press before
    assert "Bellen over mei" not in leader.get(f"{NETWORK}/afspraken?van=allen").text
    session.refresh(note)
    assert note.done_by_id == personas.leader.id


def test_a_note_is_changed_and_removed(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    note = write(session, running, spot(session, running))
    path = f"{NETWORK}/notities/{note.id}"
    form = {"kind": "memo", "day": day(0).isoformat(), "text": "Anders", "responsible_id": "0"}
    assert leader.get(path).status_code == 200
    assert leader.post(path, data=form | {"version": "1"}).status_code == 303
    stale = leader.post(path, data=form | {"kind": "mail", "version": "1"})
    assert "Notitie voor onszelf" in stale.text
    assert leader.post(f"{path}/verwijderen").status_code == 303
    assert session.scalars(select(Note)).all() == []


def test_who_knows_whom_shows_on_both_pages(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    person = make_person(session, running, family_name="Oosterhof")
    pioneer = make_pioneer(session, running, person=person)
    fan = make_fan(session, running, name="Bakkerskring")
    company = make_company(session, running, name="Bos Techniek")
    new = f"{NETWORK}/introducties/nieuw"
    to_fan = {"pioneer_id": pioneer.id, "target": f"fan-{fan.id}", "remark": "oud-collega"}
    done = leader.post(f"{new}?fan={fan.id}", data=to_fan)
    assert "Oosterhof" in leader.get(done.location).text
    assert 'id="target-error"' in leader.post(f"{new}?fan={fan.id}", data=to_fan).text
    by_name = {"pioneer_id": pioneer.id, "target": "", "company": "Bos Techniek"}
    done = leader.post(f"{new}?pionier={pioneer.id}", data=by_name)
    assert "Bos Techniek" in leader.get(done.location).text
    assert "Oosterhof" in leader.get(f"/p/overijssel/bedrijven/{company.id}").text
    nobody = leader.post(new, data={"pioneer_id": "0", "target": "", "company": ""})
    assert 'id="pioneer_id-error"' in nobody.text
    for one in session.scalars(select(Introduction.id)).all():
        gone = leader.post(f"{NETWORK}/introducties/{one}/verwijderen?van=ander")
        assert gone.status_code == 303
    assert session.scalars(select(Introduction)).all() == []


def test_a_talk_is_thanked_for_and_stands_there_no_more(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    pioneer = make_pioneer(session, running, appointed_on=day(-20))
    other = make_pioneer(session, running, appointed_on=day(-20))
    facts = {"status": EventStatus.HELD, "starts_at": at(-2), "ends_at": at(-2, 22)}
    event = make_event(session, running, title="Avond in Olst", pioneers=[pioneer], **facts)
    assert "Avond in Olst" in leader.get(f"{NETWORK}/aandacht").text
    path = f"{NETWORK}/pioniers/{pioneer.id}/bedanken?bijeenkomst={event.id}"
    assert "Avond in Olst" in leader.get(path).text
    for _ in range(2):
        done = leader.post(path, data={"message": "Dank voor de avond", "way": "mail"})
        assert done.status_code == 303
    assert len(outbox(session, "relations.thanks")) == 1
    assert "Avond in Olst" not in leader.get(f"{NETWORK}/aandacht").text
    assert "Dank voor de avond" in leader.get(f"{NETWORK}/pioniers/{pioneer.id}").text
    theirs = f"{NETWORK}/pioniers/{other.id}/bedanken?bijeenkomst={event.id}"
    assert leader.get(theirs).status_code == 404


def test_the_dashboard_says_who_deserves_a_word(
    leader: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    pioneer = make_pioneer(session, running, appointed_on=day(-100))
    write(
        session,
        running,
        About(Subject.PIONEER, pioneer.id),
        actor_id=personas.leader.id,
        day=day(-80),
        next_step="Bellen",
        due_on=day(-3),
    )
    text = leader.get("/p/overijssel/").text
    assert f"{NETWORK}/aandacht" in text
    assert f"{NETWORK}/afspraken" in text


def test_the_viewer_sees_neither_notes_nor_the_board(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    pioneer = make_pioneer(session, running)
    write(session, running, About(Subject.PIONEER, pioneer.id), text="Geheim gesprek")
    log_in(client, personas.viewer)
    assert "Geheim gesprek" not in client.get(f"{NETWORK}/pioniers/{pioneer.id}").text
    assert client.get(BOARD).status_code == 403


def test_a_prospect_of_another_programme_does_not_exist(
    leader: FlaskClient, session: Session, personas: Personas
) -> None:
    there = personas.elsewhere
    prospect, pioneer = spot(session, there), make_pioneer(session, there)
    assert leader.get(f"{BOARD}/{prospect.id}").status_code == 404
    company = make_company(session, there)
    new = f"{NETWORK}/introducties/nieuw"
    assert leader.get(f"{new}?bedrijf={company.id}").status_code == 404
    form = {"pioneer_id": pioneer.id, "target": f"prospect-{prospect.id}"}
    assert leader.post(new, data=form).status_code == 200
    assert session.scalars(select(Introduction)).all() == []
    assert session.scalars(select(Prospect.version)).all() == [1]


def test_a_fan_ends_on_a_day_for_a_reason_and_takes_part_again(
    leader: FlaskClient, session: Session, running: Programme
) -> None:
    fan = make_fan(session, running)
    path = f"{NETWORK}/fans/{fan.id}/einde"
    form = {"ended_on": day(-1).isoformat(), "reason": "", "version": "1"}
    assert 'id="reason-error"' in leader.post(path, data=form).text
    ahead = {"ended_on": day(1).isoformat(), "reason": "no_time"}
    assert 'id="ended_on-error"' in leader.post(path, data=form | ahead).text
    assert leader.post(path, data=form | {"reason": "no_time"}).status_code == 303
    assert "Geen tijd" in leader.get(f"{NETWORK}/fans/{fan.id}").text
    assert leader.post(path, data=form | {"ended_on": "", "version": "2"}).status_code == 303
    session.refresh(fan)
    assert (fan.is_active, fan.ended_on, fan.end_reason) == (True, None, None)
