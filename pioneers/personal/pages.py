"""Every page of this feature, on one blueprint."""

from pioneers.personal.blueprint import blueprint

__all__ = ["blueprint"]
