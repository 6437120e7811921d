"""Every page of this feature, on one blueprint."""

from pioneers.subscriptions.blueprint import blueprint

__all__ = ["blueprint"]
