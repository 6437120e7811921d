"""Forms of a profile: what one tells, a photo and its part, quotes, consent, days away."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerRangeField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from pioneers.events.themes import THEMES, known_themes
from pioneers.media.rules import ALT, ZOOMS, Crop
from pioneers.profiles import rules
from pioneers.profiles.consenting import Agreed
from pioneers.profiles.labels import LEVELS, OFFERS, TERMS
from pioneers.profiles.rules import Period, ProfileDraft
from pioneers.web.forms import BaseForm, DayField, Required, WholeNumberField
from pioneers.web.i18n import language

REQUIRED = _l("Fill this in.")


def _boxes(label: Any, choices: Any, description: Any = "") -> Any:
    return SelectMultipleField(
        label,
        choices=choices,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=description,
    )


class StoryForm(BaseForm):
    """What a pioneer tells, and can be asked for."""

    headline = StringField(
        _l("Your story in one sentence"),
        [Length(max=rules.HEADLINE)],
        description=_l("Like: we stopped managing and began to listen."),
    )
    story = TextAreaField(
        _l("Your story"),
        [Length(max=rules.STORY)],
        description=_l(
            "What did you change, what went wrong, what did it bring? An empty line begins a new"
            " paragraph."
        ),
    )
    themes = _boxes(_l("What you can tell about"), list(THEMES.items()))
    levels = _boxes(
        _l("What it was about in your company"), [(str(key), one) for key, one in LEVELS.items()]
    )
    offers = _boxes(
        _l("What one can ask you for"), [(offer.value, one) for offer, one in OFFERS.items()]
    )
    region = StringField(
        _l("Where you like to come"),
        [Length(max=rules.REGION)],
        description=_l("Like: Twente and Salland, evenings only."),
    )
    travels_km = WholeNumberField(
        _l("Travels at most (kilometres)"),
        [Optional()],
        description=_l("As the crow flies. Empty: any distance."),
    )
    website = StringField(
        _l("Website of your company"),
        [Length(max=rules.WEBSITE)],
        render_kw={"type": "url", "autocomplete": "url", "inputmode": "url"},
    )
    version = HiddenField()
    pioneer_version = HiddenField()

    def draft(self) -> ProfileDraft:
        """What was filled in."""
        return ProfileDraft(
            headline=self.headline.data or "",
            story=self.story.data or "",
            themes=known_themes(",".join(self.themes.data or ())),
            levels=rules.known_levels(",".join(self.levels.data or ())),
            offers=rules.known_offers(",".join(self.offers.data or ())),
            region=self.region.data or "",
            website=self.website.data or "",
            travels_km=self.travels_km.data,
        )


class ConsentForm(BaseForm):
    """That a pioneer agrees, and for how long. The view puts the words beside the box."""

    months = RadioField(
        _l("For how long?"),
        choices=[(str(key), one) for key, one in TERMS.items()],
        default=str(rules.TERMS[0]),
    )
    agreed = BooleanField(
        _l("I agree"), [InputRequired(_l("Without your consent we do not show this."))]
    )

    def consent(self) -> Agreed:
        """What was agreed to."""
        return Agreed(int(self.months.data), language())


class PhotoForm(ConsentForm):
    """A photo of a pioneer."""

    photo = FileField(
        _l("Photo"),
        description=_l("A JPEG or PNG file of at most 12 MB. Where it was taken is removed."),
        render_kw={"accept": "image/jpeg,image/png"},
    )
    alt = StringField(
        _l("What is on it?"),
        [Length(max=ALT)],
        description=_l("For who cannot see it. Like: Anne in front of her workshop."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.photo.flags.required = True


def _range(label: Any, low: int, high: int) -> IntegerRangeField:
    return IntegerRangeField(
        label,
        [NumberRange(low, high, _l("Choose a part that lies within the photo."))],
        render_kw={"min": low, "max": high, "step": 1},
    )


class CropForm(BaseForm):
    """Which part of the photo is shown."""

    x = _range(_l("From left to right"), 0, 100)
    y = _range(_l("From top to bottom"), 0, 100)
    zoom = _range(_l("Closer"), *ZOOMS)
    alt = StringField(_l("What is on it?"), [Length(max=ALT)])

    def crop(self) -> Crop:
        """The part. Raises PhotoRefused: crop_range."""
        return Crop(self.data["x"], self.data["y"], self.data["zoom"])


class QuoteForm(ConsentForm):
    """Words that the programme may use."""

    words = TextAreaField(
        _l("What you say"),
        [Required(REQUIRED), Length(max=rules.WORDS)],
        description=_l("One or two sentences, without quotation marks."),
    )
    version = HiddenField()


class AwayForm(BaseForm):
    """Days on which a pioneer is not asked."""

    from_day = DayField(_l("First day"), [Required(REQUIRED)])
    to_day = DayField(_l("Last day"), [Required(REQUIRED)])
    remark = StringField(
        _l("Remark"),
        [Length(max=rules.REMARK)],
        description=_l("Only the project leader reads this."),
    )

    def period(self) -> Period:
        """The days that were filled in."""
        return Period(self.data["from_day"], self.data["to_day"], self.remark.data or "")


class PlainForm(BaseForm):
    """A button."""
