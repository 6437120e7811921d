"""Forms of the programme's settings, targets and catalogue."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from pioneers.programmes.actions import Settings
from pioneers.programmes.catalogue import Wording
from pioneers.programmes.labels import INDICATORS, LANGUAGES, PROVINCES, UNITS
from pioneers.programmes.models import ActivationKind
from pioneers.programmes.rules import Indicator, Unit
from pioneers.web.forms import BaseForm, DayField, EmailField, Required, WholeNumberField
from pioneers.web.parsing import LARGEST

REQUIRED = _l("Fill this in.")


def _units() -> list[tuple[str, Any]]:
    return [(unit.value, label) for unit, label in UNITS.items()]


class SettingsForm(BaseForm):
    """What a programme is called, where and when it runs, and in which unit it speaks."""

    name = StringField(_l("Name"), [Required(REQUIRED), Length(max=120)])
    action_line = StringField(_l("Action line"), [Length(max=160)])
    province = SelectField(_l("Province"), choices=[(name, name) for name in PROVINCES])
    starts_on = DayField(_l("First day"))
    ends_on = DayField(_l("Last day"))
    language = SelectField(_l("Language of the programme"), choices=list(LANGUAGES.items()))
    aware_unit = RadioField(_l("Made aware is counted in"), choices=_units())
    activated_unit = RadioField(_l("Activated is counted in"), choices=_units())
    contributions_per_year = WholeNumberField(
        _l("Contributions that a pioneer makes in a year"), [Required(REQUIRED)], maximum=365
    )
    question_term_days = WholeNumberField(
        _l("Working days in which a question is answered"),
        [Required(REQUIRED)],
        minimum=1,
        maximum=60,
    )
    desk_email = EmailField(
        _l("Address that replies to our answers go to"),
        [Length(max=254)],
        description=_l("Empty: to whoever sent the answer."),
    )
    desk_user_id = SelectField(
        _l("Who gets a mail when a question comes in"),
        coerce=lambda value: int(value) if value else None,  # the list gives an id, the address ""
    )
    ask_back_days = WholeNumberField(
        _l("Days after a referral on which we ask whether it helped"),
        [Required(REQUIRED)],
        minimum=1,
        maximum=90,
    )
    question_keep_months = WholeNumberField(
        _l("Months for which a question is kept after it was closed"),
        [Required(REQUIRED)],
        minimum=1,
        maximum=120,
        description=_l(
            "After that texts, names and addresses are deleted. Numbers, theme and outcome stay."
        ),
    )
    lead_keep_months = WholeNumberField(
        _l("Months for which details left on a card are kept"),
        [Required(REQUIRED)],
        minimum=1,
        maximum=120,
        description=_l("Longer while somebody wants to be kept informed or has a question here."),
    )
    silence_days = WholeNumberField(
        _l("Days without a word from you, after which a pioneer or fan asks for attention"),
        [Required(REQUIRED)],
        minimum=1,
        maximum=999,
    )
    heads_tolerance = WholeNumberField(
        _l("Percent by which two numbers of one room may differ and still agree"),
        [Required(REQUIRED)],
        maximum=100,
        description=_l(
            "The host's number and the pioneer's. Beyond it you are asked which counts."
        ),
    )
    prospect_keep_months = WholeNumberField(
        _l("Months after which nothing is kept of who did not join"),
        [Required(REQUIRED)],
        minimum=1,
        maximum=120,
        description=_l("Counted from the day on which it came to nothing. The numbers stay."),
    )
    note_keep_months = WholeNumberField(
        _l("Months that notes are kept after somebody stopped as a pioneer or fan"),
        [Required(REQUIRED)],
        minimum=1,
        maximum=120,
        description=_l("After that only the day and kind of a conversation stay."),
    )
    version = HiddenField()

    def settings(self) -> Settings:
        """What was filled in."""
        return Settings(
            name=self.name.data or "",
            action_line=self.action_line.data or "",
            province=self.province.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            language=self.language.data,
            aware_unit=Unit(self.aware_unit.data),
            activated_unit=Unit(self.activated_unit.data),
            contributions_per_year=self.data["contributions_per_year"],
            question_term_days=self.data["question_term_days"],
            desk_email=self.desk_email.data,
            desk_user_id=self.desk_user_id.data,
            ask_back_days=self.data["ask_back_days"],
            question_keep_months=self.data["question_keep_months"],
            lead_keep_months=self.data["lead_keep_months"],
            silence_days=self.data["silence_days"],
            heads_tolerance=self.data["heads_tolerance"],
            prospect_keep_months=self.data["prospect_keep_months"],
            note_keep_months=self.data["note_keep_months"],
        )


class TargetForm(BaseForm):
    """A first target, or a share of a year."""

    indicator = RadioField(
        _l("Target for"), choices=[(one.value, label) for one, label in INDICATORS.items()]
    )
    kind = RadioField(
        _l("Kind of target"),
        choices=[("final", _l("Final target")), ("share", _l("Sub-target on the way"))],
        default="final",
    )
    value = WholeNumberField(_l("Value"), [Required(REQUIRED)], minimum=-LARGEST)
    due_on = DayField(_l("Due on"), [Required(REQUIRED)])

    def chosen(self) -> Indicator:
        """The indicator that was chosen."""
        return Indicator(self.indicator.data)


class ChangeTargetForm(BaseForm):
    """Another value or day for a target, and why."""

    value = WholeNumberField(_l("Value"), [Required(REQUIRED)], minimum=-LARGEST)
    due_on = DayField(_l("Due on"), [Required(REQUIRED)])
    reason = TextAreaField(_l("Why does it change?"), [Length(max=300)])
    seen = HiddenField()


class KindForm(BaseForm):
    """An action of the catalogue, in both languages."""

    name_nl = StringField(_l("Name in Dutch"), [Required(REQUIRED), Length(max=120)])
    name_en = StringField(_l("Name in English"), [Required(REQUIRED), Length(max=120)])
    proof_nl = StringField(_l("Proof that is asked, in Dutch"), [Length(max=200)])
    proof_en = StringField(_l("Proof that is asked, in English"), [Length(max=200)])

    def wording(self) -> Wording:
        """What was filled in."""
        return Wording(
            self.name_nl.data, self.name_en.data, self.proof_nl.data or "", self.proof_en.data or ""
        )


def kind_form(kind: ActivationKind | None = None) -> KindForm:
    """The form, filled in for an action that there is."""
    return KindForm(obj=kind)


class NewProgrammeForm(BaseForm):
    """What a programme needs to begin; everything else is in its settings."""

    name = StringField(_l("Name"), [Required(REQUIRED), Length(max=120)])
    slug = StringField(
        _l("Address"),
        [Required(REQUIRED), Length(max=40)],
        description=_l(
            "Part of the address of every page, like slimmer-werken. It stays the same."
        ),
    )
    province = SelectField(
        _l("Province"), choices=[(name, name) for name in PROVINCES], default="Overijssel"
    )
    starts_on = DayField(_l("First day"))
    ends_on = DayField(_l("Last day"))
    aware = WholeNumberField(_l("Target: made aware"), minimum=-LARGEST)
    activated = WholeNumberField(_l("Target: activated"), minimum=-LARGEST)
    leader = EmailField(
        _l("E-mail address of the project leader"),
        description=_l("You get a link to send to this person."),
    )
