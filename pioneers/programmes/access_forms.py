"""Forms about who may do what in a programme."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from pioneers.accounts.labels import ROLE_HINTS, ROLE_LABELS
from pioneers.accounts.rules import Role
from pioneers.web.forms import BaseForm, EmailField

REQUIRED = DataRequired(_l("Fill this in."))


def role_choices() -> list[tuple[str, str]]:
    """Each role with what it means, in the person's language."""
    hints = {role: str(hint) for role, hint in ROLE_HINTS.items()}
    return [
        (role.value, f"{ROLE_LABELS[role]}: {hints[role][:1].lower()}{hints[role][1:]}")
        for role in Role
    ]


class InviteForm(BaseForm):
    """Whom to invite, to what."""

    email = EmailField(_l("E-mail address"), [REQUIRED, Length(max=254)])
    role = RadioField(_l("Role"), [DataRequired(_l("Choose a role."))])

    def __init__(self) -> None:
        super().__init__()
        self.role.choices = role_choices()


class RolesForm(BaseForm):
    """The roles of one person."""

    project_leader = BooleanField()
    viewer = BooleanField()
    pioneer = BooleanField()
    fan_contact = BooleanField()

    def __init__(self, held: Iterable[Role]) -> None:
        super().__init__(data={role.value: True for role in held})
        for role, (_value, label) in zip(Role, role_choices(), strict=True):
            self[role.value].label.text = label

    def roles(self) -> frozenset[Role]:
        """What was ticked."""
        return frozenset(role for role in Role if self[role.value].data)


class ReviewForm(BaseForm):
    """A tick for each person whose access is still right."""

    right = SelectMultipleField(
        _l("Still right"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    note = TextAreaField(_l("Remark"), [Length(max=500)])

    def __init__(self, user_ids: Iterable[int]) -> None:
        super().__init__()
        self.right.choices = [(user_id, str(user_id)) for user_id in user_ids]

    def unticked(self) -> int:
        """How many people were not ticked."""
        return len(self.right.choices or ()) - len(set(self.right.data or ()))
