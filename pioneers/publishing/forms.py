"""Forms of the texts of the public site."""

from datetime import datetime, time

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from pioneers import clock
from pioneers.programmes.rules import Refused
from pioneers.publishing.rules import BODY, LEAD, TITLE, Words
from pioneers.web.forms import BaseForm, DayField, HourField, Required

NOW, LATER = "now", "later"


class TextForm(BaseForm):
    """The words of a page."""

    title = StringField(
        _l("Title"), [Required(message=_l("Give the page a title.")), Length(max=TITLE)]
    )
    lead = TextAreaField(
        _l("In one or two sentences"),
        [Length(max=LEAD)],
        description=_l("Stands large below the title, and in what search engines show."),
        render_kw={"rows": 3},
    )
    body = TextAreaField(
        _l("Text"),
        [Length(max=BODY)],
        description=_l(
            "An empty line begins a new paragraph. ## before a line makes a heading, - a list;"
            " **bold**, and [words](https://address) a link."
        ),
        render_kw={"rows": 20},
    )
    version = HiddenField()

    def words(self, language: str) -> Words:
        """What was written."""
        return Words(self.title.data or "", self.lead.data or "", self.body.data or "", language)


class NewPageForm(BaseForm):
    """A page of the programme's own."""

    title = StringField(
        _l("Title"), [Required(message=_l("Give the page a title.")), Length(max=TITLE)]
    )
    key = StringField(
        _l("Address"),
        [Required(message=_l("Fill this in.")), Length(max=60)],
        description=_l("Small letters, digits and hyphens, like wat-wij-doen."),
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )


class _MomentForm(BaseForm):
    """Now, or at a moment to come."""

    day = DayField(_l("Day"))
    hour = HourField(_l("Time"), description=_l("Empty: at the beginning of the day."))
    version = HiddenField()

    def at(self, when: str | None) -> datetime | None:
        """The moment that was chosen; None is now. Raises Refused: moment_missing."""
        if when != LATER:
            return None
        if self.day.data is None:
            raise Refused("moment_missing", "day")
        return clock.from_local(self.day.data, self.hour.data or time(0))


class PublishForm(_MomentForm):
    """When a text goes to the site, and perhaps when it goes off it."""

    when = RadioField(
        _l("When"),
        [InputRequired()],
        choices=[(NOW, _l("Now")), (LATER, _l("At a moment to come"))],
        default=NOW,
    )
    until_day = DayField(_l("Off the site again on"), description=_l("Empty: it stays."))
    until_hour = HourField(_l("At"))

    def until(self) -> datetime | None:
        """When the text goes off the site; None for never."""
        if self.until_day.data is None:
            return None
        return clock.from_local(self.until_day.data, self.until_hour.data or time(0))


class WithdrawForm(_MomentForm):
    """When a text goes off the site."""

    when = RadioField(
        _l("When"),
        [InputRequired()],
        choices=[(NOW, _l("Now")), (LATER, _l("At a moment to come"))],
        default=NOW,
    )


class PlainForm(BaseForm):
    """A button alone."""
