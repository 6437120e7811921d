"""Forms of the desk."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from pioneers.questions.labels import OUTCOMES, STATUSES, WAYS, theme_choices
from pioneers.questions.models import AskedBy, Outcome, ReferredTo
from pioneers.questions.queries import NO_THEME
from pioneers.questions.rules import (
    LONGEST_REMARK,
    LONGEST_TEXT,
    Action,
    Answer,
    Details,
    NewQuestion,
)
from pioneers.reach.fields import MailField, PhoneField
from pioneers.reach.record_forms import chosen_id
from pioneers.web.forms import BaseForm, DayField, Required, without_address
from pioneers.web.i18n import language

REQUIRED = Required(_l("Fill this in."))
CHOOSE = DataRequired(_l("Choose one."))
LONG = _l("Use at most %(max)d characters.")
WORDS = Length(max=LONGEST_TEXT, message=LONG)
WHO = {
    "name": (160, _l("Name")),
    "company": (200, _l("Company")),
}
BY_HAND = (AskedBy.MAIL, AskedBy.CALL, AskedBy.TALK, AskedBy.SITE, AskedBy.CARD)


class ConfirmForm(BaseForm):
    """Only a button."""


class FilterForm(BaseForm):
    """What the list shows; in the address, so that a figure can lead to it."""

    class Meta(BaseForm.Meta):
        """Reads only."""

        csrf = False

    q = StringField(_l("Words or number"), [Length(max=100)])
    status = SelectField(_l("Status"))
    thema = SelectField(_l("Theme"))
    weg = SelectField(_l("By way of"))
    uitkomst = SelectField(_l("Outcome"))
    van = SelectField(_l("Responsible"))

    def fill(self, users: dict[int, str]) -> None:
        """Set the choices."""
        self.status.choices = [
            ("open", _("still open")),
            ("late", _("too late")),
            ("replied", _("ever answered")),
            *((status.value, label) for status, label in STATUSES.items()),
            ("all", _("All")),
        ]
        self.thema.choices = [
            ("", _("All")),
            *theme_choices()[1:],
            (NO_THEME, _("no theme yet")),
        ]
        self.weg.choices = [("", _("All")), *((way.value, label) for way, label in WAYS.items())]
        self.uitkomst.choices = [
            ("", _("All")),
            *((outcome.value, label) for outcome, label in OUTCOMES.items()),
        ]
        self.van.choices = [
            ("", _("Everybody")),
            *((str(key), name) for key, name in users.items()),
        ]


class AnswerForm(BaseForm):
    """Words to whoever asked."""

    text = TextAreaField(_l("Your answer"), [REQUIRED, WORDS])
    link_title = StringField(
        _l("Title of a page with more about it"), [Length(max=120, message=LONG)]
    )
    link = StringField(
        _l("Address of that page"),
        [Length(max=300, message=LONG)],
        description=_l("It becomes a button in the mail: a practice story, a tool, an event."),
        render_kw={"type": "url", "inputmode": "url", "list": "known-links", "autocomplete": "off"},
    )
    way = RadioField(
        _l("What is this?"),
        choices=[
            ("answer", _l("The answer")),
            ("back", _l("A question of ours; then it is their turn")),
            ("spoken", _l("I told it already: note it, mail nothing")),
        ],
        default="answer",
    )
    version = HiddenField()

    def words(self) -> Answer:
        """What was filled in."""
        return Answer(
            text=self.text.data or "",
            asks_back=self.way.data == "back",
            link=self.link.data or "",
            link_title=self.link_title.data or "",
        )


class MessageForm(BaseForm):
    """What whoever asked wrote since, or a note of our own."""

    text = TextAreaField(_l("Text"), [REQUIRED, WORDS])
    kind = RadioField(
        _l("What is it?"),
        choices=[
            ("in", _l("The entrepreneur wrote or said this")),
            ("note", _l("A note for ourselves")),
        ],
        default="in",
    )


class ReferForm(BaseForm):
    """To whom or what; the field of the chosen kind counts."""

    kind = RadioField(_l("Who or what helps further?"), [CHOOSE])
    expert = SelectField(_l("Which expert?"), default="")
    fan = SelectField(_l("Which fan?"), default="")
    pioneer = SelectField(_l("Which pioneer?"), default="")
    name = StringField(_l("Name of the tool, circle or voucher"), [Length(max=160, message=LONG)])
    remark = TextAreaField(
        _l("A word beside it"),
        [Length(max=LONGEST_REMARK, message=LONG)],
        description=_l("Why this helps, and what to do first. It stands in the mail."),
    )
    tell = BooleanField(_l("Mail this to whoever asked"))
    version = HiddenField()

    def record_id(self) -> int | None:
        """The id in the field of the chosen kind."""
        kind = ReferredTo(self.kind.data)
        if kind in (ReferredTo.EXPERT, ReferredTo.FAN, ReferredTo.PIONEER):
            return chosen_id(self[kind.value])
        return None


class CloseForm(BaseForm):
    """What came of it; of an action also which one."""

    outcome = RadioField(
        _l("What came of it?"),
        [CHOOSE],
        choices=[(outcome.value, label) for outcome, label in OUTCOMES.items()],
    )
    existing = SelectField(_l("Which action?"), default="")
    kind = SelectField(_l("What did they do?"), default="")
    day = DayField(_l("On which day?"))
    proof = TextAreaField(
        _l("Proof"),
        [Length(max=2000, message=LONG)],
        description=_l("What you saw or got: a plan, a mail, an agreement."),
    )
    version = HiddenField()

    def action(self) -> Action | None:
        """What the company did; None for another outcome."""
        if self.outcome.data != Outcome.ACTION.value:
            return None
        return Action(
            activation_id=chosen_id(self.existing),
            kind_id=chosen_id(self.kind),
            day=self.data["day"],
            proof=self.proof.data or "",
        )


class DetailsForm(BaseForm):
    """Who asked and what about; who answers it."""

    subject = StringField(
        _l("Subject"),
        [Length(max=160, message=LONG)],
        description=_l("In a few words: the list and a draft for the knowledge base show it."),
    )
    theme = SelectField(_l("Theme"), choices=theme_choices(), default="")
    name = StringField(_l("Name"), [Length(max=160, message=LONG)])
    company = StringField(_l("Company"), [Length(max=200, message=LONG)])
    email = MailField(_l("E-mail address"), [Length(max=254)])
    phone = PhoneField(_l("Phone number"))
    responsible = SelectField(_l("Responsible"), default="")
    version = HiddenField()

    def details(self) -> Details:
        """What was filled in."""
        return Details(
            subject=self.subject.data or "",
            theme=self.theme.data or "",
            name=self.name.data or "",
            company=self.company.data or "",
            email=self.email.data,
            phone=self.phone.data,
            responsible_id=chosen_id(self.responsible),
        )


class PasteForm(BaseForm):
    """A whole mail, as it was copied out of the mail program."""

    mail = TextAreaField(_l("The mail"), [REQUIRED, Length(max=40_000, message=LONG)])


class NewForm(BaseForm):
    """A question that the desk writes down."""

    subject = StringField(_l("Subject"), [Length(max=160, message=LONG)])
    text = TextAreaField(_l("The question"), [REQUIRED, WORDS])
    asked_by = RadioField(
        _l("How did it come?"),
        choices=[(way.value, WAYS[way]) for way in BY_HAND],
        default=AskedBy.MAIL.value,
    )
    name = StringField(_l("Name"), [Length(max=160, message=LONG), without_address])
    company = StringField(_l("Company"), [Length(max=200, message=LONG), without_address])
    email = MailField(
        _l("E-mail address"), description=_l("With it they get a mail that says it is here.")
    )
    phone = PhoneField(_l("Phone number"))
    wants_call = BooleanField(_l("Wants to be called"))
    theme = SelectField(_l("Theme"), choices=theme_choices(), default="")
    pioneer = SelectField(_l("Thanks to which pioneer?"), default="")

    def question(self) -> NewQuestion:
        """What was filled in."""
        return NewQuestion(
            asked_by=AskedBy(self.asked_by.data),
            text=self.text.data or "",
            name=self.name.data or "",
            company=self.company.data or "",
            email=self.email.data,
            phone=self.phone.data,
            wants_call=bool(self.wants_call.data),
            theme=self.theme.data or "",
            subject=self.subject.data or "",
            pioneer_id=chosen_id(self.pioneer),
        )


class PioneerNoteForm(BaseForm):
    """A question that somebody asked a pioneer: three words do."""

    text = TextAreaField(_l("What was asked?"), [REQUIRED, WORDS])
    event = SelectField(_l("Where was it?"), default="")
    name = StringField(_l("Who asked it?"), [Length(max=160, message=LONG), without_address])
    company = StringField(_l("Company"), [Length(max=200, message=LONG), without_address])
    email = MailField(_l("E-mail address"))
    phone = PhoneField(_l("Phone number"))

    def question(self, pioneer_id: int, event_id: int | None, fan_id: int | None) -> NewQuestion:
        """What was filled in."""
        return NewQuestion(
            asked_by=AskedBy.TALK,
            text=self.text.data or "",
            name=self.name.data or "",
            company=self.company.data or "",
            email=self.email.data,
            phone=self.phone.data,
            pioneer_id=pioneer_id,
            event_id=event_id,
            fan_id=fan_id,
        )


class AskForm(BaseForm):
    """Anybody asks a question, without an account."""

    text = TextAreaField(_l("Your question"), [REQUIRED, WORDS])
    name = StringField(
        _l("Your name"),
        [REQUIRED, Length(max=160, message=LONG), without_address],
        render_kw={"autocomplete": "name"},
    )
    company = StringField(
        _l("Company"),
        [REQUIRED, Length(max=200, message=LONG), without_address],
        render_kw={"autocomplete": "organization"},
    )
    email = MailField(_l("E-mail address"), [REQUIRED])
    phone = PhoneField(_l("Phone number"))
    wants_call = BooleanField(_l("Please call me"))
    agreed = BooleanField(_l("Consent"), [Required(_l("We need your consent to answer you."))])
    website = StringField(_l("Leave this empty"))  # no person sees it; who fills it in is a machine
    begun = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever wants to be called says where."""
        good = bool(super().validate(extra_validators))
        if self.wants_call.data and not self.phone.data and not self.phone.errors:
            self.phone.errors = [*self.phone.errors, _("Fill in where we can call you.")]
            return False
        return good

    def question(self, version: str, wording: str) -> NewQuestion:
        """What was filled in, with what was agreed to."""
        return NewQuestion(
            asked_by=AskedBy.SITE,
            text=self.text.data or "",
            name=self.name.data or "",
            company=self.company.data or "",
            email=self.email.data,
            phone=self.phone.data,
            language=language(),
            wants_call=bool(self.wants_call.data),
            consent_version=version,
            consent_wording=wording,
        )


class DraftForm(BaseForm):
    """A draft for the knowledge base."""

    title = StringField(_l("Title"), [REQUIRED, Length(max=200, message=LONG)])
    theme = SelectField(_l("Theme"), choices=theme_choices(), default="")
    body = TextAreaField(_l("Text"), [REQUIRED, Length(max=20_000, message=LONG)])
    version = HiddenField()


class ReplyTextForm(BaseForm):
    """Words for answers."""

    title = StringField(_l("Title"), [REQUIRED, Length(max=120, message=LONG)])
    text = TextAreaField(_l("Text"), [REQUIRED, WORDS])
    language = SelectField(_l("Language"), choices=[("nl", "Nederlands"), ("en", "English")])
    is_active = BooleanField(_l("In use"), default=True)
    version = HiddenField()
