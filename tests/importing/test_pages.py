"""A leader brings a list in, looks through it, adds it, and takes it back."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.events.models import Event
from pioneers.importing.models import AttendanceImport, ImportStatus
from pioneers.programmes.models import Programme
from pioneers.reach.models import Contact
from tests.client import log_in
from tests.factories import Personas, make_event
from tests.importing.files import HEADER, OLE, PEOPLE, people_csv, sheet_csv, sheet_xlsx


@pytest.fixture
def event(session: Session, programme: Programme) -> Event:
    return make_event(session, programme, title="Avond in Ommen")


@pytest.fixture
def leader(client: FlaskClient, personas: Personas) -> FlaskClient:
    log_in(client, personas.leader)
    return client


def upload(client: FlaskClient, event: Event, content: bytes, name: str = "lijst.csv"):
    return client.post(
        f"/p/overijssel/bijeenkomsten/{event.id}/lijst",
        data={"file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )


def newest(session: Session) -> AttendanceImport:
    session.expire_all()
    return session.scalars(select(AttendanceImport).order_by(AttendanceImport.id.desc())).first()


def test_a_list_is_looked_through_added_and_taken_back(leader, session, event) -> None:
    wrong = ["Wim", "ten", "Prins", "P", "wim@koster", "x"]
    answer = upload(leader, event, people_csv([*PEOPLE, wrong]))
    assert answer.status_code == 303
    page = leader.get(answer.location).text
    assert "Er is nog niets opgeslagen" in page
    assert "e-mailadres ‘wim@koster’ is niet compleet" in page
    assert "Bewust gemaakt gaat van 0 naar 3." in page
    assert session.scalars(select(Contact)).all() == []
    imported = newest(session)
    base = f"/p/overijssel/lijsten/{imported.id}"
    assert leader.get(f"{base}/rij/6").status_code == 200
    leader.post(f"{base}/rij/6", data={"cell-4": "wim@koster-proef.nl"})
    added = leader.post(f"{base}/toevoegen", follow_redirects=True).text
    assert "4 mensen zijn toegevoegd" in added
    assert len(session.scalars(select(Contact)).all()) == 4
    assert "al toegevoegd" in leader.post(f"{base}/toevoegen", follow_redirects=True).text
    assert "deelnames tellen dan niet meer mee" in leader.get(f"{base}/terugdraaien").text
    undone = leader.post(f"{base}/terugdraaien", follow_redirects=True).text
    assert "is teruggedraaid" in undone
    assert newest(session).status == ImportStatus.UNDONE


def test_a_pasted_list_with_a_new_event(leader, session, programme) -> None:
    answer = leader.post(
        "/p/overijssel/lijsten/nieuw",
        data={
            "event": "0",
            "title": "Ochtend",
            "day": "12-3-2017",
            "fan": "0",
            "pasted": "Naam\tBedrijf\nJan Mol\tMolbouw",
        },
    )
    assert answer.status_code == 303
    assert "1 persoon toevoegen" in leader.get(answer.location).text
    assert session.scalars(select(Event.title)).all() == ["Ochtend"]


def test_a_new_event_outside_the_programme_is_refused_at_its_day(leader, session) -> None:
    data = {"event": "0", "title": "X", "day": "12-3-2031", "fan": "0", "pasted": "Naam\nJan Mol"}
    answer = leader.post("/p/overijssel/lijsten/nieuw", data=data)
    assert answer.status_code == 422
    assert session.scalars(select(Event)).all() == []


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "leeg"),
        (OLE, "oud Excel-bestand"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (sheet_xlsx([HEADER, *PEOPLE])[:900], "niet compleet"),
        (b"%PDF-1.4", "geen lijst"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_at_the_field(
    leader, session, event, content: bytes, text: str
) -> None:
    answer = upload(leader, event, content)
    assert answer.status_code == 422
    assert text in answer.text
    assert newest(session) is None


def test_columns_are_chosen_when_none_is_recognised(leader, session, event) -> None:
    answer = upload(leader, event, sheet_csv([["Roos Akker", "Kwekerij"]]))
    assert answer.location.endswith("/kolommen")
    page = leader.get(answer.location).text
    assert "Roos Akker" in page
    chosen = {"column-0": "full_name", "column-1": "company"}
    check = leader.post(answer.location, data=chosen, follow_redirects=True).text
    assert "1 persoon toevoegen" in check
    twice = {"column-0": "full_name", "column-1": "full_name"}
    assert leader.post(answer.location, data=twice).status_code == 422


def test_another_sheet_can_be_read(leader, session, event) -> None:
    others = {"Deel 2": [HEADER, PEOPLE[0]]}
    upload(leader, event, sheet_xlsx([HEADER, *PEOPLE], others=others), "lijst.xlsx")
    imported = newest(session)
    assert imported.sheet == "Lijst"
    leader.post(
        f"/p/overijssel/lijsten/{imported.id}/opnieuw", data={"sheet": "Deel 2", "header_row": "1"}
    )
    assert newest(session).counts["new"] == 1


def test_refused_rows_can_be_downloaded_with_their_reason(leader, session, event) -> None:
    upload(leader, event, people_csv([["Wim", "ten", "Prins", "P", "wim@koster", "x"]]))
    address = f"/p/overijssel/lijsten/{newest(session).id}/geweigerd"
    assert "is niet compleet" in leader.get(address).get_data(as_text=True)
    assert leader.get(f"{address}?formaat=xlsx").data.startswith(b"PK")


def test_a_list_can_be_thrown_away(leader, session, event) -> None:
    upload(leader, event, people_csv())
    imported = newest(session)
    leader.post(f"/p/overijssel/lijsten/{imported.id}/weggooien")
    assert leader.get(f"/p/overijssel/lijsten/{imported.id}").status_code == 404


def test_a_stranger_finds_nothing_and_a_viewer_may_not(client, session, personas, event) -> None:
    log_in(client, personas.leader)
    upload(client, event, people_csv())
    address = f"/p/overijssel/lijsten/{newest(session).id}"
    log_in(client, personas.stranger)
    assert client.get(address).status_code == 404
    log_in(client, personas.viewer)
    assert client.get(address).status_code == 403
