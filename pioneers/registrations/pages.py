"""Every page of this feature, on one blueprint."""

from pioneers.registrations.blueprint import blueprint

__all__ = ["blueprint"]
