"""Whatever ways are combined, one person at one event makes one contact."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.models import Person
from pioneers.events.actions import correct_attendance
from pioneers.events.models import Event, EventStatus
from pioneers.importing.actions import stage, write
from pioneers.importing.reading.document import Limits
from pioneers.presence import queries
from pioneers.presence.actions import (
    Undone,
    check_in,
    check_in_unregistered,
    count_guests,
    undo_check_in,
)
from pioneers.presence.models import CheckIn, Way
from pioneers.presence.rules import Agreed, WalkIn
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Refused
from pioneers.reach.check import check
from pioneers.reach.models import Contact
from pioneers.reach.rules import VoidReason
from pioneers.registrations.models import Registration, RegistrationConsent, RegistrationState
from tests.importing.files import sheet_csv
from tests.presence.evening import DOORS, STARTS, make_registration

STATES = RegistrationState


@pytest.fixture(autouse=True)
def at_the_door() -> Iterator[None]:
    with clock.at(DOORS):
        yield


class Door:
    """What happens at the door of one evening."""

    def __init__(self, session: Session, programme: Programme, event: Event) -> None:
        self.session, self.programme, self.event = session, programme, event
        self.number = 0

    def key(self) -> str:
        self.number += 1
        return f"sleutel-{self.number:04d}"

    def let_in(self, who: Registration, way: Way = Way.TICKED, **facts: object):
        given = {"at": clock.now(), "client_key": self.key(), "by_user_id": None} | facts
        return check_in(
            self.session,
            programme=self.programme,
            event=self.event,
            registration=who,
            way=way,
            **given,
        )

    def walk_in(self, name: str, email: str | None = None, **facts: object):
        draft = WalkIn(name=name, company="Bakkerij Tak", email=email, agreed=AGREED)
        given = {"at": None, "client_key": self.key(), "by_user_id": None, "way": Way.SELF} | facts
        return check_in_unregistered(
            self.session, programme=self.programme, event=self.event, draft=draft, **given
        )

    def undo(self, key: str) -> Undone:
        return undo_check_in(
            self.session,
            programme=self.programme,
            event=self.event,
            client_key=key,
            by_user_id=None,
        )

    def contacts(self) -> list[Contact]:
        query = select(Contact).where(
            Contact.occasion_id == self.event.occasion_id, Contact.voided_at.is_(None)
        )
        return list(self.session.scalars(query.order_by(Contact.id)))

    def evidence(self) -> list[Evidence]:
        return [contact.evidence for contact in self.contacts()]

    def add_list(self, *people: list[str]) -> None:
        rows = [["Naam", "Bedrijf", "E-mailadres", "Aanwezig"], *people]
        imported = stage(
            self.session,
            programme=self.programme,
            event=self.event,
            source=io.BytesIO(sheet_csv(rows)),
            file_name="lijst.csv",
            limits=Limits(1_000_000, 100),
            actor_id=None,
        )
        assert write(
            self.session,
            programme=self.programme,
            event=self.event,
            imported=imported,
            actor_id=None,
        )


AGREED = (Agreed("check_in", "2026-11", "Ik geef mijn gegevens."),)


@pytest.fixture
def door(session: Session, lasting: Programme, evening: Event) -> Iterator[Door]:
    yield Door(session, lasting, evening)
    assert check(session, lasting) == []


def test_ticked_scanned_and_self_make_one_contact(session, evening, door: Door) -> None:
    who = make_registration(session, evening)
    assert door.let_in(who).since is None
    for way in (Way.SCANNED, Way.SELF, Way.TICKED):
        assert door.let_in(who, way).since == DOORS
    assert door.evidence() == [Evidence.CHECKED_IN]
    assert who.state == STATES.ATTENDED
    assert who.person_id == door.contacts()[0].person_id
    assert evening.status == EventStatus.HELD


def test_what_is_sent_twice_is_done_once(session, evening, door: Door) -> None:
    who = make_registration(session, evening)
    first = door.let_in(who, client_key="een-sleutel-van-de-telefoon")
    again = door.let_in(who, client_key="een-sleutel-van-de-telefoon")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.check_in is first.check_in
    assert len(session.scalars(select(CheckIn)).all()) == 1


def test_a_later_list_of_the_host_confirms_and_doubles_nothing(
    session, evening, door: Door
) -> None:
    who = make_registration(session, evening, name="Anne de Vries", company="Vries Bouw")
    door.let_in(who)
    door.walk_in("Joris Tak", "joris@tak.example")
    door.add_list(
        ["Anne de Vries", "Vries Bouw B.V.", who.email or "", "x"],
        ["Joris Tak", "Bakkerij Tak", "joris@tak.example", ""],
        ["Els Nieuw", "Nieuw B.V.", "els@nieuw.example", "x"],
    )
    assert sorted(door.evidence()) == ["checked_in", "confirmed", "listed"]
    assert len(session.scalars(select(Person)).all()) == 3


def test_who_is_on_an_earlier_list_is_confirmed_by_coming(session, evening, door: Door) -> None:
    who = make_registration(session, evening, name="Anne de Vries", company="Vries Bouw")
    door.add_list(["Anne de Vries", "Vries Bouw", who.email or "", "x"])
    door.let_in(who)
    assert door.evidence() == [Evidence.CONFIRMED]


def test_undoing_takes_the_contact_back(session, evening, door: Door) -> None:
    who = make_registration(session, evening)
    key = door.let_in(who).check_in.client_key
    assert door.undo(key) == Undone.GONE
    assert door.undo(key) == Undone.GONE
    assert door.evidence() == []
    assert who.state == STATES.REGISTERED
    voided = session.scalars(select(Contact)).one()
    assert voided.void_reason == VoidReason.NOT_PRESENT
    door.let_in(who)
    assert door.evidence() == [Evidence.CHECKED_IN]


def test_undoing_one_of_two_leaves_the_person_in(session, evening, door: Door) -> None:
    who = make_registration(session, evening)
    ticked = door.let_in(who).check_in.client_key
    scanned = door.let_in(who, Way.SCANNED).check_in.client_key
    assert door.undo(ticked) == Undone.STILL_IN
    assert (door.evidence(), who.state) == ([Evidence.CHECKED_IN], STATES.ATTENDED)
    assert door.undo(scanned) == Undone.GONE
    assert (door.evidence(), who.state) == ([], STATES.REGISTERED)


def test_a_list_of_the_host_outlives_an_undone_check_in(session, evening, door: Door) -> None:
    who = make_registration(session, evening, name="Anne de Vries", company="Vries Bouw")
    key = door.let_in(who).check_in.client_key
    door.add_list(["Anne de Vries", "Vries Bouw", who.email or "", "x"])
    assert door.undo(key) == Undone.STILL_LISTED
    assert (door.evidence(), who.state) == ([Evidence.CONFIRMED], STATES.ATTENDED)


def test_undoing_what_nobody_noted_changes_nothing(door: Door) -> None:
    assert door.undo("nooit-gezien-sleutel") == Undone.UNKNOWN


def test_after_a_correction_on_the_list_somebody_can_be_let_in_again(
    session, lasting, evening, door: Door
) -> None:
    who = make_registration(session, evening)
    door.let_in(who)
    line = queries.line_of(session, evening, who.person_id)
    correct_attendance(
        session,
        programme=lasting,
        event=evening,
        line=line,
        reason=VoidReason.NOT_PRESENT,
        actor_id=None,
    )
    door.let_in(who)
    assert door.evidence() == [Evidence.CHECKED_IN]


def test_colleagues_with_a_name_are_people_of_their_own(session, evening, door: Door) -> None:
    lead = make_registration(session, evening, name="Anne de Vries", company="Vries Bouw")
    other = make_registration(
        session, evening, name="Bram Kok", company="Vries Bouw", email=lead.email, lead_id=lead.id
    )
    door.let_in(lead, guests=2)
    door.let_in(other)
    assert len({contact.person_id for contact in door.contacts()}) == 2
    assert len({contact.company_id for contact in door.contacts()}) == 1
    room = queries.room(session, evening)
    assert (room.inside, room.came_along, room.heads) == (2, 2, 4)


def test_who_came_along_can_be_counted_again(session, lasting, evening, door: Door) -> None:
    who = make_registration(session, evening, guests=2)
    door.let_in(who, guests=2)
    door.let_in(who, Way.SCANNED)
    assert queries.room(session, evening).heads == 3
    count_guests(session, programme=lasting, event=evening, registration=who, guests=1)
    assert queries.room(session, evening).heads == 2
    with pytest.raises(Refused, match="guests_range"):
        count_guests(session, programme=lasting, event=evening, registration=who, guests=21)


@pytest.mark.parametrize("state", [STATES.WAITING, STATES.CANCELLED, STATES.ABSENT])
def test_who_held_no_seat_is_let_in_and_goes_back_where_they_were(
    session, evening, door: Door, state: RegistrationState
) -> None:
    who = make_registration(session, evening, state=state)
    key = door.let_in(who).check_in.client_key
    assert who.state == STATES.ATTENDED
    assert evening.seats_taken == (1 if state == STATES.ABSENT else 0)  # an absent one holds a seat
    door.undo(key)
    assert who.state == (STATES.REGISTERED if state == STATES.ABSENT else state)


def test_an_offered_seat_is_taken_by_coming(session, evening, door: Door) -> None:
    who = make_registration(session, evening, state=STATES.OFFERED, offered_until=STARTS)
    door.let_in(who)
    assert (who.state, who.offered_until) == (STATES.ATTENDED, None)


def test_who_walks_in_is_registered_with_what_they_agreed_to(session, evening, door: Door) -> None:
    evening.capacity, evening.seats_taken = 1, 1
    made = door.walk_in("Joris Tak", "Joris@tak.example").registration
    assert (made.state, made.email, made.company) == (
        STATES.ATTENDED,
        "joris@tak.example",
        "Bakkerij Tak",
    )
    consent = session.scalars(select(RegistrationConsent)).one()
    assert (consent.purpose, consent.wording) == ("check_in", "Ik geef mijn gegevens.")
    assert evening.seats_taken == 1
    assert door.evidence() == [Evidence.CHECKED_IN]


def test_an_undone_walk_in_leaves_no_seat_behind(evening, door: Door) -> None:
    noted = door.walk_in("Joris Tak")
    assert door.undo(noted.check_in.client_key) == Undone.GONE
    assert noted.registration.state == STATES.CANCELLED


def test_two_people_of_one_mailbox_are_two(session, evening, door: Door) -> None:
    first = make_registration(session, evening, name="Anne de Vries", company="Bakkerij Tak")
    door.let_in(first)
    door.walk_in("Bram Kok", first.email)
    door.walk_in("Cor Tak", first.email)
    assert len({contact.person_id for contact in door.contacts()}) == 3


def test_who_fills_in_the_form_although_registered_is_recognised(
    session, evening, door: Door
) -> None:
    who = make_registration(session, evening, name="Anne de Vries")
    noted = door.walk_in("A. de Vries", who.email)
    assert noted.registration is who
    assert len(door.contacts()) == 1


def test_the_same_walk_in_twice_is_one(session, door: Door) -> None:
    for _ in range(2):
        door.walk_in("Joris Tak", "joris@tak.example")
        door.walk_in("Els Zonder-Adres", None, way=Way.TICKED)
    assert len(session.scalars(select(Registration)).all()) == 2
    assert len(door.contacts()) == 2


def test_a_clock_that_cannot_be_right_is_not_believed(session, evening, door: Door) -> None:
    for wrong in (timedelta(hours=1), -timedelta(days=4)):
        noted = door.let_in(make_registration(session, evening), at=DOORS + wrong)
        assert noted.check_in.at == DOORS
    early = DOORS - timedelta(minutes=20)
    assert door.let_in(make_registration(session, evening), at=early).check_in.at == early


def test_nobody_comes_in_where_nothing_is_held(session, evening, door: Door) -> None:
    who = make_registration(session, evening)
    with clock.at(STARTS - timedelta(days=1)), pytest.raises(Refused, match="not_yet_held"):
        door.let_in(who)
    evening.status = EventStatus.CANCELLED
    session.flush()
    with pytest.raises(Refused, match="cancelled"):
        door.let_in(who)
    for key in ("kort", "x" * 41, "met spatie 123"):
        with pytest.raises(Refused, match="key_shape"):
            door.let_in(who, client_key=key)
