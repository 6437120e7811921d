"""Two people editing one record: what each of them saw, changed, and finds back.

The form carries what its reader saw. When somebody else saved in between, fields that this person
left alone take over the other's values, fields that they changed keep theirs, and every value that
differs is shown; saving again then goes over the other's version knowingly.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pioneers.web.forms import BaseForm


@dataclass(frozen=True)
class Meanwhile:
    """A field that somebody else changed: as it was, as it is now, and what this form holds."""

    label: str
    before: str
    after: str
    yours: str

    @property
    def clashes(self) -> bool:
        """Whether this person wants something else than is stored now."""
        return self.yours != self.after


def as_text(value: object) -> str:
    """A value as forms send it."""
    return "" if value is None else str(value)


def snapshot(record: object, names: Iterable[str]) -> str:
    """What the reader of a form sees of `record`, to be sent along."""
    return json.dumps({name: as_text(getattr(record, name)) for name in names})


def seen_values(sent: str | None) -> dict[str, str]:
    """What was sent along; nothing when it cannot be read (then every field counts as changed)."""
    try:
        values = json.loads(sent or "")
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(name): str(value) for name, value in values.items()}


def reconcile(
    form: BaseForm, record: object, names: Iterable[str], sent: str | None
) -> list[Meanwhile]:
    """Lay this person's changes over the record as it is now; what the other changed comes back."""
    seen = seen_values(sent)
    found = []
    for name in names:
        field = form[name]
        now, mine = as_text(getattr(record, name)), as_text(field.data)
        before = seen.get(name, mine)
        if now == before and name in seen:
            continue
        if mine == before and now != mine and name in seen:
            _take(field, getattr(record, name))
            mine = now
        if now != before or now != mine:
            found.append(Meanwhile(str(field.label.text), before, now, mine))
    return found


def _take(field: Any, value: object) -> None:
    """Show `value` instead of what was typed."""
    field.data = as_text(value) if field.type == "SelectField" else value
    field.raw_data = None
