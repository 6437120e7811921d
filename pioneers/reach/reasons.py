"""Why a contact is confirmed, in words: features above know which second source agreed."""

from collections.abc import Callable, Collection, Mapping

from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
Finder = Callable[[AnySession, Programme, Collection[int]], Mapping[int, str]]
_FINDERS: list[Finder] = []


def register_reason(finder: Finder) -> None:
    """Let `finder` say of confirmed contacts, by id, who the second source was."""
    _FINDERS.append(finder)


def reasons(
    session: AnySession, programme: Programme, contact_ids: Collection[int]
) -> dict[int, str]:
    """What is known of why each of these was confirmed; the rest is left out."""
    found: dict[int, str] = {}
    for finder in _FINDERS if contact_ids else ():
        found |= finder(session, programme, contact_ids)
    return found
