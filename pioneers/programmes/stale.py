"""What somebody sees who saves a record that was changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from wtforms.fields.choices import SelectChoice

from pioneers.web.formats import NOTHING, day


@dataclass(frozen=True)
class Difference:
    """A field that stands otherwise than this person has it."""

    label: str
    now: str
    yours: str


def differences(form: Any, current: Mapping[str, Any]) -> list[Difference]:
    """The fields of `form` that differ from `current` (field name to value), in the form's order.

    The form's hidden `version` must be set anew by the caller, so that saving again is a choice.
    """
    return [
        Difference(str(field.label.text), _shown(field, current[field.name]), _shown(field, own))
        for field in form
        if field.name in current and _comparable(own := field.data) != current[field.name]
    ]


def _comparable(value: Any) -> Any:
    return None if value == "" else value


def _shown(field: Any, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, list | tuple):
        return ", ".join(_shown(field, one) for one in value) or NOTHING
    for choice in getattr(field, "choices", None) or ():
        offered, label, *_rest = SelectChoice.from_input(choice)
        if str(offered) == str(value):
            return str(label)
    if isinstance(value, date):
        return day(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
