"""Roles, permissions, and who may do what: the one table."""

import enum
from datetime import date


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
    PLAN_EVENTS = "plan_events"  # confirm proposals, ask pioneers, see who is asked how often
    HOST_EVENTS = "host_events"  # a fan's own events (see events.access)
    ANSWER_REQUESTS = "answer_requests"  # a pioneer's own requests
    MANAGE_MAIL = "manage_mail"
    ANSWER_QUESTIONS = "answer_questions"  # the questions desk
    MANAGE_CARDS = "manage_cards"  # print runs, destinations, withdrawing
    EDIT_SITE = "edit_site"  # texts and look of the public site
    EDIT_KNOWLEDGE = "edit_knowledge"
    SEND_MAILINGS = "send_mailings"
    SETTLE_PERSONAL = "settle_personal"  # what people ask about their own data
    LOG_CONTRIBUTIONS = "log_contributions"  # a pioneer's own contributions and profile


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PROJECT_LEADER: frozenset(Permission),
    Role.VIEWER: frozenset(
        {Permission.ENTER, Permission.SEE_FIGURES, Permission.SEE_NETWORK, Permission.SEE_EVENTS}
    ),
    Role.PIONEER: frozenset(
        {Permission.ENTER, Permission.ANSWER_REQUESTS, Permission.LOG_CONTRIBUTIONS}
    ),
    Role.FAN_CONTACT: frozenset({Permission.ENTER, Permission.HOST_EVENTS}),
}


def allowed(roles: frozenset[Role], permission: Permission) -> bool:
    """Whether any of `roles` carries `permission`."""
    return any(permission in PERMISSIONS[role] for role in roles)


def needs_mfa(roles: frozenset[Role], *, is_administrator: bool) -> bool:
    """Whether an account opens other people's data, so that a password alone is too little."""
    return is_administrator or allowed(roles, Permission.SEE_PEOPLE)


class Refusal(enum.StrEnum):
    """Why a change to accounts or access does not happen."""

    INVITATION_GONE = "invitation_gone"
    OTHER_ACCOUNT = "other_account"
    EMAIL_TAKEN = "email_taken"
    HAS_ROLE = "has_role"
    NO_ACCESS = "no_access"
    LAST_LEADER = "last_leader"
    LAST_ADMINISTRATOR = "last_administrator"
    YOURSELF = "yourself"
    NO_ROLE = "no_role"


class Refused(Exception):
    """A rule of accounts says no; `code` says which."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code.value)
        self.code = code


REVIEW_EVERY_DAYS = 365


def is_review_due(
    *, today: date, first_granted_on: date | None, last_review_on: date | None
) -> bool:
    """Whether nobody looked at everyone's access for a year; without access there is no need."""
    since = last_review_on or first_granted_on
    return since is not None and (today - since).days > REVIEW_EVERY_DAYS
