"""Every page of this feature, on one blueprint."""

from pioneers.presence.blueprint import blueprint

__all__ = ["blueprint"]
