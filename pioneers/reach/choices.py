"""What forms of the ledger let one choose from: people of a company, pioneers and fans."""

from collections.abc import Collection

from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.queries import list_pioneers
from pioneers.fans.queries import list_fans
from pioneers.programmes.models import Programme
from pioneers.reach.dossier import people_at, work_of

AnySession = Session | scoped_session[Session]


def fan_choices(session: AnySession, programme: Programme) -> dict[int, str]:
    """The programme's fans, active ones first."""
    return {fan.id: fan.name for fan in list_fans(session, programme)}


def pioneer_choices(session: AnySession, programme: Programme) -> dict[int, str]:
    """The programme's pioneers, active ones first."""
    return {row.id: row.name for row in list_pioneers(session, programme)}


def people_choices(session: AnySession, companies: Collection[int]) -> dict[int, str]:
    """Who works or worked at a company, the present ones first."""
    return {
        row.person_id: row.person_name for row in people_at(session, companies) if not row.erased
    }


def company_choices(session: AnySession, people: Collection[int]) -> dict[int, str]:
    """The companies of a person, the present ones first."""
    return {row.company_id: row.company_name for row in work_of(session, people)}
