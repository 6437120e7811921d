"""What must hold before a pioneer is asked, and before a request is answered."""

from datetime import date

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.rules import Standing, standing
from pioneers.events.models import Event, EventStatus
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.rules import ANSWERABLE
from pioneers.programmes.rules import Refused


def check_serves(pioneer: Pioneer, day: date) -> None:
    """Refused: pioneer_former, pioneer_ahead."""
    served = standing(pioneer.appointed_on, pioneer.ended_on, day)
    if served == Standing.FORMER:
        raise Refused("pioneer_former", "pioneer")
    if served == Standing.AHEAD:
        raise Refused("pioneer_ahead", "pioneer", day=pioneer.appointed_on)


def check_open(event: Event) -> None:
    """Refused: event_cancelled, event_begun."""
    if event.status == EventStatus.CANCELLED:
        raise Refused("event_cancelled")
    if event.starts_at <= clock.now():  # by the clock: who is in early does not make it begin
        raise Refused("event_begun")


def check_answerable(
    event: Event, request: PioneerRequest, *, also: RequestState | None = None
) -> None:
    """Refused: request_withdrawn, event_cancelled, event_begun, answered_before."""
    check_open(event)
    if request.state == RequestState.WITHDRAWN:
        raise Refused("request_withdrawn")
    if request.state not in (*ANSWERABLE, also):
        raise Refused("answered_before")
