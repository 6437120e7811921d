"""Photos, as they are shown: turned upright, resized, and without anything about where or by whom
they were taken."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model


class Photo(Model):
    """A picture in two sizes. It is kept in the database, so that a backup holds all there is."""

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("width > 0 AND height > 0", name="size"),
        CheckConstraint(
            "crop_x BETWEEN 0 AND 100 AND crop_y BETWEEN 0 AND 100"
            " AND crop_zoom BETWEEN 100 AND 400",
            name="crop",
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)  # in its address; not to be guessed
    large: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, repr=False)  # JPEG
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, repr=False)  # JPEG, square
    width: Mapped[int]  # of the large one, pixels
    height: Mapped[int]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    alt: Mapped[str] = mapped_column(String(200), default="")
    crop_x: Mapped[int] = mapped_column(default=50)  # see rules.Crop
    crop_y: Mapped[int] = mapped_column(default=50)
    crop_zoom: Mapped[int] = mapped_column(default=100)
