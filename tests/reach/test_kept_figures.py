"""What is kept must follow from the records, whatever was done to the ledger, in any order."""

import contextlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.companies.actions import CompanyFacts
from pioneers.companies.identity import Claim
from pioneers.companies.models import Company, Merge
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.programmes.rules import Evidence, Refused
from pioneers.reach import actions, activations, changes, figures
from pioneers.reach.check import check
from pioneers.reach.intake import take_in
from pioneers.reach.models import Activation, Contact, Occasion, Tally
from pioneers.reach.rebuilding import rebuild
from pioneers.reach.rules import MEASURES, Channel, Dimension, NewContact, Scope, VoidReason
from tests.factories import (
    make_activation_kind,
    make_company,
    make_occasion,
    make_person,
    make_programme,
    make_user,
)

FIRST_DAY = date(2017, 1, 1)
NAMED = [evidence for evidence in Evidence if evidence != Evidence.HEADCOUNT]
small = st.integers(min_value=0, max_value=5)
days = st.integers(min_value=0, max_value=200).map(lambda n: FIRST_DAY + timedelta(days=n))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("attend"), small, small, st.sampled_from(NAMED)),
        st.tuples(st.just("talk"), small, small, days, st.sampled_from(NAMED)),
        st.tuples(st.just("heads"), small, st.one_of(st.none(), st.integers(0, 9))),
        st.tuples(st.just("void"), st.integers(0, 40)),
        st.tuples(st.just("move"), small, days),
        st.tuples(st.just("act"), small, small, days),
        st.tuples(st.just("take_back"), small),
        st.tuples(st.just("merge_companies"), small, small),
        st.tuples(st.just("merge_people"), small, small),
        st.tuples(st.just("undo_merge"), small),
        st.tuples(st.just("grow"), small, st.one_of(st.none(), st.integers(0, 300))),
        st.tuples(st.just("learn"), small, st.integers(0, 300)),
    ),
    min_size=1,
    max_size=14,
)


@dataclass
class World:
    """Six companies, six people and six occasions in which the steps are taken."""

    session: Session
    programme: Programme
    kind: ActivationKind
    users: list[User]
    companies: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)
    contacts: list[int] = field(default_factory=list)
    acts: list[Activation] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)

    def take(self, name: str, *facts: Any) -> None:
        """Take one step by its name."""
        getattr(self, name)(*facts)

    def attend(self, person: int, occasion: int, evidence: Evidence) -> None:
        room = self.occasions[occasion]
        there = self.session.query(Contact).filter_by(
            occasion_id=room.id, person_id=self.people[person], voided_at=None
        )
        if there.first() is None:
            self.record(room.day, person, person, evidence, room.id)

    def talk(self, person: int, company: int, day: date, evidence: Evidence) -> None:
        self.record(day, person, company, evidence, None)

    def record(
        self, day: date, person: int, company: int, evidence: Evidence, occasion: int | None
    ) -> None:
        contact = NewContact(
            day=day,
            channel=Channel.EVENT if occasion else Channel.CONVERSATION,
            evidence=evidence,
            person_id=self.people[person],
            company_id=self.companies[company],
            occasion_id=occasion,
        )
        self.contacts += actions.record_contacts(
            self.session, programme=self.programme, contacts=[contact], actor_id=None
        )

    def heads(self, occasion: int, number: int | None) -> None:
        actions.record_headcount(
            self.session,
            programme=self.programme,
            occasion=self.occasions[occasion],
            heads=number,
            actor_id=None,
        )

    def void(self, place: int) -> None:
        actions.void_contacts(
            self.session,
            programme=self.programme,
            contact_ids=self.contacts[place : place + 2],
            reason=VoidReason.NOT_PRESENT,
            actor_id=None,
        )

    def move(self, place: int, day: date) -> None:
        occasion = self.occasions[place]
        renewed = actions.change_occasion(
            self.session,
            programme=self.programme,
            occasion=occasion,
            day=day,
            label="moved",
            fan_id=None,
            pioneer_id=None,
            actor_id=None,
        )
        self.contacts += renewed.values()

    def act(self, company: int, person: int, day: date) -> None:
        activation = activations.propose_activation(
            self.session,
            programme=self.programme,
            company_id=self.companies[company],
            person_id=self.people[person],
            kind_id=self.kind.id,
            day=day,
            proof="minutes of the meeting",
            actor_id=self.users[0].id,
        )
        activations.verify_activation(
            self.session,
            programme=self.programme,
            activation=activation,
            actor_id=self.users[1].id,
        )
        self.acts.append(activation)

    def take_back(self, place: int) -> None:
        if place < len(self.acts) and self.acts[place].voided_at is None:
            activations.void_activation(
                self.session,
                programme=self.programme,
                activation=self.acts[place],
                reason=VoidReason.WRONG_DAY,
                actor_id=None,
            )

    def merge_companies(self, loser: int, winner: int) -> None:
        self.merge(changes.merge_companies, self.companies[loser], self.companies[winner])

    def merge_people(self, loser: int, winner: int) -> None:
        self.merge(changes.merge_people, self.people[loser], self.people[winner])

    def merge(self, action: Any, loser_id: int, winner_id: int) -> None:
        with contextlib.suppress(Refused):  # the same one, or merged already
            self.merges.append(
                action(
                    self.session,
                    programme=self.programme,
                    loser_id=loser_id,
                    winner_id=winner_id,
                    actor_id=None,
                )
            )

    def undo_merge(self, place: int) -> None:
        if place < len(self.merges) and self.merges[place].undone_at is None:
            changes.undo_merge(
                self.session, programme=self.programme, merge=self.merges[place], actor_id=None
            )

    def grow(self, place: int, employees: int | None) -> None:
        company = self.session.get_one(Company, self.companies[place])
        changes.change_company(
            self.session,
            programme=self.programme,
            company=company,
            facts=CompanyFacts(name=company.name, employees=employees, sector_code="62"),
            version=company.version,
            actor_id=None,
        )

    def learn(self, place: int, employees: int) -> None:
        """A list brings what was blank."""
        company = self.session.get_one(Company, self.companies[place])
        take_in(
            self.session,
            programme=self.programme,
            claims=[Claim(company_name=company.name, place="Ommen", employees=employees)],
            day=FIRST_DAY,
        )


def make_world(session: Session) -> World:
    programme = make_programme(session)
    world = World(
        session,
        programme,
        make_activation_kind(session, programme),
        [make_user(session), make_user(session)],
    )
    for number in range(6):
        company = make_company(session, programme, sector="ABC"[number % 3], employees=number * 3)
        world.companies.append(company.id)
        world.people.append(make_person(session, programme, company).id)
        day = FIRST_DAY + timedelta(days=30 * number)
        world.occasions.append(make_occasion(session, programme, day=day))
    return world


@settings(max_examples=60)
@given(taken=steps)
def test_kept_figures_follow_from_the_ledger_after_any_steps(
    session: Session, taken: list[tuple[Any, ...]]
) -> None:
    world = make_world(session)
    for step in taken:
        world.take(*step)
    assert check(session, world.programme) == []


@settings(max_examples=20)
@given(taken=steps)
def test_the_parts_of_every_breakdown_add_up_to_the_total(
    session: Session, taken: list[tuple[Any, ...]]
) -> None:
    world = make_world(session)
    for step in taken:
        world.take(*step)
    scope = figures.current_scope(world.programme, clock.today())
    total = figures.figures(session, world.programme, scope)
    for dimension in Dimension:
        rows = figures.breakdown(session, world.programme, scope, dimension).rows
        for measure in MEASURES:
            assert sum(getattr(row, measure) for _, row in rows) == getattr(total, measure)


@settings(max_examples=20)
@given(before=steps, after=steps)
def test_what_was_known_on_a_day_is_still_told_after_later_changes(
    session: Session, before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]
) -> None:
    world = make_world(session)
    for step in before:
        world.take(*step)
    day = clock.today()
    scope = figures.current_scope(world.programme, day)
    told = figures.figures(session, world.programme, scope)
    with clock.at(clock.now() + timedelta(days=3)):
        for step in after:
            world.take(*step)
        again = figures.figures(session, world.programme, Scope(as_of=scope.as_of, known_on=day))
    assert again == told


def test_rebuilding_ends_in_the_same_figures(session: Session) -> None:
    world = make_world(session)
    world.attend(1, 2, Evidence.LISTED)
    world.heads(2, 7)
    world.act(3, 3, FIRST_DAY)
    scope = figures.current_scope(world.programme, clock.today())
    told = figures.figures(session, world.programme, scope)
    rebuild(session, world.programme)
    assert check(session, world.programme) == []
    assert figures.figures(session, world.programme, scope) == told
    assert told.people == told.companies == 2
    assert told.unnamed_heads == 6


def test_the_check_reports_a_figure_that_does_not_follow(session: Session) -> None:
    world = make_world(session)
    world.attend(1, 2, Evidence.LISTED)
    session.execute(delete(Tally).where(Tally.dimension == Dimension.ALL))
    found = check(session, world.programme)
    assert {difference.what.split()[0] for difference in found} == {
        "participations",
        "people",
        "companies",
    }
