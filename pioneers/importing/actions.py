"""Lists of hosts: stage (see staging.py), choose, correct, write, throw away. No action commits."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import IO, Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.companies.rules import Subject
from pioneers.db import insert_rows
from pioneers.events.models import Event
from pioneers.importing import headers
from pioneers.importing.ahead import ahead
from pioneers.importing.headers import Field
from pioneers.importing.judging import CHUNK, OTHER, Judge, Line, Outcome, Tally, apply_rows
from pioneers.importing.layout import Layout, data_rows, header_key
from pioneers.importing.models import (
    AttendanceImport,
    ImportFile,
    ImportRow,
    ImportStatus,
    RememberedMapping,
    RowVerdict,
)
from pioneers.importing.reading.document import Limits, opened
from pioneers.importing.reading.problems import Unreadable
from pioneers.importing.staging import (
    Options,
    batches,
    judge_again,
    judge_of,
    lay_out,
    layout_of,
    named_rows,
    read_again,
    stage,
    staged_lines,
    start,
    store_outcomes,
)
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.keeping import lock

GARBAGE = 200_000  # objects made and not freed before memory is looked through
# Batches after which it is: look-ups go round in circles with their thousands of parameters, so
# that without looking memory grows with the list.
COLLECT = 5
AnySession = Session | scoped_session[Session]

__all__ = [
    "Options",
    "answer_row",
    "correct_row",
    "discard",
    "import_file",
    "judge_again",
    "map_fields",
    "read_again",
    "stage",
    "write",
]


def answer_row(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    imported: AttendanceImport,
    row: ImportRow,
    subject: Subject,
    choice: str,
) -> None:
    """Keep what a person chose for a doubtful row: an id or `row:N` out of its doubts, or `other`.

    An empty choice takes the answer back. Raises Refused(not_staged, not_offered).
    """
    _check_staged(imported)
    offered = {
        doubt["other"]
        for doubt in row.details.get("doubts", [])
        if doubt["subject"] == subject.value
    }
    standing = row.answers.get(subject.value)
    if choice and choice != OTHER and choice not in offered and choice != standing:
        raise Refused("not_offered")
    answers = {name: kept for name, kept in row.answers.items() if name != subject.value}
    row.answers = {**answers, subject.value: choice} if choice else answers
    session.flush()
    judge_again(session, programme=programme, event=event, imported=imported)


def correct_row(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    imported: AttendanceImport,
    row: ImportRow,
    cells: list[str],
) -> None:
    """Put other values in a row's cells; the list is judged anew."""
    _check_staged(imported)
    row.cells = cells
    row.answers = {}
    session.flush()
    judge_again(session, programme=programme, event=event, imported=imported)


def map_fields(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    imported: AttendanceImport,
    fields: Mapping[int, Field],
) -> None:
    """Read the columns as a person says, and remember it for the fan.

    Raises Refused(not_staged, no_name_column, field_twice).
    """
    _check_staged(imported)
    old = layout_of(imported)
    if len(set(fields.values())) < len(fields):
        raise Refused("field_twice")
    layout = Layout(old.columns, old.header_row, dict(fields), [], old.samples)
    if not layout.has_name:
        raise Refused("no_name_column")
    imported.mapping = {**imported.mapping, **layout.as_json()}
    imported.version += 1
    session.flush()
    _remember(session, event, layout)
    judge_again(session, programme=programme, event=event, imported=imported)


def _check_staged(imported: AttendanceImport) -> None:
    if imported.status != ImportStatus.STAGED:
        raise Refused("not_staged")


def _remember(session: AnySession, event: Event, layout: Layout) -> None:
    """Keep for the event's fan how its lists are to be read. Columns without a name say nothing."""
    if event.fan_id is None or layout.header_row == 0:
        return
    mapping = {
        headers.normal(column): layout.fields[place].value if place in layout.fields else ""
        for place, column in enumerate(layout.columns)
        if headers.normal(column)
    }
    key = header_key(layout.columns)
    kept = session.scalar(
        select(RememberedMapping).where(
            RememberedMapping.fan_id == event.fan_id, RememberedMapping.header_key == key
        )
    )
    if kept is None:
        session.add(
            RememberedMapping(
                fan_id=event.fan_id, header_key=key, mapping=mapping, used_at=clock.now()
            )
        )
    else:
        kept.mapping, kept.used_at = mapping, clock.now()
    session.flush()


def write(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    imported: AttendanceImport,
    actor_id: int | None,
    origin: str = "web",
) -> bool:
    """Do what the list asks for, judged anew; False when it was done (or thrown away) already.

    Two that press at once wait for each other here, so that a list is written once.
    Raises Refused(not_judged, encoding_unsure), and what recording attendance raises.
    """
    lock(session, programme)
    if imported.mapping.get("encoding_sure") is False:
        raise Refused("encoding_unsure")
    if not layout_of(imported).has_name:
        raise Refused("not_judged")
    if not claim_status(session, imported, ImportStatus.STAGED, ImportStatus.WRITTEN):
        return False
    wanted = named_rows(session, imported)
    judge = judge_of(session, programme, event, imported, actor_id=actor_id, wanted=wanted)
    tally = Tally()
    outcomes = apply_rows(judge, staged_lines(session, imported))
    store_outcomes(session, (_written(outcome) for outcome in _counted(outcomes, tally)))
    _close(session, event, imported, tally, actor_id, origin)
    session.execute(delete(ImportFile).where(ImportFile.import_id == imported.id))
    return True


def import_file(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    source: IO[bytes],
    file_name: str,
    limits: Limits,
    actor_id: int | None,
    options: Options | None = None,
    origin: str = "cli",
) -> AttendanceImport:
    """Read and write a list in one go, for the command line.

    Raises Unreadable (also no_name_column, encoding_unsure) and what recording attendance raises.
    """
    wanted = options or Options()
    lock(session, programme)
    with opened(source, score=headers.score, limits=limits, encoding=wanted.encoding) as document:
        if not document.encoding_sure:
            raise Unreadable("encoding_unsure", guess=document.encoding)
        imported = start(session, programme, event, document, file_name, actor_id)
        sheet = lay_out(session, event, imported, document, limits, wanted)
        layout = layout_of(imported)
        if not layout.has_name:
            raise Unreadable("no_name_column", columns=", ".join(layout.columns[:20]))
        imported.status = ImportStatus.WRITTEN
        session.flush()
        judge = judge_of(session, programme, event, imported, actor_id=actor_id)
        tally = Tally()
        lines = (
            Line(number, cells, read=judge.reader.read(cells))
            for number, cells in data_rows(sheet.rows, layout.header_row)
        )
        with seldom_collecting(), closing(ahead(lines, CHUNK)) as coming:
            _insert_written(session, judge, coming, tally)
    _close(session, event, imported, tally, actor_id, origin)
    return imported


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for unreachable memory less often, and not among what was there before.

    A chunk makes hundreds of thousands of objects that are free when it is done, without anything
    to look for; looking through them again and again took a fifth of the time. For commands, which
    have the process to themselves.
    """
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(GARBAGE, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


def _insert_written(session: AnySession, judge: Judge, lines: Iterator[Line], tally: Tally) -> None:
    shared: dict[str, Any] = {"import_id": judge.import_id, "answers": {}}
    outcomes = _counted(apply_rows(judge, lines), tally)
    for place, batch in enumerate(batches(shared | _written(outcome) for outcome in outcomes), 1):
        for row in batch:
            del row["id"]
        insert_rows(session, ImportRow.__table__, batch)
        if place % COLLECT == 0:
            gc.collect()


def _counted(outcomes: Iterator[Outcome], tally: Tally) -> Iterator[Outcome]:
    for outcome in outcomes:
        tally.add(outcome.verdict)
        yield outcome


def _written(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.line.id,
        "number": outcome.line.number,
        "cells": outcome.line.cells,
        "verdict": outcome.verdict,
        "reason": outcome.reason,
        "details": outcome.details,
        "person_id": outcome.person_id,
        "company_id": outcome.company_id,
        "made_person": outcome.made_person,
        "made_company": outcome.made_company,
    }


def claim_status(
    session: AnySession, imported: AttendanceImport, before: ImportStatus, after: ImportStatus
) -> bool:
    """Move the import from one status to another; False when somebody else did."""
    session.flush()
    result = session.execute(
        update(AttendanceImport)
        .where(AttendanceImport.id == imported.id, AttendanceImport.status == before)
        .values(status=after)
        .execution_options(synchronize_session=False)
    )
    session.refresh(imported)
    return cast(CursorResult[Any], result).rowcount == 1


def _close(
    session: AnySession,
    event: Event,
    imported: AttendanceImport,
    tally: Tally,
    actor_id: int | None,
    origin: str,
) -> None:
    imported.written_at = clock.now()
    imported.counts = {**imported.counts, **tally.as_counts()}
    _remember(session, event, layout_of(imported))
    note(session, imported, "import.written", actor_id, origin=origin, **tally.as_counts())
    session.flush()


def discard(session: AnySession, *, imported: AttendanceImport, actor_id: int | None) -> bool:
    """Throw a staged list away with all that was read of it; False when it is no longer staged."""
    if not claim_status(session, imported, ImportStatus.STAGED, ImportStatus.DISCARDED):
        return False
    for model in (ImportRow, ImportFile):
        session.execute(delete(model).where(model.import_id == imported.id))
    note(session, imported, "import.discarded", actor_id)
    return True


def note(
    session: AnySession,
    imported: AttendanceImport,
    action: str,
    actor_id: int | None,
    *,
    origin: str = "web",
    **details: object,
) -> None:
    """An entry in the audit log on this list."""
    record(
        session,
        action,
        object_type="attendance_import",
        object_id=imported.id,
        programme_id=imported.programme_id,
        actor_id=actor_id,
        origin=origin,
        details={"event_id": imported.event_id, **details},
    )


def verdict_counts(imported: AttendanceImport) -> dict[str, int]:
    """The six counts of an import, zeros too."""
    return {verdict.value: imported.counts.get(verdict.value, 0) for verdict in RowVerdict}
