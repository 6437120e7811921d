"""Lists that hosts send: the rows as staged, what became of each, and remembered mappings."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class ImportStatus(enum.StrEnum):
    """Where an import stands."""

    STAGED = "staged"  # read and shown, nothing written
    WRITTEN = "written"
    UNDONE = "undone"
    DISCARDED = "discarded"


class RowVerdict(enum.StrEnum):
    """What happens to a row of the list."""

    NEW = "new"
    KNOWN = "known"
    DOUBTFUL = "doubtful"
    NOT_ATTENDED = "not_attended"
    ALREADY_LISTED = "already_listed"
    ERROR = "error"


class AttendanceImport(Model):
    """One list for one event. `mapping` is a Layout (see layout.py) as JSON; `counts` holds the
    number of rows of each verdict, and the target's figure before and after.
    """

    __tablename__ = "attendance_import"
    __table_args__ = (Index("ix_attendance_import_event_id", "event_id"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file_hash: Mapped[str] = mapped_column(String(64))  # SHA-256 of the bytes as they came
    created_at: Mapped[datetime]
    status: Mapped[ImportStatus] = mapped_column(
        choice(ImportStatus, "status"), default=ImportStatus.STAGED
    )
    sheet: Mapped[str | None] = mapped_column(String(80), default=None)
    header: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default_factory=dict)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    written_at: Mapped[datetime | None] = mapped_column(default=None)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class ImportRow(Model):
    """One row of the list: its cells as read, the verdict, and what was made of it."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        Index("ix_import_row_verdict", "import_id", "verdict"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("attendance_import.id"))
    number: Mapped[int]  # the row's number in the file, from 1, header and titles included
    cells: Mapped[list[str]] = mapped_column(JSON)
    verdict: Mapped[RowVerdict | None] = mapped_column(choice(RowVerdict, "verdict"), default=None)
    reason: Mapped[str] = mapped_column(String(60), default="")  # a code, translated on the page
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    # what a person chose for a doubtful row: {"person": "12" | "row:7" | "other", "company": ...}
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default_factory=dict)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)
    made_person: Mapped[bool] = mapped_column(default=False)
    made_company: Mapped[bool] = mapped_column(default=False)


class ImportFile(Model):
    """The list as it came, to choose another sheet or header from; gone once it is written."""

    __tablename__ = "import_file"

    import_id: Mapped[int] = mapped_column(ForeignKey("attendance_import.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class RememberedMapping(Model):
    """How a fan's lists are laid out: header cells (folded) to the fields that they mean."""

    __tablename__ = "remembered_mapping"
    __table_args__ = (UniqueConstraint("fan_id", "header_key"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    fan_id: Mapped[int] = mapped_column(ForeignKey("fan.id"))
    header_key: Mapped[str] = mapped_column(String(64))  # hash of the folded header
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    used_at: Mapped[datetime]
