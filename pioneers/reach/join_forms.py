"""The answer to whether two records are one."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import AnyOf

from pioneers.companies.queries import Side
from pioneers.reach.forms import GetForm
from pioneers.web.forms import BaseForm

SAME, DIFFERENT = "same", "different"


class JoinForm(BaseForm):
    """Same or different, and which record stays."""

    answer = StringField(_l("Answer"), [AnyOf([SAME, DIFFERENT], message=_l("Choose one."))])
    winner = RadioField(_l("Which record stays?"))

    def fill(self, left: Side, right: Side, default: int) -> None:
        """Set the two records to choose from."""
        self.winner.choices = [
            (str(side.id), _("%(name)s (record %(id)s)", name=side.name, id=side.id))
            for side in {left.id: left, right.id: right}.values()
        ]
        if self.winner.data is None:
            self.winner.data = str(default)

    def is_same(self) -> bool:
        """Whether the two are one."""
        return bool(self.answer.data == SAME)

    def winner_id(self) -> int:
        """The record that stays."""
        return int(self.winner.data)


class SearchForm(GetForm):
    """The other record to join with."""

    text = StringField(_l("Search"), name="q", render_kw={"type": "search", "maxlength": 100})
