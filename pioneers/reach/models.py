"""The ledger (occasions, contacts, activations), and what is kept of it to be instant."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice
from pioneers.programmes.rules import Evidence
from pioneers.reach.rules import ActivationStatus, Channel, Dimension, Rejection, VoidReason

VALID = "voided_at IS NULL"


class Occasion(Model):
    """A dated thing at which contacts happen. An event (a layer above) points here."""

    __tablename__ = "occasion"
    __table_args__ = (Index("ix_occasion_programme_day", "programme_id", "day"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    day: Mapped[date]
    channel: Mapped[Channel] = mapped_column(choice(Channel, "channel"))
    label: Mapped[str] = mapped_column(String(200))
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)


class Contact(Model):
    """One dated fact: a person, for a company, met the programme. Never edited, only voided."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint(
            "(evidence = 'headcount' AND heads IS NOT NULL AND person_id IS NULL"
            " AND company_id IS NULL AND occasion_id IS NOT NULL)"
            " OR (evidence <> 'headcount' AND heads IS NULL"
            " AND (person_id IS NOT NULL OR company_id IS NOT NULL))",
            name="named_or_headcount",
        ),
        CheckConstraint("heads IS NULL OR heads >= 0", name="heads"),
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="void_has_reason"),
        Index(
            "uq_contact_occasion_person",
            "occasion_id",
            "person_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL AND person_id IS NOT NULL"),
            postgresql_where=text("voided_at IS NULL AND person_id IS NOT NULL"),
        ),
        Index(
            "uq_contact_occasion_headcount",
            "occasion_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL AND heads IS NOT NULL"),
            postgresql_where=text("voided_at IS NULL AND heads IS NOT NULL"),
        ),
        Index(  # counting the names beside a headcount
            "ix_contact_occasion_named",
            "occasion_id",
            sqlite_where=text("voided_at IS NULL AND heads IS NULL"),
            postgresql_where=text("voided_at IS NULL AND heads IS NULL"),
        ),
        Index("ix_contact_company_id", "company_id"),
        Index("ix_contact_person_id", "person_id"),
        Index("ix_contact_programme_day", "programme_id", "day", "id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    day: Mapped[date]
    recorded_at: Mapped[datetime]
    channel: Mapped[Channel] = mapped_column(choice(Channel, "channel"))
    evidence: Mapped[Evidence] = mapped_column(choice(Evidence, "evidence"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)
    occasion_id: Mapped[int | None] = mapped_column(ForeignKey("occasion.id"), default=None)
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    heads: Mapped[int | None] = mapped_column(default=None)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    voided_at: Mapped[datetime | None] = mapped_column(default=None)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    void_reason: Mapped[VoidReason | None] = mapped_column(
        choice(VoidReason, "void_reason"), default=None
    )


class Activation(Model):
    """A company's concrete action out of the catalogue, with proof; counts once verified."""

    __tablename__ = "activation"
    __table_args__ = (
        CheckConstraint("length(proof) > 0", name="proof"),
        CheckConstraint(
            "(status = 'proposed') = (decided_at IS NULL)", name="decided_when_not_proposed"
        ),
        CheckConstraint(
            "(status = 'rejected') = (rejection IS NOT NULL)", name="rejected_with_reason"
        ),
        CheckConstraint(
            "decided_by_id IS NULL OR recorded_by_id IS NULL OR decided_by_id <> recorded_by_id",
            name="second_person",
        ),
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="void_has_reason"),
        Index("ix_activation_company_id", "company_id"),
        Index("ix_activation_person_id", "person_id"),
        Index("ix_activation_programme_status", "programme_id", "status"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("activation_kind.id"))
    day: Mapped[date]
    proof: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    occasion_id: Mapped[int | None] = mapped_column(ForeignKey("occasion.id"), default=None)
    fan_id: Mapped[int | None] = mapped_column(ForeignKey("fan.id"), default=None)
    pioneer_id: Mapped[int | None] = mapped_column(ForeignKey("pioneer.id"), default=None)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    status: Mapped[ActivationStatus] = mapped_column(
        choice(ActivationStatus, "status"), default=ActivationStatus.PROPOSED
    )
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    rejection: Mapped[Rejection | None] = mapped_column(
        choice(Rejection, "rejection"), default=None
    )
    voided_at: Mapped[datetime | None] = mapped_column(default=None)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    void_reason: Mapped[VoidReason | None] = mapped_column(
        choice(VoidReason, "void_reason"), default=None
    )


class CompanyStanding(Model):
    """Kept: when and thanks to whom a company first became aware, and first came into action."""

    __tablename__ = "company_standing"
    __table_args__ = (
        Index("ix_company_standing_aware", "programme_id", "aware_day", "company_id"),
        Index("ix_company_standing_activated", "programme_id", "activated_day", "company_id"),
    )

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    aware_day: Mapped[date | None] = mapped_column(default=None)
    aware_channel: Mapped[Channel | None] = mapped_column(
        choice(Channel, "aware_channel"), default=None
    )
    aware_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), default=None)
    aware_occasion_id: Mapped[int | None] = mapped_column(default=None)
    aware_fan_id: Mapped[int | None] = mapped_column(default=None)
    aware_pioneer_id: Mapped[int | None] = mapped_column(default=None)
    activated_day: Mapped[date | None] = mapped_column(default=None)
    activation_id: Mapped[int | None] = mapped_column(ForeignKey("activation.id"), default=None)
    activated_occasion_id: Mapped[int | None] = mapped_column(default=None)
    activated_fan_id: Mapped[int | None] = mapped_column(default=None)
    activated_pioneer_id: Mapped[int | None] = mapped_column(default=None)


class PersonStanding(Model):
    """Kept: when and thanks to whom a person first became aware, and first came into action."""

    __tablename__ = "person_standing"
    __table_args__ = (
        Index("ix_person_standing_aware", "programme_id", "aware_day", "person_id"),
        Index("ix_person_standing_activated", "programme_id", "activated_day", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    aware_day: Mapped[date | None] = mapped_column(default=None)
    aware_channel: Mapped[Channel | None] = mapped_column(
        choice(Channel, "aware_channel"), default=None
    )
    aware_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), default=None)
    aware_company_id: Mapped[int | None] = mapped_column(default=None)
    aware_occasion_id: Mapped[int | None] = mapped_column(default=None)
    aware_fan_id: Mapped[int | None] = mapped_column(default=None)
    aware_pioneer_id: Mapped[int | None] = mapped_column(default=None)
    activated_day: Mapped[date | None] = mapped_column(default=None)
    activation_id: Mapped[int | None] = mapped_column(ForeignKey("activation.id"), default=None)
    activated_company_id: Mapped[int | None] = mapped_column(default=None)
    activated_occasion_id: Mapped[int | None] = mapped_column(default=None)
    activated_fan_id: Mapped[int | None] = mapped_column(default=None)
    activated_pioneer_id: Mapped[int | None] = mapped_column(default=None)


class Tally(Model):
    """Kept: the figures of one day for one key of one dimension. Sums of rows are figures."""

    __tablename__ = "tally"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    dimension: Mapped[Dimension] = mapped_column(choice(Dimension, "dimension"), primary_key=True)
    key: Mapped[str] = mapped_column(String(20), primary_key=True)  # '' where it is not known
    day: Mapped[date] = mapped_column(primary_key=True)
    participations: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    companies: Mapped[int] = mapped_column(default=0)
    companies_in_target_group: Mapped[int] = mapped_column(default=0)
    unnamed_heads: Mapped[int] = mapped_column(default=0)
    activated_companies: Mapped[int] = mapped_column(default=0)
    activated_people: Mapped[int] = mapped_column(default=0)
