"""Companies and people, what was known of them when, and how doubles are joined."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.companies.rules import DoubtReason, Settlement, SizeClass, Subject
from pioneers.db import Model, choice
from pioneers.programmes.rules import Verdict

VAGUE = "kvk_number IS NULL AND web_domain IS NULL AND merged_into_id IS NULL"


class Company(Model):
    """An undertaking. A merged one points at the company that it turned out to be, in one step."""

    __tablename__ = "company"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("kvk_number IS NULL OR length(kvk_number) = 8", name="kvk_number"),
        CheckConstraint(
            "establishment_number IS NULL OR length(establishment_number) = 12",
            name="establishment_number",
        ),
        CheckConstraint("employees IS NULL OR employees >= 0", name="employees"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged_into_other"),
        Index(
            "uq_company_kvk_number",
            "programme_id",
            "kvk_number",
            unique=True,
            sqlite_where=text("kvk_number IS NOT NULL AND merged_into_id IS NULL"),
            postgresql_where=text("kvk_number IS NOT NULL AND merged_into_id IS NULL"),
        ),
        Index(  # merged ones too: their numbers lead to what they became
            "ix_company_kvk_number",
            "programme_id",
            "kvk_number",
            sqlite_where=text("kvk_number IS NOT NULL"),
            postgresql_where=text("kvk_number IS NOT NULL"),
        ),
        Index("ix_company_domain", "programme_id", "web_domain"),
        Index("ix_company_name_key", "programme_id", "name_key", "id"),
        Index("ix_company_name_block", "programme_id", "name_block", "id"),
        Index(  # what can still turn out to be a company whose number and domain are known
            "ix_company_vague",
            "programme_id",
            "name_block",
            "id",
            sqlite_where=text(VAGUE),
            postgresql_where=text(VAGUE),
        ),
        Index(
            "ix_company_postcode",
            "programme_id",
            "postcode",
            sqlite_where=text("postcode IS NOT NULL"),
            postgresql_where=text("postcode IS NOT NULL"),
        ),
        Index("ix_company_merged_into_id", "merged_into_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200))  # folded, without legal form
    name_block: Mapped[str] = mapped_column(String(40))  # equal for names worth comparing
    created_at: Mapped[datetime]
    kvk_number: Mapped[str | None] = mapped_column(String(8), default=None)
    establishment_number: Mapped[str | None] = mapped_column(String(12), default=None)
    sector_code: Mapped[str | None] = mapped_column(String(8), default=None)
    sector_version: Mapped[str | None] = mapped_column(String(4), default=None)  # 2008 or 2025
    employees: Mapped[int | None] = mapped_column(default=None)
    turnover: Mapped[int | None] = mapped_column(default=None)  # whole euros a year
    balance: Mapped[int | None] = mapped_column(default=None)  # whole euros
    annual_work_units: Mapped[int | None] = mapped_column(default=None)
    municipality_code: Mapped[str | None] = mapped_column(
        ForeignKey("municipality.code"), default=None
    )
    place: Mapped[str | None] = mapped_column(String(80), default=None)
    postcode: Mapped[str | None] = mapped_column(String(7), default=None)
    web_domain: Mapped[str | None] = mapped_column(String(120), default=None)
    target_verdict: Mapped[Verdict] = mapped_column(
        choice(Verdict, "target_verdict"), default=Verdict.UNKNOWN
    )
    sme_verdict: Mapped[Verdict] = mapped_column(
        choice(Verdict, "sme_verdict"), default=Verdict.UNKNOWN
    )
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)


class CompanyProfile(Model):
    """What the figures take from a company, for as long as it was known so.

    The row without `known_to` is the present one. Figures as known on a day join the row of that
    day, so that a later correction or merging does not change an earlier report.
    """

    __tablename__ = "company_profile"
    __table_args__ = (
        Index("ix_company_profile_known", "company_id", "known_from", "known_to"),
        Index(
            "uq_company_profile_current",
            "company_id",
            unique=True,
            sqlite_where=text("known_to IS NULL"),
            postgresql_where=text("known_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    known_from: Mapped[datetime]
    canonical_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    municipality_code: Mapped[str | None] = mapped_column(String(6))
    sector: Mapped[str | None] = mapped_column(String(1))  # SBI section
    size_class: Mapped[SizeClass] = mapped_column(choice(SizeClass, "size_class"))
    target_verdict: Mapped[Verdict] = mapped_column(choice(Verdict, "target_verdict"))
    known_to: Mapped[datetime | None] = mapped_column(default=None)


class Person(Model):
    """Somebody, with a name in Dutch parts. An erased person keeps a row that identifies nobody."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged_into_other"),
        Index("ix_person_email", "programme_id", "email"),
        Index("ix_person_name_key", "programme_id", "name_key"),
        Index(
            "ix_person_phone",
            "programme_id",
            "phone",
            sqlite_where=text("phone IS NOT NULL"),
            postgresql_where=text("phone IS NOT NULL"),
        ),
        Index("ix_person_merged_into_id", "merged_into_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    family_name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(120))  # folded family name and first letter
    created_at: Mapped[datetime]
    first_name: Mapped[str] = mapped_column(String(60), default="")
    initials: Mapped[str] = mapped_column(String(20), default="")
    infix: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    phone: Mapped[str | None] = mapped_column(String(20), default=None)  # E.164 where it is valid
    function: Mapped[str] = mapped_column(String(80), default="")
    erased_at: Mapped[datetime | None] = mapped_column(default=None)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)


class PersonIdentity(Model):
    """Who a merged person was known to be, and from when to when; absent for everyone else."""

    __tablename__ = "person_identity"
    __table_args__ = (Index("ix_person_identity_known", "person_id", "known_from", "known_to"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    known_from: Mapped[datetime]
    canonical_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    known_to: Mapped[datetime | None] = mapped_column(default=None)


class Employment(Model):
    """A person at a company, from a day on, until a day."""

    __tablename__ = "employment"
    __table_args__ = (
        UniqueConstraint("person_id", "company_id", "from_day"),
        Index("ix_employment_company_id", "company_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    from_day: Mapped[date]
    to_day: Mapped[date | None] = mapped_column(default=None)


class Doubt(Model):
    """Two companies, or two people, that may be one; it waits until a person says so."""

    __tablename__ = "doubt"
    __table_args__ = (
        UniqueConstraint("subject", "left_id", "right_id"),
        CheckConstraint("left_id < right_id", name="ordered"),
        Index("ix_doubt_open", "programme_id", "settled_at"),
        Index("ix_doubt_right_id", "right_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    subject: Mapped[Subject] = mapped_column(choice(Subject, "subject"))
    left_id: Mapped[int]
    right_id: Mapped[int]
    reason: Mapped[DoubtReason] = mapped_column(choice(DoubtReason, "reason"))
    score: Mapped[int]  # 0 to 100, likeness of the names
    raised_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    settlement: Mapped[Settlement | None] = mapped_column(
        choice(Settlement, "settlement"), default=None
    )


class Merge(Model):
    """One merging of two companies or two people, with what is needed to undo it."""

    __tablename__ = "merge"
    __table_args__ = (CheckConstraint("loser_id <> winner_id", name="two"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    subject: Mapped[Subject] = mapped_column(choice(Subject, "subject"))
    loser_id: Mapped[int]
    winner_id: Mapped[int]
    merged_at: Mapped[datetime]
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    # what the winner took over from the loser: {"field": [before, after]}
    taken_over: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
