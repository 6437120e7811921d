"""Forms of calendars that are followed."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import Length

from pioneers.web.forms import BaseForm


class FollowForm(BaseForm):
    """Whose calendar, and where it is."""

    fan_id = SelectField(_l("Of which fan"), coerce=int)
    address = StringField(
        _l("Address of the calendar"),
        [Length(max=2000)],
        description=_l("Begins with https:// or webcal:// and often ends in .ics."),
    )
    file = FileField(
        _l("Or a file"),
        description=_l("A calendar that you exported (.ics, at most 5 MB). It is read once."),
    )


def follow_form(fans: dict[int, str]) -> FollowForm:
    """The form with the fans to choose from."""
    form = FollowForm()
    form.fan_id.choices = list(fans.items())
    return form


class UploadForm(BaseForm):
    """A newer export of a calendar."""

    file = FileField(_l("Newer file"))
