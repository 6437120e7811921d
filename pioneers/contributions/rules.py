"""What counts as a contribution, when two reports of a room agree, what is offered. Pure."""

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pioneers.contributions.models import ContributionKind
from pioneers.events.models import EventKind
from pioneers.programmes.rules import Evidence, Refused

MOST_HEADS = 100_000
LONGEST = {"title": 200, "link": 300, "remark": 2000}
STAGE = (ContributionKind.TALK, ContributionKind.WORKSHOP, ContributionKind.EXCURSION)
MEDIA = (ContributionKind.ARTICLE, ContributionKind.INTERVIEW, ContributionKind.PODCAST)
BY_EVENT = {
    EventKind.TALK: ContributionKind.TALK,
    EventKind.WORKSHOP: ContributionKind.WORKSHOP,
    EventKind.EXCURSION: ContributionKind.EXCURSION,
    EventKind.NETWORK_MEETING: ContributionKind.TALK,
    EventKind.CONFERENCE: ContributionKind.TALK,
    EventKind.MEDIA: ContributionKind.INTERVIEW,
}
ROUND = (5, 10, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1000)
OFFERED = 5  # numbers to choose from: two below, two above
USUAL = 40


@dataclass(frozen=True)
class Named:
    """An entrepreneur whom the pioneer spoke with: in a conversation, or at the event."""

    name: str
    company: str
    email: str | None = None


@dataclass(frozen=True)
class Draft:
    """What is filled in. With an event, kind and day are the event's."""

    kind: ContributionKind = ContributionKind.TALK
    day: date | None = None
    event_id: int | None = None
    took_place: bool = True
    heads: int | None = None
    title: str = ""
    link: str = ""
    remark: str = ""
    is_apart: bool = False  # something else than the event of that day
    named: Named | None = None


class Meeting(enum.StrEnum):
    """How a pioneer's report of a room stands to those of others: the host's, else pioneers'."""

    NONE = "none"
    HOST = "host"  # only the host gave a number
    PIONEER = "pioneer"  # only the pioneer did
    AGREE = "agree"
    ALIKE = "alike"  # they agree, but one and the same person noted both
    DIFFER = "differ"
    SETTLED = "settled"  # they differed, and the project leader said which number counts
    OFF = "off"  # the pioneer says that it did not take place


class Proof(enum.StrEnum):
    """On how much the number of people in a room rests. Nobody is named by it, whoever agrees."""

    NONE = "none"
    REPORTED = "reported"  # by one source
    CONFIRMED = "confirmed"  # a second, independent source says about the same
    SETTLED = "settled"  # by the project leader, where sources differed
    DISPUTED = "disputed"


@dataclass(frozen=True)
class Count:
    """A number of people, and the user who noted it (None: not known, such as from a mail)."""

    heads: int
    noted_by: int | None = None

    def is_of_another(self, other: "Count") -> bool:
        """Whether it is a source of its own: one user who notes two numbers is one source."""
        return self.noted_by is None or self.noted_by != other.noted_by


def meeting(
    host: Count | None,
    pioneer: Count | None,
    *,
    tolerance: int,
    settled: int | None = None,
    named: int = 0,
    others: Sequence[Count] = (),
) -> Meeting:
    """What the reports of one room come to; `tolerance` in percent of the larger number.

    The host's number is what a pioneer's is held against; where the host gave none, the numbers of
    the other pioneers who spoke (`others`) are. A number that was settled holds until the host
    gives another. The people who are known by name are a report too: a pioneer who saw far fewer
    differs from the list.
    """
    if pioneer is None:
        return Meeting.NONE if host is None else Meeting.HOST
    if host is not None and settled == host.heads:
        return Meeting.SETTLED
    against = others if host is None else (host,)
    if host is None and pioneer.heads < named and not is_close(pioneer.heads, named, tolerance):
        return Meeting.DIFFER
    if not against:
        return Meeting.PIONEER
    if not all(is_close(one.heads, pioneer.heads, tolerance) for one in against):
        return Meeting.DIFFER
    second = any(one.is_of_another(pioneer) for one in against)
    return Meeting.AGREE if second else Meeting.ALIKE


def proof(host: Count | None, meetings: Collection[Meeting]) -> Proof:
    """What the reports of one room prove together: who differs, or says that it did not take
    place, is heard first."""
    if not {Meeting.DIFFER, Meeting.OFF}.isdisjoint(meetings):
        return Proof.DISPUTED
    if Meeting.SETTLED in meetings:
        return Proof.SETTLED
    if Meeting.AGREE in meetings:
        return Proof.CONFIRMED
    told = host is not None or not {Meeting.PIONEER, Meeting.ALIKE}.isdisjoint(meetings)
    return Proof.REPORTED if told else Proof.NONE


def evidence_of(standing: Evidence | None) -> Evidence:
    """What the word of a pioneer who was there makes of a presence: known by it alone, it is a
    name on a list; where another source has it, it is confirmed."""
    return Evidence.LISTED if standing is None else Evidence.CONFIRMED


def is_close(one: int, other: int, tolerance: int) -> bool:
    """Whether two numbers differ by at most so many percent of the larger."""
    return abs(one - other) * 100 <= tolerance * max(one, other)


def offered(known: int) -> tuple[int, ...]:
    """Round numbers of people to choose from, around those who are `known` to have been there."""
    near = next((at for at, value in enumerate(ROUND) if value >= (known or USUAL)), len(ROUND))
    begin = max(0, min(near - OFFERED // 2, len(ROUND) - OFFERED))
    return ROUND[begin : begin + OFFERED]


def check_draft(draft: Draft) -> None:
    """A number of people that can be, and texts that fit. Raises Refused: heads_range,
    words_long, link_shape, named_missing."""
    if draft.heads is not None and not 0 <= draft.heads <= MOST_HEADS:
        raise Refused("heads_range", "heads", limit=MOST_HEADS)
    for name, limit in LONGEST.items():
        if len(getattr(draft, name)) > limit:
            raise Refused("words_long", name, limit=limit)
    if draft.link and not draft.link.lower().startswith(("https://", "http://")):
        raise Refused("link_shape", "link")
    if draft.named is not None and not (draft.named.name and draft.named.company):
        met = "with" if draft.event_id is None else "met"
        missing = f"{met}_name" if not draft.named.name else f"{met}_company"
        raise Refused("named_missing", missing)


@dataclass(frozen=True)
class Terms:
    """Between which days something can have been done for a programme by a pioneer."""

    today: date
    appointed_on: date
    ended_on: date | None
    starts_on: date | None
    ends_on: date | None


def check_day(day: date, terms: Terms) -> None:
    """A day that has come, within the programme and the appointment.

    Raises Refused: day_ahead, before_programme, after_programme, before_appointed, after_end.
    """
    if day > terms.today:
        raise Refused("day_ahead", "day")
    if terms.starts_on is not None and day < terms.starts_on:
        raise Refused("before_programme", "day", day=terms.starts_on)
    if terms.ends_on is not None and day > terms.ends_on:
        raise Refused("after_programme", "day", day=terms.ends_on)
    if day < terms.appointed_on:
        raise Refused("before_appointed", "day", day=terms.appointed_on)
    if terms.ended_on is not None and day >= terms.ended_on:
        raise Refused("after_end", "day", day=terms.ended_on)


def same_sort(kind: ContributionKind) -> tuple[ContributionKind, ...]:
    """The kinds that may be told of the same thing under another name: stages, or media."""
    for kinds in (STAGE, MEDIA):
        if kind in kinds:
            return kinds
    return ()
