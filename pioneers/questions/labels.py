"""Words for the desk, in the person's language."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.events.themes import THEMES
from pioneers.mail.models import MailStatus
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused
from pioneers.questions.models import AskedBy, Outcome, QuestionStatus, ReferredTo

STATUSES: dict[QuestionStatus, LazyString] = {
    QuestionStatus.NEW: _l("new"),
    QuestionStatus.TAKEN: _l("taken"),
    QuestionStatus.WAITING: _l("waits for the entrepreneur"),
    QuestionStatus.REFERRED: _l("referred"),
    QuestionStatus.ANSWERED: _l("answered"),
    QuestionStatus.CLOSED: _l("closed"),
}
STATUS_TAGS: dict[QuestionStatus, str] = {
    QuestionStatus.NEW: "brand",
    QuestionStatus.TAKEN: "brand",
    QuestionStatus.WAITING: "quiet",
    QuestionStatus.REFERRED: "quiet",
    QuestionStatus.ANSWERED: "good",
    QuestionStatus.CLOSED: "quiet",
}
WAYS: dict[AskedBy, LazyString] = {
    AskedBy.CARD: _l("a card"),
    AskedBy.TALK: _l("a talk"),
    AskedBy.SITE: _l("the site"),
    AskedBy.MAIL: _l("mail"),
    AskedBy.CALL: _l("a call"),
}
OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.HELPED: _l("Helped"),
    Outcome.ACTION: _l("The company took action"),
    Outcome.NOT_HELPED: _l("Could not be helped"),
    Outcome.NO_REPLY: _l("Did not reply any more"),
    Outcome.NOT_OURS: _l("Not for this programme"),
    Outcome.MISUSE: _l("No real question (advertising, misuse)"),
}
KINDS: dict[ReferredTo, LazyString] = {
    ReferredTo.EXPERT: _l("An expert or adviser"),
    ReferredTo.FAN: _l("A fan"),
    ReferredTo.PIONEER: _l("A pioneer"),
    ReferredTo.TOOL: _l("A tool"),
    ReferredTo.CIRCLE: _l("A circle"),
    ReferredTo.VOUCHER: _l("A voucher"),
}
MAILS: dict[MailStatus, tuple[LazyString, str]] = {
    MailStatus.QUEUED: (_l("ready to leave"), "quiet"),
    MailStatus.SENT: (_l("mailed"), "good"),
    MailStatus.DELIVERED: (_l("arrived"), "good"),
    MailStatus.BOUNCED: (_l("did not arrive: the address does not exist"), "wrong"),
    MailStatus.BLOCKED: (_l("did not arrive: it was refused"), "wrong"),
    MailStatus.UNSUBSCRIBED: (_l("did not arrive: it was refused"), "wrong"),
    MailStatus.FAILED: (_l("could not be mailed"), "wrong"),
    MailStatus.WITHDRAWN: (_l("was not mailed"), "warn"),
}
REFUSALS: dict[str, LazyString] = {
    "text_missing": _l("Write something here."),
    "text_long": _l("Use at most %(limit)s characters."),
    "link_shape": _l("Write a whole address that begins with https://."),
    "question_closed": _l("This question is closed. Open it again first."),
    "not_from_here": _l("That is not possible as the question stands now."),
    "taken_by": _l("%(name)s took this question already."),
    "no_address": _l("There is no e-mail address to send this to."),
    "company_missing": _l("Fill in the company of whoever asked first."),
    "action_missing": _l("Fill in what the company did."),
    "not_of_company": _l("Choose an action of this company."),
    "nobody_responsible": _l("Somebody has to be responsible for this question."),
    "not_responsible": _l("This person has no access to the questions."),
    "whom_missing": _l("Choose or fill in who or what helps."),
    "name_missing": _l("Fill in a name."),
    "title_missing": _l("Fill in a title."),
    "too_often": _l("Very many questions are coming in now. Try again in a few minutes."),
}


def said(refusal: Refused) -> str:
    """A refusal in the person's language."""
    return explain(refusal, REFUSALS)


def theme_choices() -> list[tuple[str, LazyString]]:
    """The themes for a list, beginning with none."""
    return [("", _l("I do not know")), *THEMES.items()]
