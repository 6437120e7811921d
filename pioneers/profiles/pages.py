"""Every page of this feature, on one blueprint."""

from pioneers.profiles import (
    agree_views,
    away_views,
    certificate_views,
    edit_views,
    emails,
    photo_views,
    public_views,
)
from pioneers.profiles.blueprint import blueprint

__all__ = [
    "agree_views",
    "away_views",
    "blueprint",
    "certificate_views",
    "edit_views",
    "emails",
    "photo_views",
    "public_views",
]
