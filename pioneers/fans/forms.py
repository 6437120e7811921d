"""Forms of fans and their contact people."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length

from pioneers.fans.labels import KINDS
from pioneers.fans.models import Fan, FanKind
from pioneers.fans.rules import ContactPersonDraft, FanDraft
from pioneers.programmes.labels import END_REASONS
from pioneers.programmes.rules import EndReason
from pioneers.web.forms import BaseForm, DayField, EmailField, Required

REQUIRED = _l("Fill this in.")


class FanForm(BaseForm):
    """An organisation that offers its stage."""

    name = StringField(_l("Name"), [Required(REQUIRED), Length(max=160)])
    kind = SelectField(
        _l("Kind of organisation"), choices=[(kind.value, label) for kind, label in KINDS.items()]
    )
    municipality_code = SelectField(_l("Municipality"))
    version = HiddenField()

    def draft(self) -> FanDraft:
        """What was filled in."""
        return FanDraft(
            name=self.name.data or "",
            kind=FanKind(self.kind.data),
            municipality_code=self.municipality_code.data or None,
        )


def fan_form(municipalities: dict[str, str], fan: Fan | None = None) -> FanForm:
    """The form with its municipalities, filled in for a fan that there is."""
    form = FanForm(data=values_of(fan) | {"version": fan.version} if fan else None)
    form.municipality_code.choices = [("", "–"), *municipalities.items()]
    return form


def values_of(fan: Fan) -> dict[str, object]:
    """What the form shows of a fan."""
    return {
        "name": fan.name,
        "kind": fan.kind.value,
        "municipality_code": fan.municipality_code,
    }


class EndFanForm(BaseForm):
    """Since when, and why, a fan takes part no longer."""

    ended_on = DayField(
        _l("No fan any more from"), description=_l("Empty: the fan takes part again.")
    )
    reason = SelectField(
        _l("Reason"),
        choices=[("", "–"), *((one.value, label) for one, label in END_REASONS.items())],
    )
    version = HiddenField()

    def chosen(self) -> EndReason | None:
        """The reason that was chosen."""
        return EndReason(self.reason.data) if self.reason.data else None


def end_values(fan: Fan) -> dict[str, object]:
    """What the form shows of the end of a fan."""
    return {
        "ended_on": fan.ended_on,
        "reason": fan.end_reason.value if fan.end_reason else None,
    }


class ContactPersonForm(BaseForm):
    """Somebody who speaks for a fan."""

    name = StringField(_l("Name"), [Required(REQUIRED), Length(max=160)])
    email = EmailField(_l("E-mail address"))
    phone = StringField(_l("Phone"), [Length(max=20)])
    function = StringField(_l("Function"), [Length(max=80)])

    def draft(self) -> ContactPersonDraft:
        """What was filled in."""
        return ContactPersonDraft(
            self.name.data or "", self.email.data, self.phone.data or None, self.function.data or ""
        )
