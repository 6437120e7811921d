"""Registering: who can, who gets a seat, who is next, and what was agreed to. Pure.

First come keeps its place. A party is seated as a whole or waits as a whole, and a smaller party
behind never passes a larger one that does not fit yet: who waits can trust the order, and can make
its own party smaller to fit. Only a party that is larger than the whole room is passed over, since
it would keep everybody waiting for ever.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from pioneers.events.models import Event, EventStatus
from pioneers.events.seats import check_capacity
from pioneers.programmes.rules import Refused
from pioneers.registrations.models import EventQuestion, QuestionKind
from pioneers.web.parsing import clean_text

__all__ = ["check_capacity"]

MOST_PEOPLE: Final = 9  # in one party
CONFIRM_WITHIN: Final = timedelta(hours=48)
LAST_CONFIRM: Final = timedelta(hours=3)  # before the start
AT_ONCE: Final = timedelta(days=1)  # before the start there is no time left to ask
LINKS_LAST: Final = timedelta(days=30)  # after the event
DETAILS_LAST: Final = timedelta(days=30)  # phone and e-mail of who did not come
NAMES_LAST: Final = timedelta(days=730)  # names of who did not come
ABSENT_AFTER: Final = timedelta(days=2)
REGISTRATION, NEWS = "registration", "news"


@dataclass(frozen=True)
class ConsentText:
    """What somebody agrees to, word for word; a changed text gets another version."""

    version: str
    nl: str
    en: str

    def words(self, language: str) -> str:
        """The text in `language` (Dutch unless it is English)."""
        return self.en if language == "en" else self.nl


CONSENTS: Final[Mapping[str, ConsentText]] = {
    REGISTRATION: ConsentText(
        "2026-1",
        "Het programma en de gastheer mogen mijn gegevens gebruiken voor deze bijeenkomst, en het"
        " programma mag bewaren dat ik er was.",
        "The programme and the host may use my details for this event, and the programme may keep"
        " that I was there.",
    ),
    NEWS: ConsentText(
        "2026-1",
        "Houd mij per e-mail op de hoogte van volgende bijeenkomsten van dit programma.",
        "Keep me informed by e-mail of further events of this programme.",
    ),
}


@dataclass(frozen=True)
class Colleague:
    """Somebody who comes along, by name."""

    name: str
    email: str | None = None


@dataclass(frozen=True)
class RegistrationDraft:
    """What somebody fills in to register; mail goes to them alone, not to the colleagues."""

    name: str
    company: str = ""
    email: str | None = None
    phone: str | None = None
    kvk_number: str | None = None
    place: str = ""
    language: str = "nl"
    guests: int = 0  # colleagues without a name
    colleagues: tuple[Colleague, ...] = ()
    answers: Mapping[int, str] = field(default_factory=dict)
    consents: tuple[str, ...] = (REGISTRATION,)

    @property
    def people(self) -> int:
        """How many come, the one who registers included."""
        return 1 + len(self.colleagues) + self.guests


@dataclass(frozen=True)
class PartyDraft:
    """What somebody changes afterwards. `colleagues` are names in the order in which they stand:
    an empty name is somebody who no longer comes by name. Without `name`, who registered stays as
    they are."""

    name: str | None = None
    company: str = ""
    kvk_number: str | None = None
    guests: int = 0
    colleagues: tuple[str, ...] = ()
    phone: str | None = None
    answers: Mapping[int, str] = field(default_factory=dict)
    news: bool = False

    @property
    def people(self) -> int:
        """How many come, the one who registered included."""
        return 1 + sum(1 for name in self.colleagues if name) + self.guests


class Phase(enum.StrEnum):
    """What the public page of an event is for."""

    HIDDEN = "hidden"
    OPEN = "open"
    BEGUN = "begun"
    PAST = "past"
    CANCELLED = "cancelled"


def phase(event: Event, now: datetime) -> Phase:
    """Where an event stands for somebody outside."""
    if event.published_at is None or event.status == EventStatus.PROPOSED:
        return Phase.HIDDEN
    return _course(event, now)


def _course(event: Event, now: datetime) -> Phase:
    if event.status == EventStatus.CANCELLED:
        return Phase.CANCELLED
    if event.ends_at <= now:  # by the clock: who is in early makes an event held, not over
        return Phase.PAST
    return Phase.BEGUN if event.starts_at <= now else Phase.OPEN


def check_open(event: Event, now: datetime, *, by_host: bool = False) -> None:
    """Whether somebody can register or change; the host can also before the event is published.

    Raises Refused: event_hidden, event_begun, event_past, event_cancelled.
    """
    found = _course(event, now) if by_host else phase(event, now)
    if found != Phase.OPEN:
        raise Refused(f"event_{found}")


def check_party(people: int, *, capacity: int | None) -> None:
    """Not more people than one party may be, nor than the room ever holds."""
    if people > MOST_PEOPLE:
        raise Refused("party_too_large", "people", limit=MOST_PEOPLE)
    if capacity is not None and people > capacity:
        raise Refused("party_above_capacity", "people", limit=capacity)


def check_names(draft: RegistrationDraft) -> None:
    """Whoever is named has a name that can be read. Raises Refused(name_missing)."""
    for place, name in enumerate((draft.name, *(one.name for one in draft.colleagues))):
        if not clean_text(name):
            raise Refused("name_missing", f"colleague_{place}" if place else "name")


def check_answers(questions: Iterable[EventQuestion], answers: Mapping[int, str]) -> None:
    """Every required question has an answer, and a choice is one of the choices."""
    for question in questions:
        given = answers.get(question.id, "")
        if question.is_required and not given:
            raise Refused("answer_missing", f"question_{question.id}")
        if given and question.kind == QuestionKind.CHOICE and given not in choices_of(question):
            raise Refused("answer_unknown", f"question_{question.id}")
        if len(given) > 500:
            raise Refused("answer_long", f"question_{question.id}", limit=500)


def choices_of(question: EventQuestion) -> list[str]:
    """What can be chosen, in order."""
    lines = (line.strip()[:200] for line in question.choices.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def gets_seats(people: int, *, capacity: int | None, taken: int, somebody_waits: bool) -> bool:
    """Whether newcomers are seated: the room holds them, and nobody came before them."""
    return capacity is None or (not somebody_waits and taken + people <= capacity)


def next_in_line(
    waiting: Sequence[tuple[int, int]], *, capacity: int | None, taken: int
) -> list[int]:
    """Which parties (id, people), in order of waiting, get the free seats.

    The first that does not fit keeps the others waiting; one larger than the room is passed over.
    """
    seated: list[int] = []
    for party, people in waiting:
        if capacity is not None and people > capacity:
            continue
        if capacity is not None and taken + people > capacity:
            break
        seated.append(party)
        taken += people
    return seated


def confirm_until(now: datetime, starts_at: datetime) -> datetime | None:
    """Until when an offered seat can be confirmed; None when it is given at once, for lack of
    time."""
    if starts_at - now < AT_ONCE:
        return None
    return min(now + CONFIRM_WITHIN, starts_at - LAST_CONFIRM)
