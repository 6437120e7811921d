"""Offers that lapse, reminders, and what is deleted after its time."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.audit.models import AuditEntry
from pioneers.events.models import Event, EventStatus
from pioneers.mail.models import MailMessage, MailSwitch
from pioneers.programmes.models import Programme
from pioneers.registrations import actions, jobs
from pioneers.registrations.models import (
    EventQuestion,
    QuestionKind,
    Registration,
    RegistrationAnswer,
    RegistrationState,
)
from pioneers.registrations.rules import NEWS, REGISTRATION
from tests.registrations.conftest import Registers

DAY = timedelta(days=1)


def kinds(session: Session) -> list[str]:
    """The kinds of reminders in the outbox."""
    query = select(MailMessage.kind).where(MailMessage.kind.like("%reminder%"))
    return list(session.scalars(query.order_by(MailMessage.id)))


def test_the_worker_lets_offers_lapse_and_offers_to_the_next(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne, bram, cor = (registers(name, people=9) for name in ("anne", "bram", "cor"))
    actions.cancel_registration(session, programme=programme, event=event, registration=anne)
    assert jobs.offers(session) == 0
    with clock.at(clock.now() + timedelta(hours=49)):
        assert jobs.offers(session) == 2
        assert jobs.offers(session) == 0
    assert (bram.state, cor.state) == (RegistrationState.CANCELLED, RegistrationState.OFFERED)


def test_the_worker_notices_a_larger_room(
    registers: Registers, session: Session, event: Event
) -> None:
    registers("anne", people=9)
    bram = registers("bram", people=9)
    event.capacity = 20
    session.flush()
    assert jobs.offers(session) == 1
    assert bram.state == RegistrationState.OFFERED


def test_reminders_leave_a_week_and_a_day_before_and_never_twice(
    registers: Registers, session: Session, event: Event
) -> None:
    registers("anne", people=8)
    registers("bram", people=8)  # waits
    assert jobs.reminders(session) == 0
    with clock.at(event.starts_at - 7 * DAY + timedelta(minutes=1)):
        registers("cor")  # waits too; registered after the moment
        assert jobs.reminders(session) == 1
        assert jobs.reminders(session) == 0
    with clock.at(event.starts_at - DAY + timedelta(minutes=1)):
        assert jobs.reminders(session) == 1
    event.starts_at += 30 * DAY
    event.ends_at += 30 * DAY
    event.sequence += 1
    session.flush()
    for before in (7 * DAY, DAY):
        with clock.at(event.starts_at - before + timedelta(minutes=1)):
            assert jobs.reminders(session) == 0
    assert kinds(session) == ["registration.reminder_week", "registration.reminder_day"]


def test_somebody_who_is_in_early_takes_nobody_elses_reminder_away(
    registers: Registers, session: Session, event: Event
) -> None:
    registers("anne")
    event.status = EventStatus.HELD  # by the first who was let in
    session.flush()
    with clock.at(event.starts_at - DAY + timedelta(minutes=1)):
        assert jobs.reminders(session) == 1


def test_who_registers_within_the_week_gets_no_reminder_of_a_week(
    registers: Registers, session: Session, event: Event
) -> None:
    with clock.at(event.starts_at - 6 * DAY):
        registers("anne")
        assert jobs.reminders(session) == 0
    with clock.at(event.starts_at - DAY):
        assert jobs.reminders(session) == 1


def test_a_programme_can_switch_a_reminder_off(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    registers("anne")
    session.add(
        MailSwitch(programme_id=programme.id, kind="registration.reminder_week", is_on=False)
    )
    session.flush()
    with clock.at(event.starts_at - 7 * DAY):
        assert jobs.reminders(session) == 0
    with clock.at(event.starts_at - DAY):
        assert jobs.reminders(session) == 1


@pytest.fixture
def past(registers: Registers, session: Session, programme: Programme, event: Event) -> Event:
    """Anne came, Bram did not, Cor did not and wants news, Dirk cancelled."""
    question = EventQuestion(event_id=event.id, position=1, label="Dieet", kind=QuestionKind.TEXT)
    session.add(question)
    session.flush()
    answers = {question.id: "noten"}
    facts = {"phone": "+31612345678", "answers": answers}
    anne, _bram = registers("anne", **facts), registers("bram", **facts)
    registers("cor", consents=(REGISTRATION, NEWS), **facts)
    dirk = registers("dirk", **facts)
    actions.cancel_registration(session, programme=programme, event=event, registration=dirk)
    actions.mark_attended(session, registration=anne, person_id=None, company_id=None)
    return event


def kept(session: Session) -> dict[str, tuple[str, bool, bool]]:
    """By the first address: state, whether the name is kept, whether the address is."""
    session.expire_all()
    rows = session.scalars(select(Registration).order_by(Registration.id))
    names = ("anne", "bram", "cor", "dirk")
    return {
        name: (one.state.value, bool(one.name), bool(one.email and one.phone))
        for name, one in zip(names, rows, strict=True)
    }


def test_what_was_kept_long_enough_goes(session: Session, past: Event) -> None:
    with clock.at(past.ends_at + 13 * DAY):
        jobs.retention(session)
    assert len(session.scalars(select(RegistrationAnswer)).all()) == 4
    with clock.at(past.ends_at + 15 * DAY):
        jobs.retention(session)
    assert session.scalars(select(RegistrationAnswer)).all() == []
    assert kept(session)["bram"] == ("absent", True, True)
    with clock.at(past.ends_at + 31 * DAY):
        assert jobs.retention(session) > 0
        assert jobs.retention(session) == 0
    assert kept(session) == {
        "anne": ("attended", True, True),
        "bram": ("absent", True, False),
        "cor": ("absent", True, True),
        "dirk": ("cancelled", False, False),
    }
    with clock.at(past.ends_at + 731 * DAY):
        jobs.retention(session)
    assert kept(session)["bram"] == ("absent", False, False)
    assert kept(session)["cor"] == ("absent", True, True)
    logged = session.scalars(select(AuditEntry).where(AuditEntry.action == "registration.cleaned"))
    assert all(entry.actor_id is None and set(entry.details) == {"count"} for entry in logged)


def test_nobody_is_called_absent_where_presence_was_not_kept(
    registers: Registers, session: Session, event: Event
) -> None:
    anne = registers("anne")
    with clock.at(event.ends_at + 3 * DAY):
        jobs.retention(session)
    session.expire_all()
    assert anne.state == RegistrationState.REGISTERED
