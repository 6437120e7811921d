"""Every page of this feature, on one blueprint."""

from pioneers.profiles.blueprint import blueprint

__all__ = ["blueprint"]
