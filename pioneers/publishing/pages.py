"""Every page of this feature, on one blueprint."""

from pioneers.publishing import look_views
from pioneers.publishing.blueprint import blueprint

__all__ = ["blueprint", "look_views"]
