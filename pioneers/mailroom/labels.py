"""Words for what became of a message."""

from flask_babel import lazy_gettext as _l

from pioneers.mail.kinds import KINDS
from pioneers.mail.models import MailStatus
from pioneers.mail.outcomes import Problem
from pioneers.web.i18n import language

STATUSES = {
    MailStatus.QUEUED: _l("Waiting"),
    MailStatus.SENT: _l("Sent"),
    MailStatus.DELIVERED: _l("Delivered"),
    MailStatus.BOUNCED: _l("Address does not exist"),
    MailStatus.BLOCKED: _l("Refused by the receiver"),
    MailStatus.UNSUBSCRIBED: _l("Unsubscribed"),
    MailStatus.FAILED: _l("Failed"),
    MailStatus.WITHDRAWN: _l("Withdrawn"),
}
TAGS = {
    MailStatus.QUEUED: "quiet",
    MailStatus.SENT: "good",
    MailStatus.DELIVERED: "good",
    MailStatus.BOUNCED: "wrong",
    MailStatus.BLOCKED: "warn",
    MailStatus.UNSUBSCRIBED: "warn",
    MailStatus.FAILED: "wrong",
    MailStatus.WITHDRAWN: "quiet",
}
PROBLEMS = {
    Problem.ADDRESS: _l("This is no address that mail can be sent to."),
    Problem.UNCERTAIN: _l(
        "The work stopped just as the message was handed over, so nobody heard the answer. It has "
        "probably arrived. Send it again only if the receiver has nothing."
    ),
    Problem.SUPPRESSED: _l("This address gets no mail, so it was not sent."),
    Problem.UNREACHABLE: _l("The mail server did not answer, or hung up."),
    Problem.BUILDING: _l("No mail could be made of this message. Tell the administrator."),
}
HELD = {
    MailStatus.BOUNCED: _l("The receiver's server says that this address does not exist."),
    MailStatus.BLOCKED: _l("The receiver's server refused our mail. After a week we try again."),
    MailStatus.UNSUBSCRIBED: _l("The receiver asked for no more mail, or called it unwanted."),
}


def kind_title(key: str) -> str:
    """What a kind of mail is called; its key where the product knows it no longer."""
    kind = KINDS.get(key)
    if kind is None:
        return key
    return kind.title_en if language() == "en" else kind.title_nl


def problem_text(problem: str) -> str:
    """A problem in words; what a server said stays as it is."""
    return str(PROBLEMS[Problem(problem)]) if problem in set(Problem) else problem
