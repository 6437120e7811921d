"""The filters of the figures' pages: they stand in the address, so that a link keeps them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.validators import ValidationError

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Indicator
from pioneers.reach.figures import current_scope
from pioneers.reach.rules import Scope
from pioneers.reports import labels
from pioneers.reports.rules import Measure, measure_for, shown_measures
from pioneers.web.forms import BaseForm, DayField

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


class FilterForm(BaseForm):
    """Period, as known on, and which figure; sent with GET."""

    class Meta(BaseForm.Meta):
        """A page that only reads needs no token."""

        csrf = False

    since = DayField(
        _l("From"), name="vanaf", description=_l("Empty: from the beginning of the programme.")
    )
    as_of = DayField(
        _l("Up to and including"), name="tot", description=_l("What had happened by then.")
    )
    known_on = DayField(
        _l("As known on"), name="bekend", description=_l("What was recorded by then; empty: now.")
    )
    measure = SelectField(_l("Figure"), name="maat", validate_choice=False)

    def validate_since(self, field: DayField) -> None:
        """A period begins before it ends."""
        _sensible(field.data)
        if field.data and self.as_of.data and field.data > self.as_of.data:
            raise ValidationError(_("The period begins after it ends."))

    def validate_as_of(self, field: DayField) -> None:
        """A day of our times."""
        _sensible(field.data)

    def validate_known_on(self, field: DayField) -> None:
        """Nobody knows yet what will be known."""
        _sensible(field.data)
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day is not over yet. Choose today or earlier."))

    def validate_measure(self, field: SelectField) -> None:
        """One of the figures there are."""
        if field.data and field.data not in {key for key, _label in field.choices}:
            raise ValidationError(_("Choose one of the figures in the list."))


def _sensible(day: date | None) -> None:
    if day is not None and not FIRST <= day <= LAST:
        raise ValidationError(_("Write a year between 1900 and 2199."))


@dataclass(frozen=True)
class Filters:
    """What was asked for: the scope, the figure, and what of it stands in the address."""

    scope: Scope
    measure: Measure
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def args(self) -> dict[str, Any]:
        """The part of an address that keeps these filters."""
        return dict(self.chosen)

    def with_measure(self, measure: Measure) -> "Filters":
        """The same, for another figure."""
        kept = tuple((name, value) for name, value in self.chosen if name != "maat")
        return replace(self, measure=measure, chosen=(*kept, ("maat", measure.value)))


def read_filters(programme: Programme, args: MultiDict[str, str]) -> tuple[FilterForm, Filters]:
    """The form as filled in, and what of it makes sense; the rest has an error on its field."""
    form = FilterForm(args)
    shown = shown_measures(programme.activated_unit)
    form.measure.choices = [(each.value, str(labels.MEASURES[each])) for each in shown]
    form.validate()
    good: dict[str, Any] = {
        field.name: field.data for field in form if field.data and not field.errors
    }
    standard = current_scope(programme, clock.today())
    as_of = good.get("tot") or standard.as_of
    since = good.get("vanaf")
    if since and since > as_of and "tot" not in good:
        as_of = max(as_of, clock.today())
    if since and since > as_of:
        form.since.errors = [_("The period begins after it ends.")]
        since = None
        good.pop("vanaf")
    measure = Measure(good["maat"]) if "maat" in good else standard_measure(programme)
    if not form.measure.data or form.measure.errors:
        form.measure.data = measure.value
    if not form.as_of.raw_data or not form.as_of.raw_data[0]:
        form.as_of.raw_data, form.as_of.data = [], as_of
    chosen = tuple(
        (name, value.isoformat() if isinstance(value, date) else str(value))
        for name, value in good.items()
    )
    return form, Filters(Scope(as_of, since, good.get("bekend")), measure, chosen)


def standard_measure(programme: Programme) -> Measure:
    """The figure that the programme's first target is about."""
    return measure_for(Indicator.AWARE, programme.aware_unit)
