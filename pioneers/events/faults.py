"""Everything that is wrong with a form of an event, said at once: people fill it in on a phone."""

from collections.abc import Callable, Iterator
from datetime import date

from pioneers.events.models import Event
from pioneers.events.rules import moment_faults
from pioneers.events.seats import check_capacity
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.forms import BaseForm, attach


def form_faults(
    programme: Programme,
    form: BaseForm,
    *,
    event: Event | None = None,
    not_before: date | None = None,
) -> Iterator[Refused]:
    """What the rules say of a form's moment and seats, whatever else is wrong with it."""
    sent = form.data
    yield from moment_faults(
        *(sent["day"], sent["starts"], sent["ends"]),
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        not_before=not_before,
    )
    try:
        check_capacity(sent["capacity"], seats_taken=0 if event is None else event.seats_taken)
    except Refused as fault:
        yield fault


def is_right(form: BaseForm, faults: Iterator[Refused], said: Callable[[Refused], str]) -> bool:
    """Whether the form was sent and nothing is wrong with it; every fault stands at its field."""
    if not form.is_submitted():
        return False
    right = bool(form.validate())
    for fault in faults:
        right = False
        if not form[fault.field].errors:
            attach(form, fault.field, said(fault))
    return right
