"""Mail of the questions desk to whoever asked."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.questions.links import helped_link
from pioneers.questions.models import Question, QuestionMessage, Referral
from pioneers.questions.queries import desk_users

AnySession = Session | scoped_session[Session]
RECORD = "question"
EXAMPLE = {"name": "Anne de Vries", "number": "12", "programme": "Slimmer werken"}
TEXT = {
    **EXAMPLE,
    "text": "Begin met één ploeg. Laat die zelf het rooster maken, en praat na een maand na.",
    "sender": "Marieke ten Hove",
    "question": "Hoe laat ik een ploeg zelf roosteren?",
}
SIGNED = "\n\nMet vriendelijke groet,\n{sender}\n{programme}\n\nUw vraag was:\n{question}"
SIGNED_EN = "\n\nKind regards,\n{sender}\n{programme}\n\nYour question was:\n{question}"

RECEIVED = register(
    MailKind(
        key="question.received",
        title_nl="Ontvangst van een vraag",
        title_en="Receipt of a question",
        nl=Words(
            "Wij hebben uw vraag (vraag {number})",
            "Beste {name},\n\nDank voor uw vraag. U krijgt uiterlijk {due} antwoord.\n\n"
            "Wilt u nog iets toevoegen? Beantwoord dan dit bericht.\n\n{programme}",
        ),
        en=Words(
            "We have your question (question {number})",
            "Dear {name},\n\nThank you for your question. You get an answer by {due}.\n\n"
            "Would you like to add something? Then reply to this message.\n\n{programme}",
        ),
        fields={**EXAMPLE, "due": "maandag 9 maart 2026"},
    )
)
ANSWER = register(
    MailKind(
        key="question.answer",
        title_nl="Antwoord op een vraag",
        title_en="Answer to a question",
        nl=Words("Antwoord op uw vraag (vraag {number})", "Beste {name},\n\n{text}" + SIGNED),
        en=Words(
            "Answer to your question (question {number})", "Dear {name},\n\n{text}" + SIGNED_EN
        ),
        fields=TEXT,
    )
)
ANSWER_LINK = register(
    MailKind(
        key="question.answer_link",
        title_nl="Antwoord op een vraag, met een pagina om te lezen",
        title_en="Answer to a question, with a page to read",
        nl=Words(
            "Antwoord op uw vraag (vraag {number})",
            "Beste {name},\n\n{text}\n\nMeer hierover: {title}\n\n[Lees verder](link)" + SIGNED,
        ),
        en=Words(
            "Answer to your question (question {number})",
            "Dear {name},\n\n{text}\n\nMore about this: {title}\n\n[Read on](link)" + SIGNED_EN,
        ),
        fields={
            **TEXT,
            "title": "Van massa naar maatwerk",
            "link": "https://pioniers.example/verhalen/maatwerk",
        },
    )
)
ASKS_BACK = register(
    MailKind(
        key="question.asks_back",
        title_nl="Wedervraag",
        title_en="Question back",
        nl=Words("Over uw vraag (vraag {number})", "Beste {name},\n\n{text}" + SIGNED),
        en=Words("About your question (question {number})", "Dear {name},\n\n{text}" + SIGNED_EN),
        fields=TEXT,
    )
)
REFERRED = register(
    MailKind(
        key="question.referred",
        title_nl="Doorverwijzing",
        title_en="Referral",
        nl=Words(
            "Wie u verder helpt (vraag {number})",
            "Beste {name},\n\nVoor uw vraag verwijzen we u graag naar:\n\n{whom}\n\n{text}"
            + SIGNED,
        ),
        en=Words(
            "Who can help you further (question {number})",
            "Dear {name},\n\nFor your question we gladly refer you to:\n\n{whom}\n\n{text}"
            + SIGNED_EN,
        ),
        fields={**TEXT, "whom": "Joris Mulder, Mulder Advies\n06 12345678"},
    )
)
HELPED = register(
    MailKind(
        key="question.helped",
        title_nl="Heeft de verwijzing geholpen?",
        title_en="Did the referral help?",
        nl=Words(
            "Bent u verder geholpen? (vraag {number})",
            "Beste {name},\n\nOp {day} verwezen we u naar {whom}. Heeft dat geholpen?\n\n"
            "[Ja, het heeft geholpen](yes)\n\n[Nee, nog niet](no)\n\n"
            "Zegt u nee, dan kijken we opnieuw naar uw vraag.\n\n{programme}",
        ),
        en=Words(
            "Did that help you? (question {number})",
            "Dear {name},\n\nOn {day} we referred you to {whom}. Did that help?\n\n"
            "[Yes, it helped](yes)\n\n[No, not yet](no)\n\n"
            "If you say no, we look at your question again.\n\n{programme}",
        ),
        fields={
            **EXAMPLE,
            "day": "maandag 2 maart 2026",
            "whom": "Joris Mulder",
            "yes": "https://pioniers.example/h/voorbeeld?antwoord=ja",
            "no": "https://pioniers.example/h/voorbeeld?antwoord=nee",
        },
        can_be_off=True,
    )
)
NAMELESS = {"nl": "ondernemer", "en": "entrepreneur"}


@dataclass(frozen=True)
class Sent:
    """What became of a mail that was asked for: the outbox's row, where there is one."""

    mail_id: int | None


def _put(
    session: AnySession,
    programme: Programme,
    question: Question,
    kind: MailKind,
    occasion: str,
    fields: dict[str, str],
    reply_to: str | None,
) -> Sent:
    """Put a mail to whoever asked in the outbox, once for each occasion."""
    if not question.email:
        return Sent(None)
    key = f"{kind.key}:question-{question.id}:{occasion}"
    common = {
        "name": question.name or NAMELESS[question.language],
        "number": str(question.id),
        "programme": programme.name,
    }
    queued = queue(
        session,
        NewMail(
            kind=kind,
            key=key,
            address=question.email,
            name=question.name,
            language=question.language,
            fields=common | fields,
            programme_id=programme.id,
            programme_name=programme.name,
            record_type=RECORD,
            record_id=question.id,
            reply_to=reply_to,
        ),
    )
    if not queued:
        return Sent(None)
    return Sent(session.scalar(select(MailMessage.id).where(MailMessage.unique_key == key)))


def mail_received(session: AnySession, *, programme: Programme, question: Question) -> Sent:
    """Say that the question is here, and by when there is an answer. It repeats nothing of what was
    typed: anybody can fill in somebody else's address."""
    due = _written(question.due_on, question.language)
    return _put(session, programme, question, RECEIVED, "asked", {"due": due}, programme.desk_email)


def mail_message(
    session: AnySession,
    *,
    programme: Programme,
    question: Question,
    message: QuestionMessage,
    sender: User,
    asks_back: bool,
) -> Sent:
    """Send an answer, or a question back; whoever replies reaches the desk, else the sender."""
    kind = ASKS_BACK if asks_back else ANSWER_LINK if message.link else ANSWER
    fields = _signed(question, sender) | {"text": message.text}
    if kind is ANSWER_LINK:
        fields |= {"title": message.link_title or message.link, "link": message.link}
    return _put(
        session,
        programme,
        question,
        kind,
        f"message-{message.id}",
        fields,
        _back(programme, sender),
    )


def mail_referred(
    session: AnySession,
    *,
    programme: Programme,
    question: Question,
    referral: Referral,
    whom: str,
    sender: User,
) -> Sent:
    """Tell whoever asked who can help."""
    fields = _signed(question, sender) | {"whom": whom, "text": referral.remark}
    occasion = f"referral-{referral.id}"
    back = _back(programme, sender)
    return _put(session, programme, question, REFERRED, occasion, fields, back)


def mail_helped(
    session: AnySession, *, programme: Programme, question: Question, referral: Referral, whom: str
) -> Sent:
    """Ask whether a referral helped."""
    fields = {
        "day": _written(clock.local(referral.referred_at).date(), question.language),
        "whom": whom,
        "yes": helped_link(referral, "ja"),
        "no": helped_link(referral, "nee"),
    }
    occasion = f"referral-{referral.id}"
    back = _desk(session, programme)
    return _put(session, programme, question, HELPED, occasion, fields, back)


def _written(day: date, language: str) -> str:
    return format_date(day, "EEEE d MMMM y", locale=language)


def _back(programme: Programme, sender: User) -> str:
    return programme.desk_email or sender.email


def _desk(session: AnySession, programme: Programme) -> str | None:
    """Where a reply is read: the desk's own address, else that of somebody who answers."""
    if programme.desk_email:
        return programme.desk_email
    return next((user.email for user in desk_users(session, programme)), None)


def _signed(question: Question, sender: User) -> dict[str, str]:
    return {"sender": sender.name, "question": question.text}
