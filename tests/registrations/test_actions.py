"""Registering, cancelling, changing, confirming; seats and the waiting list."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event, EventStatus
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.registrations import actions, queries
from pioneers.registrations.models import (
    EventQuestion,
    QuestionKind,
    Registration,
    RegistrationAnswer,
    RegistrationConsent,
    RegistrationState,
)
from pioneers.registrations.rules import Colleague, PartyDraft
from tests.registrations.conftest import Registers
from tests.registrations.making import draft, make_open_event

REGISTERED, WAITING, OFFERED, CANCELLED, ATTENDED = (
    RegistrationState.REGISTERED,
    RegistrationState.WAITING,
    RegistrationState.OFFERED,
    RegistrationState.CANCELLED,
    RegistrationState.ATTENDED,
)


def mails(session: Session, kind: str = "") -> list[MailMessage]:
    """The outbox, oldest first; of one kind when asked."""
    query = select(MailMessage).order_by(MailMessage.id)
    if kind:
        query = query.where(MailMessage.kind == f"registration.{kind}")
    return list(session.scalars(query))


def cancel(session: Session, programme: Programme, event: Event, lead: Registration) -> bool:
    """The person cancels."""
    return actions.cancel_registration(session, programme=programme, event=event, registration=lead)


def test_a_party_registers_with_colleagues_by_name_and_without(
    within: Flask, session: Session, programme: Programme, event: Event
) -> None:
    party = actions.register(
        session,
        programme=programme,
        event=event,
        draft=draft(
            "anne",
            email="Anne@Voorbeeld.example",
            guests=2,
            colleagues=(Colleague("Bram"), Colleague("Çelik Yıldız")),
            kvk_number="01234567",
        ),
    )
    assert [one.name for one in party] == ["Anne", "Bram", "Çelik Yıldız"]
    assert [one.lead_id for one in party] == [None, party[0].id, party[0].id]
    assert {one.state for one in party} == {REGISTERED}
    assert party[0].email == "anne@voorbeeld.example"
    assert party[0].kvk_number == "01234567"
    assert event.seats_taken == 5
    (mail,) = mails(session, "confirmed")
    assert mail.to_address == "anne@voorbeeld.example"
    assert "Aantal personen: 5" in mail.text
    assert mail.calendar_method == "REQUEST"
    assert "METHOD:REQUEST" in (mail.calendar or "")
    (consent,) = session.scalars(select(RegistrationConsent))
    assert consent.purpose == "registration"
    assert consent.wording.startswith("Het programma en de gastheer")


def test_a_party_that_does_not_fit_as_a_whole_waits_as_a_whole(
    registers: Registers, session: Session, event: Event
) -> None:
    registers("anne", people=8)
    lead = registers("bram", people=3)
    alone = registers("cor")
    assert (lead.state, alone.state, event.seats_taken) == (WAITING, WAITING, 8)
    assert [mail.to_name for mail in mails(session, "waiting")] == ["Bram", "Cor"]
    assert all(mail.calendar is None for mail in mails(session, "waiting"))


def test_seats_that_come_free_are_offered_in_order(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    first, second = registers("anne", people=5), registers("bram", people=5)
    three, one, two = registers("cor", 3), registers("dirk"), registers("eva", people=2)
    cancel(session, programme, event, first)
    assert (three.state, one.state, two.state) == (OFFERED, OFFERED, WAITING)
    assert event.seats_taken == 9
    assert three.offered_until is not None
    assert timedelta(hours=47) < three.offered_until - clock.now() <= timedelta(hours=48)
    assert "Plaats bevestigen" in mails(session, "offered")[0].text
    cancel(session, programme, event, second)
    assert two.state == OFFERED
    assert event.seats_taken == 6


def test_with_less_than_a_day_left_a_seat_is_given_at_once(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    event.starts_at, event.ends_at = (
        clock.now() + timedelta(hours=20),
        clock.now() + timedelta(hours=22),
    )
    anne = registers("anne", people=9)
    bram = registers("bram", people=2)
    cancel(session, programme, event, anne)
    assert (bram.state, bram.offered_until) == (REGISTERED, None)
    (mail,) = mails(session, "promoted")
    assert mail.calendar_method == "REQUEST"


def test_an_offer_that_nobody_confirms_goes_to_the_next(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne, bram, cor = (registers(name, people=9) for name in ("anne", "bram", "cor"))
    cancel(session, programme, event, anne)
    with clock.at(clock.now() + timedelta(hours=49)):
        assert actions.expire_offers(session, programme=programme, event=event) == 1
        assert actions.promote(session, programme=programme, event=event) == 1
        assert (bram.state, cor.state) == (CANCELLED, OFFERED)
        with pytest.raises(Refused) as refused:
            actions.confirm_offer(session, programme=programme, event=event, registration=bram)
        assert refused.value.code == "offer_lapsed"
    assert [mail.to_name for mail in mails(session, "lapsed")] == ["Bram"]
    assert event.seats_taken == 9


def test_an_offer_is_confirmed_once(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne, bram = registers("anne", people=9), registers("bram", people=4)
    cancel(session, programme, event, anne)
    assert actions.confirm_offer(session, programme=programme, event=event, registration=bram)
    assert not actions.confirm_offer(session, programme=programme, event=event, registration=bram)
    assert (bram.state, bram.offered_until) == (REGISTERED, None)
    assert [mail.to_name for mail in mails(session, "confirmed")] == ["Anne", "Bram"]


def test_an_offer_too_late_cannot_be_confirmed_even_before_the_worker_comes_by(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne, bram = registers("anne", people=9), registers("bram", people=4)
    cancel(session, programme, event, anne)
    with clock.at(clock.now() + timedelta(hours=49)), pytest.raises(Refused):
        actions.confirm_offer(session, programme=programme, event=event, registration=bram)


def test_cancelling_twice_frees_seats_once_and_mails_once(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne = registers("anne", people=4)
    assert cancel(session, programme, event, anne)
    assert not cancel(session, programme, event, anne)
    assert event.seats_taken == 0
    (mail,) = mails(session, "cancelled")
    assert mail.calendar_method == "CANCEL"
    assert "STATUS:CANCELLED" in (mail.calendar or "")


def test_who_cancelled_can_register_again_and_is_last_in_line(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    registers("anne", people=9)
    bram = registers("bram", people=2)
    cor = registers("cor", people=2)
    cancel(session, programme, event, bram)
    again = registers("bram", people=2)
    assert again.id > cor.id
    assert again.state == WAITING


def test_the_same_address_registers_once_and_learns_nothing(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne = registers("anne")
    for _ in range(3):
        with pytest.raises(actions.AlreadyRegistered) as found:
            registers("anne", email="ANNE@voorbeeld.example", people=5)
        actions.remind_of_link(
            session, programme=programme, event=event, registration=found.value.registration
        )
    assert event.seats_taken == 1
    (mail,) = mails(session, "link")
    assert mail.to_address == anne.email


def test_a_party_grows_into_free_seats_that_nobody_waits_for(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne = registers("anne", people=2)

    def change(**facts: object) -> None:
        actions.change_registration(
            session,
            programme=programme,
            event=event,
            registration=anne,
            draft=PartyDraft(**facts),  # type: ignore[arg-type]
        )

    change(guests=1, colleagues=("Bram", "Cor"))
    assert [one.name for one in queries.party_of(session, anne)] == ["Anne", "Bram", "Cor"]
    assert event.seats_taken == 4
    codes = [one.code for one in queries.party_of(session, anne)]
    change(guests=0, colleagues=("Bram Bos", ""))
    assert [one.name for one in queries.party_of(session, anne)] == ["Anne", "Bram Bos"]
    assert [one.code for one in queries.party_of(session, anne)] == codes[:2]
    registers("dirk", people=8)
    assert event.seats_taken == 10
    with pytest.raises(Refused) as refused:
        change(guests=5, colleagues=("Bram Bos",))
    assert (refused.value.code, refused.value.field) == ("no_room", "people")
    waiting = registers("eva")
    change()
    assert (waiting.state, event.seats_taken) == (OFFERED, 10)


def test_who_waits_can_make_the_party_smaller_to_fit(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    registers("anne", people=8)
    bram = registers("bram", people=3)
    actions.change_registration(
        session, programme=programme, event=event, registration=bram, draft=PartyDraft(guests=1)
    )
    assert (bram.state, event.seats_taken) == (OFFERED, 10)


def test_a_larger_room_promotes_who_waits(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    registers("anne", people=9)
    bram, cor = registers("bram", people=9), registers("cor", people=9)
    event.capacity = 18
    assert actions.promote(session, programme=programme, event=event) == 1
    assert (bram.state, cor.state) == (OFFERED, WAITING)
    event.capacity = None
    assert actions.promote(session, programme=programme, event=event) == 1
    assert event.seats_taken == 27


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": EventStatus.CANCELLED}, "event_cancelled"),
        ({"published_at": None}, "event_hidden"),
        ({"status": EventStatus.PROPOSED}, "event_hidden"),
        ({"ahead": timedelta(minutes=-1)}, "event_begun"),
        ({"ahead": timedelta(days=-1)}, "event_past"),
    ],
)
def test_an_event_that_is_not_open_takes_nobody(
    within: Flask, session: Session, programme: Programme, facts: dict[str, object], code: str
) -> None:
    event = make_open_event(session, programme, **facts)
    with pytest.raises(Refused) as refused:
        actions.register(session, programme=programme, event=event, draft=draft("anne"))
    assert refused.value.code == code
    assert session.scalars(select(Registration)).all() == []


def test_nobody_is_promoted_to_an_event_that_is_off(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne, bram = registers("anne", people=9), registers("bram", people=9)
    event.status = EventStatus.CANCELLED
    cancel(session, programme, event, anne)
    assert bram.state == WAITING


def test_answers_and_their_questions(
    within: Flask, session: Session, programme: Programme, event: Event
) -> None:
    question = EventQuestion(
        event_id=event.id, position=1, label="Dieet", kind=QuestionKind.TEXT, is_required=True
    )
    session.add(question)
    session.flush()
    with pytest.raises(Refused) as refused:
        actions.register(session, programme=programme, event=event, draft=draft("anne"))
    assert refused.value.field == f"question_{question.id}"
    actions.register(
        session,
        programme=programme,
        event=event,
        draft=draft("bram", answers={question.id: "geen"}),
    )
    assert session.scalars(select(RegistrationAnswer.answer)).all() == ["geen"]
    by_host = actions.register(
        session, programme=programme, event=event, draft=draft("cor", consents=()), by_host=True
    )
    assert by_host[0].state == REGISTERED


def test_presence_marks_a_registration_and_its_undoing_restores_it(
    registers: Registers, session: Session, event: Event
) -> None:
    anne = registers("anne", people=9)
    bram = registers("bram", people=3)
    actions.mark_attended(session, registration=anne, person_id=None, company_id=None)
    actions.mark_attended(session, registration=bram, person_id=None, company_id=None)
    assert (anne.state, bram.state) == (ATTENDED, ATTENDED)
    assert event.seats_taken == 10  # no chairs that are not there
    actions.mark_not_attended(session, registration=anne)
    assert (anne.state, event.seats_taken) == (REGISTERED, 10)


def test_who_was_there_cannot_be_cancelled(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne = registers("anne")
    actions.mark_attended(session, registration=anne, person_id=None, company_id=None)
    with pytest.raises(Refused) as refused:
        cancel(session, programme, event, anne)
    assert refused.value.code == "has_attended"


def test_a_colleague_alone_can_be_cancelled(
    within: Flask, session: Session, programme: Programme, event: Event
) -> None:
    anne, bram = actions.register(
        session,
        programme=programme,
        event=event,
        draft=draft("anne", colleagues=(Colleague("Bram"),)),
    )
    cancel(session, programme, event, bram)
    assert (anne.state, bram.state, event.seats_taken) == (REGISTERED, CANCELLED, 1)
    assert mails(session, "cancelled") == []


def test_everybody_is_told_once_of_a_move_and_a_cancellation(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    registers("anne", people=9)
    registers("bram", people=9)
    event.sequence = 1
    for _ in range(2):
        assert actions.tell_moved(session, programme=programme, event=event) == 2
    assert [(m.to_name, m.calendar_method) for m in mails(session, "moved")] == [
        ("Anne", "REQUEST"),
        ("Bram", ""),
    ]
    event.sequence, event.status = 2, EventStatus.CANCELLED
    for _ in range(2):
        actions.tell_cancelled(session, programme=programme, event=event)
    assert [(m.to_name, m.calendar_method) for m in mails(session, "event_cancelled")] == [
        ("Anne", "CANCEL"),
        ("Bram", ""),
    ]
    assert "SEQUENCE:2" in (mails(session, "event_cancelled")[0].calendar or "")


def test_an_offer_does_not_outlast_an_event_that_moves_forward(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    anne, bram = registers("anne", people=9), registers("bram", people=9)
    cancel(session, programme, event, anne)
    event.starts_at = clock.now() + timedelta(hours=30)
    event.ends_at = event.starts_at + timedelta(hours=2)
    actions.tell_moved(session, programme=programme, event=event)
    assert bram.offered_until == event.starts_at - timedelta(hours=3) or (
        bram.offered_until is not None
        and abs(bram.offered_until - event.starts_at + timedelta(hours=3)) < timedelta(seconds=1)
    )
    event.starts_at = clock.now() + timedelta(hours=20)
    actions.tell_moved(session, programme=programme, event=event)
    assert (bram.state, bram.offered_until) == (REGISTERED, None)


def test_mail_names_and_addresses_cannot_break_out(
    within: Flask,
    session: Session,
    programme: Programme,
    event: Event,
) -> None:
    name = '<script>alert("x")</script>\r\nBcc: iemand@voorbeeld.example {link}'
    actions.register(
        session, programme=programme, event=event, draft=draft("anne", name=name[:160])
    )
    (mail,) = mails(session, "confirmed")
    assert "<script>" not in mail.html
    assert "\n" not in mail.subject
    assert "\nBcc:" not in (mail.calendar or "")
