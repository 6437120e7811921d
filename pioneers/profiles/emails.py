"""Mail of this feature: before a consent ends, once."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.queries import user_by_email
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.profiles.ending import Ending
from pioneers.profiles.labels import PURPOSES
from pioneers.profiles.models import ConsentPurpose, Quote
from pioneers.programmes.models import Programme
from pioneers.web.formats import day
from pioneers.web.links import link

AnySession = Session | scoped_session[Session]

ENDS = register(
    MailKind(
        key="profiles.consent_ends",
        title_nl="Toestemming die afloopt",
        title_en="Consent that ends",
        nl=Words(
            "Uw toestemming loopt af op {until}",
            "Beste {name},\n\nTot en met {until} is van u te zien:\n{what}\n\n"
            "Mag dat langer? Kies opnieuw voor hoe lang. Doet u niets, dan ziet niemand het "
            "daarna nog; een foto en uw woorden verwijderen wij dertig dagen later.\n\n"
            "[Langer laten zien](link)",
        ),
        en=Words(
            "Your consent ends on {until}",
            "Dear {name},\n\nUntil {until} everybody can see of you:\n{what}\n\n"
            "May it be seen for longer? Choose anew for how long. If you do nothing, nobody sees "
            "it after that; we delete a photo and your words thirty days later.\n\n"
            "[Show it for longer](link)",
        ),
        fields={
            "name": "Anne de Vries",
            "until": "donderdag 12 maart 2026",
            "what": "Uw foto\nUw woorden: ‘Loslaten kunt u leren’",
            "link": "https://pioniers.example/p/overijssel/profiel",
        },
        can_be_off=True,
    )
)


def mail_ending(
    session: AnySession, *, programme: Programme, ending: Ending, due_at: datetime
) -> bool:
    """Tell a pioneer what ends on a day, once; False when that was done, or nobody can be told."""
    user = user_by_email(session, ending.address) if ending.address else None
    if user is None:
        return False
    with force_locale(user.language):
        until, what = day(ending.until), _what(session, ending)
    return queue(
        session,
        NewMail(
            kind=ENDS,
            key=f"{ENDS.key}:pioneer-{ending.pioneer_id}:{ending.until:%Y%m%d}",
            address=user.email,
            name=ending.name,
            language=user.language,
            fields={
                "name": ending.name,
                "until": until,
                "what": what,
                "link": _place(programme, ending),
            },
            programme_id=programme.id,
            programme_name=programme.name,
            record_type="pioneer",
            record_id=ending.pioneer_id,
            due_at=due_at,
        ),
    )


def _what(session: AnySession, ending: Ending) -> str:
    """A line for each thing that ends."""
    words = session.scalars(
        select(Quote.words).where(Quote.id.in_(ending.quote_ids)).order_by(Quote.id)
    )
    shown = [one for one in ending.purposes if one != ConsentPurpose.QUOTE]
    return "\n".join(
        [
            *(str(PURPOSES[one]) for one in shown),
            *(_("Your words: ‘%(words)s’", words=each) for each in words),
        ]
    )


def _place(programme: Programme, ending: Ending) -> str:
    """Where it is prolonged: the page of the only thing, else one's profile with all of them."""
    of_pioneer = {"slug": programme.slug, "pioneer_id": ending.pioneer_id}
    if ending.purposes == (ConsentPurpose.QUOTE,) and len(ending.quote_ids) == 1:
        return link("profiles.quote", quote_id=ending.quote_ids[0], **of_pioneer)
    if len(ending.purposes) == 1 and not ending.quote_ids:
        return link("profiles.agree", purpose=ending.purposes[0].value, **of_pioneer)
    return link("profiles.edit", slug=programme.slug)
