"""Every page of this feature, on one blueprint."""

from pioneers.agenda import feed_views, outside_views, public_views
from pioneers.agenda.blueprint import blueprint

__all__ = ["blueprint", "feed_views", "outside_views", "public_views"]
