"""Every page of this feature, on one blueprint."""

from pioneers.presence import pdf_views, scan_views, screen_views, tick_views
from pioneers.presence.blueprint import blueprint

__all__ = ["blueprint", "pdf_views", "scan_views", "screen_views", "tick_views"]
