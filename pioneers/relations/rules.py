"""What may happen to a prospect, what a note holds, who had no word from us. Pure."""

import calendar
import enum
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pioneers.companies.names import fold
from pioneers.programmes.rules import Refused
from pioneers.relations.models import NoteKind, Side, Stage

OPEN = (Stage.SPOTTED, Stage.APPROACHED, Stage.IN_CONVERSATION, Stage.AGREED)
THANK_FOR_DAYS = 30  # a thank-you for an evening of longer ago sounds like a forgotten one
LONGEST_NOTE = 4000
LONGEST_KEY = 400
CLEARED = "–"  # the name of a prospect of whom nothing is kept


def is_open(stage: Stage) -> bool:
    """Whether somebody may still become a pioneer or a fan."""
    return stage in OPEN


def next_stage(stage: Stage) -> Stage | None:
    """The step after `stage`; None after agreed, when one joins by a form, and for who is done."""
    following = dict(pairwise(OPEN))
    return following.get(stage)


def check_move(stage: Stage, to: Stage) -> None:
    """Among the open stages anybody moves freely, also back; joining and ending ask for more."""
    if not is_open(stage):
        raise Refused("not_open", "stage")
    if not is_open(to):
        raise Refused("stage_unknown", "stage")


@dataclass(frozen=True)
class ProspectDraft:
    """What is filled in on a prospect: the person, or the organisation, and who speaks with it."""

    side: Side
    name: str
    company: str = ""
    contact_name: str = ""
    email: str | None = None
    phone: str | None = None
    municipality_code: str | None = None
    found_through: str = ""
    responsible_id: int | None = None


def check_prospect(draft: ProspectDraft) -> None:
    """A name there must be, of at most 160 characters."""
    if not draft.name.strip():
        raise Refused("name_missing", "name")
    if len(draft.name) > 160:
        raise Refused("name_long", "name", limit=160)


def prospect_key(name: str, company: str) -> str:
    """What makes two prospects of one side the same: name and company, however they are typed."""
    return f"{fold(name)}\n{fold(company)}"[:LONGEST_KEY]


@dataclass(frozen=True)
class NoteDraft:
    """What was said, and what follows from it."""

    kind: NoteKind
    day: date
    text: str
    next_step: str = ""
    due_on: date | None = None
    responsible_id: int | None = None


def check_note(draft: NoteDraft, today: date) -> None:
    """A note is about what was; its step lies after it, and only a step has a day."""
    if not draft.text.strip():
        raise Refused("text_missing", "text")
    if len(draft.text) > LONGEST_NOTE:
        raise Refused("text_long", "text", limit=LONGEST_NOTE)
    if draft.day > today:
        raise Refused("note_in_future", "day")
    if draft.due_on is not None and not draft.next_step.strip():
        raise Refused("step_missing", "next_step")
    if draft.due_on is not None and draft.due_on < draft.day:
        raise Refused("due_before_note", "due_on", day=draft.day)


def is_silent(last: date, today: date, days: int) -> bool:
    """Whether the last word lies `days` days back or longer."""
    return (today - last).days >= days


@dataclass(frozen=True)
class Anniversary:
    """So many whole years of being a pioneer, on a day."""

    years: int
    day: date


def anniversary(appointed_on: date, today: date) -> Anniversary | None:
    """The last anniversary, as long as it deserves a word; one of 29 February is on the 28th."""
    for year in (today.year, today.year - 1):
        last = calendar.monthrange(year, appointed_on.month)[1]
        day = date(year, appointed_on.month, min(appointed_on.day, last))
        if day <= today:
            break
    years = day.year - appointed_on.year
    if years < 1 or today - day > timedelta(days=THANK_FOR_DAYS):
        return None
    return Anniversary(years, day)


def months_ago(today: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last))


class Subject(enum.StrEnum):
    """What a note can be about."""

    PROSPECT = "prospect"
    PIONEER = "pioneer"
    FAN = "fan"


@dataclass(frozen=True)
class About:
    """One prospect, pioneer or fan."""

    subject: Subject
    id: int


class Target(enum.StrEnum):
    """To what a pioneer can introduce us."""

    FAN = "fan"
    COMPANY = "company"
    PROSPECT = "prospect"
