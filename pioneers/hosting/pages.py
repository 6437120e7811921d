"""Every page of this feature, on one blueprint."""

from pioneers.hosting.blueprint import blueprint

__all__ = ["blueprint"]
