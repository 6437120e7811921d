"""Every page of this feature, on one blueprint."""

from pioneers.mailroom.blueprint import blueprint

__all__ = ["blueprint"]
