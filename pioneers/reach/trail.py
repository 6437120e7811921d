"""What was done to a record, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.reach.dossier import TrailRow

ACTIONS: dict[str, LazyString] = {
    "company.added": _l("Added by hand"),
    "company.created": _l("Added by hand"),
    "company.changed": _l("Changed"),
    "company.merged": _l("Joined with another record"),
    "company.unmerged": _l("Joining undone"),
    "companies.merged": _l("Joined with another record"),
    "person.added": _l("Added by hand"),
    "person.created": _l("Added by hand"),
    "person.changed": _l("Changed"),
    "person.merged": _l("Joined with another record"),
    "person.unmerged": _l("Joining undone"),
    "people.merged": _l("Joined with another record"),
    "merge.undone": _l("Joining undone"),
}


@dataclass(frozen=True)
class TrailLine:
    """Something that was done: when, what, by whom, and to which facts."""

    at: datetime
    what: str
    by: str
    fields: str


FIELDS: dict[str, LazyString] = {
    "name": _l("Name"),
    "kvk_number": _l("KVK number"),
    "establishment_number": _l("Establishment number"),
    "sector_code": _l("Sector code (SBI)"),
    "sector_version": _l("Version of the sector code"),
    "employees": _l("Employees"),
    "annual_work_units": _l("Annual work units"),
    "turnover": _l("Turnover"),
    "balance": _l("Balance sheet total"),
    "municipality_code": _l("Municipality"),
    "postcode": _l("Postcode"),
    "place": _l("Place"),
    "web_domain": _l("Website"),
    "first_name": _l("First name"),
    "initials": _l("Initials"),
    "infix": _l("Infix"),
    "family_name": _l("Family name"),
    "email": _l("E-mail address"),
    "phone": _l("Phone number"),
    "function": _l("Function"),
}


def trail_lines(rows: Sequence[TrailRow]) -> list[TrailLine]:
    """The trail as a page shows it; an action without words of its own is shown by its code."""
    return [
        TrailLine(
            at=row.at,
            what=str(ACTIONS.get(row.action, row.action)),
            by=row.by or _("the system"),
            fields=_fields(row.details.get("fields")),
        )
        for row in rows
    ]


def _fields(names: object) -> str:
    if not isinstance(names, list | dict):
        return ""
    return ", ".join(str(FIELDS.get(str(name), name)).lower() for name in names)
