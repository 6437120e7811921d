"""Forms of the knowledge base for the project team."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from pioneers import clock
from pioneers.companies.rules import SizeClass
from pioneers.events.themes import THEMES, known_themes
from pioneers.knowledge.labels import DOMAINS, KINDS, LEVELS, STATES
from pioneers.knowledge.models import Domain, ItemKind, KnowledgeItem
from pioneers.knowledge.rules import (
    CLASSED,
    LONGEST_BODY,
    LONGEST_LINK,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    Classed,
    ItemDraft,
    ItemWords,
)
from pioneers.media.rules import ALT
from pioneers.programmes.rules import Refused
from pioneers.programmes.sectors import NAMES_2008, section_name
from pioneers.reach.labels import SIZE_CLASSES
from pioneers.web.forms import BaseForm, DayField, HourField, Required
from pioneers.web.i18n import LANGUAGES, language

LONG = _l("Use at most %(max)d characters.")
NOW, LATER = "now", "later"
SIZES = tuple(size for size in SizeClass if size != SizeClass.UNKNOWN)


class PlainForm(BaseForm):
    """Only a button."""


class WordsForm(BaseForm):
    """The words of an item."""

    title = StringField(
        _l("Title"),
        [Required(_l("Give the item a title.")), Length(max=LONGEST_TITLE, message=LONG)],
    )
    summary = TextAreaField(
        _l("Summary"),
        [Length(max=LONGEST_SUMMARY, message=LONG)],
        description=_l("One or two sentences, for lists, search engines and messengers."),
    )
    body = TextAreaField(
        _l("Text of the item"),
        [Length(max=LONGEST_BODY, message=LONG)],
        description=_l(
            "An empty line begins a paragraph. ## makes a heading, - a list, **bold** and"
            " [words](https://address) a link."
        ),
    )
    link = StringField(
        _l("Web address of the video, tool or scheme"), [Length(max=LONGEST_LINK, message=LONG)]
    )
    version = HiddenField()

    def words(self) -> ItemWords:
        """What was written."""
        return ItemWords(
            self.title.data or "",
            self.summary.data or "",
            self.body.data or "",
            self.link.data or "",
        )


class NewForm(WordsForm):
    """A new item: its kind and its first words."""

    kind = RadioField(
        _l("What is it?"),
        [DataRequired(_l("Choose one."))],
        choices=[(kind.value, label) for kind, label in KINDS.items()],
    )

    def draft(self, user_id: int) -> ItemDraft:
        """The item, looked after by whoever writes it."""
        words = self.words()
        return ItemDraft(
            kind=ItemKind(self.kind.data or ""),
            language=language(),
            owner_id=user_id,
            title=words.title,
            summary=words.summary,
            body=words.body,
            link=words.link,
        )


class AboutForm(BaseForm):
    """What an item is about, who looks after it, and who agreed."""

    kind = SelectField(
        _l("What is it?"), choices=[(kind.value, label) for kind, label in KINDS.items()]
    )
    themes = SelectMultipleField(
        _l("Themes"),
        choices=[*THEMES.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    level = SelectField(
        _l("Level"),
        choices=[("", _l("All levels")), *((str(key), label) for key, label in LEVELS.items())],
    )
    domain = SelectField(
        _l("Where in the company"),
        choices=[("", _l("Everywhere")), *((key.value, label) for key, label in DOMAINS.items())],
    )
    sector = SelectField(_l("Sector of the company"))
    size_class = SelectField(_l("Size of the company"))
    municipality_code = SelectField(_l("Municipality of the company"))
    language = SelectField(_l("Language of the text"), choices=[*LANGUAGES.items()])
    source = StringField(_l("Source"), [Length(max=200, message=LONG)])
    licence = StringField(_l("Licence"), [Length(max=80, message=LONG)])
    owner_id = SelectField(_l("Looked after by"))
    review_on = DayField(
        _l("Look again on"), description=_l("From that day it stands among what needs attention.")
    )
    company_name = StringField(
        _l("Company in the story"),
        [Length(max=160, message=LONG)],
        description=_l("As it stands on the page. Empty where no company is named."),
    )
    pioneer_id = SelectField(_l("Pioneer in the story"))
    consent_by = StringField(_l("Who agreed"), [Length(max=160, message=LONG)])
    consent_on = DayField(_l("Agreed on"))
    consent_until = DayField(
        _l("Until and including"),
        description=_l("The day after, the item is off the site. Empty: until they say otherwise."),
    )
    version = HiddenField()

    def fill(
        self, places: Mapping[str, str], users: Mapping[int, str], pioneers: Mapping[int, str]
    ) -> None:
        """Set the choices."""
        self.sector.choices = [
            ("", _("All sectors")),
            *((letter, section_name(letter, language())) for letter in NAMES_2008),
        ]
        self.size_class.choices = [
            ("", _("All sizes")),
            *((size.value, SIZE_CLASSES[size]) for size in SIZES),
        ]
        self.municipality_code.choices = [("", _("No municipality")), *places.items()]
        self.owner_id.choices = [("", _("Nobody")), *((str(k), n) for k, n in users.items())]
        self.pioneer_id.choices = [
            ("", _("No pioneer")),
            *((str(k), n) for k, n in pioneers.items()),
        ]

    def classed(self, company_id: int | None) -> Classed:
        """What was chosen."""
        return Classed(
            kind=ItemKind(self.kind.data),
            language=self.language.data,
            themes=tuple(self.themes.data or ()),
            level=int(self.level.data) if self.level.data else None,
            domain=Domain(self.domain.data) if self.domain.data else None,
            sector=self.sector.data or "",
            size_class=SizeClass(self.size_class.data) if self.size_class.data else None,
            municipality_code=self.municipality_code.data or None,
            source=self.source.data or "",
            licence=self.licence.data or "",
            owner_id=int(self.owner_id.data) if self.owner_id.data else None,
            review_on=self.review_on.data,
            company_id=company_id,
            company_name=self.company_name.data or "",
            pioneer_id=int(self.pioneer_id.data) if self.pioneer_id.data else None,
            consent_by=self.consent_by.data or "",
            consent_on=self.consent_on.data,
            consent_until=self.consent_until.data,
        )


def about_data(item: KnowledgeItem) -> dict[str, Any]:
    """The fields of AboutForm as they stand."""
    data: dict[str, Any] = {}
    for name in CLASSED:
        value = getattr(item, name)
        data[name] = str(value) if isinstance(value, int | str) else value
    data.pop("company_id")
    return data | {"themes": list(known_themes(item.themes))}


class MomentForm(BaseForm):
    """Now, or at a moment to come."""

    when = RadioField(
        _l("When"),
        [DataRequired(_l("Choose one."))],
        choices=[(NOW, _l("Now")), (LATER, _l("Later"))],
        default=NOW,
    )
    day = DayField(_l("Day"))
    hour = HourField(_l("Time"), description=_l("Empty: as the day begins."))

    def at(self) -> datetime | None:
        """The moment; None is now. Raises Refused: moment_missing, moment_past."""
        if self.when.data == NOW:
            return None
        if self.day.data is None:
            raise Refused("moment_missing", "day")
        moment = clock.from_local(self.day.data, self.hour.data or time(0))
        if moment <= clock.now():
            raise Refused("moment_past", "day")
        return moment


class RelatedForm(BaseForm):
    """Which items belong with one."""

    others = SelectMultipleField(
        _l("Belongs with"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )


class FilterForm(BaseForm):
    """What the list shows; in the address, so that a figure can lead to it."""

    class Meta(BaseForm.Meta):
        """Reads only."""

        csrf = False

    q = StringField(_l("Words"), [Length(max=100)])
    soort = SelectField(_l("Kind"))
    stand = SelectField(_l("Status"))
    thema = SelectField(_l("Theme"))
    van = SelectField(_l("Looked after by"))

    def fill(self, users: Mapping[int, str]) -> None:
        """Set the choices."""
        everything = ("", _("All"))
        self.soort.choices = [everything, *((k.value, label) for k, label in KINDS.items())]
        self.stand.choices = [everything, *((s.value, label) for s, label in STATES.items())]
        self.thema.choices = [everything, *THEMES.items()]
        self.van.choices = [("", _("Everybody")), *((str(k), n) for k, n in users.items())]


class ListForm(BaseForm):
    """What somebody looks for on the site; in the address. Its choices are what there is."""

    class Meta(BaseForm.Meta):
        """Reads only."""

        csrf = False

    q = StringField(_l("What are you looking for?"))
    soort = SelectField(_l("Kind"), choices=[])
    thema = SelectField(_l("Theme"), choices=[])
    niveau = SelectField(_l("Level"), choices=[])
    waar = SelectField(_l("Where in the company"), choices=[])
    sector = SelectField(_l("Sector"), choices=[])
    omvang = SelectField(_l("Size"), choices=[])


class FileForm(BaseForm):
    """A file that goes with an item."""

    file = FileField(
        _l("File"),
        description=_l(
            "A PDF, a Word, Excel, PowerPoint or OpenDocument file, or a picture; at most 20 MB."
        ),
    )
    title = StringField(
        _l("What it is called on the page"),
        [Length(max=120, message=LONG)],
        description=_l("Empty: the name of the file."),
    )


class PhotoForm(BaseForm):
    """The photo of an item."""

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
