"""Which records a list is about when it is asked for by words."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme
from pioneers.search.models import Kind
from pioneers.search.queries import Matches, matching

AnySession = Session | scoped_session[Session]
ENOUGH = 60  # a page, and a next one
MOST = 200  # records of a list that is not narrowed down further
BOUND = 20_000  # records of an export, or of a list that is; SQLite takes 32,766 parameters


def by_word(
    session: AnySession, programme: Programme, kind: Kind, text: str, *, thorough: bool
) -> Matches:
    """The records that match `text`: a page or more of them, or when `thorough` up to `BOUND`."""
    return matching(
        session,
        programme_id=programme.id,
        text=text,
        kind=kind,
        enough=BOUND if thorough else ENOUGH,
        most=BOUND if thorough else MOST,
    )
