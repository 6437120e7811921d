"""Reading a list and saying of each row what would happen, while nothing but the list is kept."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.rules import Subject
from pioneers.db import insert_rows
from pioneers.events.models import Event
from pioneers.importing import headers
from pioneers.importing.claims import RowReader
from pioneers.importing.judging import IN_FILE, Judge, Line, Outcome, Tally, apply_rows
from pioneers.importing.layout import (
    Layout,
    choose_sheet,
    data_rows,
    find_layout,
    from_json,
    header_key,
)
from pioneers.importing.models import (
    AttendanceImport,
    ImportFile,
    ImportRow,
    ImportStatus,
    RememberedMapping,
    RowVerdict,
)
from pioneers.importing.reading.document import Document, Limits, Sheet, opened
from pioneers.importing.reading.problems import Unreadable
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Indicator
from pioneers.reach.figures import current_scope, figures, target_value

AnySession = Session | scoped_session[Session]
BATCH = 1000
HEADER_WITHIN = 10  # rows in which a header that nobody recognises is sought
NAME_LENGTH, SHEET_LENGTH = 200, 80


@dataclass(frozen=True)
class Options:
    """What a person fixed: the sheet, the header's row (0: none), the encoding. None: found out."""

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None


def stage(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    source: IO[bytes],
    file_name: str,
    limits: Limits,
    actor_id: int | None,
    options: Options | None = None,
) -> AttendanceImport:
    """Keep the list and the verdict on each of its rows; nothing else is written.

    Raises Unreadable for the file, programmes.rules.Refused when the event cannot have a list.
    """
    wanted = options or Options()
    with opened(source, score=headers.score, limits=limits, encoding=wanted.encoding) as document:
        imported = start(session, programme, event, document, file_name, actor_id)
        session.add(ImportFile(import_id=imported.id, content=document.content()))
        _take_rows(session, programme, event, imported, document, limits, wanted)
    return imported


def read_again(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    imported: AttendanceImport,
    limits: Limits,
    options: Options,
) -> None:
    """Read the kept file with another sheet, header or encoding; what was chosen so far is lost."""
    kept = session.get_one(ImportFile, imported.id)
    with tempfile.SpooledTemporaryFile(max_size=BATCH * BATCH) as source:
        source.write(kept.content)
        source.seek(0)
        reading = opened(source, score=headers.score, limits=limits, encoding=options.encoding)
        with reading as document:
            session.execute(delete(ImportRow).where(ImportRow.import_id == imported.id))
            _take_rows(session, programme, event, imported, document, limits, options)


def start(
    session: AnySession,
    programme: Programme,
    event: Event,
    document: Document,
    file_name: str,
    actor_id: int | None,
) -> AttendanceImport:
    """The record of a list that was read."""
    imported = AttendanceImport(
        programme_id=programme.id,
        event_id=event.id,
        file_name=file_name[:NAME_LENGTH],
        file_hash=document.digest,
        created_at=clock.now(),
        created_by_id=actor_id,
    )
    session.add(imported)
    session.flush()
    return imported


def lay_out(
    session: AnySession,
    event: Event,
    imported: AttendanceImport,
    document: Document,
    limits: Limits,
    options: Options,
) -> Sheet:
    """Find sheet, header and columns, and note them on the import."""
    sheet = choose_sheet(document, options.sheet)
    layout, remembered = _layout(session, event, sheet, options)
    if sheet.count > limits.rows + 1 and _more_than(sheet, layout, limits.rows):
        raise Unreadable("too_many_rows", limit=limits.rows)
    imported.sheet = sheet.name[:SHEET_LENGTH] or None
    imported.header = layout.columns
    imported.mapping = {
        **layout.as_json(),
        "sheets": [[other.name, other.count] for other in document.sheets],
        "encoding": document.encoding,
        "encoding_sure": document.encoding_sure,
        "remembered": bool(remembered),
    }
    return sheet


def _layout(
    session: AnySession, event: Event, sheet: Sheet, options: Options
) -> tuple[Layout, dict[str, str]]:
    """The layout, as it was remembered for this fan where it was."""
    layout = find_layout(sheet.rows, header_row=options.header_row)
    candidates = [layout]
    if layout.header_row == 0 and options.header_row is None and event.fan_id is not None:
        first = islice(sheet.rows(), HEADER_WITHIN)
        candidates = [find_layout(sheet.rows, header_row=number) for number, _cells in first]
    for candidate in candidates:
        if remembered := remembered_for(session, event, candidate):
            row = candidate.header_row
            return find_layout(sheet.rows, header_row=row, remembered=remembered), remembered
    return layout, {}


def _more_than(sheet: Sheet, layout: Layout, most: int) -> bool:
    return sum(1 for _row in data_rows(sheet.rows, layout.header_row)) > most


def remembered_for(session: AnySession, event: Event, layout: Layout) -> dict[str, str]:
    """How the columns of this fan's lists were read before: normalised header to field."""
    if event.fan_id is None:
        return {}
    kept = session.scalar(
        select(RememberedMapping.mapping).where(
            RememberedMapping.fan_id == event.fan_id,
            RememberedMapping.header_key == header_key(layout.columns),
        )
    )
    return dict(kept or {})


def layout_of(imported: AttendanceImport) -> Layout:
    """The layout that the import was read with."""
    return from_json(imported.header, imported.mapping)


def judge_of(
    session: AnySession,
    programme: Programme,
    event: Event,
    imported: AttendanceImport,
    *,
    actor_id: int | None,
    wanted: frozenset[int] = frozenset(),
) -> Judge:
    """The judge of this import's rows."""
    layout = layout_of(imported)
    return Judge(
        session=session,
        programme=programme,
        event=event,
        reader=RowReader(layout),
        columns=layout.columns,
        import_id=imported.id,
        actor_id=actor_id,
        before=_rows_before(session, imported),
        wanted=wanted,
    )


def earlier_import(session: AnySession, imported: AttendanceImport) -> AttendanceImport | None:
    """The written import of the very same file and sheet for the same event, if there is one."""
    return session.scalar(
        select(AttendanceImport)
        .where(
            AttendanceImport.event_id == imported.event_id,
            AttendanceImport.file_hash == imported.file_hash,
            AttendanceImport.sheet.is_not_distinct_from(imported.sheet),
            AttendanceImport.status == ImportStatus.WRITTEN,
            AttendanceImport.id != imported.id,
        )
        .order_by(AttendanceImport.id)
        .limit(1)
    )


def _rows_before(session: AnySession, imported: AttendanceImport) -> dict[int, RowVerdict]:
    earlier = earlier_import(session, imported)
    if earlier is None:
        return {}
    rows = session.execute(
        select(ImportRow.number, ImportRow.verdict).where(ImportRow.import_id == earlier.id)
    )
    return {row.number: row.verdict for row in rows if row.verdict is not None}


def _take_rows(
    session: AnySession,
    programme: Programme,
    event: Event,
    imported: AttendanceImport,
    document: Document,
    limits: Limits,
    options: Options,
) -> None:
    sheet = lay_out(session, event, imported, document, limits, options)
    session.flush()
    rows = data_rows(sheet.rows, layout_of(imported).header_row)
    lines = (Line(number, cells) for number, cells in rows)
    if layout_of(imported).has_name:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as kept:
            _rehearse(session, programme, event, imported, lines, kept)
            _insert(session, imported, _kept_rows(kept))
    else:
        imported.counts = {}
        _insert(session, imported, ({"number": one.number, "cells": one.cells} for one in lines))


def _rehearse(
    session: AnySession,
    programme: Programme,
    event: Event,
    imported: AttendanceImport,
    lines: Iterable[Line],
    kept: IO[str],
    *,
    wanted: frozenset[int] = frozenset(),
) -> None:
    """Do it, note in `kept` what became of each row, and take everything back."""
    tally = Tally()
    actor_id = imported.created_by_id
    savepoint = session.begin_nested()
    try:
        before = _aware(session, programme)
        judge = judge_of(session, programme, event, imported, actor_id=actor_id, wanted=wanted)
        for outcome in apply_rows(judge, lines):
            tally.add(outcome.verdict)
            kept.write(json.dumps(_rehearsed(judge, outcome), ensure_ascii=False) + "\n")
        after = _aware(session, programme)
    finally:
        savepoint.rollback()
    imported.counts = {**tally.as_counts(), "aware_before": before, "aware_after": after}
    session.flush()


def _aware(session: AnySession, programme: Programme) -> int:
    measures = figures(session, programme, current_scope(programme, clock.today()))
    return target_value(programme, Indicator.AWARE, measures)


def _rehearsed(judge: Judge, outcome: Outcome) -> dict[str, Any]:
    """What is kept of an outcome; records that the list made are gone when this is read."""
    return {
        "id": outcome.line.id,
        "number": outcome.line.number,
        "cells": outcome.line.cells,
        "verdict": outcome.verdict.value,
        "reason": outcome.reason,
        "details": outcome.details,
        "person_id": judge.known(Subject.PERSON, outcome.person_id),
        "company_id": judge.known(Subject.COMPANY, outcome.company_id),
        "made_person": False,
        "made_company": False,
    }


def _kept_rows(kept: IO[str]) -> Iterator[dict[str, Any]]:
    kept.seek(0)
    for text in kept:
        row = json.loads(text)
        row["verdict"] = RowVerdict(row["verdict"])
        yield row


def batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Lists of at most BATCH rows."""
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _insert(
    session: AnySession, imported: AttendanceImport, rows: Iterable[dict[str, Any]]
) -> None:
    blank: dict[str, Any] = {
        "verdict": None, "reason": "", "details": {}, "person_id": None, "company_id": None,
        "made_person": False, "made_company": False, "import_id": imported.id, "answers": {},
    }  # fmt: skip
    for batch in batches({**blank, **row} for row in rows):
        for row in batch:
            row.pop("id", None)
        insert_rows(session, ImportRow.__table__, batch)


def staged_lines(session: AnySession, imported: AttendanceImport) -> Iterator[Line]:
    """The kept rows in their order, a batch at a time."""
    last = -1
    while True:
        rows = session.execute(
            select(ImportRow.id, ImportRow.number, ImportRow.cells, ImportRow.answers)
            .where(ImportRow.import_id == imported.id, ImportRow.number > last)
            .order_by(ImportRow.number)
            .limit(BATCH)
        ).all()
        for row in rows:
            yield Line(row.number, row.cells, row.answers or {}, row.id)
        if len(rows) < BATCH:
            return
        last = rows[-1].number


def named_rows(session: AnySession, imported: AttendanceImport) -> frozenset[int]:
    """Rows of this file that the answer of another row names."""
    kept = session.scalars(
        select(ImportRow.answers).where(
            ImportRow.import_id == imported.id, ImportRow.verdict.is_not(None)
        )
    )
    return frozenset(
        int(choice.removeprefix(IN_FILE))
        for answers in kept
        for choice in (answers or {}).values()
        if choice.startswith(IN_FILE)
    )


def judge_again(
    session: AnySession, *, programme: Programme, event: Event, imported: AttendanceImport
) -> None:
    """Judge the kept rows anew, after a choice, a correction or another mapping."""
    if not layout_of(imported).has_name:
        imported.counts = {}
        session.execute(
            update(ImportRow).where(ImportRow.import_id == imported.id).values(verdict=None)
        )
        return
    wanted = named_rows(session, imported)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as kept:
        lines = staged_lines(session, imported)
        _rehearse(session, programme, event, imported, lines, kept, wanted=wanted)
        store_outcomes(session, _kept_rows(kept))


def store_outcomes(session: AnySession, rows: Iterable[dict[str, Any]]) -> None:
    """Write verdicts onto rows that are kept."""
    for batch in batches(rows):
        for row in batch:
            row.pop("cells", None)
            row.pop("number", None)
        session.execute(update(ImportRow), batch)
