"""Whatever happens in whatever order: seats add up, and nobody passes who waited longer."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.events.seats import check_capacity
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.registrations import actions, jobs, queries
from pioneers.registrations.models import HOLDS_SEATS, Registration
from pioneers.registrations.rules import PartyDraft
from tests.registrations.making import draft, make_open_event

STEPS = st.one_of(
    st.tuples(st.just("register"), st.integers(1, 5)),
    st.tuples(st.just("cancel"), st.integers(0, 20)),
    st.tuples(st.just("change"), st.integers(0, 20), st.integers(1, 5)),
    st.tuples(st.just("capacity"), st.none() | st.integers(1, 12)),
    st.tuples(st.just("confirm"), st.integers(0, 20)),
    st.tuples(st.just("lapse")),
)


class Play:
    """An event to which things happen."""

    def __init__(self, session: Session, programme: Programme) -> None:
        self.session, self.programme = session, programme
        self.event: Event = make_open_event(
            session, programme, capacity=6, ahead=timedelta(days=300)
        )
        self.leads: list[Registration] = []
        self.now = clock.now()

    def line(self) -> list[int]:
        """Who waits, in order, but for parties larger than the room."""
        limit = self.event.capacity
        parties = queries.waiting_parties(self.session, self.event)
        return [party for party, people in parties if limit is None or people <= limit]

    def do(self, step: tuple[object, ...]) -> None:
        """One step; refusals change nothing."""
        name, *rest = step
        waited = self.line()
        if name == "lapse":  # commits by itself
            self.lapse()
            self.check(waited)
            return
        try:
            with clock.at(self.now), self.session.begin_nested():
                getattr(self, str(name))(*rest)
        except Refused:
            pass
        self.session.expire_all()
        self.check(waited)

    def check(self, waited: list[int]) -> None:
        """The books are right, and who left the line for a seat stood at its head."""
        taken = self.session.scalar(
            select(func.sum(1 + Registration.guests)).where(
                Registration.event_id == self.event.id, Registration.state.in_(HOLDS_SEATS)
            )
        )
        assert self.event.seats_taken == (taken or 0)
        assert self.event.capacity is None or self.event.seats_taken <= self.event.capacity
        seated = [
            party
            for party in waited
            if self.session.get_one(Registration, party).state in HOLDS_SEATS
        ]
        still = set(self.line())
        for party in seated:
            passed = [other for other in waited if other < party and other in still]
            assert not passed

    def register(self, people: int) -> None:
        """Somebody comes."""
        given_draft = draft(f"n{len(self.leads)}", guests=people - 1)
        party = actions.register(
            self.session, programme=self.programme, event=self.event, draft=given_draft
        )
        self.leads.append(party[0])

    def cancel(self, number: int) -> None:
        """Somebody cancels."""
        if self.leads:
            lead = self.leads[number % len(self.leads)]
            actions.cancel_registration(
                self.session, programme=self.programme, event=self.event, registration=lead
            )

    def change(self, number: int, people: int) -> None:
        """A party changes."""
        if self.leads:
            lead = self.leads[number % len(self.leads)]
            actions.change_registration(
                self.session,
                programme=self.programme,
                event=self.event,
                registration=lead,
                draft=PartyDraft(guests=people - 1),
            )

    def capacity(self, capacity: int | None) -> None:
        """The host has another room."""
        check_capacity(capacity, seats_taken=self.event.seats_taken)
        self.event.capacity = capacity
        actions.promote(self.session, programme=self.programme, event=self.event)

    def confirm(self, number: int) -> None:
        """Somebody confirms."""
        if self.leads:
            lead = self.leads[number % len(self.leads)]
            actions.confirm_offer(
                self.session, programme=self.programme, event=self.event, registration=lead
            )

    def lapse(self) -> None:
        """Two days pass, and the worker comes by."""
        self.now += timedelta(days=2, minutes=1)
        with clock.at(self.now):
            jobs.offers(self.session)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@given(steps=st.lists(STEPS, min_size=1, max_size=14))
@settings(max_examples=60)
def test_any_sequence_keeps_seats_and_order(
    app: Flask, session: Session, programme: Programme, steps: list[tuple[object, ...]]
) -> None:
    with app.app_context():
        play = Play(session, programme)
        for step in steps:
            play.do(step)
