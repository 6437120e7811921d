"""Words for mailings, and what is refused on them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.mailings.models import MailingKind, MailingState
from pioneers.mailings.rules import Acted, Outcome, Part
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused

KINDS: dict[MailingKind, LazyString] = {
    MailingKind.NEWSLETTER: _l("Newsletter"),
    MailingKind.INVITATION: _l("Invitation to an event"),
}
STATES: dict[MailingState, tuple[LazyString, str]] = {
    MailingState.DRAFT: (_l("being written"), "quiet"),
    MailingState.PLANNED: (_l("planned"), "brand"),
    MailingState.SENDING: (_l("is leaving"), "warn"),
    MailingState.SENT: (_l("has left"), "good"),
    MailingState.CANCELLED: (_l("was stopped"), "wrong"),
}
OUTCOMES: dict[str, LazyString] = {
    Outcome.WAITING: _l("waits to leave"),
    Outcome.SENT: _l("left, and the receiving side said nothing yet"),
    Outcome.DELIVERED: _l("arrived"),
    Outcome.BOUNCED: _l("bounced: the address does not exist"),
    Outcome.FAILED: _l("refused or failed"),
    Outcome.SKIPPED: _l("not mailed: stopped, or the address takes no mail"),
    "left": _l("unsubscribed by this mailing"),
}
ACTED: dict[Acted, LazyString] = {
    Acted.NOT_YET: _l("did not come into action yet"),
    Acted.DID: _l("came into action"),
}
PARTS: dict[Part, LazyString] = {
    Part.PIONEER: _l("pioneers"),
    Part.FAN: _l("contact people of fans"),
    Part.NEITHER: _l("neither pioneer nor fan"),
}
REFUSALS: dict[str, LazyString] = {
    "subject_missing": _l("Fill in a subject."),
    "body_missing": _l("Write something here."),
    "body_long": _l("Use at most %(limit)s characters."),
    "event_unknown": _l("Choose the event that you invite to."),
    "not_draft": _l("This mailing is planned or has left already. Stop it first."),
    "not_tested": _l("Send yourself a test mail first: these words were not tried yet."),
    "nobody": _l("Nobody would get this. Choose other readers."),
    "past": _l("This moment has passed."),
    "far_ahead": _l("Choose a moment within half a year."),
}


def said(refusal: Refused) -> str:
    """A refusal in the person's language."""
    return explain(refusal, REFUSALS)
