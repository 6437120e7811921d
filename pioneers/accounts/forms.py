"""Forms of log-in and account: shape, labels, format."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from pioneers.accounts.passwords import LONGEST
from pioneers.web.forms import BaseForm

REQUIRED = DataRequired(_l("Fill this in."))


class LoginForm(BaseForm):
    """Who are you?"""

    email = StringField(
        _l("E-mail address"),
        [REQUIRED, Length(max=254)],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        [REQUIRED, Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
