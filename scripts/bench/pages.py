"""Which pages are measured, and what the issue asks of them."""

import enum
from dataclasses import dataclass

from scripts.bench.build import SLUG
from scripts.bench.invent import company
from scripts.bench.visitor import address


class Goal(enum.Enum):
    """What a page has to reach."""

    NONE = ""
    DASHBOARD = "at the largest size ≤ 3 × the smallest"
    LIST = "< 10 × bare page"
    SEARCH = "≤ 20 ms"


@dataclass(frozen=True)
class Page:
    """A page that is opened; `part` asks for the part that is loaded while somebody types."""

    name: str
    path: str
    goal: Goal = Goal.NONE
    part: bool = False


BARE = Page("bare Flask page", "/kaal/")
DASHBOARD = "dashboard"


def pages(companies: int, places: int) -> list[Page]:
    """The pages at this size; the company in the middle is the one that is looked at."""
    home = f"/p/{SLUG}"
    middle = max(1, companies // 2)
    one = company(middle, places)
    deep = f"{home}/bedrijven"
    found = [
        Page(DASHBOARD, f"{home}/", Goal.DASHBOARD),
        Page("companies", deep, Goal.LIST),
        Page("companies, further on", address(deep, na=str(middle)), Goal.LIST),
        Page("companies, newest first", address(deep, volgorde="nieuw"), Goal.LIST),
        Page("companies, filtered (activated)", address(deep, actie="ja"), Goal.LIST),
        Page("companies, found by word", address(deep, q="bakkerij"), Goal.LIST),
        Page("company", f"{deep}/{middle}"),
        Page("people", f"{home}/personen", Goal.LIST),
        Page("person", f"{home}/personen/{2 * middle - 1}"),
        Page("events", f"{home}/bijeenkomsten", Goal.LIST),
        Page("event", f"{home}/bijeenkomsten/100"),
        Page("figures", f"{home}/cijfers"),
        Page("figures by municipality", f"{home}/cijfers/gemeente"),
        Page("figures by event", f"{home}/cijfers/bijeenkomst"),
        Page("records: companies made aware", f"{home}/cijfers/achter/bedrijven", Goal.LIST),
        Page("records: participations", f"{home}/cijfers/achter/deelnames", Goal.LIST),
        Page("records: companies activated", f"{home}/cijfers/achter/in-actie", Goal.LIST),
    ]
    return found + [
        Page(f"search: {what}", address(f"{home}/zoeken", q=text), Goal.SEARCH, part=True)
        for what, text in (
            ("one letter", "w"),
            ("two letters", "we"),
            ("a common beginning", "wester"),
            ("a common word", "bakkerij"),
            ("two words", f"{one.name.split()[0]} {one.name.split()[1]}"),
            ("two common beginnings", "west bak"),
            ("an e-mail address", one.people[0].email),
            ("a KVK number", f"{10_000_000 + middle}"),
            ("a typing error", "Westerbrg Bakkerj"),
            ("nothing like it", "xqzzyv"),
        )
    ]
