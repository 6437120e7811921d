"""Words for what was noted at the door, and for what is refused there."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.events.labels import said as said_of_events
from pioneers.presence.deeds import Outcome, Result
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.web.formats import hour

REFUSALS: dict[str, LazyString] = {
    "cancelled": _l("This event was cancelled. Nobody can be checked in."),
    "not_yet_held": _l("Checking in begins on the day itself, %(day)s."),
    "name_missing": _l("Fill in a name."),
    "email_shape": _l("Write a complete e-mail address, like name@example.nl."),
    "guests_range": _l("Fill in a number from 0 to %(limit)s."),
    "key_shape": _l("This could not be read. Open the page again."),
    "deed_shape": _l("This could not be read. Open the page again."),
    "unknown_guest": _l("This guest is not on the list of this event."),
    "unknown_code": _l("This code does not belong to this event."),
}


def said(refusal: Refused | ContactRefused) -> str:
    """A refusal in the person's language."""
    if isinstance(refusal, Refused) and refusal.code in REFUSALS:
        return explain(refusal, REFUSALS)
    return said_of_events(refusal)


def told(outcome: Outcome) -> str:
    """What a deed came to, in the person's language."""
    name = outcome.name
    if outcome.result == Result.IN:
        return _("%(name)s is in.", name=name)
    if outcome.result == Result.WAS_IN:
        return _("%(name)s was in at %(time)s.", name=name, time=hour(outcome.since))
    if outcome.result == Result.GONE:
        return _("%(name)s is no longer checked in.", name=name)
    if outcome.result == Result.STILL_IN:
        return _("%(name)s stays in: somebody else checked them in as well.", name=name)
    if outcome.result == Result.STILL_LISTED:
        return _("%(name)s stays in: your attendance list has the name too.", name=name)
    return _("Saved.")
