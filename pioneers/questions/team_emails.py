"""Mail of the questions desk to whoever answers: something came in, a term ends, a term passed.

They say nothing of who asked or what, but for the subject that the desk gave it: the page does, to
who is logged in.
"""

from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import User
from pioneers.accounts.queries import users_with
from pioneers.accounts.rules import Permission
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.programmes.models import Programme
from pioneers.questions.models import AskedBy, Question
from pioneers.web.formats import day_full
from pioneers.web.links import link

AnySession = Session | scoped_session[Session]
RECORD = "question"
WAYS = {
    "nl": {
        AskedBy.CARD: "Via een kaartje",
        AskedBy.TALK: "Bij een optreden",
        AskedBy.SITE: "Via de site",
        AskedBy.MAIL: "Per mail",
        AskedBy.CALL: "Telefonisch",
    },
    "en": {
        AskedBy.CARD: "By a card",
        AskedBy.TALK: "At a talk",
        AskedBy.SITE: "By the site",
        AskedBy.MAIL: "By mail",
        AskedBy.CALL: "By phone",
    },
}
EXAMPLE = {
    "name": "Marieke ten Hove",
    "number": "12",
    "subject": "Via een kaartje",
    "due": "maandag 9 maart 2026",
    "programme": "Slimmer werken",
    "link": "https://pioniers.example/p/overijssel/vragen/12",
}

ARRIVED = register(
    MailKind(
        key="question.arrived",
        title_nl="Bericht aan het team: er is een vraag",
        title_en="To the team: a question came in",
        nl=Words(
            "Nieuwe vraag (vraag {number})",
            "Beste {name},\n\nEr is een vraag binnengekomen.\n\n{subject}\n\n"
            "Antwoord uiterlijk {due}.\n\n[Open de vraag](link)\n\n{programme}",
        ),
        en=Words(
            "New question (question {number})",
            "Dear {name},\n\nA question came in.\n\n{subject}\n\n"
            "Answer it by {due}.\n\n[Open the question](link)\n\n{programme}",
        ),
        fields=EXAMPLE,
        can_be_off=True,
    )
)
DUE = register(
    MailKind(
        key="question.due",
        title_nl="Bericht aan het team: de termijn van een vraag loopt bijna af",
        title_en="To the team: the term of a question is nearly over",
        nl=Words(
            "Vraag {number} wacht op antwoord, uiterlijk {due}",
            "Beste {name},\n\nDeze vraag wacht nog op antwoord, uiterlijk {due}.\n\n{subject}\n\n"
            "[Open de vraag](link)\n\n{programme}",
        ),
        en=Words(
            "Question {number} waits for an answer by {due}",
            "Dear {name},\n\nThis question waits for an answer by {due}.\n\n{subject}\n\n"
            "[Open the question](link)\n\n{programme}",
        ),
        fields=EXAMPLE,
        can_be_off=True,
    )
)
LATE = register(
    MailKind(
        key="question.late",
        title_nl="Bericht aan het team: een vraag is te laat",
        title_en="To the team: a question is late",
        nl=Words(
            "Vraag {number} is te laat",
            "Beste {name},\n\nDeze vraag had uiterlijk {due} antwoord moeten krijgen.\n\n"
            "{subject}\n\n[Open de vraag](link)\n\n{programme}",
        ),
        en=Words(
            "Question {number} is late",
            "Dear {name},\n\nThis question should have had an answer by {due}.\n\n{subject}\n\n"
            "[Open the question](link)\n\n{programme}",
        ),
        fields=EXAMPLE,
        can_be_off=True,
    )
)


def who_hears(session: AnySession, programme: Programme, question: Question) -> list[User]:
    """Whoever answers the question; else who hears of new ones; else all who answer here."""
    users = users_with(session, programme.id, Permission.ANSWER_QUESTIONS)
    for wanted in (question.responsible_id, programme.desk_user_id):
        chosen = [user for user in users if user.id == wanted]
        if chosen:
            return chosen
    return users


def mail_arrived(
    session: AnySession, *, programme: Programme, question: Question, actor_id: int | None
) -> int:
    """Say that a question came in from outside; what somebody of the desk wrote down is known."""
    users = users_with(session, programme.id, Permission.ANSWER_QUESTIONS)
    if actor_id in {user.id for user in users}:
        return 0
    return _tell(session, ARRIVED, programme, question, "asked")


def mail_due(session: AnySession, *, programme: Programme, question: Question) -> int:
    """Remind of a term that ends, once for each term."""
    return _tell(session, DUE, programme, question, question.due_on.isoformat())


def mail_late(session: AnySession, *, programme: Programme, question: Question) -> int:
    """Say that a term passed, once for each term."""
    return _tell(session, LATE, programme, question, question.due_on.isoformat())


def _tell(
    session: AnySession, kind: MailKind, programme: Programme, question: Question, occasion: str
) -> int:
    done = 0
    for user in who_hears(session, programme, question):
        done += queue(
            session,
            NewMail(
                kind=kind,
                key=f"{kind.key}:user-{user.id}:{question.id}-{occasion}",
                address=user.email,
                name=user.name,
                language=user.language,
                fields=_fields(programme, question, user),
                programme_id=programme.id,
                programme_name=programme.name,
                record_type=RECORD,
                record_id=question.id,
            ),
        )
    return done


def _fields(programme: Programme, question: Question, user: User) -> dict[str, str]:
    spoken = "en" if user.language == "en" else "nl"
    return {
        "name": user.name,
        "number": str(question.id),
        "subject": question.subject or WAYS[spoken][question.asked_by],
        "due": day_full(question.due_on, spoken),
        "programme": programme.name,
        "link": link("questions.question", slug=programme.slug, question_id=question.id),
    }
