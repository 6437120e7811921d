"""Parts of an event's page that features above it show: each brings its template and its values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pioneers.events.models import Event
from pioneers.programmes.models import Programme


@dataclass(frozen=True)
class Panel:
    """A part of the page; the template finds the values as `panel`."""

    template: str
    values: Mapping[str, object]


Maker = Callable[[Programme, Event], Panel | None]
_makers: list[Maker] = []


def register(maker: Maker) -> Maker:
    """Let the page of every event show this part, where it makes one."""
    _makers.append(maker)
    return maker


def panels_of(programme: Programme, event: Event) -> list[Panel]:
    """The parts for this event, in the order in which they were registered."""
    made = (maker(programme, event) for maker in _makers)
    return [panel for panel in made if panel is not None]
