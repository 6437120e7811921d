"""Every page of this feature, on one blueprint."""

from pioneers.hosting import ask_views, edit_views, leader_views, panels, views, waits
from pioneers.hosting.blueprint import blueprint

__all__ = ["ask_views", "blueprint", "edit_views", "leader_views", "panels", "views", "waits"]
