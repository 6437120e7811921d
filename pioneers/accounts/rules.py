"""Roles, permissions, and who may do what: the one table."""

import enum


class Role(enum.StrEnum):
    """What somebody is within one programme (the administrator is of the installation)."""

    PROJECT_LEADER = "project_leader"
    VIEWER = "viewer"
    PIONEER = "pioneer"
    FAN_CONTACT = "fan_contact"


class Permission(enum.StrEnum):
    """What can be allowed within a programme."""

    ENTER = "enter"
    SEE_FIGURES = "see_figures"
    SEE_PEOPLE = "see_people"
    SEE_NETWORK = "see_network"
    SEE_EVENTS = "see_events"
    SEE_AUDIT = "see_audit"
    EDIT_COMPANIES = "edit_companies"
    SETTLE_DOUBTS = "settle_doubts"
    RECORD_CONTACTS = "record_contacts"
    VERIFY_ACTIVATIONS = "verify_activations"
    IMPORT = "import"
    EDIT_EVENTS = "edit_events"
    EDIT_NETWORK = "edit_network"
    MANAGE_PROGRAMME = "manage_programme"
    MANAGE_ACCESS = "manage_access"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PROJECT_LEADER: frozenset(Permission),
    Role.VIEWER: frozenset(
        {Permission.ENTER, Permission.SEE_FIGURES, Permission.SEE_NETWORK, Permission.SEE_EVENTS}
    ),
    Role.PIONEER: frozenset({Permission.ENTER}),
    Role.FAN_CONTACT: frozenset({Permission.ENTER}),
}


def allowed(roles: frozenset[Role], permission: Permission) -> bool:
    """Whether any of `roles` carries `permission`."""
    return any(permission in PERMISSIONS[role] for role in roles)
