"""Which forms were sent already: so that pressing a button twice is pressing it once."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model


class FormPress(Model):
    """The hash of a form as it was sent; nothing can be read back from it."""

    __tablename__ = "form_press"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
