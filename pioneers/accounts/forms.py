"""Forms of log-in, invitation and account: shape, labels, format."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from pioneers.accounts.labels import PASSWORD_PROBLEMS
from pioneers.accounts.passwords import LONGEST, password_problem
from pioneers.mail.addresses import is_address
from pioneers.web.forms import BaseForm
from pioneers.web.i18n import LANGUAGES

REQUIRED = DataRequired(_l("Fill this in."))
PASSWORD_HINT = _l("At least 12 characters. A few words that do not belong together work well.")


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


class AddressForm(BaseForm):
    """To which address may we send a link?"""

    email = StringField(
        _l("E-mail address"),
        [REQUIRED, Length(max=254)],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": "false"},
    )

    def validate_email(self, field: StringField) -> None:
        """Refuse what is no address; that says nothing of who has an account."""
        if not is_address((field.data or "").strip()):
            raise ValidationError(_l("Write the whole address, like naam@voorbeeld.nl."))


class CodeForm(BaseForm):
    """The six digits that the app shows."""

    code = StringField(
        _l("Code from your app"),
        [REQUIRED, Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class NewPasswordForm(BaseForm):
    """A password to choose; `email` is the account that it is for."""

    password = PasswordField(
        _l("New password"),
        [REQUIRED],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *, email: str) -> None:
        super().__init__()
        self.account_email = email

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is too short or too easy to guess."""
        problem = password_problem(field.data or "", email=self.account_email)
        if problem is not None:
            raise ValidationError(PASSWORD_PROBLEMS[problem])


class RegisterForm(NewPasswordForm):
    """What somebody without account fills in to accept an invitation."""

    name = StringField(
        _l("Your name"), [REQUIRED, Length(max=200)], render_kw={"autocomplete": "name"}
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password needs the old one."""

    current = PasswordField(
        _l("Current password"),
        [REQUIRED, Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class ProfileForm(BaseForm):
    """How somebody is called and in which language they read."""

    name = StringField(
        _l("Your name"), [REQUIRED, Length(max=200)], render_kw={"autocomplete": "name"}
    )
    language = RadioField(_l("Language"), choices=list(LANGUAGES.items()))


class SwitchOffForm(BaseForm):
    """Switching the second step off needs the password."""

    password = PasswordField(
        _l("Password"),
        [REQUIRED, Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
