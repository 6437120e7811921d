"""How many seats an event can have. Pure."""

from pioneers.programmes.rules import Refused

MOST_SEATS = 100_000


def check_capacity(capacity: int | None, *, seats_taken: int) -> None:
    """At least one seat, and never fewer than are taken: nobody is put out of the room by a form.

    Raises Refused: capacity_range, capacity_below_taken.
    """
    if capacity is None:
        return
    if not 1 <= capacity <= MOST_SEATS:
        raise Refused("capacity_range", "capacity", limit=MOST_SEATS)
    if capacity < seats_taken:
        raise Refused("capacity_below_taken", "capacity", taken=seats_taken)
