"""Forms of events, of one person at an event, and of pioneers."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from pioneers import clock
from pioneers.ambassadors.rules import AT, BY
from pioneers.companies.addresses import clean_kvk
from pioneers.companies.identity import Claim
from pioneers.companies.names import parse_name
from pioneers.events.labels import KINDS, STATUSES
from pioneers.events.models import Event, EventKind, EventStatus
from pioneers.events.rules import EventDraft, status_to_edit
from pioneers.events.themes import THEMES
from pioneers.programmes.labels import END_REASONS
from pioneers.programmes.rules import EndReason
from pioneers.reach.labels import VOID_REASONS
from pioneers.reach.rules import VoidReason
from pioneers.web.forms import (
    BaseForm,
    DayField,
    EmailField,
    HourField,
    KvkField,
    Required,
    WholeNumberField,
)

REQUIRED = _l("Fill this in.")
BY_HINT = _l("The member of the provincial executive, as the certificate names them.")
AT_HINT = _l("As the certificate says it, like: during the Day of Enterprise in Deventer.")
CHOSEN = [EventStatus.HELD, EventStatus.PLANNED, EventStatus.PROPOSED]
SPEAKERS = ("speaker_1", "speaker_2", "speaker_3")


class EventForm(BaseForm):
    """An event on a fan's stage."""

    title = StringField(_l("Title"), [Required(REQUIRED), Length(max=200)])
    kind = SelectField(
        _l("Kind of event"), choices=[(kind.value, label) for kind, label in KINDS.items()]
    )
    day = DayField(_l("Day"), [Required(REQUIRED)])
    starts = HourField(_l("Starts at"), [Required(REQUIRED)])
    ends = HourField(
        _l("Ends at"),
        [Required(REQUIRED)],
        description=_l("After midnight is fine: that is the next morning."),
    )
    fan_id = SelectField(_l("Host"), coerce=int)
    speaker_1 = SelectField(
        _l("Speaking pioneer"),
        coerce=int,
        description=_l("The figures of this event are thanks to this pioneer."),
    )
    speaker_2 = SelectField(_l("Second pioneer"), coerce=int)
    speaker_3 = SelectField(_l("Third pioneer"), coerce=int)
    place = StringField(_l("Place"), [Length(max=120)])
    address = StringField(
        _l("Address"),
        [Length(max=200)],
        description=_l("Street and number, or the name of the hall."),
    )
    municipality_code = SelectField(
        _l("Municipality"), description=_l("Leave it empty and it follows from the place.")
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
    status = RadioField(_l("Status"), choices=[(one.value, STATUSES[one]) for one in CHOSEN])
    headcount = WholeNumberField(
        _l("People in the room"),
        [Optional()],
        description=_l("Everybody together, with and without a name."),
    )
    version = HiddenField()

    def draft(self) -> EventDraft:
        """What was filled in."""
        speakers = [self[name].data for name in SPEAKERS]
        return EventDraft(
            title=self.title.data or "",
            day=self.data["day"],
            kind=EventKind(self.kind.data),
            fan_id=self.fan_id.data or None,
            pioneer_ids=tuple(dict.fromkeys(one for one in speakers if one)),
            starts=self.data["starts"],
            ends=self.data["ends"],
            place=self.place.data or "",
            municipality_code=self.municipality_code.data or None,
            status=EventStatus(self.status.data),
            headcount=self.headcount.data,
            description=self.description.data or "",
            audience=self.audience.data or "",
            theme=self.theme.data or "",
            address=self.address.data or "",
            capacity=self.capacity.data,
        )


def values_of(event: Event, speakers: list[int]) -> dict[str, Any]:
    """What the form shows of an event."""
    begin, end = clock.local(event.starts_at), clock.local(event.ends_at)
    padded = [*speakers, 0, 0, 0]
    status = status_to_edit(event, clock.now())
    cancelled = status == EventStatus.CANCELLED
    return {
        "title": event.title,
        "kind": event.kind.value,
        "day": begin.date(),
        "starts": begin.time(),
        "ends": end.time(),
        "fan_id": event.fan_id or 0,
        **dict(zip(SPEAKERS, padded, strict=False)),
        "place": event.place or None,
        "municipality_code": event.municipality_code,
        "status": EventStatus.PLANNED.value if cancelled else status.value,
        "headcount": event.headcount,
        "address": event.address or None,
        "audience": event.audience or None,
        "theme": event.theme or None,
        "description": event.description or None,
        "capacity": event.capacity,
    }


def event_form(
    *,
    fans: dict[int, str],
    pioneers: dict[int, str],
    municipalities: dict[str, str],
    values: dict[str, Any],
) -> EventForm:
    """The form with its choices and what stands."""
    form = EventForm(data=values)
    form.fan_id.choices = [(0, "–"), *fans.items()]
    for name in SPEAKERS:
        form[name].choices = [(0, "–"), *pioneers.items()]
    form.municipality_code.choices = [("", "–"), *municipalities.items()]
    form.theme.choices = theme_choices()
    return form


def theme_choices() -> list[tuple[str, str]]:
    """The themes to choose from, and none."""
    return [("", "–"), *((key, str(label)) for key, label in THEMES.items())]


class HeadcountForm(BaseForm):
    """Everybody who was in the room."""

    headcount = WholeNumberField(
        _l("People in the room"),
        description=_l("Everybody together, with and without a name. Empty: not known."),
    )


class SomebodyForm(BaseForm):
    """Enough of a person to recognise or add them."""

    name = StringField(
        _l("Name"),
        [Required(REQUIRED), Length(max=160)],
        description=_l("Like Anne de Vries."),
    )
    company = StringField(_l("Company"), [Required(REQUIRED), Length(max=200)])
    email = EmailField(_l("E-mail address"))
    kvk = KvkField(_l("KVK number"))

    def claim(self) -> Claim:
        """What this says of a person and a company."""
        return Claim(
            company_name=self.company.data,
            kvk_number=clean_kvk(self.kvk.data) if self.kvk.data else None,
            name=parse_name(self.name.data or ""),
            email=self.email.data.lower() if self.email.data else None,
        )


class AppointForm(SomebodyForm):
    """A person who becomes a pioneer."""

    appointed_on = DayField(
        _l("Appointed on"),
        [Required(REQUIRED)],
        description=_l("May lie ahead: from that day on this is a pioneer."),
    )
    appointed_by = StringField(_l("Appointed by"), [Length(max=BY)], description=BY_HINT)
    appointed_at = StringField(_l("Meeting"), [Length(max=AT)], description=AT_HINT)


class AppointmentForm(BaseForm):
    """When, by whom and in which meeting somebody is or was appointed."""

    appointed_on = DayField(_l("Appointed on"), [Required(REQUIRED)])
    appointed_by = StringField(_l("Appointed by"), [Length(max=BY)], description=BY_HINT)
    appointed_at = StringField(_l("Meeting"), [Length(max=AT)], description=AT_HINT)
    version = HiddenField()


class EndForm(BaseForm):
    """The end of an appointment."""

    ended_on = DayField(
        _l("No pioneer any more from"), description=_l("Empty: the appointment goes on.")
    )
    reason = SelectField(
        _l("Reason"),
        choices=[("", "–"), *((one.value, label) for one, label in END_REASONS.items())],
    )
    successor = SelectField(
        _l("Who follows?"),
        coerce=int,
        default=0,
        description=_l("Cards and the page lead there; else to the programme."),
    )
    version = HiddenField()

    def chosen(self) -> EndReason | None:
        """The reason that was chosen."""
        return EndReason(self.reason.data) if self.reason.data else None


class CorrectForm(BaseForm):
    """Why somebody on the list does not count."""

    reason = RadioField(
        _l("What is wrong?"),
        choices=[
            (one.value, VOID_REASONS[one])
            for one in (
                VoidReason.NOT_PRESENT,
                VoidReason.WRONG_PERSON,
                VoidReason.RECORDED_TWICE,
            )
        ],
        default=VoidReason.NOT_PRESENT.value,
    )

    def chosen(self) -> VoidReason:
        """The reason that was chosen."""
        return VoidReason(self.reason.data)


class VersionForm(BaseForm):
    """A confirmation that remembers which version was seen."""

    version = HiddenField()
