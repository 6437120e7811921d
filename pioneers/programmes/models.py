"""Programmes, their targets, and the actions that count as activation."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pioneers.db import Model, choice
from pioneers.programmes.rules import Evidence, Indicator, TargetGroup, Unit


class Municipality(Model):
    """A municipality with its CBS code; column and row place it on its province's tile map."""

    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    province: Mapped[str] = mapped_column(String(30), index=True)
    tile_column: Mapped[int | None] = mapped_column(default=None)
    tile_row: Mapped[int | None] = mapped_column(default=None)
    latitude: Mapped[float | None] = mapped_column(default=None)  # of its main town, degrees
    longitude: Mapped[float | None] = mapped_column(default=None)


class Place(Model):
    """A town or village and the municipality that it lies in; `key` is its folded name."""

    __tablename__ = "place"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))


class Programme(Model):
    """One programme of one province; every other record belongs to exactly one."""

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="period"
        ),
        CheckConstraint("employees_min >= 0 AND employees_min <= employees_max", name="employees"),
        CheckConstraint("turnover_max >= 0 AND balance_max >= 0", name="money"),
        CheckConstraint("contributions_per_year >= 0", name="contributions"),
        CheckConstraint("silence_days >= 1", name="silence_days"),
        CheckConstraint("question_term_days BETWEEN 1 AND 60", name="question_term_days"),
        CheckConstraint("question_keep_months BETWEEN 1 AND 120", name="question_keep_months"),
        CheckConstraint("lead_keep_months BETWEEN 1 AND 120", name="lead_keep_months"),
        CheckConstraint("ask_back_days BETWEEN 1 AND 90", name="ask_back_days"),
        CheckConstraint("heads_tolerance BETWEEN 0 AND 100", name="heads_tolerance"),
        CheckConstraint("prospect_keep_months BETWEEN 1 AND 120", name="prospect_keep_months"),
        CheckConstraint("note_keep_months BETWEEN 1 AND 120", name="note_keep_months"),
        CheckConstraint("aware_threshold <> 'headcount'", name="threshold_named"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    action_line: Mapped[str] = mapped_column(String(160), default="")
    province: Mapped[str] = mapped_column(String(30), default="Overijssel")
    starts_on: Mapped[date | None] = mapped_column(default=None)
    ends_on: Mapped[date | None] = mapped_column(default=None)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    aware_unit: Mapped[Unit] = mapped_column(choice(Unit, "aware_unit"), default=Unit.COMPANIES)
    aware_threshold: Mapped[Evidence] = mapped_column(
        choice(Evidence, "aware_threshold"), default=Evidence.LISTED
    )
    activated_unit: Mapped[Unit] = mapped_column(
        choice(Unit, "activated_unit"), default=Unit.COMPANIES
    )
    employees_min: Mapped[int] = mapped_column(default=6)
    employees_max: Mapped[int] = mapped_column(default=249)
    turnover_max: Mapped[int] = mapped_column(default=50_000_000)
    balance_max: Mapped[int] = mapped_column(default=43_000_000)
    contributions_per_year: Mapped[int] = mapped_column(default=3)
    silence_days: Mapped[int] = mapped_column(default=60)  # without a word: asks for attention
    question_term_days: Mapped[int] = mapped_column(default=5)  # working days to an answer
    desk_email: Mapped[str | None] = mapped_column(String(254), default=None)  # replies come here
    desk_user_id: Mapped[int | None] = mapped_column(  # hears of what comes in; else all leaders
        ForeignKey("user.id"), default=None
    )
    ask_back_days: Mapped[int] = mapped_column(default=14)  # whether a referral helped
    question_keep_months: Mapped[int] = mapped_column(default=24)  # after it was closed
    lead_keep_months: Mapped[int] = mapped_column(default=12)  # details left on a card
    heads_tolerance: Mapped[int] = mapped_column(default=20)  # percent: two reports that agree
    prospect_keep_months: Mapped[int] = mapped_column(default=12)  # who did not join
    note_keep_months: Mapped[int] = mapped_column(default=24)  # after a relation ended
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def target_group(self) -> TargetGroup:
        """The limits of the programme's target group."""
        return TargetGroup(
            self.employees_min, self.employees_max, self.turnover_max, self.balance_max
        )


class Target(Model):
    """A value to reach by a day. A change adds a row; the old one keeps when, by whom and why."""

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("value > 0", name="value_positive"),
        Index(
            "uq_target_current",
            "programme_id",
            "indicator",
            "due_on",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    indicator: Mapped[Indicator] = mapped_column(choice(Indicator, "indicator"))
    value: Mapped[int]
    due_on: Mapped[date]
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), default=None)
    reason: Mapped[str] = mapped_column(String(300), default="")
    is_final: Mapped[bool] = mapped_column(default=True)  # the target itself, or a year's share
    replaced_at: Mapped[datetime | None] = mapped_column(default=None)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"), default=None)


class ActivationKind(Model):
    """An action in the programme's catalogue: what counts as 'came into action'."""

    __tablename__ = "activation_kind"
    __table_args__ = (UniqueConstraint("programme_id", "code"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    code: Mapped[str] = mapped_column(String(40))
    name_nl: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    proof_nl: Mapped[str] = mapped_column(String(200), default="")
    proof_en: Mapped[str] = mapped_column(String(200), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
