"""Every page of this feature, on one blueprint."""

from pioneers.subscriptions import emails, form_views, own_views
from pioneers.subscriptions.blueprint import blueprint

__all__ = ["blueprint", "emails", "form_views", "own_views"]
