"""`pioneers import attendance`: a list of a host from the command line."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from pioneers.accounts.current import settings
from pioneers.db import db
from pioneers.events.actions import create_event
from pioneers.events.models import Event
from pioneers.events.queries import event_day, get_event
from pioneers.events.rules import EventDraft
from pioneers.fans.actions import add_fan
from pioneers.fans.models import FanKind
from pioneers.fans.queries import fan_by_name
from pioneers.fans.rules import FanDraft
from pioneers.importing.actions import Options, import_file, verdict_counts
from pioneers.importing.models import AttendanceImport, ImportRow, RowVerdict
from pioneers.importing.reading.document import Limits
from pioneers.importing.reading.encoding import CHOICES
from pioneers.importing.reading.problems import Unreadable
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import programme_by_slug
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.web.errors import NotFound

SHOWN_ERRORS = 1000
REASONS = {
    "empty": "the file is empty.",
    "wrong_type": "this is no list: CSV and XLSX are read.",
    "web_page": "this is a web page, not a list: save it as XLSX.",
    "ods": "this is an OpenDocument file: save it as XLSX or CSV.",
    "old_excel": "this is an old Excel file (.xls): save it as XLSX.",
    "password": "the file has a password: save it without.",
    "truncated": "the file is not complete: save or download it again.",
    "damaged": "the file is damaged: open it in a spreadsheet and save it again.",
    "bomb": "the file is far too large when unpacked.",
    "too_large": "the file is larger than {megabytes} MB.",
    "too_many_rows": "the list has more than {limit} rows: split it.",
    "open_quote": "the quotation mark in row {row} is never closed.",
    "no_name_column": "no column holds names; the columns are: {columns}.",
    "encoding_unsure": "letters with accents cannot be read for sure: state --encoding.",
    "cancelled": "the event is cancelled.",
    "not_yet_held": "the event has not been held yet.",
    "future": "the event has not been held yet.",
    "before_programme": "the day lies before the programme begins.",
    "after_programme": "the day lies after the programme ends.",
    "title_missing": "the event needs a title.",
    "title_long": "the title is longer than 200 characters.",
    "name_missing": "the fan needs a name.",
    "name_long": "the name of the fan is longer than 160 characters.",
}


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line."""

    slug: str
    file: str
    event_id: int | None
    title: str | None
    day: date | None
    fan: str | None
    dry_run: bool
    as_json: bool
    options: Options


class Failure(Exception):
    """The command stops; the message says why."""


@click.group("import")
def group() -> None:
    """Take in lists of hosts."""


@group.command("attendance")
@click.argument("programme")
@click.argument("file", type=click.Path())
@click.option("--event", "event_id", type=int, metavar="ID", help="The event of the list.")
@click.option("--new-event", "title", metavar="TITLE", help="Make the event first.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the new event.")
@click.option("--fan", metavar="NAME", help="The host of the new event; made if it is not there.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook (by default: found out).")
@click.option("--encoding", type=click.Choice(CHOICES), help="Of a text file (found out).")
@with_appcontext
def attendance(
    programme: str,
    file: str,
    event_id: int | None,
    title: str | None,
    day: datetime | None,
    fan: str | None,
    dry_run: bool,
    as_json: bool,
    sheet: str | None,
    encoding: str | None,
) -> None:
    """Add the list FILE (CSV or XLSX) to an event of PROGRAMME.

    Doubtful rows count as new people and wait in the queue of doubts.
    """
    options = Options(sheet=sheet, encoding=encoding)
    on = day.date() if day is not None else None
    request = Request(programme, file, event_id, title, on, fan, dry_run, as_json, options)
    try:
        answer = _run(request)
    except Failure as failure:
        db.session.rollback()
        _stop(str(failure), as_json)
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _sentences(answer))


def _stop(message: str, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": message}, ensure_ascii=False))
    click.echo(f"Error: {message}", err=True)
    raise SystemExit(2)


def _run(request: Request) -> dict[str, object]:
    _check(request)
    programme = programme_by_slug(db.session, request.slug)
    if programme is None:
        raise Failure(f"there is no programme {request.slug}.")
    try:
        event = _event(programme, request)
        imported = _import(programme, event, request)
    except NotFound as error:
        raise Failure(f"event {request.event_id} is not one of {request.slug}.") from error
    except (Refused, ContactRefused, Unreadable) as error:
        raise Failure(_reason(error)) from error
    answer = _answer(programme, event, imported, request)
    if request.dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    return answer


def _check(request: Request) -> None:
    if (request.event_id is None) == (request.title is None):
        raise Failure("state either --event or --new-event.")
    if request.title is not None and request.day is None:
        raise Failure("a new event needs its day: --on YYYY-MM-DD.")
    if request.event_id is not None and (request.day or request.fan):
        raise Failure("--on and --fan belong to --new-event.")


def _reason(error: Refused | ContactRefused | Unreadable) -> str:
    params = getattr(error, "params", {})
    return REASONS.get(error.code, f"not possible ({error.code}).").format(**params)


def _event(programme: Programme, request: Request) -> Event:
    if request.event_id is not None:
        return get_event(db.session, programme, request.event_id)
    fan_id = None
    if request.fan:
        fan = fan_by_name(db.session, programme, request.fan)
        draft = FanDraft(request.fan, FanKind.OTHER)
        fan_id = (fan or add_fan(db.session, programme=programme, draft=draft, actor_id=None)).id
    assert request.title is not None  # noqa: S101 - checked before
    assert request.day is not None  # noqa: S101
    return create_event(
        db.session,
        programme=programme,
        draft=EventDraft(title=request.title, day=request.day, fan_id=fan_id),
        actor_id=None,
        origin="cli",
    )


def _import(programme: Programme, event: Event, request: Request) -> AttendanceImport:
    config = settings()
    path = Path(request.file)
    try:
        with path.open("rb") as source:
            return import_file(
                db.session,
                programme=programme,
                event=event,
                source=source,
                file_name=path.name,
                limits=Limits(config.upload_bytes, config.import_rows),
                actor_id=None,
                options=request.options,
            )
    except OSError as error:
        raise Failure(f"{request.file} cannot be read: {error.strerror}.") from error


def _answer(
    programme: Programme, event: Event, imported: AttendanceImport, request: Request
) -> dict[str, object]:
    counts = verdict_counts(imported)
    came = [RowVerdict.NEW, RowVerdict.KNOWN, RowVerdict.DOUBTFUL]
    return {
        "programme": programme.slug,
        "event": {
            "id": event.id,
            "title": event.title,
            "day": event_day(event).isoformat(),
        },
        "file": imported.file_name,
        "import": imported.id,
        "rows": sum(counts.values()),
        "counts": counts,
        **counts,
        "dry_run": request.dry_run,
        "people": sum(counts[verdict] for verdict in came),
        "companies": _companies(imported, came),
        "errors": _errors(imported),
    }


def _companies(imported: AttendanceImport, verdicts: list[RowVerdict]) -> int:
    return (
        db.session.scalar(
            select(func.count(func.distinct(ImportRow.company_id))).where(
                ImportRow.import_id == imported.id, ImportRow.verdict.in_(verdicts)
            )
        )
        or 0
    )


def _errors(imported: AttendanceImport) -> list[dict[str, object]]:
    rows = db.session.execute(
        select(ImportRow.number, ImportRow.reason, ImportRow.details)
        .where(ImportRow.import_id == imported.id, ImportRow.verdict == RowVerdict.ERROR)
        .order_by(ImportRow.number)
        .limit(SHOWN_ERRORS)
    )
    return [
        {
            "row": row.number,
            "column": row.details.get("column", ""),
            "reason": row.reason,
            "value": row.details.get("value", ""),
        }
        for row in rows
    ]


def _sentences(answer: dict[str, object]) -> str:
    event, counts = answer["event"], answer["counts"]
    assert isinstance(event, dict)  # noqa: S101
    assert isinstance(counts, dict)  # noqa: S101
    done = "Nothing was written (dry run)." if answer["dry_run"] else "Written."
    lines = [
        f"{answer['file']}: {answer['rows']} rows for {event['title']}, {event['day']} "
        f"(event {event['id']}). {done}",
        ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()),
    ]
    errors = answer["errors"]
    assert isinstance(errors, list)  # noqa: S101
    lines += [
        f"row {row['row']}, {row['column'] or 'whole row'}: {row['reason']} {row['value']}"
        for row in errors
    ]
    return "\n".join(lines)
