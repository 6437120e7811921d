"""The log: who did what, when. A programme's for its leader, the installation's for its keeper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers import clock
from pioneers.accounts.guards import administrator
from pioneers.accounts.labels import ROLE_LABELS
from pioneers.accounts.queries import user_names
from pioneers.accounts.rules import Permission, Role
from pioneers.audit.models import AuditEntry
from pioneers.audit.queries import Filter, actor_ids, all_entries, find_entries, subject_user_ids
from pioneers.audit.texts import (
    ACTIONS,
    OBJECTS,
    action_text,
    numbers_text,
    object_text,
    origin_text,
)
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.web.pagination import page_number
from pioneers.web.parsing import parse_day, parse_version
from pioneers.web.sheets import sheet_response

blueprint = Blueprint("audit", __name__)
FILTERS = ("wat", "wie", "soort", "van", "tot")


@dataclass(frozen=True)
class Line:
    """An entry in words."""

    at: datetime
    actor: str
    action: str
    subject: str
    details: str
    origin: str


def lines(entries: Iterable[AuditEntry], names: dict[int, str]) -> Iterator[Line]:
    """The entries in the person's language; `names` of everybody who may occur in them."""
    for entry in entries:
        known = entry.object_type == "user" and entry.object_id in names
        yield Line(
            at=entry.at,
            actor=names.get(entry.actor_id or 0, "–"),
            action=action_text(entry.action),
            subject=names[entry.object_id or 0]
            if known
            else object_text(entry.object_type, entry.object_id),
            details=_details(entry),
            origin=origin_text(entry.origin),
        )


def _details(entry: AuditEntry) -> str:
    role = entry.details.get("role")
    label = str(ROLE_LABELS[Role(role)]) if role in set(Role) else ""
    return ", ".join(part for part in (label, numbers_text(entry.details)) if part)


def _names(entries: Iterable[AuditEntry]) -> dict[int, str]:
    ids: set[int | None] = set()
    for entry in entries:
        ids.add(entry.actor_id)
        if entry.object_type == "user":
            ids.add(entry.object_id)
    return user_names(db.session, ids)


def asked_filter() -> Filter:
    """What the address asks for; what cannot be read does not filter."""
    actor = request.args.get("wie", "")
    action, kind = request.args.get("wat", ""), request.args.get("soort", "")
    return Filter(
        action=action if action in ACTIONS else "",
        actor_id=parse_version(actor) or None,
        object_type=kind if kind in OBJECTS else "",
        first=parse_day(request.args.get("van", "")),
        last=parse_day(request.args.get("tot", "")),
    )


def _asked() -> dict[str, Any]:
    """The filters in the address, for the address of the sheet."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


@blueprint.get("/p/<slug>/logboek")
@permitted(Permission.SEE_AUDIT)
def log(programme: Programme) -> ResponseReturnValue:
    """What was done in a programme."""
    return _page(
        programme,
        url_for("audit.log", slug=programme.slug),
        url_for("audit.export", slug=programme.slug, **_asked()),
    )


@blueprint.get("/p/<slug>/logboek/export")
@permitted(Permission.SEE_AUDIT)
def export(programme: Programme) -> ResponseReturnValue:
    """The same, as a sheet."""
    return _sheet(programme.id, programme.slug)


@blueprint.get("/beheer/logboek")
@administrator
def installation() -> ResponseReturnValue:
    """Log-ins and accounts: what belongs to no programme."""
    return _page(
        None,
        url_for("audit.installation"),
        url_for("audit.installation_export", **_asked()),
    )


@blueprint.get("/beheer/logboek/export")
@administrator
def installation_export() -> ResponseReturnValue:
    """The same, as a sheet."""
    return _sheet(None, "installatie")


def _page(programme: Programme | None, here: str, sheet: str) -> ResponseReturnValue:
    programme_id = programme.id if programme is not None else None
    wanted = asked_filter()
    found = find_entries(db.session, programme_id=programme_id, wanted=wanted, number=page_number())
    actors = user_names(db.session, actor_ids(db.session, programme_id=programme_id))
    return render_template(
        "audit/log.html",
        programme=programme,
        page=found,
        lines=list(lines(found.items, _names(found.items))),
        wanted=wanted,
        actions=sorted((str(text), code) for code, text in ACTIONS.items()),
        kinds=sorted((str(text), code) for code, text in OBJECTS.items()),
        actors=sorted((name, actor_id) for actor_id, name in actors.items()),
        here=here,
        sheet=sheet,
    )


def _sheet(programme_id: int | None, name: str) -> ResponseReturnValue:
    header = [_("When"), _("Who"), _("What"), _("Record"), _("Details"), _("From where")]
    title = _("log")
    return sheet_response(
        f"{title}-{name}-{clock.today():%Y-%m-%d}",
        [str(cell) for cell in header],
        _sheet_rows(programme_id, asked_filter()),
        request.args.get("vorm", ""),
    )


def _sheet_rows(programme_id: int | None, wanted: Filter) -> Iterator[tuple[str | datetime, ...]]:
    people = actor_ids(db.session, programme_id=programme_id)
    people |= subject_user_ids(db.session, programme_id=programme_id)
    names = user_names(db.session, people)
    entries = all_entries(db.session, programme_id=programme_id, wanted=wanted)
    for line in lines(entries, names):
        yield (line.at, line.actor, line.action, line.subject, line.details, line.origin)
