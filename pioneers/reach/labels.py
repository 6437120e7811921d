"""The ledger's codes in words, for every page and form above this layer."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.companies.rules import DoubtReason, SizeClass, Subject
from pioneers.programmes.rules import Evidence, Verdict
from pioneers.reach.rules import ActivationStatus, Channel, Rejection, VoidReason

CHANNELS: dict[Channel, LazyString] = {
    Channel.EVENT: _l("Event"),
    Channel.MEDIA: _l("Media"),
    Channel.CARD: _l("Referral card"),
    Channel.QUESTION: _l("Question"),
    Channel.SURVEY: _l("Questionnaire"),
    Channel.CIRCLE: _l("Circle"),
    Channel.VOUCHER: _l("Voucher"),
    Channel.KNOWLEDGE: _l("Knowledge base"),
    Channel.CONVERSATION: _l("Conversation"),
    Channel.ACTIVATION: _l("By the action itself"),
}

EVIDENCE: dict[Evidence, LazyString] = {
    Evidence.HEADCOUNT: _l("Counted in the room"),
    Evidence.LISTED: _l("On a list"),
    Evidence.SELF_DECLARED: _l("Gave the details"),
    Evidence.CHECKED_IN: _l("Checked in"),
    Evidence.CONFIRMED: _l("Confirmed by a second source"),
}

VOID_REASONS: dict[VoidReason, LazyString] = {
    VoidReason.WRONG_PERSON: _l("Wrong person or company"),
    VoidReason.WRONG_DAY: _l("Wrong day"),
    VoidReason.NOT_PRESENT: _l("Was not there"),
    VoidReason.RECORDED_TWICE: _l("Recorded twice"),
    VoidReason.IMPORT_UNDONE: _l("The import was undone"),
    VoidReason.REPLACED: _l("Replaced by a better record"),
    VoidReason.MERGED: _l("Double after merging"),
    VoidReason.EVENT_CANCELLED: _l("The event was cancelled"),
    VoidReason.MISUSE: _l("No real question (advertising, misuse)"),
}

# What a person can choose; the others are noted by the program itself.
CHOSEN_VOID_REASONS = (
    VoidReason.WRONG_PERSON,
    VoidReason.WRONG_DAY,
    VoidReason.NOT_PRESENT,
    VoidReason.RECORDED_TWICE,
)

REJECTIONS: dict[Rejection, LazyString] = {
    Rejection.NO_PROOF: _l("The proof does not show it"),
    Rejection.NOT_IN_CATALOGUE: _l("Not an action of the catalogue"),
    Rejection.BEFORE_PROGRAMME: _l("Happened before the programme"),
    Rejection.OTHER_COMPANY: _l("Done by another company"),
    Rejection.ALREADY_COUNTED: _l("Has been counted already"),
    Rejection.NOT_A_CONCRETE_ACTION: _l("Not a concrete action"),
}

ACTIVATION_STATUSES: dict[ActivationStatus, LazyString] = {
    ActivationStatus.PROPOSED: _l("Waits for verification"),
    ActivationStatus.VERIFIED: _l("Verified"),
    ActivationStatus.REJECTED: _l("Rejected"),
}

# The colour of a status' tag; the word always stands in it.
STATUS_TAGS: dict[ActivationStatus, str] = {
    ActivationStatus.PROPOSED: "warn",
    ActivationStatus.VERIFIED: "good",
    ActivationStatus.REJECTED: "wrong",
}

VERDICTS: dict[Verdict, LazyString] = {
    Verdict.YES: _l("Yes"),
    Verdict.NO: _l("No"),
    Verdict.UNKNOWN: _l("Unknown"),
}

VERDICT_TAGS: dict[Verdict, str] = {
    Verdict.YES: "good",
    Verdict.NO: "warn",
    Verdict.UNKNOWN: "quiet",
}

SIZE_CLASSES: dict[SizeClass, LazyString] = {
    SizeClass.MICRO: _l("1 to 5 employees"),
    SizeClass.SMALL_LOW: _l("6 to 9 employees"),
    SizeClass.SMALL: _l("10 to 49 employees"),
    SizeClass.MEDIUM: _l("50 to 249 employees"),
    SizeClass.LARGE: _l("250 employees or more"),
    SizeClass.UNKNOWN: _l("Size unknown"),
}

DOUBT_REASONS: dict[DoubtReason, LazyString] = {
    DoubtReason.SAME_NAME: _l("They have the same name."),
    DoubtReason.LIKE_NAME: _l("Their names are almost the same."),
    DoubtReason.SAME_DOMAIN: _l("They have the same web domain."),
    DoubtReason.SAME_MAILBOX: _l("They use the same e-mail address."),
    DoubtReason.SAME_PHONE: _l("They have the same phone number."),
    DoubtReason.NAMESAKE: _l("They have the same name, at different companies."),
}

SUBJECTS: dict[Subject, LazyString] = {
    Subject.COMPANY: _l("Company"),
    Subject.PERSON: _l("Person"),
}
