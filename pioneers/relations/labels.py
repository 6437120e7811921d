"""Words for prospects, notes and introductions, and for what is refused on them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.events.labels import REFUSALS as EVENT_REFUSALS
from pioneers.fans.labels import REFUSALS as FAN_REFUSALS
from pioneers.profiles.models import ConsentPurpose
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused
from pioneers.relations.models import NoteKind, Side, Stage

SIDES: dict[Side, LazyString] = {Side.PIONEER: _l("Pioneers"), Side.FAN: _l("Fans")}
STAGES: dict[Stage, LazyString] = {
    Stage.SPOTTED: _l("Spotted"),
    Stage.APPROACHED: _l("Approached"),
    Stage.IN_CONVERSATION: _l("In conversation"),
    Stage.AGREED: _l("Agreed"),
    Stage.JOINED: _l("Joined"),
    Stage.ENDED: _l("Came to nothing"),
}
NOTE_KINDS: dict[NoteKind, LazyString] = {
    NoteKind.CONVERSATION: _l("Conversation"),
    NoteKind.CALL: _l("Phone call"),
    NoteKind.MAIL: _l("Mail or message"),
    NoteKind.THANKS: _l("Thank-you"),
    NoteKind.MEMO: _l("Note for ourselves"),
}
CONSENTS: dict[ConsentPurpose, LazyString] = {
    ConsentPurpose.PROFILE: _l("Page"),
    ConsentPurpose.PHOTO: _l("Photo"),
    ConsentPurpose.QUOTE: _l("Words to quote"),
}
REFUSALS: dict[str, LazyString] = {
    **EVENT_REFUSALS,
    **FAN_REFUSALS,
    "already_pioneer": _l(
        "This person is, or was, a pioneer already. Resume the appointment on their own page."
    ),
    "cleared": _l("Nothing is kept of this one any more. Put them on the board anew."),
    "company_missing": _l("Fill in the company."),
    "company_unknown": _l("There is no company of this name yet. Open its page and note it there."),
    "company_twice": _l(
        "There are several companies of this name. Note it on the right one's page."
    ),
    "due_before_note": _l("The note is of %(day)s. Choose that day or a later one."),
    "introduction_known": _l("This has been noted already."),
    "no_address": _l("This pioneer has no e-mail address. Thank them otherwise and note that."),
    "not_open": _l("This is closed: it came to a pioneer or fan, or to nothing."),
    "note_cleared": _l("What was noted here has been deleted, because its time was over."),
    "note_in_future": _l("This day has not come yet. A plan is a next step."),
    "pioneer_missing": _l("Choose a pioneer."),
    "prospect_known": _l("%(name)s is on the board already."),
    "reason_missing": _l("Choose the reason."),
    "responsible_unknown": _l("Choose somebody of the team."),
    "stage_unknown": _l("Choose one of the stages."),
    "step_missing": _l("Fill in what is to be done on that day."),
    "target_missing": _l("Choose a fan or prospect, or fill in a company."),
    "text_long": _l("Use at most %(limit)s characters."),
    "text_missing": _l("Write down what was said or agreed."),
}


def said(refusal: Refused) -> str:
    """A refusal in the person's language."""
    return explain(refusal, REFUSALS)
