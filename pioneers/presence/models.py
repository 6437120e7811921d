"""Check-ins: each presence that somebody noted at an event, by which way, and whether it stands."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice
from pioneers.registrations.models import RegistrationState


class Way(enum.StrEnum):
    """How a presence was noted."""

    TICKED = "ticked"  # the host ticked the name
    SCANNED = "scanned"  # the host scanned the guest's code
    SELF = "self"  # the guest, by the code on the last slide


class CheckIn(Model):
    """One presence noted once. `client_key` comes from the device that noted it: what is sent again
    after the connection came back is the same row. Undone ones stay, with the moment."""

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("event_id", "client_key"),
        CheckConstraint("undone_at IS NULL OR undone_at >= recorded_at", name="undone_after"),
        CheckConstraint("guests >= 0 AND guests <= 20", name="guests"),
        Index("ix_check_in_event_person", "event_id", "person_id"),
        Index("ix_check_in_registration_id", "registration_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    way: Mapped[Way] = mapped_column(choice(Way, "way"))
    at: Mapped[datetime]  # when it happened, by the device
    recorded_at: Mapped[datetime]  # when the site heard of it
    client_key: Mapped[str] = mapped_column(String(40))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), default=None)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), default=None)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    # where the registration stood before; None for who was registered by walking in
    state_before: Mapped[RegistrationState | None] = mapped_column(
        choice(RegistrationState, "state_before"), default=None
    )
    guests: Mapped[int] = mapped_column(default=0)  # colleagues without a name who came along
