"""When an appointment can begin and end. Pure."""

from datetime import date

from pioneers.programmes.rules import Refused

FARTHEST = 500  # kilometres: farther than one can travel within the country


def check_appointed(appointed_on: date, today: date) -> None:
    """An appointment is a fact: it does not lie in the future."""
    if appointed_on > today:
        raise Refused("appointed_in_future", "appointed_on")


def check_ended(appointed_on: date, ended_on: date, today: date) -> None:
    """An appointment ends after it began, and not in the future."""
    if ended_on < appointed_on:
        raise Refused("ended_before_appointed", "ended_on", day=appointed_on)
    if ended_on > today:
        raise Refused("ended_in_future", "ended_on")


def check_travels(kilometres: int | None) -> None:
    """How far a pioneer travels: some distance, or any."""
    if kilometres is not None and not 0 < kilometres <= FARTHEST:
        raise Refused("travels_range", "travels_km", limit=FARTHEST)
