"""What merging, undoing and correcting do to the figures."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.actions import CompanyFacts
from pioneers.companies.models import Company
from pioneers.companies.rules import Subject
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Refused, Stale, TargetGroup
from pioneers.reach import changes
from pioneers.reach.check import check
from pioneers.reach.figures import breakdown, current_scope, figures
from pioneers.reach.records import records
from pioneers.reach.rules import MEASURES, Dimension, Measures, Scope
from tests.factories import make_company, make_contact, make_occasion, make_person, make_programme


def told(session: Session, programme: Programme) -> Measures:
    return figures(session, programme, current_scope(programme, clock.today()))


def test_two_companies_that_are_one_count_once_and_twice_again_when_undone(
    session: Session, programme: Programme
) -> None:
    one, other = (make_company(session, programme, employees=20) for _ in range(2))
    for company in (one, other):
        make_contact(session, programme, company_id=company.id)
    merge = changes.merge_companies(
        session, programme=programme, loser_id=other.id, winner_id=one.id, actor_id=None
    )
    assert told(session, programme) == Measures(
        participations=2, companies=1, companies_in_target_group=1
    )
    changes.undo_merge(session, programme=programme, merge=merge, actor_id=None)
    assert told(session, programme) == Measures(
        participations=2, companies=2, companies_in_target_group=2
    )
    assert check(session, programme) == []


def test_one_person_on_a_list_twice_under_two_names_was_there_once(
    session: Session, programme: Programme
) -> None:
    occasion = make_occasion(session, programme)
    people = [make_person(session, programme) for _ in range(2)]
    for person in people:
        make_contact(
            session, programme, person_id=person.id, occasion_id=occasion.id, day=occasion.day
        )
    merge = changes.merge_people(
        session, programme=programme, loser_id=people[1].id, winner_id=people[0].id, actor_id=None
    )
    assert told(session, programme) == Measures(participations=1, people=1)
    changes.undo_merge(session, programme=programme, merge=merge, actor_id=None)
    assert told(session, programme) == Measures(participations=2, people=2)
    assert check(session, programme) == []


def test_a_merging_does_not_change_what_was_known_the_day_before(
    session: Session, programme: Programme
) -> None:
    one, other = (make_company(session, programme) for _ in range(2))
    for company in (one, other):
        make_contact(session, programme, company_id=company.id)
    day = clock.today()
    with clock.at(clock.now() + timedelta(days=2)):
        changes.merge_companies(
            session, programme=programme, loser_id=other.id, winner_id=one.id, actor_id=None
        )
        assert told(session, programme).companies == 1
        before = Scope(as_of=date(2019, 12, 31), known_on=day)
        assert figures(session, programme, before).companies == 2
        assert records(session, programme, before, "companies").total == 2


def test_a_corrected_size_moves_the_company_and_its_people_in_the_breakdown(
    session: Session, programme: Programme
) -> None:
    company = make_company(session, programme, employees=3)
    person = make_person(session, programme, company)
    make_contact(session, programme, company_id=company.id, person_id=person.id)
    changes.change_company(
        session,
        programme=programme,
        company=company,
        facts=CompanyFacts(name=company.name, employees=30),
        version=company.version,
        actor_id=None,
    )
    scope = current_scope(programme, clock.today())
    ((key, row),) = breakdown(session, programme, scope, Dimension.SIZE).rows
    assert key == "10-49"
    assert (row.people, row.companies_in_target_group) == (1, 1)


def test_a_merging_can_be_weighed_before_it_is_done(session: Session, programme: Programme) -> None:
    one, other = (make_company(session, programme) for _ in range(2))
    for company in (one, other):
        make_contact(session, programme, company_id=company.id)
    session.commit()
    before, after = changes.merge_effect(
        session,
        programme=programme,
        subject=Subject.COMPANY,
        loser_id=other.id,
        winner_id=one.id,
    )
    assert (before.companies, after.companies) == (2, 1)
    assert session.get_one(Company, other.id).merged_into_id is None
    assert told(session, programme).companies == 2


def test_a_higher_threshold_counts_fewer_and_a_lower_one_as_many_as_before(
    session: Session, programme: Programme
) -> None:
    make_contact(session, programme, evidence=Evidence.LISTED)
    make_contact(session, programme, evidence=Evidence.CHECKED_IN)
    limits = programme.target_group
    for threshold, people in ((Evidence.CHECKED_IN, 1), (Evidence.LISTED, 2)):
        changes.change_counting_rules(
            session,
            programme=programme,
            threshold=threshold,
            target_group=limits,
            actor_id=None,
        )
        assert told(session, programme).people == people
        assert told(session, programme).participations == 2
        assert check(session, programme) == []


def test_another_target_group_gives_every_company_its_verdict_anew(
    session: Session, programme: Programme
) -> None:
    company = make_company(session, programme, employees=3)
    make_contact(session, programme, company_id=company.id)
    changes.change_counting_rules(
        session,
        programme=programme,
        threshold=Evidence.LISTED,
        target_group=TargetGroup(2, 249, 50_000_000, 43_000_000),
        actor_id=None,
        version=programme.version,
    )
    assert told(session, programme).companies_in_target_group == 1
    with pytest.raises(Stale):
        changes.change_counting_rules(
            session,
            programme=programme,
            threshold=Evidence.LISTED,
            target_group=programme.target_group,
            actor_id=None,
            version=0,
        )


@pytest.mark.parametrize(
    ("threshold", "limits"),
    [
        (Evidence.HEADCOUNT, TargetGroup(6, 249, 1, 1)),
        (Evidence.LISTED, TargetGroup(250, 6, 1, 1)),
        (Evidence.LISTED, TargetGroup(-1, 6, 1, 1)),
    ],
)
def test_rules_that_cannot_be_are_refused(
    session: Session, programme: Programme, threshold: Evidence, limits: TargetGroup
) -> None:
    with pytest.raises(Refused):
        changes.change_counting_rules(
            session, programme=programme, threshold=threshold, target_group=limits, actor_id=None
        )


def test_the_records_behind_a_figure_are_as_many_as_it_counts(
    session: Session, programme: Programme
) -> None:
    other = make_programme(session)
    make_contact(session, other)
    company = make_company(session, programme, sector="C")
    for day in (date(2017, 1, 5), date(2018, 1, 5)):
        make_contact(session, programme, company_id=company.id, day=day)
    make_contact(session, programme)
    scope = Scope(as_of=date(2019, 12, 31), since=date(2017, 2, 1))
    for measure in MEASURES:
        behind = records(session, programme, scope, measure)
        assert sum(r.n for r in behind.items) == getattr(
            figures(session, programme, scope), measure
        )
    of_sector = records(
        session, programme, scope, "participations", dimension=Dimension.SECTOR, key="C"
    )
    assert [record.company_id for record in of_sector.items] == [company.id]
