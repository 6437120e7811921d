"""Events on the stages of fans, who spoke, and who was there."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice


class EventKind(enum.StrEnum):
    """What kind of event it is."""

    TALK = "talk"
    WORKSHOP = "workshop"
    EXCURSION = "excursion"
    NETWORK_MEETING = "network_meeting"
    CONFERENCE = "conference"
    MEDIA = "media"


class EventStatus(enum.StrEnum):
    """Where an event stands. HELD says that somebody was there: on the day itself the clock says
    whether it is over (events.rules.course)."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Presence(enum.StrEnum):
    """Whether somebody on a list was there. Unnamed heads are no attendance."""

    ATTENDED = "attended"
    ABSENT = "absent"


class Event(Model):
    """A stage on a day. Its occasion is what contacts hang on, so that figures know the event."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("headcount IS NULL OR headcount >= 0", name="headcount"),
        UniqueConstraint("occasion_id"),
        Index("ix_event_programme_starts", "programme_id", "starts_at"),
        CheckConstraint("capacity IS NULL OR capacity >= 1", name="capacity"),
        CheckConstraint(
            "seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)", name="seats"
        ),
        Index("uq_event_public_code", "public_code", unique=True),
        Index("uq_event_check_in_code", "check_in_code", unique=True),
        Index("ix_event_fan_id", "fan_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id"))
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[EventKind] = mapped_column(choice(EventKind, "kind"))
    status: Mapped[EventStatus] = mapped_column(choice(EventStatus, "status"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    place: Mapped[str] = mapped_column(String(120), default="")
    municipality_code: Mapped[str | None] = mapped_column(
        ForeignKey("municipality.code"), default=None
    )
    headcount: Mapped[int | None] = mapped_column(default=None)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)
    description: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(String(300), default="")  # for whom, for the pioneer
    theme: Mapped[str] = mapped_column(String(40), default="")  # a lever (events.themes)
    address: Mapped[str] = mapped_column(String(200), default="")  # street and number, or hall
    capacity: Mapped[int | None] = mapped_column(default=None)  # seats; None: no limit
    seats_taken: Mapped[int] = mapped_column(default=0)  # kept by registrations, in its writes
    public_code: Mapped[str | None] = mapped_column(String(8), default=None)  # /b/<code>
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    check_in_code: Mapped[str | None] = mapped_column(String(12), default=None)  # /i/<code>
    wants_pioneer: Mapped[bool] = mapped_column(default=False)  # the host asks for one that fits
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar entry (RFC 5545, 3.8.7.4)
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)


class Speaker(Model):
    """A pioneer who speaks at an event; the first in order gets the attribution."""

    __tablename__ = "speaker"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    pioneer_id: Mapped[int] = mapped_column(ForeignKey("pioneer.id"), primary_key=True, index=True)
    position: Mapped[int]


class Attendance(Model):
    """Somebody on an event's list: there or not. Who was there made the contact it points at."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint(
            "(presence = 'attended') = (contact_id IS NOT NULL)", name="attended_has_contact"
        ),
        Index("ix_attendance_person_id", "person_id"),
        Index("ix_attendance_contact_id", "contact_id"),
        Index("ix_attendance_import_id", "import_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    presence: Mapped[Presence] = mapped_column(choice(Presence, "presence"))
    recorded_at: Mapped[datetime]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), default=None)
    import_id: Mapped[int | None] = mapped_column(default=None)  # the list it came with, if any
