"""The form of the look of the public site."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp

from pioneers.publishing.models import SiteSettings
from pioneers.publishing.settling import LookDraft
from pioneers.web.forms import BaseForm, EmailField

FIELDS = (
    *("is_open", "is_findable", "tagline", "organisation", "email", "phone", "address"),
    *("brand", "warm", "logo_alt"),
)


class LookForm(BaseForm):
    """What the site says of itself, its colours and its logo."""

    is_open = BooleanField(_l("Everybody can visit the site"))
    is_findable = BooleanField(_l("Search engines may show it"))
    tagline = StringField(
        _l("In one sentence what this is"),
        [Length(max=160)],
        description=_l("Stands above the title of the home page and in search engines."),
    )
    organisation = StringField(_l("Organisation that publishes the site"), [Length(max=120)])
    email = EmailField(_l("E-mail address for visitors"), [Optional()])
    phone = StringField(
        _l("Phone number for visitors"),
        [
            Optional(),
            Length(max=20),
            Regexp(r"^(\D*\d){8,}\D*$", message=_l("Phone number: at least 8 digits.")),
        ],
        render_kw={"type": "tel"},
    )
    address = TextAreaField(
        _l("Postal or visiting address"), [Length(max=300)], render_kw={"rows": 3}
    )
    brand = StringField(
        _l("Colour of the programme"),
        [Length(max=20)],
        description=_l(
            "Buttons and links. Like #0b5a5e; empty: the standard colour. In dark mode a lighter"
            " tone of it is used."
        ),
        render_kw={"spellcheck": "false", "autocapitalize": "none"},
    )
    warm = StringField(
        _l("Second colour"),
        [Length(max=20)],
        description=_l("Marks the page where one is, and what has the focus."),
        render_kw={"spellcheck": "false", "autocapitalize": "none"},
    )
    logo = FileField(
        _l("Logo"),
        description=_l("PNG or JPEG, at least 72 pixels high, at most 2 megabytes."),
        render_kw={"accept": "image/png,image/jpeg"},
    )
    logo_alt = StringField(
        _l("Words in place of the logo"),
        [Length(max=120)],
        description=_l("For who does not see it, like: Province of Overijssel."),
    )
    removes_logo = BooleanField(_l("Remove the logo"))
    version = HiddenField()

    def draft(self) -> LookDraft:
        """What was filled in."""
        return LookDraft(
            is_open=bool(self.is_open.data),
            is_findable=bool(self.is_findable.data),
            tagline=self.tagline.data or "",
            organisation=self.organisation.data or "",
            email=self.email.data,
            phone=self.phone.data or None,
            address=self.address.data or "",
            brand=self.brand.data or "",
            warm=self.warm.data or "",
            logo_alt=self.logo_alt.data or "",
        )


def as_kept(settings: SiteSettings) -> dict[str, object]:
    """The settings as the form shows them."""
    return {name: getattr(settings, name) for name in FIELDS}
