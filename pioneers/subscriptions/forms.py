"""Forms of whoever wants news."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from pioneers.programmes.themes import THEMES
from pioneers.web.forms import BaseForm, EmailField, Required
from pioneers.web.i18n import LANGUAGES

REQUIRED = Required(_l("Fill this in."))


class ThemesField(SelectMultipleField):  # type: ignore[misc]
    """Themes as boxes to tick; what is no theme is left out."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NewsForm(BaseForm):
    """Somebody asks for news."""

    email = EmailField(_l("Your e-mail address"), [REQUIRED])
    themes = ThemesField(_l("What should it be about?"), choices=list(THEMES.items()))
    agreed = BooleanField(
        _l("Consent"), [Required(_l("Tick this: without your consent we send you nothing."))]
    )
    website = StringField(_l("Leave this empty"))  # no person sees it; who fills it in is a machine
    begun = HiddenField()


class ChoiceForm(BaseForm):
    """What somebody's news is about."""

    themes = ThemesField(_l("What should it be about?"), choices=list(THEMES.items()))
    language = RadioField(_l("Language"), choices=list(LANGUAGES.items()))
