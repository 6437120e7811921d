"""Every page of this feature, on one blueprint."""

from pioneers.website import home_views
from pioneers.website.blueprint import blueprint

__all__ = ["blueprint", "home_views"]
