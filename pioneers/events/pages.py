"""Every page of events and the network, on one blueprint."""

from pioneers.events import (
    appointment_views,
    edit_views,
    list_views,
    network_views,
    pioneer_views,
    views,
)
from pioneers.events.blueprint import blueprint

__all__ = [
    "appointment_views",
    "blueprint",
    "edit_views",
    "list_views",
    "network_views",
    "pioneer_views",
    "views",
]
