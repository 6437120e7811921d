"""The base form and the fields that understand how people write days, numbers and addresses."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, FieldList, FormField, PasswordField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.validators import InputRequired, StopValidation, ValidationError
from wtforms.widgets import DateInput, Input, Select, TimeInput
from wtforms.widgets.core import clean_key

from pioneers.web.i18n import language
from pioneers.web.parsing import (
    LARGEST,
    clean_text,
    parse_day,
    parse_hour,
    parse_kvk,
    parse_whole_number,
)
from pioneers.web.templates import written

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def _clean_lines(value: object) -> object:
    return clean_text(value, lines=True)


def quick_params(**given: Any) -> str:
    """The attributes of a control, as WTForms' `html_params` writes them, which formats each."""
    parts = []
    for name, value in sorted(given.items()):
        key = clean_key(name)
        if value is True:
            parts.append(key)
        elif value is not False:
            parts.append(f'{key}="{written(value)}"')
    return " ".join(parts)


class _QuickSelect(Select):
    """A list to choose from, written at once: with seventy choices, WTForms' own way takes longer
    than the rows of a page.
    """

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        """The list as WTForms writes it."""
        options = _options(field)
        if options is None:
            return Markup(super().__call__(field, **kwargs))  # noqa: S704 - its own
        flags = {name: True for name in self.validation_attrs if getattr(field.flags, name, False)}
        params = quick_params(name=field.name, **{"id": field.id, **flags, **kwargs})
        return Markup(f"<select {params}>{options}</select>")  # noqa: S704 - escaped


def _options(field: Any) -> str | None:
    """The choices of `field`; None when they are more than values with labels."""
    lines = []
    for each in field.choices or ():
        if type(each) is tuple and len(each) == 2:
            value, label = each
        else:
            value, label, further, group = SelectChoice.from_input(each)
            if further or group:
                return None
        chosen = "selected " if field.coerce(value) == field.data else ""
        words = written(str(label) or value)  # a lazy text is looked up each time it is asked
        lines.append(f'<option {chosen}value="{written(value)}">{words}</option>')
    return "".join(lines)


QUICK_SELECT = _QuickSelect()


class BaseForm(FlaskForm):
    """Every form: CSRF, messages in the person's language, text cleaned before it is checked."""

    class Meta(FlaskForm.Meta):
        """How fields are bound."""

        def bind_field(
            self, form: Any, unbound_field: "UnboundField[Any]", options: dict[str, Any]
        ) -> Field:
            """Add the cleaning filter; a password keeps every character. Choices come as pairs."""
            kind = unbound_field.field_class
            if not issubclass(kind, PasswordField | FieldList | FormField):
                clean = _clean_lines if issubclass(kind, TextAreaField) else clean_text
                given = unbound_field.kwargs.get("filters") or ()
                options = {**options, "filters": [clean, *given]}
            choices = unbound_field.kwargs.get("choices")
            if isinstance(choices, list | tuple):  # WTForms 3.4 will not take pairs any more
                options = {**options, "choices": [SelectChoice.from_input(one) for one in choices]}
            field = unbound_field.bind(form=form, **options)
            if type(field.widget) is Select:
                field.widget = QUICK_SELECT
            elif isinstance(field.widget, Input):
                field.widget.html_params = quick_params
            field.owner = form
            return field

    @property
    def has_required(self) -> bool:
        """Something must be filled in, so that it helps to say of the others that they need not."""
        return any(field.flags.required for field in self)


def attach(form: FlaskForm, field_name: str, message: object) -> None:
    """Put the refusal of a rule on a field, after validation, translated by the caller."""
    field = form[field_name]
    field.errors = [*field.errors, str(message)]


class Required(InputRequired):
    """Something is filled in, also after cleaning: control characters alone are nothing."""

    def __call__(self, form: Any, field: Any) -> None:
        """Look at what was sent, and at the text that is left of it."""
        super().__call__(form, field)
        if isinstance(field.data, str) and not field.data:
            raise StopValidation(str(self.message or _l("Fill this in.")))


def without_address(form: Any, field: Any) -> None:  # noqa: ARG001 - the signature is WTForms'
    """Refuse a web address in what is a name: names stand in mails to whoever is registered."""
    text = str(field.data or "").lower()
    if "://" in text or "www." in text:
        raise ValidationError(str(_l("Leave out web addresses.")))


class _ParsedField(Field):
    """A field whose text becomes a value, or an error that says how to write it."""

    advice: Any = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Turn what was typed into `data`; empty is None."""
        self.data = None
        typed = str(clean_text(valuelist[0])) if valuelist and valuelist[0] is not None else ""
        if not typed:
            self.raw_data = [""]  # a space alone is nothing: "required" looks here
            return
        value = self.read(typed)
        if value is None:
            raise ValueError(str(self.advice))
        self.data = value

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the signature is WTForms'
        """Keep the advice: a "required" validator would replace it by its own message."""
        if self.process_errors:
            raise StopValidation()

    def read(self, typed: str) -> Any:
        """The value of `typed`, or None."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """`value` as the control shows it."""
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0]) if self.data is None else self.write(self.data)
        return "" if self.data is None else self.write(self.data)


class DayField(_ParsedField):
    """A day, written in the Dutch way or picked in the browser's calendar."""

    widget = DateInput()
    advice = _l("Write the day like 12-3-2017.")

    def read(self, typed: str) -> date | None:
        """See parse_day; at the ends of the calendar no other day can be reckoned from it."""
        day = parse_day(typed)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValueError(str(_l("Write a year between 1900 and 2199.")))
        return day

    def write(self, value: date) -> str:
        """What a date control expects."""
        return value.isoformat()


class HourField(_ParsedField):
    """A time of the day on the clock of Amsterdam."""

    widget = TimeInput()
    advice = _l("Write the time like 20:00.")

    def read(self, typed: str) -> time | None:
        """See parse_hour."""
        return parse_hour(typed)

    def write(self, value: time) -> str:
        """What a time control expects."""
        return value.strftime("%H:%M")


class WholeNumberField(_ParsedField, StringField):
    """A whole number between `minimum` and `maximum`, with or without thousands marks."""

    advice = _l("Write a whole number, like 250.")

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] | None = None,
        *,
        minimum: int = 0,
        maximum: int = LARGEST,
        **kwargs: Any,
    ) -> None:
        kwargs["render_kw"] = {"inputmode": "numeric", **(kwargs.get("render_kw") or {})}
        super().__init__(label, validators, **kwargs)
        self.minimum, self.maximum = minimum, maximum

    def read(self, typed: str) -> int | None:
        """See parse_whole_number."""
        return parse_whole_number(typed, dutch=language() == "nl")

    def pre_validate(self, form: Any) -> None:
        """Refuse what is outside the limits, and name the limit."""
        super().pre_validate(form)
        if self.data is None:
            return
        if self.data < self.minimum:
            raise ValidationError(_l("Must be %(limit)s or more.", limit=self.minimum))
        if self.data > self.maximum:
            raise ValidationError(_l("Must be %(limit)s or less.", limit=self.maximum))


class EmailField(_ParsedField, StringField):
    """An e-mail address of the right shape; whether it exists is not asked of the network."""

    advice = _l("Write a complete e-mail address, like name@example.nl.")

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        standard = {"type": "email", "autocomplete": "email", "spellcheck": "false"}
        kwargs["render_kw"] = {**standard, **(kwargs.get("render_kw") or {})}
        super().__init__(label, validators, **kwargs)

    def read(self, typed: str) -> str | None:
        """The address with its domain in lower case, or None."""
        try:
            return validate_email(typed, check_deliverability=False).normalized
        except EmailNotValidError:
            return None


class KvkField(_ParsedField, StringField):
    """A number of the Chamber of Commerce: eight digits, kept as text."""

    advice = _l("A KVK number has 8 digits.")

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs["render_kw"] = {"inputmode": "numeric", **(kwargs.get("render_kw") or {})}
        super().__init__(label, validators, **kwargs)

    def read(self, typed: str) -> str | None:
        """See parse_kvk."""
        return parse_kvk(typed)
