"""What is said of calendars, in the person's language."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.agenda.models import FeedKind

KINDS: dict[FeedKind, LazyString] = {
    FeedKind.PROGRAMME: _l("All events of the programme"),
    FeedKind.PIONEER: _l("Your talks, and what you are asked for"),
    FeedKind.FAN: _l("The events of %(name)s"),
}
HINTS: dict[FeedKind, LazyString] = {
    FeedKind.PROGRAMME: _l("With proposals and the seats taken. Without names of guests."),
    FeedKind.PIONEER: _l("A request that you have not answered is marked as not certain."),
    FeedKind.FAN: _l("With your proposals and the seats taken. Without names of guests."),
}
