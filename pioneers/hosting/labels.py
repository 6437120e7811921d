"""Words for what is refused to a host."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.events.labels import OUTSIDE
from pioneers.planning.labels import HINDRANCES
from pioneers.planning.labels import REFUSALS as PLANNING_REFUSALS
from pioneers.planning.rules import Hindrance
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused

REFUSALS: dict[str, LazyString] = {
    **PLANNING_REFUSALS,
    "pioneer_unfit": _l(
        "%(name)s may not be able to come: %(reasons)s. Choose somebody else, or tick the box to"
        " ask all the same."
    ),
    "overlaps": _l("At the same time you have ‘%(title)s’. Tick the box if that is right."),
}


def reasons_of(hindrances: Sequence[Hindrance]) -> str:
    """Why a pioneer had better not be asked, in words."""
    return ", ".join(str(HINDRANCES[one]) for one in hindrances)


def said(refusal: Refused | ContactRefused) -> str:
    """A refusal in the person's language."""
    if isinstance(refusal, ContactRefused):
        return str(OUTSIDE[refusal.code])
    reasons = refusal.params.get("reasons")
    if isinstance(reasons, tuple):
        refusal = Refused(
            refusal.code, refusal.field, **refusal.params | {"reasons": reasons_of(reasons)}
        )
    return explain(refusal, REFUSALS)
