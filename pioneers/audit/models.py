"""The audit log: who did what to which record, when, from where. Rows are added, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model


class AuditEntry(Model):
    """One action. Triggers refuse deleting it, and changing anything but `details`."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_programme_at", "programme_id", "at"),
        Index("ix_audit_entry_object", "object_type", "object_id"),  # what was done to a record
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(60))
    object_type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int | None] = mapped_column(default=None)
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme.id"), default=None, index=True
    )
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    origin: Mapped[str] = mapped_column(String(20), default="web")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
