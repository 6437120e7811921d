"""Adding and changing one company or person at a time."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.companies.actions import (
    CompanyFacts,
    PersonFacts,
    add_company,
    add_person,
    change_company,
    change_person,
    settle_doubt,
)
from pioneers.companies.models import CompanyProfile, Doubt
from pioneers.companies.queries import (
    count_open_doubts,
    get_company,
    get_person,
    open_doubts,
)
from pioneers.companies.rules import Settlement
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale, Verdict
from pioneers.search.queries import find
from pioneers.web.errors import NotFound
from tests.factories import make_company, make_person, make_programme

DAY = date(2018, 5, 1)


def test_an_added_company_can_be_found_and_a_like_one_is_doubted(
    session: Session, programme: Programme
) -> None:
    known = make_company(session, programme, name="Eshuis B.V.")
    added = add_company(
        session, programme=programme, draft=CompanyFacts("Eshuis Groep", employees=8), actor_id=None
    )
    assert added.target_verdict == Verdict.YES
    (row,) = open_doubts(session, programme, 1).items
    assert (row.left.id, row.right.id) == (known.id, added.id)
    hits = find(session, programme_id=programme.id, text="eshuis gr")
    assert [hit.record_id for hit in hits] == [added.id]


def test_a_number_belongs_to_one_company(session: Session, programme: Programme) -> None:
    known = make_company(session, programme, kvk_number="04894092")
    draft = CompanyFacts("Eshuis", kvk_number="04894092")
    with pytest.raises(Refused) as refused:
        add_company(session, programme=programme, draft=draft, actor_id=None)
    assert (refused.value.code, refused.value.field) == ("kvk_taken", "kvk_number")
    assert refused.value.params["company_id"] == known.id


def test_the_second_of_two_who_change_a_company_is_told(
    session: Session, programme: Programme
) -> None:
    company = make_company(session, programme, name="Eshuis")
    facts = CompanyFacts("Eshuis", employees=300)
    change_company(
        session, programme=programme, company=company, facts=facts, version=1, actor_id=None
    )
    assert (company.version, company.target_verdict) == (2, Verdict.NO)
    profiles = session.scalars(select(CompanyProfile).order_by(CompanyProfile.id)).all()
    assert [profile.size_class for profile in profiles] == ["10-49", "250+"]
    with pytest.raises(Stale) as stale:
        change_company(
            session, programme=programme, company=company, facts=facts, version=1, actor_id=None
        )
    assert stale.value.current is company


def test_an_added_person_works_at_the_company_and_is_not_added_twice(
    session: Session, programme: Programme
) -> None:
    company = make_company(session, programme)
    draft = PersonFacts("Koster", first_name="Marieke", email="m@koster.example")
    first, second = (
        add_person(
            session, programme=programme, draft=draft, company=company, day=DAY, actor_id=None
        )
        for _ in range(2)
    )
    assert first.made_person
    assert not second.made_person
    assert second.person_id == first.person_id
    with pytest.raises(Refused):
        add_person(
            session,
            programme=programme,
            draft=PersonFacts(" "),
            company=None,
            day=DAY,
            actor_id=None,
        )


def test_a_changed_person_is_found_under_the_new_name(
    session: Session, programme: Programme
) -> None:
    person = make_person(session, programme)
    facts = PersonFacts("Hofsté", first_name="Zoë", email="zoe@hofste.example")
    change_person(
        session, programme=programme, person=person, facts=facts, version=1, actor_id=None
    )
    (hit,) = find(session, programme_id=programme.id, text="hofste zo")
    assert (hit.record_id, hit.title) == (person.id, "Zoë Hofsté")


def test_an_answered_doubt_no_longer_waits(session: Session, programme: Programme) -> None:
    make_company(session, programme, name="Eshuis")
    add_company(session, programme=programme, draft=CompanyFacts("Eshuis"), actor_id=None)
    doubt = session.scalars(select(Doubt)).one()
    answer = {"programme": programme, "doubt": doubt, "actor_id": None}
    settle_doubt(session, settlement=Settlement.DIFFERENT, **answer)
    assert count_open_doubts(session, programme) == 0
    with pytest.raises(Refused):
        settle_doubt(session, settlement=Settlement.SAME, **answer)


def test_another_programmes_records_do_not_exist(session: Session, programme: Programme) -> None:
    other = make_programme(session)
    company, person = make_company(session, other), make_person(session, other)
    for read, one in ((get_company, company.id), (get_person, person.id), (get_company, 2**40)):
        with pytest.raises(NotFound):
            read(session, programme, one)
