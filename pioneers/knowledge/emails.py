"""Mail of the knowledge base: whether an intention worked out, and that a consent ends."""

from babel.dates import format_date
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import User
from pioneers.knowledge.links import followed_link
from pioneers.knowledge.models import Followed, KnowledgeItem, KnowledgeUse
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.programmes.models import Programme
from pioneers.web.links import link

AnySession = Session | scoped_session[Session]
EXAMPLE = "https://pioniers.example"

FOLLOW_UP = register(
    MailKind(
        key="knowledge.follow_up",
        title_nl="Is het gelukt? (kennisbank)",
        title_en="Did it work out? (knowledge base)",
        nl=Words(
            "Is het gelukt met {title}?",
            "Goedendag,\n\nZes weken geleden zei u dat u iets ging doen met {title}.\n"
            "{intention}\n\nIs dat gelukt?\n\n[Ja, het is gedaan](done)\n\n"
            "[Nog niet](not_yet)\n\n[Nee, het komt er niet van](no)\n\n"
            "Dit vragen wij één keer.\n\n{programme}",
        ),
        en=Words(
            "Did it work out with {title}?",
            "Hello,\n\nSix weeks ago you said that you would do something with {title}.\n"
            "{intention}\n\nDid that work out?\n\n[Yes, it is done](done)\n\n"
            "[Not yet](not_yet)\n\n[No, it will not happen](no)\n\n"
            "We ask this once.\n\n{programme}",
        ),
        fields={
            "title": "Van massa naar maatwerk",
            "intention": "Wij nodigen drie klanten uit.",
            "programme": "Slimmer werken",
            "done": f"{EXAMPLE}/u/voorbeeld?antwoord=done",
            "not_yet": f"{EXAMPLE}/u/voorbeeld?antwoord=not_yet",
            "no": f"{EXAMPLE}/u/voorbeeld?antwoord=no",
        },
        can_be_off=True,
    )
)
CONSENT_ENDS = register(
    MailKind(
        key="knowledge.consent_ends",
        title_nl="Toestemming voor een praktijkverhaal loopt af",
        title_en="The consent for a practice story ends",
        nl=Words(
            "De toestemming voor {title} loopt af",
            "Beste {name},\n\nDe toestemming voor {title} geldt tot en met {day}. De dag erna is"
            " het van de site.\n\nVraag op tijd of het mag blijven staan.\n\n"
            "[Naar het item](link)\n\n{programme}",
        ),
        en=Words(
            "The consent for {title} ends",
            "Dear {name},\n\nThe consent for {title} holds until {day}. The day after, it is off"
            " the site.\n\nAsk in time whether it may stay.\n\n[To the item](link)\n\n{programme}",
        ),
        fields={
            "name": "Marieke ten Hove",
            "title": "Van massa naar maatwerk",
            "day": "maandag 9 maart 2026",
            "programme": "Slimmer werken",
            "link": f"{EXAMPLE}/p/voorbeeld/kennis/1",
        },
        can_be_off=True,
    )
)


def mail_follow_up(
    session: AnySession, *, programme: Programme, item: KnowledgeItem, use: KnowledgeUse
) -> bool:
    """Ask once whether an intention worked out. It does not repeat what somebody typed but to the
    address that they typed with it."""
    if not use.email:
        return False
    answers = {answer.value: followed_link(use, answer) for answer in Followed}
    return queue(
        session,
        NewMail(
            kind=FOLLOW_UP,
            key=f"{FOLLOW_UP.key}:use-{use.id}:six-weeks",
            address=use.email,
            name="",
            language=use.language,
            fields={
                "title": item.title,
                "intention": use.intention,
                "programme": programme.name,
                **answers,
            },
            programme_id=programme.id,
            programme_name=programme.name,
            record_type="knowledge_item",
            record_id=item.id,
        ),
    )


def mail_consent_ends(
    session: AnySession, *, programme: Programme, item: KnowledgeItem, owner: User
) -> bool:
    """Warn whoever looks after an item, once for each end of a consent."""
    ends = item.consent_until
    if ends is None:
        return False
    return queue(
        session,
        NewMail(
            kind=CONSENT_ENDS,
            key=f"{CONSENT_ENDS.key}:user-{owner.id}:item-{item.id}:{ends.isoformat()}",
            address=owner.email,
            name=owner.name,
            language=programme.language,
            fields={
                "name": owner.name,
                "title": item.title,
                "day": format_date(ends, "full", locale=programme.language),
                "programme": programme.name,
                "link": link("knowledge.item", slug=programme.slug, item_id=item.id),
            },
            programme_id=programme.id,
            programme_name=programme.name,
            record_type="knowledge_item",
            record_id=item.id,
        ),
    )
