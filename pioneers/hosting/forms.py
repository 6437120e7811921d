"""The form with which a host proposes and changes an event: short, and fit for a phone."""

from dataclasses import replace
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from pioneers.events.forms import REQUIRED, theme_choices, values_of
from pioneers.events.labels import KINDS
from pioneers.events.models import Event, EventKind
from pioneers.events.rules import EventDraft
from pioneers.hosting.labels import said
from pioneers.hosting.rules import NOBODY, WHO_FITS
from pioneers.programmes.rules import Refused
from pioneers.web.forms import BaseForm, DayField, HourField, Required, WholeNumberField

NEW = {"starts": time(20), "ends": time(22), "kind": EventKind.TALK.value}
ALL_THE_SAME = _l("Ask this pioneer all the same")
COPIED = (
    *("title", "kind", "starts", "ends", "fan_id", "place", "address"),
    *("audience", "theme", "description", "capacity"),
)


class HostForm(BaseForm):
    """What a host knows of an event."""

    fan_id = SelectField(_l("For which organisation?"), coerce=int)
    title = StringField(_l("Title"), [Required(REQUIRED), Length(max=200)])
    kind = SelectField(
        _l("Kind of event"), choices=[(kind.value, label) for kind, label in KINDS.items()]
    )
    day = DayField(_l("Day"), [Required(REQUIRED)])
    starts = HourField(_l("Starts at"), [Required(REQUIRED)])
    ends = HourField(_l("Ends at"), [Required(REQUIRED)])
    place = StringField(_l("Place"), [Required(REQUIRED), Length(max=120)])
    address = StringField(
        _l("Address"),
        [Length(max=200)],
        description=_l("Street and number, or the name of the hall."),
    )
    audience = StringField(
        _l("For whom"),
        [Length(max=300)],
        description=_l("The pioneer reads this, such as: forty owners of building companies."),
    )
    theme = SelectField(_l("Theme"), filters=[lambda value: value or ""])
    description = TextAreaField(
        _l("What it is about"),
        [Length(max=5000)],
        description=_l("On the public page, when the event is published."),
    )
    capacity = WholeNumberField(
        _l("Seats"),
        [Optional()],
        minimum=1,
        description=_l("Whoever registers after that is put on the waiting list. Empty: no limit."),
    )
    version = HiddenField()

    def onto(self, draft: EventDraft) -> EventDraft:
        """`draft` with what was filled in; another place may lie in another municipality."""
        place = self.place.data or ""
        same = place == draft.place
        return replace(
            draft,
            title=self.title.data or "",
            day=self.data["day"],
            kind=EventKind(self.kind.data),
            fan_id=self.fan_id.data or None,
            starts=self.data["starts"],
            ends=self.data["ends"],
            place=place,
            municipality_code=draft.municipality_code if same else None,
            address=self.address.data or "",
            audience=self.audience.data or "",
            theme=self.theme.data or "",
            description=self.description.data or "",
            capacity=self.capacity.data,
        )


class ProposeForm(HostForm):
    """A new event, with the pioneer that is wished for."""

    pioneer = SelectField(_l("Which pioneer?"), default=NOBODY)
    although = BooleanField(_l("Propose it all the same"))
    although_unfit = BooleanField(ALL_THE_SAME)
    warned_of = HiddenField()

    def new_draft(self) -> EventDraft:
        """What was filled in."""
        return self.onto(EventDraft(title="", day=self.data["day"]))


class AskForm(BaseForm):
    """A pioneer for an event that stands."""

    pioneer = SelectField(_l("Which pioneer?"), default=WHO_FITS)
    message = TextAreaField(
        _l("A word to the pioneer"),
        [Length(max=1000)],
        description=_l("What you hope to hear, and who will be there."),
    )
    although_unfit = BooleanField(ALL_THE_SAME)
    warned_of = HiddenField()


def accepted_warning(form: "ProposeForm | AskForm") -> str:
    """The warning with which the person goes on; empty without a tick."""
    return (form.warned_of.data or "") if form.although_unfit.data else ""


def warn(form: "ProposeForm | AskForm", refusal: Refused) -> str | None:
    """What the page warns of before it is sent, ready for a tick; None for another refusal."""
    if refusal.code != "pioneer_unfit":
        return None
    form.warned_of.data = str(refusal.params["key"])
    form.although_unfit.data = False
    return said(refusal)


def pioneer_choices(names: dict[int, str], *, nobody: bool) -> list[tuple[str, str]]:
    """Nobody, whoever fits, or somebody by name."""
    none = [(NOBODY, _("None for now"))] if nobody else []
    fits = (WHO_FITS, _("Whoever fits and is free: the project leader chooses"))
    return [*none, fits, *((str(key), name) for key, name in names.items())]


def fill_choices(form: HostForm, fans: dict[int, str]) -> None:
    """The fans that the person speaks for, and the themes."""
    form.fan_id.choices = list(fans.items())
    form.theme.choices = theme_choices()


def host_values(event: Event) -> dict[str, Any]:
    """What the form shows of an event."""
    values = values_of(event, [])
    return {name: values[name] for name in (*COPIED, "day")}


def copied_values(event: Event) -> dict[str, Any]:
    """What a copy takes over: everything but the day."""
    values = values_of(event, [])
    return {name: values[name] for name in COPIED}
