"""What counts: channels, activations, void reasons, and the shape of a figure."""

import enum
from dataclasses import dataclass, field
from datetime import date


class Channel(enum.StrEnum):
    """How somebody met the programme."""

    EVENT = "event"
    MEDIA = "media"
    CARD = "card"
    QUESTION = "question"
    SURVEY = "survey"
    CIRCLE = "circle"
    VOUCHER = "voucher"
    KNOWLEDGE = "knowledge"
    CONVERSATION = "conversation"
    ACTIVATION = "activation"  # only known through what the company did


class ActivationStatus(enum.StrEnum):
    """Where an activation stands. Only a verified one counts."""

    PROPOSED = "proposed"
    VERIFIED = "verified"
    REJECTED = "rejected"


class Rejection(enum.StrEnum):
    """Why an activation does not count."""

    NO_PROOF = "no_proof"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    BEFORE_PROGRAMME = "before_programme"
    OTHER_COMPANY = "other_company"
    ALREADY_COUNTED = "already_counted"
    NOT_A_CONCRETE_ACTION = "not_a_concrete_action"


class VoidReason(enum.StrEnum):
    """Why a contact or activation no longer counts."""

    WRONG_PERSON = "wrong_person"
    WRONG_DAY = "wrong_day"
    NOT_PRESENT = "not_present"
    RECORDED_TWICE = "recorded_twice"
    IMPORT_UNDONE = "import_undone"
    REPLACED = "replaced"
    MERGED = "merged"
    EVENT_CANCELLED = "event_cancelled"
    MISUSE = "misuse"


class Dimension(enum.StrEnum):
    """What a figure can be broken down by. `ALL` is the total itself; months are days."""

    ALL = "all"
    MUNICIPALITY = "municipality"
    SECTOR = "sector"
    SIZE = "size"
    FAN = "fan"
    PIONEER = "pioneer"
    OCCASION = "occasion"
    CHANNEL = "channel"


MEASURES = (
    "participations",
    "people",
    "companies",
    "companies_in_target_group",
    "unnamed_heads",
    "activated_companies",
    "activated_people",
)


@dataclass(frozen=True)
class Measures:
    """The figures of one scope; each is a count under its own name, never added to another."""

    participations: int = 0
    people: int = 0
    companies: int = 0
    companies_in_target_group: int = 0
    unnamed_heads: int = 0
    activated_companies: int = 0
    activated_people: int = 0


@dataclass(frozen=True)
class Scope:
    """Which facts are asked for.

    as_of: the last day that counts. since: the first day that counts (None: from the beginning).
    known_on: what was known when that day had passed (None: what is known now).
    """

    as_of: date
    since: date | None = None
    known_on: date | None = None


@dataclass(frozen=True)
class NewContact:
    """A contact to be recorded; ids are of this programme, dims are who it is thanks to."""

    day: date
    channel: Channel
    evidence: str
    person_id: int | None = None
    company_id: int | None = None
    occasion_id: int | None = None
    fan_id: int | None = None
    pioneer_id: int | None = None
    heads: int | None = None


@dataclass(frozen=True)
class Breakdown:
    """A dimension's rows (key, label, measures) and the total that they add up to."""

    dimension: str
    rows: list[tuple[str, Measures]] = field(default_factory=list)
    total: Measures = field(default_factory=Measures)


def day_refusal(
    day: date, *, today: date, starts_on: date | None, ends_on: date | None
) -> str | None:
    """Why nothing can have happened on `day` in a programme of this period; None when it can."""
    if day > today:
        return "future"
    if starts_on is not None and day < starts_on:
        return "before_programme"
    if ends_on is not None and day > ends_on:
        return "after_programme"
    return None
