"""When an appointment can begin and end. Pure."""

import enum
from datetime import date, timedelta

from pioneers.programmes.rules import Refused

BY, AT = 160, 200  # letters of who appointed, and of the meeting
FARTHEST = 500  # kilometres: farther than one can travel within the country


AHEAD = timedelta(days=366)  # nobody is appointed for later than that: a mistyped year


class Standing(enum.StrEnum):
    """Whether somebody is a pioneer on a day."""

    AHEAD = "ahead"  # will be appointed
    ACTIVE = "active"
    FORMER = "former"


def standing(appointed_on: date, ended_on: date | None, day: date) -> Standing:
    """What somebody is on `day`. An appointment that ended before it began never was one."""
    if ended_on is not None and (ended_on <= day or ended_on <= appointed_on):
        return Standing.FORMER
    return Standing.ACTIVE if appointed_on <= day else Standing.AHEAD


def is_active(appointed_on: date, ended_on: date | None, day: date) -> bool:
    """Whether somebody is a pioneer on `day`."""
    return standing(appointed_on, ended_on, day) == Standing.ACTIVE


def check_appointed(appointed_on: date, today: date) -> None:
    """An appointment may lie ahead: it holds from that day on. Refused: appointed_too_late."""
    if appointed_on > today + AHEAD:
        raise Refused("appointed_too_late", "appointed_on")


def check_ended(appointed_on: date, ended_on: date, today: date) -> None:
    """An appointment ends after it began, and not in the future; one that lies ahead and does not
    take place ends on its first day."""
    if ended_on < appointed_on:
        raise Refused("ended_before_appointed", "ended_on", day=appointed_on)
    if ended_on > today and ended_on != appointed_on:
        raise Refused("ended_in_future", "ended_on")


def check_travels(kilometres: int | None) -> None:
    """How far a pioneer travels: some distance, or any."""
    if kilometres is not None and not 0 < kilometres <= FARTHEST:
        raise Refused("travels_range", "travels_km", limit=FARTHEST)
