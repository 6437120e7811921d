"""Taking in people and companies while their contacts keep counting right."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies import intake
from pioneers.companies.identity import Answer, Claim, Taken
from pioneers.companies.known import Firm
from pioneers.programmes.models import Programme
from pioneers.reach.aliases import whole_companies
from pioneers.reach.keeping import keeping, lock
from pioneers.reach.models import Activation, Contact

AnySession = Session | scoped_session[Session]


def take_in(
    session: AnySession,
    *,
    programme: Programme,
    claims: Sequence[Claim],
    day: date,
    answers: Mapping[int, Answer | tuple[Answer, ...]] | None = None,
    actor_id: int | None = None,
    firms: Sequence[Firm | None] | None = None,
) -> list[Taken]:
    """Recognise or add the companies and people of a chunk of claims (companies.intake).

    A known company that gets its sector, size or municipality by this moves in the breakdowns.
    """
    lock(session, programme)
    with ExitStack() as until_written:

        def about_to_change(companies: list[int]) -> None:
            people = people_met_for(session, companies)
            until_written.enter_context(
                keeping(session, programme, companies=companies, people=people)
            )

        return intake.take_in(
            session,
            programme=programme,
            claims=claims,
            day=day,
            answers=answers,
            actor_id=actor_id,
            on_profile_change=about_to_change,
            firms=firms,
        )


def people_met_for(session: AnySession, companies: Collection[int]) -> set[int]:
    """Everybody who had a contact or an activation for one of the companies (aliases included):
    where they count depends on what is known of these companies."""
    ids = whole_companies(session, companies)
    people: set[int] = set()
    for model in (Contact, Activation):
        found = session.scalars(
            select(model.person_id).where(model.company_id.in_(ids), model.person_id.is_not(None))
        )
        people.update(person for person in found if person is not None)
    return people
