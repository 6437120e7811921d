"""Forms of registering, changing a registration, and an event's questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from pioneers.companies.addresses import clean_kvk
from pioneers.reach.fields import MailField, PhoneField
from pioneers.registrations.labels import QUESTION_KINDS
from pioneers.registrations.models import EventQuestion, QuestionKind, Registration
from pioneers.registrations.rules import (
    MOST_PEOPLE,
    NEWS,
    REGISTRATION,
    Colleague,
    PartyDraft,
    RegistrationDraft,
    choices_of,
)
from pioneers.web.forms import (
    BaseForm,
    KvkField,
    Required,
    WholeNumberField,
    attach,
    without_address,
)
from pioneers.web.i18n import language

REQUIRED = Required(_l("Fill this in."))
LONG = _l("Use at most %(max)d characters.")
PLACES = range(1, MOST_PEOPLE)  # of colleagues
SHOWN = 3  # fields for names of colleagues without scripts


class PartyForm(BaseForm):
    """How many come, with names if one likes, and the event's questions."""

    people = SelectField(_l("How many are you?"), coerce=int)
    phone = PhoneField(_l("Phone number"))

    @property
    def colleagues(self) -> list[StringField]:
        """The fields for names of colleagues."""
        return [self[f"colleague_{place}"] for place in PLACES]

    @property
    def questions(self) -> list[Any]:
        """The fields of the event's questions."""
        return [field for field in self if field.name.startswith("question_")]

    def names(self) -> list[str]:
        """What was filled in for each colleague, empty ones included."""
        return [field.data or "" for field in self.colleagues]

    def unnamed(self) -> int:
        """How many come along without a name; names that are filled in come in any case."""
        return max(0, int(self.people.data or 1) - 1 - sum(1 for name in self.names() if name))

    def answers(self) -> dict[int, str]:
        """What was answered, by question."""
        return {
            int(field.name.removeprefix("question_")): field.data or "" for field in self.questions
        }


def _name_field() -> Any:
    return StringField(
        _l("Your name"),
        [REQUIRED, Length(max=160, message=LONG), without_address],
        render_kw={"autocomplete": "name"},
    )


class RegisterForm(PartyForm):
    """Somebody registers, without an account."""

    name = _name_field()
    company = StringField(
        _l("Company"),
        [REQUIRED, Length(max=200, message=LONG), without_address],
        render_kw={"autocomplete": "organization"},
    )
    email = MailField(_l("E-mail address"), [REQUIRED])
    kvk = KvkField(_l("KVK number"))
    agreed = BooleanField(_l("Consent"), [Required(_l("We need your consent to register you."))])
    news = BooleanField()
    website = StringField(_l("Leave this empty"))  # no person sees it; who fills it in is a machine
    begun = HiddenField()

    def draft(self) -> RegistrationDraft:
        """What was filled in."""
        return RegistrationDraft(
            name=self.name.data or "",
            company=self.company.data or "",
            email=self.email.data,
            phone=self.phone.data,
            kvk_number=clean_kvk(self.kvk.data) if self.kvk.data else None,
            language=language(),
            guests=self.unnamed(),
            colleagues=tuple(Colleague(name) for name in self.names() if name),
            answers=self.answers(),
            consents=(REGISTRATION, NEWS) if self.news.data else (REGISTRATION,),
        )


def seen(party: Sequence[Registration]) -> str:
    """Who is in a party, in order, as the form carries it."""
    return "-".join(str(one.id) for one in party)


class ChangeForm(PartyForm):
    """Somebody changes what they registered."""

    name = _name_field()
    company = StringField(
        _l("Company"),
        [Length(max=200, message=LONG), without_address],
        render_kw={"autocomplete": "organization"},
    )
    kvk = KvkField(_l("KVK number"))
    news = BooleanField()
    seen = HiddenField()  # who the party was when the page was opened (see `is_of`)

    def is_of(self, party: Sequence[Registration]) -> bool:
        """Whether the names are of this party: they go by their places, so that a colleague whom
        the host took off meanwhile would give the next one's place another name. When they are
        not, the names are filled in anew, with a word about it."""
        now = seen(party)
        if not self.seen.data or self.seen.data == now:
            return True
        self.seen.data = now
        self.people.data = sum(one.seats for one in party)
        for place in PLACES:
            name = party[place].name if place < len(party) else ""
            self[f"colleague_{place}"].data = name
        attach(self, "people", _("Who comes changed meanwhile. Look at the names once more."))
        return False

    def validate(self, extra_validators: Any = None) -> bool:
        """The number and the names agree: nobody is dropped or added by guessing."""
        if not super().validate(extra_validators):
            return False
        named = sum(1 for name in self.names() if name)
        if named + 1 > int(self.people.data):
            attach(self, "people", _("You name more colleagues than come along."))
            return False
        return True

    def party(self) -> PartyDraft:
        """What was filled in."""
        return PartyDraft(
            name=self.name.data or "",
            company=self.company.data or "",
            kvk_number=clean_kvk(self.kvk.data) if self.kvk.data else None,
            guests=self.unnamed(),
            colleagues=tuple(self.names()),
            phone=self.phone.data,
            answers=self.answers(),
            news=bool(self.news.data),
        )


class AddForm(BaseForm):
    """The host adds somebody who called."""

    name = StringField(_l("Name"), [REQUIRED, Length(max=160, message=LONG), without_address])
    company = StringField(_l("Company"), [Length(max=200, message=LONG), without_address])
    email = MailField(
        _l("E-mail address"), description=_l("With it, they get the confirmation and the link.")
    )
    phone = PhoneField(_l("Phone number"))
    people = SelectField(_l("How many are they?"), coerce=int)

    def draft(self) -> RegistrationDraft:
        """What was filled in."""
        return RegistrationDraft(
            name=self.name.data or "",
            company=self.company.data or "",
            email=self.email.data,
            phone=self.phone.data,
            guests=int(self.people.data or 1) - 1,
            consents=(),
        )


class QuestionForm(BaseForm):
    """A question to everybody who registers."""

    label = StringField(_l("Question"), [REQUIRED, Length(max=200, message=LONG)])
    kind = RadioField(
        _l("How is it answered?"),
        choices=[(kind.value, label) for kind, label in QUESTION_KINDS.items()],
        default=QuestionKind.TEXT.value,
    )
    choices = TextAreaField(
        _l("Answers to choose from"),
        [Length(max=4000, message=LONG)],
        description=_l("Each on a line of its own."),
    )
    is_required = BooleanField(_l("Everybody must answer it"))
    keep_days = WholeNumberField(
        _l("Days that answers are kept after the event"),
        [Required(_l("Fill this in."))],
        maximum=365,
        default=14,
    )


class ConfirmForm(BaseForm):
    """Only a button."""


def party_choices(*, alone: str | None = None) -> list[tuple[int, str]]:
    """Just me, +1, +2 and so on."""
    more = [(1 + extra, f"+{extra}") for extra in PLACES]
    return [(1, alone or _("just me")), *more]


def people_choices() -> list[tuple[int, str]]:
    """One person, two people and so on."""
    return [
        (number, ngettext("one person", "%(num)s people", number))
        for number in range(1, MOST_PEOPLE + 1)
    ]


def asking(
    kind: type[PartyForm],
    questions: Sequence[EventQuestion],
    values: Mapping[str, Any] | None = None,
) -> Any:
    """A form of `kind` with a field for each question and for each colleague."""
    fields: dict[str, Any] = {
        f"colleague_{place}": StringField(
            _l("Colleague %(number)s", number=place),
            [Length(max=160, message=LONG), without_address],
        )
        for place in PLACES
    }
    for question in questions:
        fields[f"question_{question.id}"] = _question_field(question)
    form = type(f"{kind.__name__}Asking", (kind,), fields)(data=dict(values or {}))
    form.people.choices = party_choices()
    return form


def _question_field(question: EventQuestion) -> Any:
    needed = REQUIRED if question.is_required else Optional()
    if question.kind == QuestionKind.TEXT:
        return StringField(question.label, [needed, Length(max=500, message=LONG)])
    choices = [("", _("Choose…")), *((choice, choice) for choice in choices_of(question))]
    return SelectField(question.label, [needed], choices=choices)
