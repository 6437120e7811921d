"""Files that people hand in: kept as rows, so that a backup holds all there is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model


class StoredFile(Model):
    """A file as it was handed in, after a look at what it is."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)  # in its address; not to be guessed
    name: Mapped[str] = mapped_column(String(160))  # as it is offered when somebody saves it
    media_type: Mapped[str] = mapped_column(String(80))  # as found in the file, not as claimed
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))  # in hexadecimal digits
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, repr=False)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
