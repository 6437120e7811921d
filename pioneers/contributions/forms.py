"""Logging and correcting a contribution: large choices first, little to type."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from pioneers.contributions.labels import KINDS
from pioneers.contributions.models import Contribution, ContributionKind
from pioneers.contributions.rules import LONGEST, MOST_HEADS, STAGE, Draft, Named
from pioneers.programmes.rules import Refused
from pioneers.web.forms import BaseForm, DayField, EmailField, WholeNumberField
from pioneers.web.parsing import parse_day, parse_version

OTHER = "other"


def new_key() -> str:
    """A key for what one page sends: pressed twice, or sent again later, it is one row."""
    return secrets.token_hex(12)


def _long(name: str) -> Length:
    return Length(max=LONGEST[name], message=_l("Use at most %(max)d characters."))


class _Told(BaseForm):
    """What can be said of any contribution."""

    heads = WholeNumberField(_l("Number of people"), [Optional()], maximum=MOST_HEADS)
    title = StringField(_l("What was it called?"), [_long("title")])
    link = StringField(
        _l("Where can it be read or heard?"),
        [_long("link")],
        render_kw={"type": "url", "inputmode": "url", "placeholder": "https://"},
    )
    remark = TextAreaField(_l("Anything else you want to tell?"), [_long("remark")])
    photo = FileField(
        _l("A photo of the room"), [Optional()], render_kw={"accept": "image/jpeg,image/png"}
    )

    @property
    def picture(self) -> FileStorage | None:
        """The photo that came along."""
        found = self.photo.data
        return found if isinstance(found, FileStorage) and found.filename else None


class LogForm(_Told):
    """What did you do?"""

    client_key = HiddenField()
    event_id = HiddenField()
    answer = RadioField(
        _l("Did you speak?"),
        [Optional()],
        choices=[
            ("yes", _l("Yes")),
            ("off", _l("It was called off")),
            (OTHER, _l("Something else")),
        ],
        default="yes",
    )
    kind = RadioField(
        _l("What did you do?"),
        [Optional()],
        choices=[(kind.value, label) for kind, label in KINDS.items()],
    )
    when = RadioField(_l("When was it?"), [Optional()], validate_choice=False)
    day = DayField(_l("On which day?"), [Optional()])
    about = RadioField(
        _l("How many people were there, about?"), [Optional()], validate_choice=False
    )
    with_name = StringField(_l("Who did you speak with?"), [Length(max=160)])
    with_company = StringField(_l("Of which company?"), [Length(max=200)])
    with_email = EmailField(_l("E-mail address, if you have it"), [Optional()])
    met_name = StringField(_l("Whom did you speak with there?"), [Length(max=160)])
    met_company = StringField(_l("Of which company?"), [Length(max=200)])
    met_email = EmailField(_l("E-mail address, if you have it"), [Optional()])
    is_apart = BooleanField(_l("This was something else"))

    def offer(self, numbers: Sequence[int], today: date) -> None:
        """The numbers and days to choose from. Days are written out: what a device sends tomorrow
        is still of today."""
        self.about.choices = [*((str(one), str(one)) for one in numbers), (OTHER, _("other"))]
        yesterday = today - timedelta(days=1)
        self.when.choices = [
            (today.isoformat(), _("Today")),
            (yesterday.isoformat(), _("Yesterday")),
            (OTHER, _("Another day")),
        ]
        if not self.is_submitted():
            self.client_key.data = new_key()
            self.when.data = today.isoformat()

    def draft(self) -> Draft:
        """What was filled in. Raises Refused: answer_missing, kind_missing, day_missing."""
        event_id = parse_version(self.event_id.data) or None
        if event_id is not None and self.answer.data != OTHER:
            return Draft(
                event_id=event_id,
                took_place=self.answer.data != "off",
                heads=self._number(),
                remark=self.remark.data or "",
                named=self._named(self.met_name, self.met_company, self.met_email),
            )
        if not self.kind.data:
            raise Refused("kind_missing", "kind")
        kind = ContributionKind(self.kind.data)
        is_talk = kind == ContributionKind.CONVERSATION
        return Draft(
            kind=kind,
            day=self._day(),
            heads=self._number() if kind in STAGE else None,
            title=self.title.data or "",
            link=self.link.data or "",
            remark=self.remark.data or "",
            is_apart=bool(self.is_apart.data),
            named=self._named(self.with_name, self.with_company, self.with_email)
            if is_talk
            else None,
        )

    def _number(self) -> int | None:
        chosen = self.about.data or ""
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 7:
            return int(chosen)
        found: int | None = self.heads.data
        return found

    def _day(self) -> date:
        chosen = self.when.data or ""
        found: date | None = parse_day(chosen) if chosen != OTHER else None
        found = found or self.day.data
        if found is None:
            raise Refused("day_missing", "day")
        return found

    @staticmethod
    def _named(name: StringField, company: StringField, email: StringField) -> Named | None:
        if not name.data and not company.data:
            return None
        return Named(name.data or "", company.data or "", email.data or None)


class CorrectForm(_Told):
    """What was told, to be changed."""

    version = HiddenField()

    @classmethod
    def of(cls, contribution: Contribution) -> "CorrectForm":
        """The form, filled with what stands."""
        names = ("heads", "title", "link", "remark", "version")
        return cls(data={name: getattr(contribution, name) for name in names})

    def draft(self, contribution: Contribution) -> Draft:
        """What it becomes."""
        return Draft(
            kind=contribution.kind,
            event_id=contribution.event_id,
            took_place=contribution.took_place,
            heads=self.heads.data,
            title=self.title.data or "",
            link=self.link.data or "",
            remark=self.remark.data or "",
        )


class SettleForm(BaseForm):
    """Which number counts."""

    heads = WholeNumberField(_l("Number of people"), maximum=MOST_HEADS)
    version = HiddenField()


class PressForm(BaseForm):
    """A button, with the version that one saw."""

    version = HiddenField()
