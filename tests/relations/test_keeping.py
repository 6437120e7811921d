"""What is not kept of prospects and relations, and what stays."""

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.ambassadors.actions import end_appointment
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.models import AuditEntry
from pioneers.companies.models import Person
from pioneers.fans.models import Fan
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason, Refused
from pioneers.relations import actions, notes
from pioneers.relations.attention import noted
from pioneers.relations.board import BoardFilters, cards
from pioneers.relations.cleaning import forget_person
from pioneers.relations.jobs import remind_steps, retention
from pioneers.relations.models import Introduction, Note, NoteKind, Prospect, Side, Stage
from pioneers.relations.rules import CLEARED, About, NoteDraft, Subject, Target, months_ago
from pioneers.search.queries import find
from tests.client import log_in
from tests.factories import Personas, make_company, make_fan, make_person, make_pioneer
from tests.planning.scene import at, day
from tests.relations.making import spot, write
from tests.relations.test_actions import join

BOARD = "/p/overijssel/netwerk/werving"


def month(months: int, days: int = 0) -> datetime:
    """Ten in the morning so many months (and days) from now."""
    there = months_ago(clock.today(), -months)
    return at((there - clock.today()).days + days, 10)


def end(session: Session, prospect: Prospect) -> None:
    actions.end_prospect(
        session,
        prospect=prospect,
        reason=EndReason.NO_TIME,
        remark="Ligt thuis overhoop",
        version=prospect.version,
        actor_id=None,
    )


def stop(session: Session, programme: Programme, pioneer: Pioneer) -> None:
    end_appointment(
        session,
        programme=programme,
        pioneer=pioneer,
        ended_on=clock.today(),
        reason=EndReason.NO_TIME,
        version=pioneer.version,
        actor_id=None,
    )


def knows(session: Session, programme: Programme, prospect: Prospect) -> None:
    notes.introduce(
        session,
        programme=programme,
        pioneer_id=make_pioneer(session, programme).id,
        target=Target.PROSPECT,
        target_id=prospect.id,
        remark="oud-collega",
        actor_id=None,
    )


def texts(session: Session) -> list[str]:
    return list(session.scalars(select(Note.text).order_by(Note.id)))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_so_many_months_ago_is_never_more_than_a_month_and_a_day_off(
    today: date, months: int
) -> None:
    there = months_ago(today, months)
    assert there.day <= today.day
    assert (today.year - there.year) * 12 + today.month - there.month == months
    assert there.day == today.day or months_ago(today, months + 1) < there


def test_of_who_did_not_join_nothing_is_left_after_the_term(
    session: Session, running: Programme
) -> None:
    prospect = spot(
        session,
        running,
        email="anne@vries.example",
        phone="+31612345678",
        found_through="tip van haar broer",
        municipality_code="GM0193",
    )
    knows(session, running, prospect)
    write(session, running, prospect, next_step="Bellen", due_on=day(2))
    end(session, prospect)
    with clock.at(month(12, -1)):
        assert retention(session) == 0
    assert prospect.email == "anne@vries.example"
    with clock.at(month(12)):
        assert retention(session) == 1
        assert retention(session) == 0
    facts = (prospect.name, prospect.company, prospect.contact_name, prospect.found_through)
    assert facts == (CLEARED, "", "", "")
    assert (prospect.email, prospect.phone, prospect.name_key) == (None, None, "")
    assert (prospect.stage, prospect.end_reason) == (Stage.ENDED, EndReason.NO_TIME)
    assert prospect.municipality_code == "GM0193"
    rows = session.scalars(select(Note).order_by(Note.id)).all()
    assert [(row.text, row.next_step, row.kind) for row in rows] == [
        ("", "", NoteKind.CALL),
        ("", "", NoteKind.MEMO),
    ]
    assert session.scalars(select(Introduction)).all() == []
    assert find(session, programme_id=running.id, text="anne") == []
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "relation.cleaned")).one()
    assert (entry.object_type, entry.object_id) == ("prospect", prospect.id)
    assert "anne" not in str(entry.details).lower()


def test_the_term_is_the_programmes_and_who_was_taken_up_again_is_kept(
    session: Session, running: Programme
) -> None:
    running.prospect_keep_months = 3
    gone, back, waiting = (spot(session, running, name=name) for name in ("An", "Bea", "Cor"))
    for one in (gone, back):
        end(session, one)
    actions.resume_prospect(session, prospect=back, version=back.version, actor_id=None)
    with clock.at(month(3)):
        assert retention(session) == 1
    assert [one.cleared_at is None for one in (gone, back, waiting)] == [False, True, True]


def test_what_is_cleared_cannot_be_taken_up_changed_or_noted_on(
    session: Session, running: Programme
) -> None:
    prospect = spot(session, running)
    note = write(session, running, prospect)
    end(session, prospect)
    with clock.at(month(12)):
        retention(session)
        with pytest.raises(Refused, match="cleared"):
            actions.resume_prospect(
                session, prospect=prospect, version=prospect.version, actor_id=None
            )
        with pytest.raises(Refused, match="cleared"):
            write(session, running, prospect)
        with pytest.raises(Refused, match="note_cleared"):
            notes.change_note(
                session,
                programme=running,
                note=note,
                draft=NoteDraft(NoteKind.CALL, clock.today(), "Toch weer"),
                version=note.version,
                actor_id=None,
            )
        (card,) = cards(session, running, Side.PIONEER, BoardFilters(), clock.today())
        assert (card.name, card.never_joined) == ("", True)


def test_notes_about_who_stopped_go_after_their_term_and_that_there_was_a_word_stays(
    session: Session, running: Programme
) -> None:
    prospect = spot(session, running, email="anne@vries.example")
    write(session, running, prospect, text="Wil meedoen")
    pioneer = join(session, running, prospect)
    about = About(Subject.PIONEER, pioneer.id)
    write(session, running, about, text="Kijkt tevreden terug")
    other = make_pioneer(session, running)
    write(session, running, About(Subject.PIONEER, other.id), text="Blijft")
    stop(session, running, pioneer)
    with clock.at(month(24, -1)):
        assert retention(session) == 0
    with clock.at(month(24)):
        assert retention(session) > 0
        assert retention(session) == 0
    assert texts(session) == ["", "", "Blijft"]
    assert (prospect.stage, prospect.email) == (Stage.JOINED, None)
    assert noted(session, running)[pioneer.id] == clock.today()


def test_a_fan_that_takes_part_again_keeps_its_notes(session: Session, running: Programme) -> None:
    stopped, back = (make_fan(session, running) for _ in range(2))
    for fan in (stopped, back):
        write(session, running, About(Subject.FAN, fan.id), text=f"Over {fan.id}")
        fan.is_active, fan.ended_on, fan.end_reason = False, clock.today(), EndReason.NO_TIME
    back.is_active, back.ended_on, back.end_reason = True, None, None
    session.flush()
    with clock.at(month(24)):
        assert retention(session) == 1
    assert texts(session) == ["", f"Over {back.id}"]
    assert session.get_one(Fan, stopped.id).end_reason == EndReason.NO_TIME


def test_erasing_a_person_reaches_the_notes_and_every_prospect_that_they_were(
    session: Session, running: Programme, personas: Personas
) -> None:
    company = make_company(session, running, name="Vries Metaal")
    name = {"first_name": "Anne", "infix": "de", "family_name": "Vries"}
    person = make_person(session, running, company, email="anne@vries.example", **name)
    pioneer = make_pioneer(session, running, company=company, person=person)
    note = write(
        session,
        running,
        About(Subject.PIONEER, pioneer.id),
        actor_id=personas.leader.id,
        next_step="Anne bellen",
        due_on=clock.today(),
    )
    remind_steps(session)
    by_name = spot(session, running)
    by_address = spot(session, running, name="A. de Vries", email="Anne@vries.example")
    namesake = spot(session, running, company="Een ander bedrijf")
    contact = spot(
        session,
        running,
        side=Side.FAN,
        name="Bakkerskring",
        company="",
        contact_name="Anne de Vries",
        email="anne@vries.example",
    )
    write(session, running, contact, text="Anne belde")
    assert forget_person(session, running, person) > 0
    for one in (by_name, by_address):
        assert (one.name, one.stage, one.end_reason) == (CLEARED, Stage.ENDED, EndReason.OTHER)
    assert (namesake.name, namesake.stage) == ("Anne de Vries", Stage.SPOTTED)
    assert (contact.name, contact.contact_name, contact.email) == ("Bakkerskring", "", None)
    assert contact.stage == Stage.SPOTTED
    assert texts(session) == ["", ""]
    assert (note.day, note.kind) == (clock.today(), NoteKind.CALL)
    mail = session.scalars(select(MailMessage).where(MailMessage.kind == "relations.due")).one()
    assert mail.status == MailStatus.WITHDRAWN


def test_whoever_was_erased_otherwise_is_found_by_the_job(
    session: Session, running: Programme
) -> None:
    pioneer = join(session, running, spot(session, running))
    write(session, running, About(Subject.PIONEER, pioneer.id), text="Vertelt over thuis")
    person = session.get_one(Person, pioneer.person_id)
    person.first_name = person.infix = person.family_name = person.name_key = ""
    person.email, person.erased_at = None, clock.now()
    session.flush()
    assert retention(session) > 0
    assert retention(session) == 0
    assert texts(session) == [""]
    assert session.scalars(select(Prospect.name)).all() == [CLEARED]


def test_the_page_of_who_was_cleared_says_what_stays(
    client: FlaskClient, session: Session, running: Programme, personas: Personas
) -> None:
    prospect = spot(session, running)
    write(session, running, prospect)
    end(session, prospect)
    log_in(client, personas.leader)
    path = f"{BOARD}/{prospect.id}"
    with clock.at(month(12)):
        retention(session)
    text = client.get(path).text
    assert "<h1>Verwijderd</h1>" in text
    assert "Geen tijd" in text
    assert "niet langer bewaard" in text
    assert "Weer oppakken" not in text
    assert "Iets noteren" not in text
    for page in ("einde", "wijzigen", "notitie", "toetreden"):
        assert client.get(f"{path}/{page}").status_code in (200, 302, 303)
    assert "Verwijderd" in client.get(f"{BOARD}?weergave=lijst").text
    form = {"name": "Anne", "responsible_id": "0", "municipality_code": ""}
    answer = client.post(f"{path}/wijzigen", data=form | {"version": str(prospect.version)})
    assert "niets meer bewaard" in answer.text
    assert "jaar daarna verwijderd" in client.get("/privacy").text
