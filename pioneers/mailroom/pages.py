"""Every page of this feature, on one blueprint."""

from pioneers.mailroom import outbox_views, webhook, wording_views
from pioneers.mailroom.blueprint import blueprint

__all__ = ["blueprint", "outbox_views", "webhook", "wording_views"]
