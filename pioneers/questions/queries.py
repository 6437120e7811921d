"""Reads of the desk, always within one programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.queries import users_with
from pioneers.accounts.rules import Permission
from pioneers.programmes.models import Programme
from pioneers.questions.models import (
    AskedBy,
    Direction,
    Expert,
    KnowledgeDraft,
    Outcome,
    Question,
    QuestionMessage,
    QuestionStatus,
    Referral,
    ReplyText,
)
from pioneers.questions.rules import OURS
from pioneers.reach.aliases import whole_companies, whole_people
from pioneers.reach.models import Activation
from pioneers.reach.rules import ActivationStatus
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]
# How the list begins: what is late, what is ours, what is theirs, what is done.
PLACES = {
    QuestionStatus.NEW: 0,
    QuestionStatus.TAKEN: 0,
    QuestionStatus.WAITING: 1,
    QuestionStatus.REFERRED: 2,
    QuestionStatus.ANSWERED: 3,
    QuestionStatus.CLOSED: 4,
}


NO_THEME = "none"
VERIFIED = select(Activation.id).where(
    Activation.status == ActivationStatus.VERIFIED, Activation.voided_at.is_(None)
)


@dataclass(frozen=True)
class Wanted:
    """What the list shows: `status` is open, late, replied (ever answered), all or a status; days
    are those of asking."""

    status: str = "open"
    theme: str = ""
    asked_by: AskedBy | None = None
    outcome: Outcome | None = None
    responsible_id: int | None = None
    pioneer_id: int | None = None
    company_id: int | None = None  # and what was merged with it
    person_id: int | None = None
    text: str = ""
    since: date | None = None
    until: date | None = None
    real: bool = False  # without advertising and misuse, as the figures count
    in_action: bool = False  # led to a verified action


@dataclass(frozen=True)
class Counts:
    """How the desk stands."""

    ours: int
    late: int
    by_status: dict[QuestionStatus, int]


@dataclass(frozen=True)
class QuestionRow:
    """A question with the name of who answers it."""

    question: Question
    responsible: str


def get_question(session: AnySession, programme: Programme, question_id: int) -> Question:
    """A question of this programme; NotFound otherwise."""
    found = session.scalar(
        select(Question).where(Question.id == question_id, Question.programme_id == programme.id)
    )
    if found is None:
        raise NotFound
    return found


def live_question(session: AnySession, programme: Programme, question_id: int) -> Question:
    """A question with which something can be done; NotFound when its texts were deleted too."""
    found = get_question(session, programme, question_id)
    if found.cleared_at is not None:
        raise NotFound
    return found


def get_referral(session: AnySession, programme: Programme, referral_id: int) -> Referral:
    """A referral of a question of this programme; NotFound otherwise."""
    found = session.scalar(
        select(Referral)
        .join(Question, Question.id == Referral.question_id)
        .where(Referral.id == referral_id, Question.programme_id == programme.id)
    )
    if found is None:
        raise NotFound
    return found


def get_expert(session: AnySession, programme: Programme, expert_id: int) -> Expert:
    """An expert of this programme's register; NotFound otherwise."""
    found = session.scalar(
        select(Expert).where(Expert.id == expert_id, Expert.programme_id == programme.id)
    )
    if found is None:
        raise NotFound
    return found


def get_reply_text(session: AnySession, programme: Programme, text_id: int) -> ReplyText:
    """A text for answers of this programme; NotFound otherwise."""
    found = session.scalar(
        select(ReplyText).where(ReplyText.id == text_id, ReplyText.programme_id == programme.id)
    )
    if found is None:
        raise NotFound
    return found


def get_draft(session: AnySession, programme: Programme, draft_id: int) -> KnowledgeDraft:
    """A draft for the knowledge base of this programme; NotFound otherwise."""
    found = session.scalar(
        select(KnowledgeDraft).where(
            KnowledgeDraft.id == draft_id, KnowledgeDraft.programme_id == programme.id
        )
    )
    if found is None:
        raise NotFound
    return found


def desk_users(session: AnySession, programme: Programme) -> list[User]:
    """Whoever can answer questions here, by name."""
    return users_with(session, programme.id, Permission.ANSWER_QUESTIONS)


def can_answer(session: AnySession, programme: Programme, user_id: int) -> bool:
    """Whether this user can answer questions here."""
    return any(user.id == user_id for user in desk_users(session, programme))


def late(today: date) -> ColumnElement[bool]:
    """The condition of rules.is_late."""
    return and_(Question.status.in_(OURS), Question.due_on < today)


def list_questions(
    session: AnySession, programme: Programme, wanted: Wanted, *, today: date, page: int
) -> Page[QuestionRow]:
    """Questions: late ones first, then by whose turn it is and the term, closed ones last."""
    where = _conditions(session, programme, wanted, today)
    total = session.scalar(select(func.count(Question.id)).where(*where)) or 0
    turn = case(PLACES, value=Question.status)
    closed_last = case((Question.status == QuestionStatus.CLOSED, Question.id), else_=0)
    rows = session.execute(
        select(Question, User.name)
        .outerjoin(User, User.id == Question.responsible_id)
        .where(*where)
        .order_by(turn, closed_last.desc(), Question.due_on, Question.id)
        .limit(SIZE)
        .offset(offset(page))
    )
    items = [QuestionRow(question, name or "") for question, name in rows]
    return Page(items=items, number=page, size=SIZE, total=total)


def _conditions(
    session: AnySession, programme: Programme, wanted: Wanted, today: date
) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [Question.programme_id == programme.id]
    if wanted.status == "open":
        where.append(Question.status != QuestionStatus.CLOSED)
    elif wanted.status == "late":
        where.append(late(today))
    elif wanted.status == "replied":
        where.append(Question.answered_at.is_not(None))
    elif wanted.status != "all":
        where.append(Question.status == QuestionStatus(wanted.status))
    for column, value in (
        (Question.theme, "" if wanted.theme == NO_THEME else wanted.theme or None),
        (Question.asked_by, wanted.asked_by),
        (Question.outcome, wanted.outcome),
        (Question.responsible_id, wanted.responsible_id),
        (Question.pioneer_id, wanted.pioneer_id),
    ):
        if value is not None:
            where.append(column == value)
    if wanted.company_id is not None:
        where.append(Question.company_id.in_(whole_companies(session, {wanted.company_id})))
    if wanted.person_id is not None:
        where.append(Question.person_id.in_(whole_people(session, {wanted.person_id})))
    if wanted.real:
        where.append(Question.outcome.is_distinct_from(Outcome.MISUSE))
    if wanted.in_action:
        where.append(Question.activation_id.in_(VERIFIED))
    return where + _period(wanted.since, wanted.until) + _words(wanted.text)


def _period(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if since is not None:
        where.append(Question.asked_at >= clock.from_local(since, time.min))
    if until is not None:
        where.append(Question.asked_at < clock.from_local(until + timedelta(days=1), time.min))
    return where


def _words(text: str) -> list[ColumnElement[bool]]:
    """Each word somewhere in the question or with who asked; the number of a question finds it."""
    where: list[ColumnElement[bool]] = []
    for word in text.split()[:6]:
        columns = (Question.text, Question.subject, Question.name, Question.company)
        found = [column.icontains(word, autoescape=True) for column in columns]
        if word.isascii() and word.isdigit() and len(word) < 10:
            found.append(Question.id == int(word))
        where.append(or_(*found))
    return where


def desk_counts(session: AnySession, programme: Programme, today: date) -> Counts:
    """How many questions there are in each status, and how many are late."""
    rows = session.execute(
        select(
            Question.status,
            func.count(Question.id),
            func.sum(case((Question.due_on < today, 1), else_=0)),
        )
        .where(Question.programme_id == programme.id)
        .group_by(Question.status)
    ).all()
    by_status = {status: number for status, number, _ in rows}
    return Counts(
        ours=sum(by_status.get(status, 0) for status in OURS),
        late=sum(passed for status, _, passed in rows if status in OURS),
        by_status=by_status,
    )


def messages_of(session: AnySession, question: Question) -> list[QuestionMessage]:
    """What was written on a question, in order."""
    return list(
        session.scalars(
            select(QuestionMessage)
            .where(QuestionMessage.question_id == question.id)
            .order_by(QuestionMessage.at, QuestionMessage.id)
        )
    )


def referrals_of(session: AnySession, question: Question) -> list[Referral]:
    """To whom a question was referred, in order."""
    return list(
        session.scalars(
            select(Referral)
            .where(Referral.question_id == question.id)
            .order_by(Referral.referred_at, Referral.id)
        )
    )


def open_questions_from(session: AnySession, programme: Programme, email: str) -> list[Question]:
    """Open questions of whoever has this address, newest first: a pasted mail may belong there."""
    return list(
        session.scalars(
            select(Question)
            .where(
                Question.programme_id == programme.id,
                Question.status != QuestionStatus.CLOSED,
                func.lower(Question.email) == email.lower(),
            )
            .order_by(Question.id.desc())
            .limit(5)
        )
    )


def draft_of(session: AnySession, question: Question) -> KnowledgeDraft | None:
    """The draft for the knowledge base that was made of a question."""
    return session.scalar(select(KnowledgeDraft).where(KnowledgeDraft.question_id == question.id))


def list_drafts(session: AnySession, programme: Programme) -> list[KnowledgeDraft]:
    """The drafts for the knowledge base, newest first."""
    return list(
        session.scalars(
            select(KnowledgeDraft)
            .where(KnowledgeDraft.programme_id == programme.id)
            .order_by(KnowledgeDraft.id.desc())
        )
    )


def list_reply_texts(
    session: AnySession, programme: Programme, *, language: str | None = None
) -> list[ReplyText]:
    """Texts for answers by title; with a language, those that are in use in it."""
    query = select(ReplyText).where(ReplyText.programme_id == programme.id)
    if language is not None:
        query = query.where(ReplyText.language == language, ReplyText.is_active)
    return list(session.scalars(query.order_by(ReplyText.title, ReplyText.id)))


def known_links(session: AnySession, programme: Programme) -> Sequence[tuple[str, str]]:
    """Addresses of pages that answers led to before, with their titles: the newest first."""
    rows = session.execute(
        select(QuestionMessage.link, func.max(QuestionMessage.link_title))
        .join(Question, Question.id == QuestionMessage.question_id)
        .where(
            Question.programme_id == programme.id,
            QuestionMessage.direction == Direction.OUT,
            QuestionMessage.link != "",
        )
        .group_by(QuestionMessage.link)
        .order_by(func.max(QuestionMessage.id).desc())
        .limit(20)
    )
    return [(link, title) for link, title in rows]


def activations_of(session: AnySession, question: Question) -> list[Activation]:
    """What the company of a question did that is on record: a question can have led to it."""
    if question.company_id is None:
        return []
    return list(
        session.scalars(
            select(Activation)
            .where(
                Activation.company_id.in_(whole_companies(session, {question.company_id})),
                Activation.voided_at.is_(None),
            )
            .order_by(Activation.day.desc(), Activation.id.desc())
        )
    )
