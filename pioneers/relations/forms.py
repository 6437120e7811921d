"""Forms of prospects, notes, introductions and thanks."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from pioneers import clock
from pioneers.events.forms import AppointForm
from pioneers.fans.labels import KINDS
from pioneers.fans.models import FanKind
from pioneers.fans.rules import ContactPersonDraft, FanDraft
from pioneers.programmes.labels import END_REASONS
from pioneers.programmes.rules import EndReason
from pioneers.relations.labels import NOTE_KINDS
from pioneers.relations.models import Note, NoteKind, Prospect, Side
from pioneers.relations.rules import LONGEST_NOTE, NoteDraft, ProspectDraft
from pioneers.web.forms import BaseForm, DayField, EmailField, Required

REQUIRED = _l("Fill this in.")


class ProspectForm(BaseForm):
    """Somebody who may become a pioneer, or an organisation that may become a fan."""

    name = StringField(_l("Name"), [Required(REQUIRED), Length(max=160)])
    company = StringField(_l("Company"), [Length(max=200)])
    contact_name = StringField(_l("Contact person"), [Length(max=160)])
    email = EmailField(_l("E-mail address"))
    phone = StringField(_l("Phone"), [Length(max=20)])
    municipality_code = SelectField(_l("Municipality"))
    found_through = StringField(
        _l("How did you find them?"),
        [Length(max=200)],
        description=_l("Like: told at the circle in Raalte, or suggested by a fan."),
    )
    responsible_id = SelectField(_l("Who keeps in touch?"), coerce=int)
    version = HiddenField()

    def draft(self, side: Side) -> ProspectDraft:
        """What was filled in."""
        return ProspectDraft(
            side=side,
            name=self.name.data or "",
            company=self.company.data or "",
            contact_name=self.contact_name.data or "",
            email=self.email.data,
            phone=self.phone.data or None,
            municipality_code=self.municipality_code.data or None,
            found_through=self.found_through.data or "",
            responsible_id=self.responsible_id.data or None,
        )


def prospect_form(
    municipalities: dict[str, str], team: dict[int, str], values: dict[str, object]
) -> ProspectForm:
    """The form with its choices and what stands."""
    form = ProspectForm(data=values)
    form.municipality_code.choices = [("", "–"), *municipalities.items()]
    form.responsible_id.choices = [(0, "–"), *team.items()]
    return form


def prospect_values(prospect: Prospect) -> dict[str, object]:
    """What the form shows of a prospect."""
    return {
        "name": prospect.name,
        "company": prospect.company or None,
        "contact_name": prospect.contact_name or None,
        "email": prospect.email,
        "phone": prospect.phone,
        "municipality_code": prospect.municipality_code,
        "found_through": prospect.found_through or None,
        "responsible_id": prospect.responsible_id or 0,
    }


class EndProspectForm(BaseForm):
    """Why it came to nothing."""

    reason = RadioField(
        _l("Reason"),
        [Required(_l("Choose the reason."))],
        choices=[
            (one.value, label) for one, label in END_REASONS.items() if one != EndReason.TERM_OVER
        ],
    )
    remark = TextAreaField(_l("What was said"), [Length(max=LONGEST_NOTE)])
    version = HiddenField()

    def chosen(self) -> EndReason:
        """The reason that was chosen."""
        return EndReason(self.reason.data)


class JoinPioneerForm(AppointForm):
    """The prospect who is appointed: all that appointing somebody outside the board asks too."""

    version = HiddenField()


class JoinFanForm(BaseForm):
    """The organisation that becomes a fan, and who speaks for it."""

    name = StringField(_l("Name"), [Required(REQUIRED), Length(max=160)])
    kind = SelectField(
        _l("Kind of organisation"), choices=[(kind.value, label) for kind, label in KINDS.items()]
    )
    municipality_code = SelectField(_l("Municipality"))
    contact_name = StringField(_l("Contact person"), [Length(max=160)])
    email = EmailField(_l("E-mail address"))
    phone = StringField(_l("Phone"), [Length(max=20)])
    version = HiddenField()

    def draft(self) -> FanDraft:
        """What was filled in of the organisation."""
        return FanDraft(
            name=self.name.data or "",
            kind=FanKind(self.kind.data),
            municipality_code=self.municipality_code.data or None,
        )

    def contact(self) -> ContactPersonDraft | None:
        """Who speaks for it; None when nobody was filled in."""
        if not self.contact_name.data:
            return None
        return ContactPersonDraft(self.contact_name.data, self.email.data, self.phone.data or None)


class NoteForm(BaseForm):
    """What was said, and what follows from it."""

    kind = RadioField(
        _l("What was it?"),
        choices=[
            (kind.value, label) for kind, label in NOTE_KINDS.items() if kind != NoteKind.THANKS
        ],
        default=NoteKind.CONVERSATION.value,
    )
    day = DayField(_l("When"), [Required(REQUIRED)])
    text = TextAreaField(
        _l("What was said or agreed"), [Required(REQUIRED), Length(max=LONGEST_NOTE)]
    )
    next_step = StringField(
        _l("Next step"),
        [Length(max=300)],
        description=_l("What you promised, or what has to happen now."),
    )
    due_on = DayField(_l("On which day"), description=_l("Whoever does it gets a mail that day."))
    responsible_id = SelectField(_l("Who does it?"), coerce=int)
    version = HiddenField()

    def draft(self, kind: NoteKind | None = None) -> NoteDraft:
        """What was filled in; a thank-you stays one."""
        return NoteDraft(
            kind=kind or NoteKind(self.kind.data),
            day=self.day.data or clock.today(),
            text=self.text.data or "",
            next_step=self.next_step.data or "",
            due_on=self.due_on.data,
            responsible_id=self.responsible_id.data or None,
        )


def note_form(team: dict[int, str], values: dict[str, object]) -> NoteForm:
    """The form with the team to choose from and what stands."""
    form = NoteForm(data=values)
    form.responsible_id.choices = list(team.items()) or [(0, "–")]
    if not values.get("responsible_id"):
        form.responsible_id.choices.insert(0, (0, "–"))
    return form


def note_values(note: Note) -> dict[str, object]:
    """What the form shows of a note."""
    return {
        "kind": note.kind.value,
        "day": note.day,
        "text": note.text,
        "next_step": note.next_step or None,
        "due_on": note.due_on,
        "responsible_id": note.responsible_id or 0,
    }


class IntroduceForm(BaseForm):
    """Which pioneer can introduce us, and to whom."""

    pioneer_id = SelectField(_l("Which pioneer"), coerce=int)
    target = SelectField(_l("Can introduce us to"))
    company = StringField(
        _l("Or to this company"),
        [Length(max=200)],
        description=_l("Its name as it stands in the list of companies."),
    )
    remark = StringField(
        _l("How do they know each other?"),
        [Length(max=300)],
        description=_l("Like: same entrepreneurs' circle, former colleagues."),
    )


class ThankForm(BaseForm):
    """What is said in thanks."""

    message = TextAreaField(_l("Your words"), [Required(REQUIRED), Length(max=LONGEST_NOTE)])
    way = HiddenField()


class VersionForm(BaseForm):
    """A button that remembers which version was seen."""

    version = HiddenField()
    to = HiddenField()
