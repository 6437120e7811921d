"""Words for requests to pioneers, and for what is refused on them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.events.labels import REFUSALS as EVENT_REFUSALS
from pioneers.planning.models import RequestState
from pioneers.planning.rules import Availability, Hindrance
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused

STATES: dict[RequestState, LazyString] = {
    RequestState.OPEN: _l("asked"),
    RequestState.ACCEPTED: _l("comes"),
    RequestState.DECLINED: _l("does not come"),
    RequestState.OTHER_DATE: _l("proposes another date"),
    RequestState.WITHDRAWN: _l("withdrawn"),
}
STATE_TAGS: dict[RequestState, str] = {
    RequestState.OPEN: "brand",
    RequestState.ACCEPTED: "good",
    RequestState.DECLINED: "quiet",
    RequestState.OTHER_DATE: "warn",
    RequestState.WITHDRAWN: "quiet",
}
AVAILABILITY: dict[Availability, LazyString] = {
    Availability.FREE: _l("free"),
    Availability.SAME_DAY: _l("speaks elsewhere that day"),
    Availability.CLASH: _l("speaks elsewhere then"),
    Availability.AWAY: _l("away"),
}
AVAILABILITY_TAGS: dict[Availability, str] = {
    Availability.FREE: "good",
    Availability.SAME_DAY: "warn",
    Availability.CLASH: "wrong",
    Availability.AWAY: "warn",
}
HINDRANCES: dict[Hindrance, LazyString] = {
    Hindrance.AWAY: _l("away that day"),
    Hindrance.CLASH: _l("speaks elsewhere then"),
    Hindrance.TOO_FAR: _l("farther than they travel"),
    Hindrance.OTHER_KIND: _l("offers other things than this"),
}
REFUSALS: dict[str, LazyString] = {
    **EVENT_REFUSALS,
    "event_cancelled": _l("This event was cancelled. Nothing can be asked or answered any more."),
    "event_begun": _l("This event has begun or passed. Nothing can be asked or answered any more."),
    "request_withdrawn": _l("This request was withdrawn. You need not do anything."),
    "answered_before": _l("You answered this already. Call the host if it is different now."),
    "double_booked": _l("On %(moment)s you also speak at ‘%(title)s’."),
    "pioneer_former": _l("This pioneer stops before the event. Choose another one."),
    "pioneer_ahead": _l("This pioneer is appointed on %(day)s, after the event."),
    "pioneer_away": _l(
        "%(name)s is away from %(first)s to %(last)s. Ask somebody else, or ask although."
    ),
    "words_long": _l("Use at most %(limit)s characters."),
    "why_missing": _l("Say why it does not go ahead. The host reads it in the mail."),
    "nobody_chosen": _l("Tick at least one pioneer."),
    "answer_missing": _l("Choose an answer."),
    "moment_missing": _l("Fill in the day and the time."),
    "travels_range": _l("Fill in a number from 1 to %(limit)s, or leave it empty."),
}


def said(refusal: Refused) -> str:
    """A refusal in the person's language."""
    return explain(refusal, REFUSALS)
