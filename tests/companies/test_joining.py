"""Joining doubles, and taking that back in any order."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.merging import Kept, join_companies, join_people, undo_join
from pioneers.companies.models import Company, CompanyProfile, Doubt, PersonIdentity
from pioneers.companies.queries import companies_of_person, open_doubts, people_of_company
from pioneers.companies.rules import DoubtReason, Settlement, Subject
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.search.queries import find
from tests.factories import make_company, make_person

NOON = datetime(2018, 5, 1, 12, tzinfo=UTC)


def present(session: Session, company: Company) -> CompanyProfile:
    return session.scalars(
        select(CompanyProfile).where(
            CompanyProfile.company_id == company.id, CompanyProfile.known_to.is_(None)
        )
    ).one()


def doubt(session: Session, programme: Programme, one: int, other: int) -> Doubt:
    made = Doubt(
        programme_id=programme.id,
        subject=Subject.COMPANY,
        left_id=min(one, other),
        right_id=max(one, other),
        reason=DoubtReason.SAME_NAME,
        score=100,
        raised_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made


def join(session: Session, programme: Programme, loser: Company, winner: Company):  # type: ignore[no-untyped-def]
    return join_companies(session, programme=programme, loser=loser, winner=winner, actor_id=None)


def undo(session: Session, programme: Programme, merge) -> list[Kept]:  # type: ignore[no-untyped-def]
    return undo_join(session, programme=programme, merge=merge, actor_id=None)


def test_joining_fills_blanks_moves_profiles_and_answers_the_doubt(
    session: Session, programme: Programme
) -> None:
    winner = make_company(session, programme, name="Eshuis B.V.", employees=None)
    loser = make_company(
        session, programme, name="Bakkerij Oost", kvk_number="04894092", employees=30
    )
    asked = doubt(session, programme, winner.id, loser.id)
    person = make_person(session, programme, loser)
    merge = join(session, programme, loser, winner)
    session.refresh(asked)
    assert (winner.kvk_number, winner.employees) == ("04894092", 30)
    assert merge.taken_over["employees"] == [None, 30]
    assert present(session, loser).canonical_id == winner.id
    assert asked.settlement == Settlement.SAME
    assert [post.person.id for post in people_of_company(session, winner)] == [person.id]
    assert [post.company.id for post in companies_of_person(session, person)] == [winner.id]
    for text in ("bakkerij oost", "eshuis", "04894092"):
        hits = find(session, programme_id=programme.id, text=text)
        assert [hit.record_id for hit in hits if hit.kind == "company"] == [winner.id]


def test_what_was_known_before_the_joining_stays_known(
    session: Session, programme: Programme
) -> None:
    with clock.at(NOON):
        winner, loser = make_company(session, programme), make_company(session, programme)
    with clock.at(NOON + timedelta(days=1)):
        join(session, programme, loser, winner)
    old, new = session.scalars(
        select(CompanyProfile)
        .where(CompanyProfile.company_id == loser.id)
        .order_by(CompanyProfile.id)
    ).all()
    assert (old.canonical_id, old.known_to) == (loser.id, NOON + timedelta(days=1))
    assert (new.canonical_id, new.known_from) == (winner.id, NOON + timedelta(days=1))


@pytest.mark.parametrize("first_undone", [0, 1])
def test_joinings_are_taken_back_in_any_order(
    session: Session, programme: Programme, first_undone: int
) -> None:
    a, b, c = (make_company(session, programme) for _ in range(3))
    merges = [join(session, programme, b, a), join(session, programme, a, c)]
    session.refresh(b)
    assert (a.merged_into_id, b.merged_into_id) == (c.id, c.id)
    undo(session, programme, merges[first_undone])
    if first_undone == 0:
        assert (a.merged_into_id, b.merged_into_id) == (c.id, None)
    else:
        assert (a.merged_into_id, b.merged_into_id) == (None, a.id)
    undo(session, programme, merges[1 - first_undone])
    assert [one.merged_into_id for one in (a, b, c)] == [None, None, None]
    assert [present(session, one).canonical_id for one in (a, b, c)] == [a.id, b.id, c.id]


def test_taking_back_returns_what_is_still_as_it_was_and_names_the_rest(
    session: Session, programme: Programme
) -> None:
    winner = make_company(session, programme, employees=None)
    loser = make_company(session, programme, employees=30, kvk_number="04894092")
    merge = join(session, programme, loser, winner)
    winner.employees = 31
    kept = undo(session, programme, merge)
    assert kept == [Kept(winner.id, "employees", 31)]
    assert (winner.kvk_number, loser.kvk_number) == (None, "04894092")
    with pytest.raises(Refused):
        undo(session, programme, merge)


def test_a_number_that_another_company_took_meanwhile_is_given_up_and_named(
    session: Session, programme: Programme
) -> None:
    winner = make_company(session, programme, kvk_number="11111111")
    loser = make_company(session, programme, kvk_number="22222222")
    merge = join(session, programme, loser, winner)
    make_company(session, programme, kvk_number="22222222")
    assert undo(session, programme, merge) == [Kept(loser.id, "kvk_number", None)]
    assert loser.merged_into_id is None


def test_a_doubt_waits_again_when_the_joining_is_taken_back(
    session: Session, programme: Programme
) -> None:
    one, other = make_company(session, programme), make_company(session, programme)
    doubt(session, programme, one.id, other.id)
    merge = join(session, programme, other, one)
    assert open_doubts(session, programme, 1).total == 0
    undo(session, programme, merge)
    (row,) = open_doubts(session, programme, 1).items
    assert (row.left.name, row.right.name) == (one.name, other.name)


def test_people_are_joined_and_parted_with_their_history(
    session: Session, programme: Programme
) -> None:
    winner = make_person(session, programme, email=None, first_name="", initials="S.")
    loser = make_person(session, programme, email="sanne@bakker.example", first_name="Sanne")
    merge = join_people(session, programme=programme, loser=loser, winner=winner, actor_id=None)
    assert (winner.first_name, winner.email) == ("Sanne", "sanne@bakker.example")
    identity = session.scalars(select(PersonIdentity)).one()
    assert (identity.person_id, identity.canonical_id) == (loser.id, winner.id)
    assert undo(session, programme, merge) == []
    assert identity.known_to is not None
    assert (winner.first_name, winner.email, loser.merged_into_id) == ("", None, None)


def test_what_is_joined_already_cannot_be_joined_again(
    session: Session, programme: Programme
) -> None:
    one, other = make_company(session, programme), make_company(session, programme)
    join(session, programme, other, one)
    with pytest.raises(Refused):
        join(session, programme, other, one)
    with pytest.raises(Refused):
        join(session, programme, one, one)
