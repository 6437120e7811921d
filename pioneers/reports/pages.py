"""The blueprint with all its views attached."""

from pioneers.reports import record_views, views
from pioneers.reports.blueprint import blueprint

__all__ = ["blueprint", "record_views", "views"]
