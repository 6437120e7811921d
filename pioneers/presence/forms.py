"""Forms at the door."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Length

from pioneers.companies.addresses import clean_kvk
from pioneers.presence import consents
from pioneers.presence.rules import WalkIn
from pioneers.web.forms import BaseForm, EmailField, KvkField, Required, without_address
from pioneers.web.i18n import language

REQUIRED = _l("Fill this in.")


class SomebodyForm(BaseForm):
    """Somebody whom the host adds at the door."""

    name = StringField(_l("Name"), [Required(REQUIRED), Length(max=160), without_address])
    company = StringField(_l("Company"), [Required(REQUIRED), Length(max=200), without_address])
    email = EmailField(_l("E-mail address"))
    key = HiddenField()


class WhoForm(BaseForm):
    """Who says that they registered."""

    who = StringField(_l("Your e-mail address or code"), [Required(REQUIRED), Length(max=254)])


class WalkInForm(BaseForm):
    """Who checks in without having registered. `website` is for robots: people do not see it."""

    name = StringField(
        _l("Your name"),
        [Required(REQUIRED), Length(max=160), without_address],
        render_kw={"autocomplete": "name"},
    )
    company = StringField(
        _l("Company"),
        [Required(REQUIRED), Length(max=200), without_address],
        render_kw={"autocomplete": "organization"},
    )
    email = EmailField(_l("E-mail address"), [Required(REQUIRED)])
    kvk = KvkField(_l("KVK number"))
    agree = BooleanField(validators=[Required(_l("We can only keep this if you agree."))])
    news = BooleanField()
    website = StringField()
    key = HiddenField()

    def word(self, programme: str) -> None:
        """Put the texts that are agreed to beside their boxes."""
        for field, purpose in ((self.agree, consents.DETAILS), (self.news, consents.NEWS)):
            text = consents.consent(purpose, language=language(), programme=programme)
            field.label.text = text.wording

    def draft(self, programme: str) -> WalkIn:
        """What was filled in, with the texts as they were read."""
        purposes = [consents.DETAILS, *([consents.NEWS] if self.news.data else [])]
        return WalkIn(
            name=self.name.data or "",
            company=self.company.data or "",
            email=self.email.data.lower() if self.email.data else None,
            kvk_number=clean_kvk(self.kvk.data) if self.kvk.data else None,
            language=language(),
            agreed=tuple(
                consents.consent(one, language=language(), programme=programme) for one in purposes
            ),
        )
