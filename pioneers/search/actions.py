"""Keeping the search box's rows beside the records that they find."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session, scoped_session

from pioneers.db import insert_rows
from pioneers.search.models import Kind, SearchEntry
from pioneers.search.words import folded_words, scope_words

AnySession = Session | scoped_session[Session]
BATCH = 500
_TO_INDEX = """
    INSERT INTO search_index (rowid, text)
    SELECT id, text FROM search_entry WHERE id > :last ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A record as the search box shows it, and the words by which it is found."""

    programme_id: int
    kind: Kind
    record_id: int
    title: str
    subtitle: str
    words: str


def _row(entry: NewEntry) -> dict[str, object]:
    words = " ".join(dict.fromkeys(folded_words(f"{entry.title} {entry.words}")))
    return {
        "programme_id": entry.programme_id,
        "kind": entry.kind,
        "record_id": entry.record_id,
        "title": entry.title[:300],
        "subtitle": entry.subtitle[:300],
        "text": f"{scope_words(entry.programme_id, entry.kind)} {words}",
    }


def index(session: AnySession, entries: Sequence[NewEntry]) -> None:
    """Let the search find new records; a record that is there already is a mistake (unique)."""
    if not entries:
        return
    rows = [_row(entry) for entry in entries]
    if session.get_bind().dialect.name != "sqlite":
        insert_rows(session, SearchEntry.__table__, rows)
        return
    last = session.scalar(select(func.max(SearchEntry.id))) or 0
    insert_rows(session, SearchEntry.__table__, rows)
    session.execute(text(_TO_INDEX), {"last": last})


def reindex(session: AnySession, entry: NewEntry) -> None:
    """Let the search find a record as it is now, whether it was there or not."""
    reindex_all(session, [entry])


def reindex_all(session: AnySession, entries: Sequence[NewEntry]) -> None:
    """The same for many records at once."""
    forget_all(session, [(entry.kind, entry.record_id) for entry in entries])
    index(session, entries)


def forget(session: AnySession, kind: Kind, record_id: int) -> None:
    """Let the search no longer find a record."""
    forget_all(session, [(kind, record_id)])


def forget_all(session: AnySession, records: Iterable[tuple[Kind, int]]) -> None:
    """The same for many records at once."""
    by_kind: dict[Kind, list[int]] = {}
    for kind, record_id in records:
        by_kind.setdefault(kind, []).append(record_id)
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), BATCH):
            session.execute(
                delete(SearchEntry).where(
                    SearchEntry.kind == kind,
                    SearchEntry.record_id.in_(ids[start : start + BATCH]),
                ),
                execution_options={"synchronize_session": False},
            )


def rebuild(session: AnySession) -> None:
    """Read the whole index anew from its table: after rows came in by another way than `index`."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO search_index (search_index) VALUES ('rebuild')"))
