"""Every page of lists, on one blueprint."""

from pioneers.importing import column_views, new_views, views
from pioneers.importing.blueprint import blueprint

__all__ = ["blueprint", "column_views", "new_views", "views"]
