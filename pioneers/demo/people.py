"""Who is in the programme that runs today. None of them exists."""

from dataclasses import dataclass

from pioneers.demo.names import FAMILY, FIRST, PLACES, TOWNS, TRADES
from pioneers.fans.models import FanKind

GUEST_COUNT, COMPANY_COUNT = 36, 27


@dataclass(frozen=True)
class Firm:
    """An invented company."""

    name: str
    kvk_number: str
    place: str
    employees: int


@dataclass(frozen=True)
class Guest:
    """An invented entrepreneur; `company` is a place in COMPANIES."""

    name: str
    email: str
    company: int


@dataclass(frozen=True)
class PlannedPioneer:
    """Somebody who becomes a pioneer, and what they can be asked for."""

    guest: Guest
    themes: tuple[str, ...]
    travels_km: int | None


def _company(number: int) -> Firm:
    trade, place = TRADES[number % len(TRADES)][0], PLACES[(7 * number) % len(PLACES)]
    town = TOWNS[(7 * number + 5) % len(TOWNS)][1]
    return Firm(f"{trade} {place} B.V.", f"{91_000_000 + 37 * number}", town, 8 + 9 * number % 190)


def _guest(number: int) -> Guest:
    first, family = FIRST[(11 * number + 3) % len(FIRST)], FAMILY[(13 * number + 5) % len(FAMILY)]
    address = f"{first}.{family}".lower().replace(" ", "").replace("'", "")
    return Guest(
        f"{first} {family}", f"{address}@voorbeeld{number}.example", number % COMPANY_COUNT
    )


COMPANIES = tuple(_company(number) for number in range(COMPANY_COUNT + 4))
GUESTS = tuple(_guest(number) for number in range(GUEST_COUNT))
PIONEERS = tuple(
    PlannedPioneer(Guest(name, email, COMPANY_COUNT + place), themes, far)
    for place, (name, email, themes, far) in enumerate(
        (
            ("Karin Bosch", "pionier@pioniers.example", ("smarter_working",), 60),
            ("Tom Visscher", "tom.visscher@voorbeeld91.example", ("flexible_organising",), None),
            ("Aisha Evers", "aisha.evers@voorbeeld92.example", ("co_creation",), 40),
            ("Joost Wassink", "joost.wassink@voorbeeld93.example", ("dynamic_management",), 80),
        )
    )
)
FANS = (
    (
        "Ondernemerskring Salland",
        FanKind.NETWORK,
        "GM0177",
        "Wim Podium",
        "fan@pioniers.example",
    ),
    ("Techniekhuis Hengelo", FanKind.SECTOR, "GM0164", "Els Kroeze", "els@voorbeeld94.example"),
    (
        "Startersloket IJssel",
        FanKind.INNOVATION_DESK,
        "GM0150",
        "Bas Mensink",
        "bas@voorbeeld95.example",
    ),
)
