"""The words for roles and refusals, in the person's language."""

from flask_babel import lazy_gettext as _l

from pioneers.accounts.passwords import LONGEST, SHORTEST, PasswordProblem
from pioneers.accounts.rules import Refusal, Role

ROLE_LABELS = {
    Role.PROJECT_LEADER: _l("Project leader"),
    Role.VIEWER: _l("Viewer"),
    Role.PIONEER: _l("Pioneer"),
    Role.FAN_CONTACT: _l("Fan contact"),
}

ROLE_HINTS = {
    Role.PROJECT_LEADER: _l("Sees and changes everything, and decides who has access"),
    Role.VIEWER: _l("Sees the figures, no personal data"),
    Role.PIONEER: _l("Can log in, and sees no records of others yet"),
    Role.FAN_CONTACT: _l("Can log in, and sees no records of others yet"),
}

REFUSALS = {
    Refusal.INVITATION_GONE: _l("This invitation does not work any more."),
    Refusal.OTHER_ACCOUNT: _l("This invitation is for another e-mail address than yours."),
    Refusal.EMAIL_TAKEN: _l("This e-mail address has an account already."),
    Refusal.HAS_ROLE: _l("This person has that role already."),
    Refusal.NO_ACCESS: _l("This person has no access any more."),
    Refusal.LAST_LEADER: _l(
        "A programme keeps at least one project leader. Make somebody else project leader first."
    ),
    Refusal.LAST_ADMINISTRATOR: _l(
        "There must be at least one administrator. Make somebody else administrator first."
    ),
    Refusal.YOURSELF: _l("You cannot do this to your own account."),
    Refusal.NO_ROLE: _l("Choose at least one role, or withdraw the access."),
}

PASSWORD_PROBLEMS = {
    PasswordProblem.TOO_SHORT: _l("Use at least %(number)s characters.", number=SHORTEST),
    PasswordProblem.TOO_LONG: _l("Use at most %(number)s characters.", number=LONGEST),
    PasswordProblem.COMMON: _l("Too easy to guess. Take a few words that do not belong together."),
    PasswordProblem.OWN_EMAIL: _l("Do not use your e-mail address as your password."),
}
