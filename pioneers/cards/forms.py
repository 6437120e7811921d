"""Forms of print runs, and of whoever follows a card."""

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session, scoped_session
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length

from pioneers.cards.labels import OWNERS, WISHES
from pioneers.cards.models import Came, LeadKind
from pioneers.cards.queries import event_choices, names_of
from pioneers.cards.rules import (
    LONGEST,
    MOST_PAPER,
    NewRun,
    Owner,
    OwnerKind,
    Target,
    parse_owner,
)
from pioneers.cards.wishes import LeadDraft
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.fields import MailField, PhoneField
from pioneers.web.formats import day_short
from pioneers.web.forms import (
    BaseForm,
    DayField,
    Required,
    WholeNumberField,
    without_address,
)
from pioneers.web.i18n import language

AnySession = Session | scoped_session[Session]
REQUIRED = _l("Fill this in.")
LONG = _l("Use at most %(max)d characters.")
OWN = "own"


class RunForm(BaseForm):
    """A print run."""

    owner = SelectField(_l("Whose cards are these?"))
    printed_on = DayField(_l("Date of printing"), [Required(REQUIRED)])
    quantity = WholeNumberField(
        _l("Number of cards"), [Required(REQUIRED)], maximum=MOST_PAPER, default=10
    )
    is_single_code = BooleanField(
        _l("One code on all cards"),
        description=_l(
            "For a printer who prints from one file. Otherwise every card has a code of its own,"
            " and you print sheets of ten yourself."
        ),
    )
    remark = StringField(_l("Remark"), [Length(max=LONGEST, message=LONG)])

    def draft(self) -> NewRun:
        """What was filled in. Raises Refused: owner_unknown."""
        owner = parse_owner(self.owner.data or "")
        day: date | None = self.printed_on.data
        if owner is None or day is None:
            raise Refused("owner_unknown", "owner")
        return NewRun(
            owner=owner,
            printed_on=day,
            quantity=int(self.quantity.data or 0),
            is_single_code=bool(self.is_single_code.data),
            remark=self.remark.data or "",
        )


class TargetForm(BaseForm):
    """Where cards lead from now on."""

    target = SelectField(_l("Leads to"))
    because = StringField(_l("Why"), [Length(max=LONGEST, message=LONG)])

    def chosen(self) -> Target:
        """What was chosen."""
        owner = parse_owner(self.target.data or "")
        if owner is None:
            return Target()
        if owner.kind == OwnerKind.PIONEER:
            return Target(pioneer_id=owner.id)
        return Target(event_id=owner.id)


class WithdrawForm(BaseForm):
    """Why cards are withdrawn."""

    because = StringField(_l("Why"), [Required(REQUIRED), Length(max=LONGEST, message=LONG)])


class ConfirmForm(BaseForm):
    """Only a button."""


def _choices(
    session: AnySession, programme: Programme, now: datetime, *, fans: bool
) -> list[tuple[str, str]]:
    names = names_of(session, programme)
    kinds = [(OwnerKind.PIONEER, names.pioneers), (OwnerKind.FAN, names.fans if fans else {})]
    found = [
        (str(Owner(kind, each)), f"{OWNERS[kind]}: {name}")
        for kind, known in kinds
        for each, name in known.items()
        if name
    ]
    found += [
        (
            str(Owner(OwnerKind.EVENT, event.id)),
            f"{OWNERS[OwnerKind.EVENT]}: {event.title} ({day_short(event.starts_at)})",
        )
        for event in event_choices(session, programme, now)
    ]
    return found


def run_form(session: AnySession, programme: Programme, now: datetime, chosen: str) -> RunForm:
    """The form for a new run; `chosen` is the owner that it opens with."""
    form = RunForm(data={"owner": chosen, "quantity": 10})
    form.owner.choices = [("", "–"), *_choices(session, programme, now, fans=True)]
    return form


def target_form(
    session: AnySession, programme: Programme, now: datetime, target: Target
) -> TargetForm:
    """The form for where cards lead, with what holds now."""
    held = OWN
    if target.pioneer_id is not None:
        held = str(Owner(OwnerKind.PIONEER, target.pioneer_id))
    elif target.event_id is not None:
        held = str(Owner(OwnerKind.EVENT, target.event_id))
    form = TargetForm(data={"target": held})
    own = (OWN, _("the owner's own page"))
    form.target.choices = [own, *_choices(session, programme, now, fans=False)]
    return form


class LeadForm(BaseForm):
    """What somebody who follows a card wants, and who they are.

    It has no token of a session: the page sets no cookie. A signed moment (`begun`), bound to the
    card, takes its place (see landing_views).
    """

    class Meta(BaseForm.Meta):
        """Without the token of a session."""

        csrf = False

    kind = RadioField(_l("What do you want to do?"), [Required(_l("Choose what you want to do."))])
    text = TextAreaField(_l("Your question"))
    name = StringField(
        _l("Your name"),
        [Required(_l("Fill in your name.")), Length(max=160, message=LONG), without_address],
        render_kw={"autocomplete": "name"},
    )
    company = StringField(
        _l("Company"),
        [Length(max=200, message=LONG), without_address],
        render_kw={"autocomplete": "organization"},
    )
    email = MailField(_l("E-mail address"))
    phone = PhoneField(_l("Phone number"))
    agreed = BooleanField(
        _l("Consent"), [Required(_l("We need your consent to keep your details."))]
    )
    website = StringField(_l("Leave this empty"))  # no person sees it
    begun = HiddenField()

    def draft(self, came: Came) -> LeadDraft:
        """What was filled in."""
        return LeadDraft(
            kind=LeadKind(self.kind.data),
            came=came,
            text=self.text.data or "",
            name=self.name.data or "",
            company=self.company.data or "",
            email=self.email.data,
            phone=self.phone.data,
            language=language(),
        )


def lead_form() -> LeadForm:
    """The form with its choices in the person's language."""
    form = LeadForm()
    form.kind.choices = [(kind.value, label) for kind, label in WISHES.items()]
    return form
