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
# Why a calendar could not be had or read.
PROBLEMS: dict[str, LazyString] = {
    "address": _l("This is no address of a calendar. It begins with https:// or webcal://."),
    "credentials": _l("Leave out the name and password in the address: use a public calendar."),
    "port": _l("Calendars are fetched from the usual ports only."),
    "private": _l("This address lies in a private network. Only public calendars can be followed."),
    "unknown_host": _l("This address is not known on the internet. Check it."),
    "unreachable": _l("The server of this calendar cannot be reached."),
    "slow": _l("The server of this calendar takes too long to answer."),
    "certificate": _l("The certificate of this server is not right, so it cannot be trusted."),
    "insecure": _l("The address leads on to a page that is not secured."),
    "redirects": _l("The address leads on too many times."),
    "forbidden": _l("The server does not let us in. Make the calendar public first."),
    "gone": _l("There is no calendar at this address (any more)."),
    "answer": _l("The server gives an answer that we do not understand."),
    "large": _l("The calendar is larger than 5 MB. Export only what is to come."),
    "many": _l("The calendar holds too many events. Export only what is to come."),
    "not_calendar": _l("This is no calendar file (.ics)."),
    "complicated": _l("The calendar has too many rules that repeat."),
    "emptied": _l("All that was to come is gone at once. We wait, in case that is a mistake."),
    "calendar_known": _l("This calendar is followed already."),
    "calendars_many": _l("At most %(limit)s calendars of a fan can be followed."),
    "nothing_given": _l("Fill in an address or choose a file."),
    "too_soon": _l("This calendar was fetched a moment ago. Try again in a minute."),
    "too_often": _l("You looked at many calendars. Try again in an hour."),
    "preview_gone": _l("The preview is over an hour old. Look again."),
}
# Why an entry of a calendar became no proposal: a number stands before it.
SKIPPED: dict[str, LazyString] = {
    "long": _l("that last longer than an evening or a day"),
    "hours": _l("that end before they begin"),
    "private": _l("that are marked as private"),
    "untitled": _l("without a title"),
    "no_start": _l("without a day that can be read"),
    "too_often": _l("that repeat in a way that we do not follow"),
    "unclear": _l("that could not be read"),
    "known": _l("that another calendar of this fan brought"),
    "outside": _l("outside the period of the programme"),
    "refused": _l("that cannot be an event here"),
}
ATTENTION: dict[str, LazyString] = {
    "moved": _l("changed in the calendar of the fan, but not here"),
    "cancelled": _l("cancelled in the calendar of the fan, but not here"),
    "vanished": _l("no longer in the calendar of the fan, but planned here"),
}
