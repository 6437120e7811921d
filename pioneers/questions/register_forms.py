"""The form of an expert."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from pioneers.events.themes import THEMES
from pioneers.questions.forms import LONG, REQUIRED
from pioneers.questions.register import ExpertDraft
from pioneers.reach.fields import MailField, PhoneField
from pioneers.reach.record_forms import chosen_id
from pioneers.web.forms import BaseForm

EXPERT_FIELDS = (
    "name",
    "organisation",
    "subjects",
    "region",
    "price",
    "email",
    "phone",
    "website",
    "recommended_by",
    "is_active",
)


class ExpertForm(BaseForm):
    """Who knows what, where, for how much, and who says so."""

    name = StringField(_l("Name"), [REQUIRED, Length(max=160, message=LONG)])
    organisation = StringField(_l("Organisation"), [Length(max=160, message=LONG)])
    subjects = StringField(
        _l("Subject"),
        [Length(max=300, message=LONG)],
        description=_l("What they know about, like self-rostering or profit sharing."),
    )
    themes = SelectMultipleField(
        _l("Themes"),
        choices=list(THEMES.items()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    region = StringField(
        _l("Region"), [Length(max=160, message=LONG)], description=_l("Where they come.")
    )
    price = StringField(
        _l("Price indication"),
        [Length(max=120, message=LONG)],
        description=_l("Like: first talk free, then about € 120 an hour."),
    )
    email = MailField(_l("E-mail address"), [Length(max=254)])
    phone = PhoneField(_l("Phone number"))
    website = StringField(
        _l("Website"),
        [Length(max=200, message=LONG)],
        render_kw={"type": "url", "inputmode": "url"},
    )
    pioneer = SelectField(_l("Recommended by which pioneer?"), default="")
    recommended_by = StringField(
        _l("Or recommended by somebody else"), [Length(max=160, message=LONG)]
    )
    is_active = BooleanField(_l("In use"))
    version = HiddenField()

    def draft(self) -> ExpertDraft:
        """What was filled in."""
        return ExpertDraft(
            name=self.name.data or "",
            organisation=self.organisation.data or "",
            subjects=self.subjects.data or "",
            themes=",".join(self.themes.data or ()),
            region=self.region.data or "",
            price=self.price.data or "",
            email=self.email.data,
            phone=self.phone.data,
            website=self.website.data or "",
            recommended_by=self.recommended_by.data or "",
            recommended_by_pioneer_id=chosen_id(self.pioneer),
            is_active=bool(self.is_active.data),
        )
