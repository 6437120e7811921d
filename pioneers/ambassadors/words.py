"""When pioneers last had a word from us: each feature that sends one says where that is kept."""

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
Words = Callable[[AnySession, Programme], dict[int, date]]

_SOURCES: list[Words] = []


def register_words(source: Words) -> Words:
    """Let `source` tell on which day it last said something to each pioneer, by id."""
    _SOURCES.append(source)
    return source


def last_words(session: AnySession, programme: Programme) -> dict[int, date]:
    """The last word to each pioneer, whatever it was; who never had one is left out."""
    latest: dict[int, date] = {}
    for source in _SOURCES:
        for pioneer_id, day in source(session, programme).items():
            latest[pioneer_id] = max(day, latest.get(pioneer_id, day))
    return latest
