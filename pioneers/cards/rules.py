"""Referral cards: codes, owners, and what can be printed and withdrawn. Pure."""

import enum
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pioneers.programmes.rules import Refused
from pioneers.web.tokens import LETTERS

CODE_LENGTH: Final = 7  # six random letters and one that checks them
MARK: Final = "s"  # in the address that the picture holds: who scans comes with it
MOST_CARDS: Final = 1_000  # each with a code of its own
MOST_PAPER: Final = 10_000  # of one code
PER_SHEET: Final = 10
LONGEST: Final = 200
AHEAD: Final = timedelta(days=90)  # a run is planned no farther ahead
MOST_HOPS: Final = 5  # from a pioneer who left to the successor, and on


class OwnerKind(enum.StrEnum):
    """Whose card it is."""

    PIONEER = "pioneer"
    FAN = "fan"
    EVENT = "event"


@dataclass(frozen=True)
class Owner:
    """Whose cards a run holds."""

    kind: OwnerKind
    id: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True)
class NewRun:
    """A run to be printed."""

    owner: Owner
    printed_on: date
    quantity: int
    is_single_code: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Target:
    """Where cards are to lead: a pioneer, an event, or (neither) their owner's own page."""

    pioneer_id: int | None = None
    event_id: int | None = None


def parse_owner(text: str) -> Owner | None:
    """`pioneer-3` as an owner; None for anything else."""
    kind, _, number = text.partition("-")
    if kind not in set(OwnerKind) or not number.isascii() or not number.isdecimal():
        return None
    return Owner(OwnerKind(kind), int(number)) if len(number) < 10 else None


def new_code() -> str:
    """A random code: its last letter checks the others."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH - 1))
    return drawn + _check_letter(drawn)


def _weighed(letters: str) -> int:
    return sum(place * LETTERS.index(letter) for place, letter in enumerate(letters, 1))


def _check_letter(drawn: str) -> str:
    """The letter with which the weighed sum is a multiple of 31, the (prime) number of letters:
    one wrong letter, or two that changed places, then never make another card's code."""
    rest = -_weighed(drawn) * pow(CODE_LENGTH, -1, len(LETTERS))
    return LETTERS[rest % len(LETTERS)]


def normalised(typed: str) -> str | None:
    """The code that somebody typed, in capitals; None when it cannot be one of ours."""
    code = typed.strip().replace("-", "").replace(" ", "").upper()
    if len(code) != CODE_LENGTH or any(letter not in LETTERS for letter in code):
        return None
    return code if _weighed(code) % len(LETTERS) == 0 else None


def check_run(new: NewRun, today: date) -> None:
    """Refused: quantity_range, printed_ahead, remark_long."""
    most = MOST_PAPER if new.is_single_code else MOST_CARDS
    if not 1 <= new.quantity <= most:
        raise Refused("quantity_range", "quantity", limit=most)
    if new.printed_on > today + AHEAD:
        raise Refused("printed_ahead", "printed_on", day=today + AHEAD)
    if len(new.remark) > LONGEST:
        raise Refused("words_long", "remark", limit=LONGEST)


def check_reason(because: str) -> str:
    """Why something is withdrawn: some words. Refused: reason_missing, words_long."""
    because = because.strip()
    if not because:
        raise Refused("reason_missing", "because")
    if len(because) > LONGEST:
        raise Refused("words_long", "because", limit=LONGEST)
    return because


def sheets(quantity: int) -> int:
    """How many sheets of paper so many cards take."""
    return -(-quantity // PER_SHEET)
