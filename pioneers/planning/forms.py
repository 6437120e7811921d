"""Forms of requests: asking, answering, confirming, and what a pioneer speaks about."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from pioneers.events.themes import THEMES
from pioneers.planning.rules import LONGEST_WORDS
from pioneers.web.forms import BaseForm, DayField, HourField, WholeNumberField


class AnswerForm(BaseForm):
    """What a pioneer answers to a request; which of it counts is said by `answer`."""

    answer = StringField()
    although = StringField()
    reason = TextAreaField(_l("Reason"), [Length(max=LONGEST_WORDS)])
    day = DayField(_l("Day"))
    hour = HourField(_l("Starts at"))
    remark = TextAreaField(_l("Remark"), [Length(max=LONGEST_WORDS)])

    def __init__(self) -> None:
        super().__init__()
        for field in (self.day, self.hour):  # of the answer that is another date
            field.flags.required = True


class AskForm(BaseForm):
    """A word beside a request."""

    message = TextAreaField(
        _l("A word to the pioneer"),
        [Length(max=LONGEST_WORDS)],
        description=_l("What you hope to hear, and who will be there."),
    )
    although_away = BooleanField(_l("Ask although somebody is away that day"))


class ConfirmForm(BaseForm):
    """A word to the host beside the decision."""

    remark = TextAreaField(
        _l("A word to the host"),
        [Length(max=LONGEST_WORDS)],
        description=_l(
            "It comes in the mail, with your decision. If it does not go ahead, say why."
        ),
    )
    decision = StringField()


class PreferencesForm(BaseForm):
    """What a pioneer speaks about, and how far one travels."""

    themes = SelectMultipleField(
        _l("Themes"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    travels_km = WholeNumberField(
        _l("Travels at most (kilometres)"),
        [Optional()],
        description=_l("As the crow flies. Empty: any distance."),
    )
    version = HiddenField()

    def __init__(self, themes: tuple[str, ...], travels_km: int | None, version: int) -> None:
        super().__init__(
            data={"themes": list(themes), "travels_km": travels_km, "version": version}
        )
        self.themes.choices = [(key, str(label)) for key, label in THEMES.items()]
