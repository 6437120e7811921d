"""A mailing as it leaves: the words that were written, and how to leave in one click."""

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import User
from pioneers.events.models import Event
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import EXAMPLE_SITE, MailKind, Words, register
from pioneers.mail.models import MailMessage
from pioneers.mailings.models import Mailing
from pioneers.markup.rendering import to_html
from pioneers.programmes.models import Programme
from pioneers.subscriptions.emails import RECORD
from pioneers.subscriptions.links import own_link, stop_link
from pioneers.subscriptions.models import Subscription
from pioneers.web.links import link, site_address

AnySession = Session | scoped_session[Session]
MAILING = register(
    MailKind(
        key="mailing",
        title_nl="Nieuwsbrief of uitnodiging",
        title_en="Newsletter or invitation",
        nl=Words(
            "{subject}",
            "{body}\n\n[Bekijk de bijeenkomst en meld u aan](event)\n\nU krijgt dit bericht omdat u"
            " nieuws van {programme} wilt. Kies waar het over gaat, of stop ermee:\n{link}",
        ),
        en=Words(
            "{subject}",
            "{body}\n\n[See the event and register](event)\n\nYou get this message because you want"
            " news of {programme}. Choose what it is about, or stop it:\n{link}",
        ),
        fields={
            "subject": "Drie bedrijven over zelf roosteren",
            "body": "Begin dit jaar liet Mulder Metaal de ploegen zelf roosteren.",
            "event": f"{EXAMPLE_SITE}/b/voorbeeld",
            "programme": "Slimmer werken",
            "link": f"{EXAMPLE_SITE}/n/voorbeeld",
        },
    )
)


def body_html(body: str) -> Markup:
    """The body as HTML, with whole addresses: a mail is not on our site."""
    html = str(to_html(body))
    for name in ("href", "src"):
        html = html.replace(f'{name}="/', f'{name}="{site_address()}/')
    return Markup(html)  # noqa: S704 - made by to_html; an address of ours was put before a path


def mail_reader(
    session: AnySession, programme: Programme, mailing: Mailing, reader: Subscription
) -> int | None:
    """Put the mailing for one reader in the outbox, once; the outbox's row."""
    key = f"{MAILING.key}:{mailing.id}:{reader.id}"
    queue(
        session,
        _mail(
            session,
            programme,
            mailing,
            key=key,
            address=reader.email,
            language=mailing.language,
            link=own_link(reader),
            unsubscribe=stop_link(reader, mailing.id),
            record_type=RECORD,
            record_id=reader.id,
        ),
    )
    return session.scalar(select(MailMessage.id).where(MailMessage.unique_key == key))


def mail_test(
    session: AnySession, programme: Programme, mailing: Mailing, user: User, occasion: str
) -> bool:
    """The same mail to whoever writes it; its link leads back to the mailing."""
    back = link("mailings.mailing", slug=programme.slug, mailing_id=mailing.id)
    mail = _mail(
        session,
        programme,
        mailing,
        key=f"{MAILING.key}.test:{mailing.id}:{mailing.version}:{user.id}:{occasion}",
        address=user.email,
        language=mailing.language,
        link=back,
        unsubscribe="",
        record_type="mailing",
        record_id=mailing.id,
    )
    return queue(session, mail)


def _mail(
    session: AnySession,
    programme: Programme,
    mailing: Mailing,
    *,
    key: str,
    address: str,
    language: str,
    link: str,
    unsubscribe: str,
    record_type: str,
    record_id: int,
) -> NewMail:
    event = _event_link(session, mailing)
    fields = {"subject": mailing.subject, "body": mailing.body, "event": event}
    return NewMail(
        kind=MAILING,
        key=key,
        address=address,
        name="",
        language=language,
        fields={**fields, "programme": programme.name, "link": link},
        rich={"body": body_html(mailing.body)},
        programme_id=programme.id,
        programme_name=programme.name,
        record_type=record_type,
        record_id=record_id,
        unsubscribe=unsubscribe,
    )


def _event_link(session: AnySession, mailing: Mailing) -> str:
    """Where one registers for the event of an invitation; empty without one that is published."""
    if mailing.event_id is None:
        return ""
    code = session.scalar(
        select(Event.public_code).where(
            Event.id == mailing.event_id, Event.published_at.is_not(None)
        )
    )
    return link("registrations.event_page", code=code) if code else ""
