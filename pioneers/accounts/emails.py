"""What is mailed about accounts: the ways in. Each holds a link that opens an account, so none is
shown or kept after it left."""

import secrets
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import Invitation, User
from pioneers.accounts.queries import user_by_email
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.mail.suppressing import lift_on_request
from pioneers.web.links import link

AnySession = Session | scoped_session[Session]
EXAMPLE: Final = "https://voorbeeld.example/"

LOGIN_LINK = register(
    MailKind(
        key="accounts.login_link",
        title_nl="Inloggen met een link",
        title_en="Logging in with a link",
        nl=Words(
            "Uw link om in te loggen",
            "Met deze knop logt u in. Hij werkt één keer, en een kwartier lang.\n\n"
            "[Inloggen](link)\n\n"
            "Hebt u hier niet om gevraagd? Dan hoeft u niets te doen.",
        ),
        en=Words(
            "Your link to log in",
            "This button logs you in. It works once, and for fifteen minutes.\n\n"
            "[Log in](link)\n\n"
            "You did not ask for this? Then there is nothing you need to do.",
        ),
        fields={"link": EXAMPLE},
        secret=True,
        keep=timedelta(days=1),
    )
)
NEW_PASSWORD = register(
    MailKind(
        key="accounts.new_password",
        title_nl="Een nieuw wachtwoord kiezen",
        title_en="Choosing a new password",
        nl=Words(
            "Kies een nieuw wachtwoord",
            "Met deze knop kiest u een nieuw wachtwoord. Hij werkt één keer, en een dag lang.\n\n"
            "[Wachtwoord kiezen](link)\n\n"
            "Hebt u hier niet om gevraagd? Dan hoeft u niets te doen: uw wachtwoord blijft gelden.",
        ),
        en=Words(
            "Choose a new password",
            "This button lets you choose a new password. It works once, and for a day.\n\n"
            "[Choose a password](link)\n\n"
            "You did not ask for this? Then there is nothing you need to do: your password stays.",
        ),
        fields={"link": EXAMPLE},
        secret=True,
        keep=timedelta(days=1),
    )
)
INVITATION = register(
    MailKind(
        key="accounts.invitation",
        title_nl="Uitnodiging om in te loggen",
        title_en="Invitation to log in",
        nl=Words(
            "U krijgt toegang tot {programme}",
            "U bent uitgenodigd voor {programme}. Met deze knop neemt u de uitnodiging aan. Hij "
            "werkt één keer, en {days} dagen lang.\n\n"
            "[Uitnodiging aannemen](link)",
        ),
        en=Words(
            "You get access to {programme}",
            "You are invited to {programme}. This button lets you accept. It works once, and for "
            "{days} days.\n\n"
            "[Accept the invitation](link)",
        ),
        fields={"programme": "Slimmer Werken Overijssel", "days": "7", "link": EXAMPLE},
        secret=True,
        keep=timedelta(days=7),
    )
)


def mail_login_link(session: AnySession, *, user: User, address: str) -> None:
    """The link that logs `user` in, which they asked for."""
    lift_on_request(session, user.email)
    _mail(session, LOGIN_LINK, user, {"link": address})


def mail_new_password(session: AnySession, *, user: User, token: str) -> None:
    """The link with which `user` chooses a new password."""
    lift_on_request(session, user.email)
    _mail(session, NEW_PASSWORD, user, {"link": link("accounts.new_password", token=token)})


def mail_invitation(
    session: AnySession, *, invitation: Invitation, token: str, programme: str
) -> None:
    """The link with which somebody takes the role that they were offered."""
    known = user_by_email(session, invitation.email)
    days = max(1, (invitation.expires_at - invitation.created_at).days)
    queue(
        session,
        NewMail(
            kind=INVITATION,
            key=f"{INVITATION.key}:{invitation.id}",
            address=invitation.email,
            name=known.name if known else "",
            language=known.language if known else "nl",
            fields={
                "programme": programme,
                "days": str(days),
                "link": link("accounts.invitation", token=token),
            },
            programme_id=invitation.programme_id,
            programme_name=programme,
            record_type="invitation",
            record_id=invitation.id,
        ),
    )


def _mail(session: AnySession, kind: MailKind, user: User, fields: dict[str, str]) -> None:
    queue(
        session,
        NewMail(
            kind=kind,
            key=f"{kind.key}:{user.id}:{secrets.token_hex(8)}",  # asked again is mailed again
            address=user.email,
            name=user.name,
            language=user.language,
            fields=fields,
            programme_name="Pioniers" if user.language == "nl" else "Pioneers",
            record_type="user",
            record_id=user.id,
        ),
    )
