"""A pioneer's public face: the story, photo and quotes, each with its consent, and free days."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class Profile(Model):
    """What a pioneer tells about themselves. It is public from the appointment on, while the
    consent for it stands."""

    __tablename__ = "profile"
    __table_args__ = (CheckConstraint("length(code) >= 6", name="code"),)

    pioneer_id: Mapped[int] = mapped_column(ForeignKey("pioneer.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)  # /pionier/<code>, for ever
    changed_at: Mapped[datetime]
    headline: Mapped[str] = mapped_column(String(160), default="")
    story: Mapped[str] = mapped_column(Text, default="")  # plain text, empty line: new paragraph
    levels: Mapped[str] = mapped_column(String(10), default="")  # 1 to 3, with commas
    offers: Mapped[str] = mapped_column(String(60), default="")  # rules.Offer, with commas
    website: Mapped[str] = mapped_column(String(200), default="")
    region: Mapped[str] = mapped_column(String(160), default="")  # in their own words
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)


class ConsentPurpose(enum.StrEnum):
    """What a pioneer agrees to."""

    PROFILE = "profile"
    PHOTO = "photo"
    QUOTE = "quote"


class Quote(Model):
    """Words of a pioneer that the programme may use, while its consent stands."""

    __tablename__ = "quote"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    pioneer_id: Mapped[int] = mapped_column(ForeignKey("pioneer.id"), index=True)
    words: Mapped[str] = mapped_column(String(400))
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class ProfileConsent(Model):
    """A consent word for word, with the last day on which it holds. Withdrawn ones stay, and so
    does that of a quote which was deleted: it names none any more."""

    __tablename__ = "profile_consent"
    __table_args__ = (
        CheckConstraint("purpose = 'quote' OR quote_id IS NULL", name="of_a_quote"),
        Index("ix_profile_consent_pioneer_id", "pioneer_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    pioneer_id: Mapped[int] = mapped_column(ForeignKey("pioneer.id"))
    purpose: Mapped[ConsentPurpose] = mapped_column(choice(ConsentPurpose, "purpose"))
    wording_version: Mapped[str] = mapped_column(String(20))
    wording: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]
    ends_on: Mapped[date]  # the last day on which it holds
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quote.id"), default=None, index=True)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class AwayPeriod(Model):
    """Days on which a pioneer is not asked for a stage, the first and the last included."""

    __tablename__ = "away_period"
    __table_args__ = (CheckConstraint("to_day >= from_day", name="period"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    pioneer_id: Mapped[int] = mapped_column(ForeignKey("pioneer.id"), index=True)
    from_day: Mapped[date]
    to_day: Mapped[date]
    remark: Mapped[str] = mapped_column(String(160), default="")
