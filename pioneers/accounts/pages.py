"""Every page of accounts, on one blueprint."""

from pioneers.accounts import (
    admin_views,
    invitation_views,
    link_views,
    mfa_views,
    reset_views,
    views,
)
from pioneers.accounts.blueprint import blueprint

__all__ = [
    "admin_views",
    "blueprint",
    "invitation_views",
    "link_views",
    "mfa_views",
    "reset_views",
    "views",
]
