"""Invented companies and people, the same on every machine: everything follows from a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


def words(text: str) -> tuple[str, ...]:
    """The words of `text`: how lists are written here."""
    return tuple(text.split())


FIRSTS = words(
    """
    Anne Bram Carlijn Daan Esther Floor Gijs Hanneke Ivo Jelle Karin Lotte Marieke Niels Olga
    Pieter Quirine Ruben Sanne Thijs Ursula Vera Wouter Xander Yvonne Zita Maarten Femke
    Sjoerd Ilse Koen Roos
    """
)
STARTS = words(
    """
    Wester Ooster Noorder Zuider Hof Veld Berg Brink Dijk Esch Groot Haar Kamp Klein Lage Meer
    Molen Nieuw Oude Poel Rooi Schut Stege Ten Uiter Velt Wolt Zand Boer Kort Lang Rijk Ring
    Spek Steen Storm Tim Wal Wind Win
    """
)
ENDS = words(
    """
    berg beek boom dam dijk eng essen feld ga haar hoek hof huis ink kamp laan man mans meijer
    molen ooij oord park poort rade ree ring sma stede stra terp veen veld ven voort waard weg
    wijk wold zijl
    """
)
TRADES = words(
    """
    Bouw Installatie Metaal Logistiek Horeca Zorg Advies Techniek Kunststof Groen Transport
    Print Software Marketing Schilders Bakkerij Slagerij Interieur Meubel Textiel Elektro
    Dakdekkers Verhuur Recreatie Machines Food Energie Beveiliging Media Design Onderhoud
    Automatisering Verpakking Chemie Papier Hout Glas Beton Agri Zuivel
    """
)
INFIXES = ("", "", "", "", "", "van", "van der", "de", "ten", "van den")
FORMS = ("B.V.", "B.V.", "B.V.", "V.O.F.", "", "N.V.")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SECTORS = ("2562", "4321", "4941", "5610", "6201", "7022", "8690", "1071", "0113", "4775", None)
EMPLOYEES = (None, 2, 3, 7, 8, 12, 15, 25, 40, 60, 110, 300)


def mix(number: int, salt: int) -> int:
    """A number below 2**32 that follows from both and looks like chance (murmur's last steps)."""
    value = (number * 0x9E3779B1 + salt * 0x85EBCA6B + 1) & 0xFFFFFFFF
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ (value >> 16)


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Somebody at an invented company."""

    first_name: str
    infix: str
    family_name: str
    email: str


@dataclass(frozen=True, slots=True)
class InventedCompany:
    """What a list would say of a company; `place` is a place in the list of places."""

    number: int
    name: str
    kvk_number: str | None
    web_domain: str | None
    place: int
    postcode: str
    employees: int | None
    sector_code: str | None
    people: tuple[InventedPerson, InventedPerson]


def family(number: int, salt: int) -> str:
    """A family name out of 1,600."""
    value = mix(number, salt)
    return STARTS[value % len(STARTS)] + ENDS[value // len(STARTS) % len(ENDS)]


def company(number: int, places: int) -> InventedCompany:
    """The company with this number; two of them seldom have one name, never one KVK number."""
    value = mix(number, 1)
    trade, form = TRADES[value % len(TRADES)], FORMS[value // 64 % len(FORMS)]
    own = family(number, 2)
    name = f"{own} {trade} {family(number, 3)} {form}".strip()
    domain = f"{own.lower()}-{trade.lower()}{number}.example"
    return InventedCompany(
        number=number,
        name=name,
        kvk_number=f"{10_000_000 + number:08d}" if value % 10 < 7 else None,
        web_domain=domain if value % 5 else None,
        place=mix(number, 4) % places,
        postcode=f"{7000 + mix(number, 5) % 1999} {LETTERS[value % 26]}{LETTERS[value // 26 % 26]}",
        employees=EMPLOYEES[mix(number, 6) % len(EMPLOYEES)],
        sector_code=SECTORS[mix(number, 7) % len(SECTORS)],
        people=(_person(number, 8, domain), _person(number, 9, domain)),
    )


def _person(number: int, salt: int, domain: str) -> InventedPerson:
    value = mix(number, salt)
    first, name = FIRSTS[value % len(FIRSTS)], family(number, salt + 10)
    return InventedPerson(
        first, INFIXES[value // 32 % len(INFIXES)], name, f"{first.lower()}.{salt}@{domain}"
    )


def stages(number: int, events: int) -> tuple[int, int, int]:
    """The events that a company's first person (two different ones) and second person attended."""
    first = mix(number, 21) % events
    second = (first + 1 + mix(number, 22) % (events - 1)) % events
    return first, second, mix(number, 23) % events


def event_days(first: date, last: date, events: int) -> Sequence[date]:
    """The days of the events, spread evenly."""
    return [
        first + timedelta(days=(last - first).days * number // events) for number in range(events)
    ]
