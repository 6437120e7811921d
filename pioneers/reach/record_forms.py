"""Forms of the ledger: recording and taking back contacts and activations, and deciding."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from pioneers.programmes.models import ActivationKind
from pioneers.programmes.rules import Evidence
from pioneers.reach.labels import CHANNELS, CHOSEN_VOID_REASONS, REJECTIONS, VOID_REASONS
from pioneers.reach.rules import Channel, Rejection, VoidReason
from pioneers.web.forms import BaseForm, DayField, EmailField
from pioneers.web.i18n import language

REQUIRED = DataRequired(_l("Fill this in."))
CHOOSE = DataRequired(_l("Choose one."))
NOBODY = ("", _l("Nobody in particular"))
NEW_PERSON = "new"

BY_HAND = (
    Channel.CONVERSATION,
    Channel.QUESTION,
    Channel.CARD,
    Channel.SURVEY,
    Channel.CIRCLE,
    Channel.VOUCHER,
    Channel.KNOWLEDGE,
    Channel.MEDIA,
)

HOW_KNOWN = [
    (Evidence.SELF_DECLARED.value, _l("The entrepreneur told or wrote it to us")),
    (Evidence.LISTED.value, _l("It stands on a list, or somebody else told us")),
    (Evidence.CONFIRMED.value, _l("Two sources say the same")),
]


def _ids(names: Mapping[int, str]) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in names.items()]


def chosen_id(field: Any) -> int | None:
    """The id that a select holds."""
    return int(field.data) if (field.data or "").isdecimal() else None


def chosen_day(field: Any) -> date:
    """The day of a required field that was validated."""
    day: date = field.data
    return day


class ThanksMixin:
    """Thanks to whom: the choices of fan and pioneer."""

    fan: Any
    pioneer: Any

    def fill_thanks(self, fans: Mapping[int, str], pioneers: Mapping[int, str]) -> None:
        """Set the choices."""
        self.fan.choices = [NOBODY, *_ids(fans)]
        self.pioneer.choices = [NOBODY, *_ids(pioneers)]


class ContactForm(BaseForm, ThanksMixin):
    """A contact that somebody tells of."""

    day = DayField(_l("On which day?"), [REQUIRED])
    channel = SelectField(
        _l("What kind of contact?"), choices=[(c.value, CHANNELS[c]) for c in BY_HAND]
    )
    person = SelectField(_l("With whom?"))
    new_name = StringField(
        _l("Name of the new person"),
        [Length(max=160)],
        description=_l("Only for somebody who is not in the list yet."),
    )
    new_email = EmailField(_l("E-mail address of the new person"), [Length(max=254)])
    evidence = RadioField(_l("How do you know?"), [CHOOSE], choices=HOW_KNOWN)
    pioneer = SelectField(_l("Thanks to which pioneer?"))
    fan = SelectField(_l("Thanks to which fan?"))

    def fill_people(self, people: Mapping[int, str]) -> None:
        """Set the people of the company to choose from."""
        self.person.choices = [
            *_ids(people),
            (NEW_PERSON, _("Somebody new, named below")),
            ("", _("I do not know; the company only")),
        ]


class PersonContactForm(BaseForm, ThanksMixin):
    """A contact with a person whose page is open."""

    day = DayField(_l("On which day?"), [REQUIRED])
    channel = SelectField(
        _l("What kind of contact?"), choices=[(c.value, CHANNELS[c]) for c in BY_HAND]
    )
    company = SelectField(_l("For which company?"))
    evidence = RadioField(_l("How do you know?"), [CHOOSE], choices=HOW_KNOWN)
    pioneer = SelectField(_l("Thanks to which pioneer?"))
    fan = SelectField(_l("Thanks to which fan?"))

    def fill_companies(self, companies: Mapping[int, str]) -> None:
        """Set the companies of the person to choose from."""
        self.company.choices = [*_ids(companies), ("", _("For no company"))]


class VoidForm(BaseForm):
    """Why a contact or activation no longer counts."""

    reason = RadioField(
        _l("Why does it not count?"),
        [CHOOSE],
        choices=[(reason.value, VOID_REASONS[reason]) for reason in CHOSEN_VOID_REASONS],
    )

    def void_reason(self) -> VoidReason:
        """The reason that was chosen."""
        return VoidReason(self.reason.data)


def kind_name(kind: ActivationKind) -> str:
    """An action of the catalogue in the person's language."""
    return kind.name_nl if language() == "nl" else kind.name_en


def kind_proof(kind: ActivationKind) -> str:
    """What an action asks as proof, in the person's language."""
    return kind.proof_nl if language() == "nl" else kind.proof_en


def _name_and_proof(kind: ActivationKind) -> str:
    name, wanted = kind_name(kind), kind_proof(kind)
    return _("%(action)s (proof: %(what)s)", action=name, what=wanted) if wanted else name


class ActivationForm(BaseForm, ThanksMixin):
    """An action that a company took."""

    kind = RadioField(_l("What did the company do?"), [CHOOSE])
    day = DayField(_l("On which day?"), [REQUIRED])
    proof = TextAreaField(
        _l("What shows it, and where is that kept?"),
        [REQUIRED, Length(max=2000)],
        description=_l(
            "For example: minutes of the works meeting of 12 March, in the programme's archive."
        ),
    )
    person = SelectField(_l("Who of the company?"))
    pioneer = SelectField(_l("Thanks to which pioneer?"))
    fan = SelectField(_l("Thanks to which fan?"))
    occasion = SelectField(_l("Thanks to which event?"))

    def fill(
        self,
        kinds: Iterable[ActivationKind],
        people: Mapping[int, str],
        occasions: Mapping[int, str],
    ) -> None:
        """Set the catalogue, the people of the company and what they attended."""
        self.kind.choices = [(str(kind.id), _name_and_proof(kind)) for kind in kinds]
        self.person.choices = [NOBODY, *_ids(people)]
        self.occasion.choices = [("", _("No event in particular")), *_ids(occasions)]


class RejectForm(BaseForm):
    """Why an activation does not count."""

    rejection = RadioField(
        _l("Why does it not count?"),
        [CHOOSE],
        choices=[(rejection.value, REJECTIONS[rejection]) for rejection in Rejection],
    )


class ActivationFilterForm(BaseForm):
    """Which activations to list."""

    class Meta(BaseForm.Meta):
        """Filters stand in the address."""

        csrf = False

    status = SelectField(
        _l("Status"),
        name="stand",
        choices=[
            ("", _l("All")),
            ("proposed", _l("Waits for verification")),
            ("verified", _l("Verified")),
            ("rejected", _l("Rejected")),
            ("voided", _l("Taken back")),
        ],
        validate_choice=False,
    )
    kind = SelectField(_l("Action"), name="soort", validate_choice=False)

    def fill(self, kinds: Iterable[ActivationKind]) -> None:
        """Set the catalogue to choose from."""
        self.kind.choices = [("", _("All")), *((str(kind.id), kind_name(kind)) for kind in kinds)]
