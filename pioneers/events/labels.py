"""Words for events, and for what is refused on them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.events.models import EventKind, EventStatus
from pioneers.events.rules import Course
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused

KINDS: dict[EventKind, LazyString] = {
    EventKind.TALK: _l("Talk"),
    EventKind.WORKSHOP: _l("Workshop"),
    EventKind.EXCURSION: _l("Company visit"),
    EventKind.NETWORK_MEETING: _l("Network meeting"),
    EventKind.CONFERENCE: _l("Conference"),
    EventKind.MEDIA: _l("In the media"),
}
STATUSES: dict[EventStatus, LazyString] = {
    EventStatus.PROPOSED: _l("Proposed"),
    EventStatus.PLANNED: _l("Planned"),
    EventStatus.HELD: _l("Held"),
    EventStatus.CANCELLED: _l("Cancelled"),
}
COURSES: dict[Course, LazyString] = {
    Course.PROPOSED: _l("Proposed"),
    Course.PLANNED: _l("Planned"),
    Course.UNDER_WAY: _l("Under way"),
    Course.HELD: _l("Held"),
    Course.CANCELLED: _l("Cancelled"),
}
COURSE_TAGS: dict[Course, str] = {
    Course.PROPOSED: "warn",
    Course.PLANNED: "brand",
    Course.UNDER_WAY: "good",
    Course.HELD: "good",
    Course.CANCELLED: "quiet",
}
STATUS_TAGS: dict[EventStatus, str] = {
    EventStatus.PROPOSED: "warn",
    EventStatus.PLANNED: "brand",
    EventStatus.HELD: "good",
    EventStatus.CANCELLED: "quiet",
}
REFUSALS: dict[str, LazyString] = {
    "title_missing": _l("Fill in a title."),
    "title_long": _l("Use at most %(limit)s characters."),
    "before_programme": _l("The programme starts on %(day)s. Choose a later day."),
    "after_programme": _l("The programme ends on %(day)s. Choose an earlier day."),
    "ends_before_start": _l("The event ends before it starts."),
    "not_yet_held": _l("%(day)s has not come yet. Choose 'planned' until then."),
    "headcount_not_held": _l("Only an event that was held has a number of people."),
    "headcount_range": _l("Fill in a number from 0 to %(limit)s."),
    "headcount_below_named": _l("%(named)s people are on the list by name. It cannot be fewer."),
    "day_passed": _l("This day has passed. Choose a day to come."),
    "capacity_range": _l("Fill in a number from 1 to %(limit)s, or leave it empty."),
    "capacity_below_taken": _l("%(taken)s seats are taken already. It cannot be fewer."),
    "theme_unknown": _l("Choose one of the themes."),
    "not_planned": _l("Only a planned event can be published. This one is not confirmed yet."),
    "event_passed": _l("This event has passed."),
    "has_attendance": _l("%(named)s people are on the list, so it was held. Cancel it instead."),
    "checked_in": _l(
        "%(named)s people are checked in already. Undo that first; then it can move to another day."
    ),
    "cancelled": _l("This event was cancelled."),
    "cancelled_at_once": _l("Use the button to cancel an event."),
    "appointed_too_late": _l("This day is more than a year ahead. Look whether the year is right."),
    "appointed_after_end": _l("The appointment ended on %(day)s. Choose an earlier day."),
    "successor_unfit": _l("Choose somebody who is a pioneer now, or will be."),
    "words_long": _l("Use at most %(limit)s characters."),
    "already_pioneer": _l("This person is, or was, a pioneer already."),
    "ended_before_appointed": _l("The appointment began on %(day)s. Choose a later day."),
    "ended_in_future": _l("This day has not come yet."),
    "name_missing": _l("Fill in a name."),
    "reason_missing": _l("Choose the reason."),
}
OUTSIDE: dict[str, LazyString] = {
    "future": _l("This day has not come yet."),
    "before_programme": _l("The event lies before the programme. Change its day first."),
    "after_programme": _l("The event lies after the programme. Change its day first."),
}


def said(refusal: Refused | ContactRefused) -> str:
    """A refusal in the person's language."""
    if isinstance(refusal, ContactRefused):
        return str(OUTSIDE[refusal.code])
    return explain(refusal, REFUSALS)
