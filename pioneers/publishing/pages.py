"""Every page of this feature, on one blueprint."""

from pioneers.publishing import look_views, moment_views, page_views
from pioneers.publishing.blueprint import blueprint
from pioneers.publishing.frame import register_stamp
from pioneers.publishing.texts import stamp

register_stamp("publishing", stamp)

__all__ = ["blueprint", "look_views", "moment_views", "page_views"]
