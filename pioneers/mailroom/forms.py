"""The form of the words of a kind of mail."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from pioneers.mail.kinds import Words
from pioneers.web.forms import BaseForm

LONGEST = 8000


class WordingForm(BaseForm):
    """Subject and text; that something is filled in is a rule's, so that a preview says it too."""

    subject = StringField(_l("Subject"), [Length(max=200)])
    body = TextAreaField(_l("Text"), [Length(max=LONGEST)], render_kw={"rows": "14"})
    version = HiddenField()

    def words(self) -> Words:
        """What was filled in."""
        return Words(self.subject.data or "", self.body.data or "")
