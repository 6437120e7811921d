"""Every page of this feature, on one blueprint."""

from pioneers.registrations import (
    emails,
    event_views,
    host_views,
    own_views,
    question_views,
)
from pioneers.registrations.blueprint import blueprint

__all__ = ["blueprint", "emails", "event_views", "host_views", "own_views", "question_views"]
