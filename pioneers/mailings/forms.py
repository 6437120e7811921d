"""Forms of mailings."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from pioneers import clock
from pioneers.mailings.labels import ACTED, KINDS, PARTS
from pioneers.mailings.rules import LONGEST_BODY, Draft, Segment
from pioneers.programmes.sectors import NAMES_2008, section_name
from pioneers.programmes.themes import THEMES
from pioneers.reach.labels import SIZE_CLASSES
from pioneers.web.forms import BaseForm, DayField, HourField, Required
from pioneers.web.i18n import LANGUAGES, language

REQUIRED = Required(_l("Fill this in."))
LONG = _l("Use at most %(max)d characters.")


class MailingForm(BaseForm):
    """What a mailing says."""

    kind = RadioField(
        _l("What is it?"),
        choices=[(kind.value, label) for kind, label in KINDS.items()],
        default="newsletter",
    )
    event = SelectField(_l("Event that you invite to"), default="")
    subject = StringField(_l("Subject"), [REQUIRED, Length(max=150, message=LONG)])
    body = TextAreaField(
        _l("Text"),
        [REQUIRED, Length(max=LONGEST_BODY, message=LONG)],
        description=_l(
            "Headings begin with ##, lists with -, bold stands between ** and a link is"
            " [words](https://…)."
        ),
    )
    theme = SelectField(
        _l("What is it about?"),
        default="",
        description=_l("Who chose themes gets mailings about these, and general ones."),
    )
    language = RadioField(_l("Language"), choices=list(LANGUAGES.items()), default="nl")
    version = HiddenField()
    form_key = HiddenField()

    def fill(self, events: Mapping[int, str]) -> None:
        """Set the choices."""
        self.event.choices = [
            ("", _("No event")),
            *((str(number), name) for number, name in events.items()),
        ]
        self.theme.choices = [("", _("General")), *THEMES.items()]

    def draft(self) -> Draft:
        """What was filled in."""
        return Draft(
            kind=self.kind.data,
            subject=self.subject.data or "",
            body=self.body.data or "",
            language=self.language.data,
            theme=self.theme.data,
            event_id=int(self.event.data) if self.event.data else None,
        )


class SegmentForm(BaseForm):
    """Which of the subscribers."""

    municipality = SelectField(_l("Municipality of the company"), default="")
    sector = SelectField(_l("Sector"), default="")
    size = SelectField(_l("Size of the company"), default="")
    event = SelectField(_l("Was at"), default="")
    acted = SelectField(_l("Company that"), default="")
    part = SelectField(_l("Who are"), default="")

    def fill(self, municipalities: Mapping[str, str], events: Mapping[int, str]) -> None:
        """Set the choices."""
        everybody = ("", _("All"))
        sections = [(letter, section_name(letter, language())) for letter in NAMES_2008]
        self.municipality.choices = [everybody, *municipalities.items()]
        self.sector.choices = [everybody, *sections]
        self.size.choices = [everybody, *((one.value, name) for one, name in SIZE_CLASSES.items())]
        self.event.choices = [everybody, *((str(key), name) for key, name in events.items())]
        self.acted.choices = [everybody, *((one.value, name) for one, name in ACTED.items())]
        self.part.choices = [everybody, *((one.value, name) for one, name in PARTS.items())]

    def segment(self) -> Segment:
        """What was chosen; what is no choice counts as not chosen."""
        found = {}
        for field in self:
            known = {str(value) for value, *_rest in getattr(field, "choices", None) or ()}
            if field.name in Segment.__dataclass_fields__ and field.data in known:
                found[field.name] = field.data
        return Segment(**found)

    def words(self) -> list[tuple[str, str]]:
        """What was chosen, in words."""
        return [
            (str(field.label.text), str(dict(field.choices)[field.data]))
            for field in self
            if field.name in Segment.__dataclass_fields__ and field.data in dict(field.choices)
            if field.data
        ]


class PlanForm(BaseForm):
    """When it leaves."""

    day = DayField(_l("Day"), [REQUIRED])
    hour = HourField(_l("At what time"), [REQUIRED])

    def moment(self) -> datetime:
        """The moment on the clock of Amsterdam."""
        return clock.from_local(self.data["day"], self.data["hour"])


class PressForm(BaseForm):
    """Only a button."""
