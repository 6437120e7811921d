"""Words for registrations, and for what is refused on them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused
from pioneers.registrations.models import QuestionKind, RegistrationState

STATES: dict[RegistrationState, LazyString] = {
    RegistrationState.REGISTERED: _l("registered"),
    RegistrationState.WAITING: _l("on the waiting list"),
    RegistrationState.OFFERED: _l("seat offered"),
    RegistrationState.CANCELLED: _l("registration cancelled"),
    RegistrationState.ATTENDED: _l("was there"),
    RegistrationState.ABSENT: _l("did not come"),
}
STATE_TAGS: dict[RegistrationState, str] = {
    RegistrationState.REGISTERED: "brand",
    RegistrationState.WAITING: "warn",
    RegistrationState.OFFERED: "warn",
    RegistrationState.CANCELLED: "quiet",
    RegistrationState.ATTENDED: "good",
    RegistrationState.ABSENT: "quiet",
}
QUESTION_KINDS: dict[QuestionKind, LazyString] = {
    QuestionKind.TEXT: _l("a line of text"),
    QuestionKind.CHOICE: _l("a choice from a list"),
}
REFUSALS: dict[str, LazyString] = {
    "event_hidden": _l("Registering for this event is not possible yet."),
    "event_begun": _l("This event has begun: registering is no longer possible."),
    "event_past": _l("This event is over: registering is no longer possible."),
    "event_cancelled": _l("This event has been cancelled."),
    "name_missing": _l("Fill in a name."),
    "company_missing": _l("Fill in the company."),
    "party_too_large": _l("You can register %(limit)s people at most. Are you more? Ask the host."),
    "party_above_capacity": _l("There are %(limit)s seats in all. Register fewer people."),
    "no_room": _l("There is no room for more people."),
    "not_standing": _l("This registration can no longer be changed."),
    "has_attended": _l("Somebody of this registration was there, so it cannot be cancelled."),
    "offer_lapsed": _l("The time to confirm is over: the seat went to who was next."),
    "registered_already": _l("This e-mail address is registered already."),
    "answer_missing": _l("Fill this in."),
    "answer_unknown": _l("Choose one of the answers."),
    "answer_long": _l("Use at most %(limit)s characters."),
    "capacity_range": _l("Fill in a number from 1 to %(limit)s."),
    "capacity_below_taken": _l("%(taken)s seats are taken. It cannot be fewer."),
    "too_often": _l("Very many people are registering now. Try again in a few minutes."),
    "choices_missing": _l("Write two answers or more, each on a line of its own."),
    "too_many_questions": _l("An event has %(limit)s questions at most."),
}


def said(refusal: Refused) -> str:
    """A refusal in the person's language."""
    return explain(refusal, REFUSALS)
