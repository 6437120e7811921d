"""Every page of this feature, on one blueprint."""

from pioneers.planning import (
    answer_views,
    calendar_views,
    match_views,
    preference_views,
    waits,
    words,
)
from pioneers.planning.blueprint import blueprint

__all__ = [
    "answer_views",
    "blueprint",
    "calendar_views",
    "match_views",
    "preference_views",
    "waits",
    "words",
]
