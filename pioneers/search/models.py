"""What the one search box finds: a row for each record that has a page."""

import enum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class Kind(enum.StrEnum):
    """The kinds of record that can be found."""

    COMPANY = "company"
    PERSON = "person"
    FAN = "fan"
    PIONEER = "pioneer"
    EVENT = "event"
    QUESTION = "question"
    PROSPECT = "prospect"


class SearchEntry(Model):
    """One record as the search sees it; `text` is folded (no accents, lower case)."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "record_id"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[Kind] = mapped_column(choice(Kind, "kind"))
    record_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    subtitle: Mapped[str] = mapped_column(String(300), default="")
