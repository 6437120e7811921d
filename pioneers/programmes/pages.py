"""Every page of the programme itself, on one blueprint (access has its own)."""

from pioneers.programmes import admin_views, catalogue_views, settings_views, target_views
from pioneers.programmes.blueprint import blueprint

__all__ = ["admin_views", "blueprint", "catalogue_views", "settings_views", "target_views"]
