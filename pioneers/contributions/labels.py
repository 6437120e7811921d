"""Words for contributions, and for what is refused on them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers import clock
from pioneers.contributions.models import ContributionKind, LoggedBy
from pioneers.contributions.rooms import Room
from pioneers.contributions.rules import Meeting, Proof
from pioneers.events.labels import REFUSALS as EVENT_REFUSALS
from pioneers.events.labels import said as said_of_contact
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.web.formats import number
from pioneers.web.i18n import language

KINDS: dict[ContributionKind, LazyString] = {
    ContributionKind.TALK: _l("Talk"),
    ContributionKind.WORKSHOP: _l("Workshop"),
    ContributionKind.EXCURSION: _l("Company visit"),
    ContributionKind.ARTICLE: _l("Article"),
    ContributionKind.INTERVIEW: _l("Interview"),
    ContributionKind.PODCAST: _l("Podcast"),
    ContributionKind.SOCIAL_POST: _l("Post on social media"),
    ContributionKind.CONVERSATION: _l("Conversation"),
}
WAYS: dict[LoggedBy, LazyString] = {
    LoggedBy.PAGE: _l("by the pioneer"),
    LoggedBy.MAIL_LINK: _l("by the pioneer, from the mail"),
    LoggedBy.TEAM: _l("by the project team"),
}
MEETINGS: dict[Meeting, LazyString] = {
    Meeting.NONE: _l("nobody gave a number"),
    Meeting.HOST: _l("number of the host"),
    Meeting.PIONEER: _l("number of the pioneer"),
    Meeting.AGREE: _l("confirmed by two"),
    Meeting.ALIKE: _l("noted twice by one person"),
    Meeting.DIFFER: _l("the numbers differ"),
    Meeting.SETTLED: _l("settled"),
    Meeting.OFF: _l("did not take place, says the pioneer"),
}
MEETING_TAGS: dict[Meeting, str] = {
    Meeting.NONE: "quiet",
    Meeting.HOST: "quiet",
    Meeting.PIONEER: "brand",
    Meeting.AGREE: "good",
    Meeting.ALIKE: "quiet",
    Meeting.DIFFER: "warn",
    Meeting.SETTLED: "good",
    Meeting.OFF: "warn",
}
PROOFS: dict[Proof, LazyString] = {
    Proof.NONE: _l("nobody gave a number"),
    Proof.REPORTED: _l("told by one"),
    Proof.CONFIRMED: _l("confirmed by two"),
    Proof.SETTLED: _l("settled"),
    Proof.DISPUTED: _l("reports differ"),
}
PROOF_TAGS: dict[Proof, str] = {
    Proof.NONE: "quiet",
    Proof.REPORTED: "quiet",
    Proof.CONFIRMED: "good",
    Proof.SETTLED: "good",
    Proof.DISPUTED: "warn",
}
REFUSALS: dict[str, LazyString] = {
    **EVENT_REFUSALS,
    "not_yours": _l(
        "You are not a speaker at this event, so you cannot log it. The project leader"
        " can change who speaks."
    ),
    "not_begun": _l("This event has not begun yet."),
    "event_cancelled": _l("This event was cancelled, so it cannot be logged."),
    "heads_range": _l("Fill in a number from 0 to %(limit)s."),
    "words_long": _l("Use at most %(limit)s characters."),
    "link_shape": _l("Write the whole address, with https:// in front."),
    "named_missing": _l("Write both the name and the company."),
    "day_ahead": _l("This day has not come yet."),
    "day_missing": _l("Fill in the day."),
    "kind_missing": _l("Choose what you did."),
    "answer_missing": _l("Choose an answer."),
    "before_appointed": _l("The appointment began on %(day)s. Choose a later day."),
    "after_end": _l("The appointment ended on %(day)s. Choose an earlier day."),
    "same_day": _l(
        "On that day %(title)s counts already. Was this something else? Tick it below,"
        " and log it again."
    ),
    "logged_that_day": _l(
        "Something like this was logged for that day already. Was this something"
        " else? Tick it below, and log it again."
    ),
    "key_shape": _l("Load this page again, and log it once more."),
    "heads_missing": _l("Fill in a number."),
}


def said(refusal: Refused | ContactRefused) -> str:
    """A refusal in the person's language."""
    if isinstance(refusal, ContactRefused):
        return said_of_contact(refusal)
    return explain(refusal, REFUSALS)


def nth(place: int) -> str:
    """2e in Dutch; 2nd in English."""
    if language() == "nl":
        return f"{place}e"
    special = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if place % 100 in (11, 12, 13) else special.get(place % 10, "th")
    return f"{place}{ending}"


def acknowledgement(place: int, wanted: int, year: int) -> str:
    """What somebody did, in words: `Dit is uw 2e inzet van dit jaar, van de 3.`"""
    words = {"nth": nth(place), "wanted": number(wanted), "year": str(year)}
    if year != clock.today().year:
        return _("This is your %(nth)s contribution of %(year)s.", **words)
    if place > wanted:
        return _("This is your %(nth)s contribution of this year.", **words)
    return _("This is your %(nth)s contribution of this year, of the %(wanted)s.", **words)


def sources(room: Room, names: dict[int, str]) -> str:
    """Who gave which number: `Gastheer: 44. Karin Bosch: 40.`"""
    told = [] if room.host is None else [(_source_words(room), room.host.heads)]
    for report in room.numbers:
        name = names.get(report.contribution.pioneer_id) or _("The pioneer")
        told.append((name, report.contribution.heads or 0))
    return " ".join(f"{name}: {number(heads)}." for name, heads in told)


def _source_words(room: Room) -> str:
    return _("Decided") if room.proof == Proof.SETTLED else _("Host")


def why(room: Room, tolerance: int) -> str:
    """Why the number of people in a room is, or is not, confirmed."""
    found = room.proof
    if found == Proof.CONFIRMED:
        return _(
            "Confirmed: two independent sources differ by at most %(percent)s%%.",
            percent=number(tolerance),
        )
    if found == Proof.SETTLED:
        return _("The sources differed; the project leader said which number counts.")
    if found == Proof.DISPUTED:
        return _("The sources differ; the project leader says which number counts.")
    if any(one.meeting == Meeting.ALIKE for one in room.reports):
        return _("One person noted both numbers: that is one source, so it is not confirmed.")
    if found == Proof.REPORTED:
        return _("One source so far. A second one that says about the same confirms it.")
    return ""
