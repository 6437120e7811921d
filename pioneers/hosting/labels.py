"""Words for what is refused to a host."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.events.labels import OUTSIDE
from pioneers.planning.labels import REFUSALS as PLANNING_REFUSALS
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused

REFUSALS: dict[str, LazyString] = {
    **PLANNING_REFUSALS,
    "overlaps": _l("At the same time you have ‘%(title)s’. Tick the box if that is right."),
}


def said(refusal: Refused | ContactRefused) -> str:
    """A refusal in the person's language."""
    if isinstance(refusal, ContactRefused):
        return str(OUTSIDE[refusal.code])
    return explain(refusal, REFUSALS)
