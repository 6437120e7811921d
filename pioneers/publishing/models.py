"""What a programme's public site looks like, and the texts on it with their versions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model


class SiteSettings(Model):
    """The public site of a programme: whether it is open, its colours, its logo, how to reach us.

    A programme without a row has no public site yet.
    """

    __tablename__ = "site_settings"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    changed_at: Mapped[datetime]
    is_open: Mapped[bool] = mapped_column(default=False)
    is_findable: Mapped[bool] = mapped_column(default=True)  # search engines may show it
    tagline: Mapped[str] = mapped_column(String(160), default="")  # under the name; for previews
    organisation: Mapped[str] = mapped_column(String(120), default="")  # who publishes it
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    address: Mapped[str] = mapped_column(String(300), default="")  # lines
    brand: Mapped[str] = mapped_column(String(7), default="")  # #rrggbb; empty: the house's own
    warm: Mapped[str] = mapped_column(String(7), default="")
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), default=None)
    logo_alt: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)


class SitePage(Model):
    """A text of the public site in one language: the words that are published now.

    `key` is one of the fixed pages (`website.rules`), or the address of a page of the
    programme's own. What is being written stands in the revisions.
    """

    __tablename__ = "site_page"
    __table_args__ = (
        UniqueConstraint("programme_id", "key", "language"),
        CheckConstraint("length(key) > 0", name="key"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    key: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    changed_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(120), default="")
    lead: Mapped[str] = mapped_column(String(400), default="")
    body: Mapped[str] = mapped_column(Text, default="")  # Markdown
    is_own: Mapped[bool] = mapped_column(default=False)  # a page that the programme added
    in_menu: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None] = mapped_column(default=None)  # the words above
    withdraw_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class SitePageRevision(Model):
    """The words of a page as somebody saved them; never changed, so that each can be restored."""

    __tablename__ = "site_page_revision"
    __table_args__ = (
        UniqueConstraint("page_id", "number"),
        Index("ix_site_page_revision_publish_at", "publish_at"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("site_page.id"))
    number: Mapped[int]  # 1, 2, 3 … of the page
    saved_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(120), default="")
    lead: Mapped[str] = mapped_column(String(400), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    restored_from: Mapped[int | None] = mapped_column(default=None)  # a number
    publish_at: Mapped[datetime | None] = mapped_column(default=None)  # planned, not yet done
    published_at: Mapped[datetime | None] = mapped_column(default=None)  # when it went live
