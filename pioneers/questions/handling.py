"""What the desk does with a question: take it, answer it, hear back, close it. None commits.

Two people can have one question open. Whoever sends first has it; the other one's copy is of an
older version, is refused (Stale) before any mail is made, and sees what was sent meanwhile.
"""

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.audit.actions import record
from pioneers.companies.models import Company
from pioneers.events.themes import THEMES
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.questions.actions import recognise
from pioneers.questions.counting import count_again, stop_counting
from pioneers.questions.emails import mail_message
from pioneers.questions.finding import show
from pioneers.questions.models import (
    AskedBy,
    Direction,
    Outcome,
    Question,
    QuestionMessage,
    QuestionStatus,
)
from pioneers.questions.queries import activations_of, can_answer
from pioneers.questions.rules import (
    Action,
    Answer,
    Details,
    NewQuestion,
    check_move,
    checked_link,
    checked_text,
)
from pioneers.questions.working_days import due_day
from pioneers.reach.activations import propose_activation
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
NEW, TAKEN, WAITING, ANSWERED, CLOSED = (
    QuestionStatus.NEW,
    QuestionStatus.TAKEN,
    QuestionStatus.WAITING,
    QuestionStatus.ANSWERED,
    QuestionStatus.CLOSED,
)


def own_turn(session: AnySession, question: Question, version: int | None = None) -> None:
    """Wait for others who write about this question, and see what they wrote.

    With `version`, raises Stale(the question) when somebody changed it since it was opened;
    NotFound when its texts were deleted: nothing can be done with it any more.
    """
    session.flush()
    session.refresh(question, with_for_update=True)
    if question.cleared_at is not None:
        raise NotFound
    if version is not None and question.version != version:
        raise Stale(question)
    question.version += 1


def take(session: AnySession, *, question: Question, user: User) -> None:
    """Be the one who answers. Raises Refused 'taken_by' when somebody else is."""
    own_turn(session, question)
    if question.responsible_id == user.id:
        return
    if question.responsible_id is not None:
        raise Refused("taken_by", name=session.get_one(User, question.responsible_id).name)
    check_move(question.status, TAKEN)
    question.status, question.responsible_id = TAKEN, user.id
    note_deed(session, question, "question.taken", user.id)


def answer(
    session: AnySession,
    *,
    programme: Programme,
    question: Question,
    words: Answer,
    version: int,
    sender: User,
) -> QuestionMessage:
    """Mail words to whoever asked: an answer, or something that we ask back.

    Raises Stale when somebody else did something meanwhile, and Refused: no_address, text_missing,
    text_long, link_shape, question_closed.
    """
    own_turn(session, question, version)
    if not question.email:
        raise Refused("no_address", "text")
    message = QuestionMessage(
        question_id=question.id,
        direction=Direction.OUT,
        text=checked_text(words.text),
        at=clock.now(),
        by_id=sender.id,
        link="" if words.asks_back else checked_link(words.link),
        link_title=words.link_title.strip()[:120],
    )
    move(question, WAITING if words.asks_back else ANSWERED, sender.id)
    session.add(message)
    session.flush()
    sent = mail_message(
        session,
        programme=programme,
        question=question,
        message=message,
        sender=sender,
        asks_back=words.asks_back,
    )
    message.mail_id = sent.mail_id
    deed = "question.asked_back" if words.asks_back else "question.answered"
    note_deed(session, question, deed, sender.id)
    return message


def answer_spoken(
    session: AnySession, *, question: Question, text: str, version: int, user: User
) -> None:
    """Note what was said on the phone or in a meeting: that was the answer."""
    own_turn(session, question, version)
    move(question, ANSWERED, user.id)
    _add(session, question, Direction.OUT, text, user.id)
    note_deed(session, question, "question.answered", user.id, way="spoken")


def receive(
    session: AnySession, *, programme: Programme, question: Question, text: str, user: User
) -> None:
    """Add what whoever asked wrote since. It is our turn again, with a term of its own."""
    own_turn(session, question)
    _add(session, question, Direction.IN, text, user.id)
    if question.status not in (NEW, TAKEN):
        _work_again(session, programme, question, user.id)
    note_deed(session, question, "question.received", user.id)


def write_note(session: AnySession, *, question: Question, text: str, user: User) -> None:
    """Write something down for ourselves; it changes nothing else."""
    _add(session, question, Direction.NOTE, text, user.id)


def reopen(
    session: AnySession, *, programme: Programme, question: Question, version: int, user: User
) -> None:
    """Take a closed question up again."""
    own_turn(session, question, version)
    if question.status != CLOSED:
        raise Refused("not_from_here")
    _work_again(session, programme, question, user.id)
    note_deed(session, question, "question.reopened", user.id)


def close(
    session: AnySession,
    *,
    programme: Programme,
    question: Question,
    outcome: Outcome,
    version: int,
    user: User,
    action: Action | None = None,
) -> None:
    """End a question with what came of it; `action` says what the company did (outcome ACTION).

    Raises Stale, Refused (question_closed, company_missing, action_missing, not_of_company), and
    ActivationRefused as proposing an activation does.
    """
    own_turn(session, question, version)
    check_move(question.status, CLOSED)
    if outcome == Outcome.ACTION:
        question.activation_id = _activation(session, programme, question, action, user.id)
    if outcome == Outcome.MISUSE:
        stop_counting(session, programme, question, user.id)
    question.status, question.outcome, question.closed_at = CLOSED, outcome, clock.now()
    note_deed(session, question, "question.closed", user.id, outcome=outcome.value)
    session.flush()


def change(
    session: AnySession,
    *,
    programme: Programme,
    question: Question,
    details: Details,
    version: int,
    user: User,
) -> None:
    """Correct who asked and what it is about, or hand it to somebody else.

    Somebody whom nobody knew is recognised once there is a name. Raises Stale, Refused:
    nobody_responsible, not_responsible.
    """
    own_turn(session, question, version)
    before = (question.name, question.company, question.email)
    for name in ("subject", "name", "company", "email", "phone"):
        setattr(question, name, getattr(details, name))
    question.theme = details.theme if details.theme in THEMES else ""
    _hand_over(session, programme, question, details.responsible_id, user)
    if (question.name, question.company, question.email) != before:
        _recognise(session, programme, question, user.id)
    show(session, question)
    note_deed(session, question, "question.changed", user.id)


def move(question: Question, to: QuestionStatus, user_id: int) -> None:
    """Let a question go on; who does it first is responsible, and the first answer is dated."""
    if to != question.status or question.status == CLOSED:
        check_move(question.status, to)
    question.status = to
    question.responsible_id = question.responsible_id or user_id
    if to in (ANSWERED, QuestionStatus.REFERRED) and question.answered_at is None:
        question.answered_at = clock.now()


def _work_again(
    session: AnySession, programme: Programme, question: Question, user_id: int
) -> None:
    if question.outcome == Outcome.MISUSE:
        count_again(session, programme, question, user_id)
    question.status, question.outcome, question.closed_at = TAKEN, None, None
    question.activation_id = None
    question.responsible_id = question.responsible_id or user_id
    question.due_on = due_day(clock.today(), programme.question_term_days)


def _hand_over(
    session: AnySession, programme: Programme, question: Question, to: int | None, user: User
) -> None:
    if to == question.responsible_id:
        return
    if to is None:
        if question.status not in (NEW, TAKEN, CLOSED):
            raise Refused("nobody_responsible", "responsible")
        question.status = CLOSED if question.status == CLOSED else NEW
    elif not can_answer(session, programme, to):
        raise Refused("not_responsible", "responsible")
    elif question.status == NEW:
        question.status = TAKEN
    question.responsible_id = to
    note_deed(session, question, "question.handed_over", user.id)


def _recognise(session: AnySession, programme: Programme, question: Question, user_id: int) -> None:
    """Who was known stays who it is: that is corrected on the page of the person or company."""
    found = recognise(
        session,
        programme,
        NewQuestion(
            asked_by=AskedBy(question.asked_by),
            text=question.text,
            name=question.name,
            company=question.company,
            email=question.email,
            phone=question.phone,
        ),
        user_id,
    )
    question.person_id = question.person_id or found[0]
    question.company_id = question.company_id or found[1]


def _activation(
    session: AnySession,
    programme: Programme,
    question: Question,
    action: Action | None,
    user_id: int,
) -> int:
    if question.company_id is None:
        raise Refused("company_missing", "outcome")
    if action is None:
        raise Refused("action_missing", "kind")
    if action.activation_id is not None:
        if action.activation_id not in {one.id for one in activations_of(session, question)}:
            raise Refused("not_of_company", "existing")
        return action.activation_id
    if action.kind_id is None or action.day is None:
        raise Refused("action_missing", "kind" if action.kind_id is None else "day")
    made = propose_activation(
        session,
        programme=programme,
        company_id=current_company(session, question.company_id),
        kind_id=action.kind_id,
        day=action.day,
        proof=action.proof,
        actor_id=user_id,
        person_id=question.person_id,
        fan_id=question.fan_id,
        pioneer_id=question.pioneer_id,
    )
    return made.id


def current_company(session: AnySession, company_id: int) -> int:
    """The company that this one is now: it may have been joined with another."""
    return session.get_one(Company, company_id).merged_into_id or company_id


def _add(
    session: AnySession, question: Question, direction: Direction, text: str, user_id: int
) -> QuestionMessage:
    message = QuestionMessage(
        question_id=question.id,
        direction=direction,
        text=checked_text(text),
        at=clock.now(),
        by_id=user_id,
    )
    session.add(message)
    session.flush()
    return message


def note_deed(
    session: AnySession, question: Question, action: str, user_id: int | None, **details: object
) -> None:
    """Note in the audit log what was done with a question."""
    record(
        session,
        action,
        object_type="question",
        object_id=question.id,
        programme_id=question.programme_id,
        actor_id=user_id,
        details=details,
    )
    session.flush()
