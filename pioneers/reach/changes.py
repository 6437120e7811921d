"""Changes of companies, people and counting rules that move figures; each keeps them right."""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers.audit.actions import record
from pioneers.companies import actions as companies
from pioneers.companies.actions import CompanyFacts
from pioneers.companies.merging import Kept, join_companies, join_people, undo_join
from pioneers.companies.models import Company, Merge
from pioneers.companies.queries import get_company, get_person
from pioneers.companies.records import judge, renew_profiles
from pioneers.companies.rules import Subject
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Refused, Stale, TargetGroup
from pioneers.reach.actions import record_again
from pioneers.reach.aliases import whole_companies, whole_people
from pioneers.reach.intake import people_met_for
from pioneers.reach.keeping import keeping, lock
from pioneers.reach.models import Activation, Contact
from pioneers.reach.rebuilding import rebuild
from pioneers.reach.rehearsal import rehearse
from pioneers.reach.rules import Measures, VoidReason

AnySession = Session | scoped_session[Session]
BATCH = 2000


def change_company(
    session: AnySession,
    *,
    programme: Programme,
    company: Company,
    facts: CompanyFacts,
    version: int,
    actor_id: int | None,
) -> Company:
    """Change a company (companies.actions says what is raised); its contacts move along."""
    lock(session, programme)
    with keeping(
        session,
        programme,
        companies=[company.id],
        people=people_met_for(session, [company.id]),
    ):
        return companies.change_company(
            session,
            programme=programme,
            company=company,
            facts=facts,
            version=version,
            actor_id=actor_id,
        )


def merge_companies(
    session: AnySession,
    *,
    programme: Programme,
    loser_id: int,
    winner_id: int,
    actor_id: int | None,
) -> Merge:
    """Make two companies one: `winner_id` stays. Raises NotFound, and Refused as merging does."""
    lock(session, programme)
    both = [loser_id, winner_id]
    with keeping(session, programme, companies=both, people=people_met_for(session, both)):
        return join_companies(
            session,
            programme=programme,
            loser=get_company(session, programme, loser_id),
            winner=get_company(session, programme, winner_id),
            actor_id=actor_id,
        )


def merge_people(
    session: AnySession,
    *,
    programme: Programme,
    loser_id: int,
    winner_id: int,
    actor_id: int | None,
) -> Merge:
    """Make two people one: `winner_id` stays.

    Where both were at one occasion, the loser's contact is voided: one person was there once.
    """
    lock(session, programme)
    both = whole_people(session, [loser_id, winner_id])
    twice = _met_twice(session, whole_people(session, [loser_id]), both)
    with keeping(
        session,
        programme,
        companies={c.company_id for c in twice if c.company_id is not None},
        people=both,
        occasions={c.occasion_id for c in twice if c.occasion_id is not None},
    ):
        merge = join_people(
            session,
            programme=programme,
            loser=get_person(session, programme, loser_id),
            winner=get_person(session, programme, winner_id),
            actor_id=actor_id,
        )
        session.execute(
            update(Contact)
            .where(Contact.id.in_([contact.id for contact in twice]))
            .values(voided_at=merge.merged_at, voided_by_id=actor_id, void_reason=VoidReason.MERGED)
            .execution_options(synchronize_session=False)
        )
        session.expire_all()
    return merge


def _met_twice(session: AnySession, losers: set[int], both: set[int]) -> list[Contact]:
    """The losers' contacts at occasions where the others' contacts stand too."""
    others = select(Contact.occasion_id).where(
        Contact.person_id.in_(both - losers),
        Contact.voided_at.is_(None),
        Contact.occasion_id.is_not(None),
    )
    return list(
        session.scalars(
            select(Contact).where(
                Contact.person_id.in_(losers),
                Contact.voided_at.is_(None),
                Contact.occasion_id.in_(others),
            )
        )
    )


def undo_merge(
    session: AnySession, *, programme: Programme, merge: Merge, actor_id: int | None
) -> list[Kept]:
    """Take a merging back; answers what could not be given back (companies.merging)."""
    if merge.programme_id != programme.id:
        raise Refused("programme")
    lock(session, programme)
    ids = [merge.loser_id, merge.winner_id]
    if merge.subject == Subject.COMPANY:
        members = whole_companies(session, ids)
        with keeping(
            session, programme, companies=members, people=people_met_for(session, members)
        ):
            return undo_join(session, programme=programme, merge=merge, actor_id=actor_id)
    voided = _voided_by(session, programme, merge)
    people = whole_people(session, ids)
    with keeping(
        session,
        programme,
        companies=_companies_met(session, people),
        people=people,
        occasions={c.occasion_id for c in voided if c.occasion_id is not None},
    ):
        kept = undo_join(session, programme=programme, merge=merge, actor_id=actor_id)
        record_again(session, programme, voided, actor_id)
        return kept


def _voided_by(session: AnySession, programme: Programme, merge: Merge) -> list[Contact]:
    """The contacts that a merging of people voided: they have its moment."""
    return list(
        session.scalars(
            select(Contact)
            .where(
                Contact.programme_id == programme.id,
                Contact.void_reason == VoidReason.MERGED,
                Contact.voided_at == merge.merged_at,
            )
            .order_by(Contact.id)
        )
    )


def _companies_met(session: AnySession, people: Iterable[int]) -> set[int]:
    ids = list(people)
    found: set[int] = set()
    for model in (Contact, Activation):
        rows = session.scalars(select(model.company_id).where(model.person_id.in_(ids)))
        found.update(company for company in rows if company is not None)
    return found


def merge_effect(
    session: AnySession, *, programme: Programme, subject: Subject, loser_id: int, winner_id: int
) -> tuple[Measures, Measures]:
    """The figures before and after such a merging, of which nothing stays (see rehearsal)."""
    merge = merge_companies if subject == Subject.COMPANY else merge_people
    return rehearse(
        session,
        programme,
        lambda: merge(
            session,
            programme=programme,
            loser_id=loser_id,
            winner_id=winner_id,
            actor_id=None,
        ),
    )


def change_counting_rules(
    session: AnySession,
    *,
    programme: Programme,
    threshold: Evidence,
    target_group: TargetGroup,
    actor_id: int | None,
    version: int | None = None,
) -> None:
    """Count by another evidence threshold or target group, from now on and backwards.

    Raises Stale when the programme is no longer at `version`, and Refused 'threshold_headcount'
    (a bare headcount names nobody), 'employees_reversed', 'negative'.
    """
    _check_rules(threshold, target_group)
    lock(session, programme)
    session.refresh(programme)
    if version is not None and programme.version != version:
        raise Stale(programme)
    before = {"threshold": programme.aware_threshold.value, **vars(programme.target_group)}
    programme.aware_threshold = threshold
    programme.employees_min = target_group.employees_min
    programme.employees_max = target_group.employees_max
    programme.turnover_max = target_group.turnover_max
    programme.balance_max = target_group.balance_max
    programme.version += 1
    session.flush()
    if before != {"threshold": threshold.value, **vars(target_group)}:
        _judge_all(session, programme)
        rebuild(session, programme)
    record(
        session,
        "programme.counting_changed",
        object_type="programme",
        object_id=programme.id,
        programme_id=programme.id,
        actor_id=actor_id,
        details={"before": before, "after": {"threshold": threshold.value, **vars(target_group)}},
    )


def _check_rules(threshold: Evidence, limits: TargetGroup) -> None:
    if threshold == Evidence.HEADCOUNT:
        raise Refused("threshold_headcount", "threshold")
    if min(limits.employees_min, limits.turnover_max, limits.balance_max) < 0:
        raise Refused("negative", "employees_min")
    if limits.employees_min > limits.employees_max:
        raise Refused("employees_reversed", "employees_max")


def _judge_all(session: AnySession, programme: Programme) -> None:
    """Give every company its verdict by the new limits, in batches: memory stays flat."""
    last = 0
    while True:
        batch = session.scalars(
            select(Company)
            .where(Company.programme_id == programme.id, Company.id > last)
            .order_by(Company.id)
            .limit(BATCH)
        ).all()
        if not batch:
            return
        for company in batch:
            judge(programme, company)
        last = batch[-1].id
        session.flush()
        renew_profiles(session, programme, [company.id for company in batch])
