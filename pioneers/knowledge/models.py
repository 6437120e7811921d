"""The knowledge base: items with their versions, files, what people did with them, and the guided
self-analysis."""

import enum
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.companies.rules import SizeClass
from pioneers.db import Model, choice


class ItemKind(enum.StrEnum):
    """What an item of the knowledge base is."""

    ARTICLE = "article"
    STORY = "story"  # of a company's practice
    TOOL = "tool"
    SCAN = "scan"  # a scan or test
    VIDEO = "video"
    DOCUMENT = "document"
    SCHEME = "scheme"  # a subsidy or other arrangement


class Domain(enum.StrEnum):
    """Where in a company an intervention is made (Mijn Bedrijf 2.0)."""

    STRATEGY = "strategy"
    PRIMARY_PROCESS = "primary_process"
    PERSONNEL = "personnel"
    MANAGEMENT = "management"


class KnowledgeItem(Model):
    """One item. Its words are those that are published; what is being written is in the revisions.

    How it is classified and who looks after it holds at once, also for what is published.
    """

    __tablename__ = "knowledge_item"
    __table_args__ = (
        UniqueConstraint("programme_id", "slug"),
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 3", name="level"),
        CheckConstraint(
            "consent_on IS NULL OR consent_until IS NULL OR consent_on <= consent_until",
            name="consent_period",
        ),
        Index("ix_knowledge_item_published", "programme_id", "published_at"),
        Index("ix_knowledge_item_company_id", "company_id"),
        Index("ix_knowledge_item_pioneer_id", "pioneer_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    slug: Mapped[str] = mapped_column(String(80))  # its address; never changed once published
    kind: Mapped[ItemKind] = mapped_column(choice(ItemKind, "kind"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]  # of what everybody sees
    language: Mapped[str] = mapped_column(String(2), default="nl")
    title: Mapped[str] = mapped_column(String(160), default="")
    summary: Mapped[str] = mapped_column(String(400), default="")
    body: Mapped[str] = mapped_column(Text, default="")  # Markdown
    link: Mapped[str] = mapped_column(String(300), default="")  # of a video, tool, scheme elsewhere
    themes: Mapped[str] = mapped_column(String(200), default="")  # levers, with commas
    level: Mapped[int | None] = mapped_column(default=None)  # 1 to 3, of social innovation
    domain: Mapped[Domain | None] = mapped_column(choice(Domain, "domain"), default=None)
    sector: Mapped[str] = mapped_column(String(1), default="")  # section of SBI 2008; empty: any
    size_class: Mapped[SizeClass | None] = mapped_column(
        choice(SizeClass, "size_class"), default=None
    )
    municipality_code: Mapped[str | None] = mapped_column(
        ForeignKey("municipality.code"), default=None
    )
    source: Mapped[str] = mapped_column(String(200), default="")
    licence: Mapped[str] = mapped_column(String(80), default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"), default=None)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    review_on: Mapped[date | None] = mapped_column(default=None)  # somebody looks again by this day
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)
    company_name: Mapped[str] = mapped_column(String(160), default="")  # as the story gives it
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    consent_by: Mapped[str] = mapped_column(String(160), default="")  # who agreed, for a story
    consent_on: Mapped[date | None] = mapped_column(default=None)
    consent_until: Mapped[date | None] = mapped_column(default=None)  # the last day
    consent_withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    first_published_at: Mapped[datetime | None] = mapped_column(default=None)
    withdraw_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class KnowledgeRevision(Model):
    """The words of an item as somebody saved them; never changed, so that each can be restored."""

    __tablename__ = "knowledge_revision"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        Index("ix_knowledge_revision_publish_at", "publish_at"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("knowledge_item.id"))
    number: Mapped[int]  # 1, 2, 3 … of the item
    saved_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(160), default="")
    summary: Mapped[str] = mapped_column(String(400), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    restored_from: Mapped[int | None] = mapped_column(default=None)  # a number
    publish_at: Mapped[datetime | None] = mapped_column(default=None)  # planned, not yet done
    published_at: Mapped[datetime | None] = mapped_column(default=None)  # when it went live


class KnowledgeFile(Model):
    """A file that goes with an item."""

    __tablename__ = "knowledge_file"

    item_id: Mapped[int] = mapped_column(ForeignKey("knowledge_item.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)


class KnowledgeRelation(Model):
    """Two items belong together; one row says so for both."""

    __tablename__ = "knowledge_relation"
    __table_args__ = (CheckConstraint("item_id < other_id", name="order"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("knowledge_item.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(
        ForeignKey("knowledge_item.id"), primary_key=True, index=True
    )


class UseKind(enum.StrEnum):
    """What somebody did with an item."""

    HELPED = "helped"
    WILL_USE = "will_use"
    DOWNLOADED = "downloaded"


class Followed(enum.StrEnum):
    """What became of an intention, as the person said."""

    DONE = "done"
    NOT_YET = "not_yet"
    NO = "no"


class KnowledgeUse(Model):
    """Somebody said what an item did for them. Without details it is a press of a button; with
    details there is a contact."""

    __tablename__ = "knowledge_use"
    __table_args__ = (
        CheckConstraint("(followed IS NULL) = (told_at IS NULL)", name="told"),
        Index("ix_knowledge_use_item_id", "item_id", "at"),
        Index("ix_knowledge_use_person_id", "person_id"),
        Index("ix_knowledge_use_ask_on", "ask_on"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("knowledge_item.id"))
    kind: Mapped[UseKind] = mapped_column(choice(UseKind, "kind"))
    at: Mapped[datetime]
    intention: Mapped[str] = mapped_column(String(400), default="")  # what they are going to do
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), default=None)
    consent_version: Mapped[str] = mapped_column(String(20), default="")
    consent_wording: Mapped[str] = mapped_column(Text, default="")
    token_nonce: Mapped[str] = mapped_column(String(16), default="")  # of the link in the mail
    ask_on: Mapped[date | None] = mapped_column(default=None)  # six weeks later
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    followed: Mapped[Followed | None] = mapped_column(choice(Followed, "followed"), default=None)
    told_at: Mapped[datetime | None] = mapped_column(default=None)
    activation_id: Mapped[int | None] = mapped_column(ForeignKey("activation.id"), default=None)


class KnowledgeWord(Model):
    """A word of an item that is on the site, without inflection, and what it weighs there."""

    __tablename__ = "knowledge_word"
    __table_args__ = (Index("ix_knowledge_word_word", "programme_id", "word"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("knowledge_item.id"), primary_key=True)
    word: Mapped[str] = mapped_column(String(80), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    weight: Mapped[int]


class KnowledgeGram(Model):
    """Three letters of a word that some item of the programme holds."""

    __tablename__ = "knowledge_gram"
    __table_args__ = (Index("ix_knowledge_gram_gram", "programme_id", "gram"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    word: Mapped[str] = mapped_column(String(80), primary_key=True)
    gram: Mapped[str] = mapped_column(String(3), primary_key=True)


class SelfAnalysis(Model):
    """What a company answered in the guided self-analysis, kept for whoever has the mailed link."""

    __tablename__ = "self_analysis"
    __table_args__ = (Index("ix_self_analysis_expires_on", "expires_on"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    token_nonce: Mapped[str] = mapped_column(String(16))
    saved_at: Mapped[datetime]
    expires_on: Mapped[date]  # kept until the end of this day
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default_factory=dict)
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    consent_version: Mapped[str] = mapped_column(String(20), default="")
    consent_wording: Mapped[str] = mapped_column(Text, default="")
