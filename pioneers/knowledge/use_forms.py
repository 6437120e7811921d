"""Forms with which everybody says what an item did for them."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from pioneers.knowledge.forms import LONG
from pioneers.knowledge.labels import FOLLOW_CHOICES, USE_CHOICES
from pioneers.knowledge.models import UseKind
from pioneers.knowledge.rules import LONGEST_INTENTION
from pioneers.knowledge.use_rules import NewUse
from pioneers.reach.fields import MailField
from pioneers.web.forms import BaseForm, without_address
from pioneers.web.i18n import language


class UseForm(BaseForm):
    """What an item did for somebody; who they are only if they wish."""

    kind = RadioField(
        _l("What do you want to tell?"),
        [DataRequired(_l("Choose one."))],
        choices=[(kind.value, label) for kind, label in USE_CHOICES.items()],
    )
    intention = TextAreaField(
        _l("What are you going to do?"),
        [Length(max=LONGEST_INTENTION, message=LONG)],
        description=_l(
            "In a few words. With your e-mail address we ask after six weeks how it is."
        ),
    )
    name = StringField(
        _l("Your name"),
        [Length(max=160, message=LONG), without_address],
        render_kw={"autocomplete": "name"},
    )
    company = StringField(
        _l("Company"),
        [Length(max=200, message=LONG), without_address],
        render_kw={"autocomplete": "organization"},
    )
    email = MailField(_l("E-mail address"))
    agreed = BooleanField(_l("Consent"))
    website = StringField(_l("Leave this empty"))  # no person sees it; who fills it in is a machine
    begun = HiddenField()

    def use(self) -> NewUse:
        """What was filled in."""
        return NewUse(
            kind=UseKind(self.kind.data or ""),
            intention=self.intention.data or "",
            name=self.name.data or "",
            company=self.company.data or "",
            email=self.email.data,
            language=language(),
            agreed=bool(self.agreed.data),
        )


class FollowedForm(BaseForm):
    """What became of an intention."""

    answer = RadioField(
        _l("Did it work out?"),
        [DataRequired(_l("Choose one."))],
        choices=[(answer.value, label) for answer, label in FOLLOW_CHOICES.items()],
    )
    kind = SelectField(_l("If it is done: what comes closest?"))
    done = TextAreaField(_l("What did you do?"), [Length(max=LONGEST_INTENTION, message=LONG)])

    def fill(self, kinds: Mapping[int, str]) -> None:
        """Set the actions to choose from."""
        self.kind.choices = [
            ("", _("None of these, or I do not know")),
            *((str(key), name) for key, name in kinds.items()),
        ]
