"""Words for cards, what they are for, and what is refused on them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.cards.following import Step
from pioneers.cards.funnel import By
from pioneers.cards.models import Came, LeadKind
from pioneers.cards.rules import OwnerKind
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused

OWNERS: dict[OwnerKind, LazyString] = {
    OwnerKind.PIONEER: _l("Pioneer"),
    OwnerKind.FAN: _l("Fan"),
    OwnerKind.EVENT: _l("Event"),
}
CAME: dict[Came, LazyString] = {Came.SCANNED: _l("scanned"), Came.TYPED: _l("typed")}
WISHES: dict[LeadKind, LazyString] = {
    LeadKind.QUESTION: _l("I have a question"),
    LeadKind.CALL: _l("Give me a call"),
    LeadKind.CIRCLE: _l("I want to join a circle"),
    LeadKind.NEWS: _l("Keep me informed"),
}
LEADS: dict[LeadKind, LazyString] = {
    LeadKind.QUESTION: _l("Question"),
    LeadKind.CALL: _l("To be called"),
    LeadKind.CIRCLE: _l("Circle"),
    LeadKind.NEWS: _l("Kept informed"),
}
BYS: dict[By, LazyString] = {
    By.PIONEER: _l("Per pioneer"),
    By.RUN: _l("Per print run"),
    By.TALK: _l("Per talk"),
}
STEPS: dict[Step, LazyString] = {
    Step.DETAILS: _l("Who left details"),
    Step.EVENT: _l("Who came to an event afterwards"),
    Step.ACTION: _l("Whose company came into action afterwards"),
}
REFUSALS: dict[str, LazyString] = {
    "quantity_range": _l("Fill in a number from 1 to %(limit)s."),
    "printed_ahead": _l("Choose a day up to %(day)s."),
    "words_long": _l("Use at most %(limit)s characters."),
    "reason_missing": _l("Say why, in a few words."),
    "owner_unknown": _l("Choose whose cards these are."),
    "target_unknown": _l("Choose where the cards lead."),
    "name_missing": _l("Fill in your name."),
    "email_missing": _l("Fill in your e-mail address, so that we can answer."),
    "phone_missing": _l("Fill in the number at which we can call you."),
    "text_missing": _l("Write your question."),
    "text_long": _l("Use at most %(limit)s characters."),
    "too_often": _l("This form was sent very often from here. Try again in a few minutes."),
}


def said(refusal: Refused) -> str:
    """A refusal in the person's language."""
    return explain(refusal, REFUSALS)
