"""Referring a question to who or what can help, and hearing whether it did. None commits."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.ambassadors.queries import get_pioneer, pioneer_row
from pioneers.fans.queries import get_fan
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.questions.emails import mail_helped, mail_referred
from pioneers.questions.handling import move, note_deed, own_turn
from pioneers.questions.models import (
    Expert,
    Question,
    QuestionStatus,
    Referral,
    ReferredTo,
)
from pioneers.questions.queries import get_expert
from pioneers.questions.rules import LONGEST_REMARK
from pioneers.questions.working_days import due_day
from pioneers.reach.phones import written_phone
from pioneers.web.tokens import new_nonce

AnySession = Session | scoped_session[Session]
NAMED = (ReferredTo.TOOL, ReferredTo.CIRCLE, ReferredTo.VOUCHER)


@dataclass(frozen=True)
class Target:
    """To whom or what: an id for an expert, fan or pioneer, a name for the rest."""

    kind: ReferredTo
    record_id: int | None = None
    name: str = ""
    remark: str = ""
    tell: bool = True  # whoever asked, by mail


def refer(
    session: AnySession,
    *,
    programme: Programme,
    question: Question,
    target: Target,
    version: int,
    sender: User,
) -> Referral:
    """Refer a question; whoever asked reads in a mail who helps further.

    Raises Stale, NotFound for somebody of elsewhere, and Refused: whom_missing, text_long,
    no_address, question_closed.
    """
    own_turn(session, question, version)
    if len(target.remark) > LONGEST_REMARK:
        raise Refused("text_long", "remark", limit=LONGEST_REMARK)
    if target.tell and not question.email:
        raise Refused("no_address", "tell")
    referral = _made(session, programme, question, target, sender)
    move(question, QuestionStatus.REFERRED, sender.id)
    session.add(referral)
    session.flush()
    if target.tell:
        mail_referred(
            session,
            programme=programme,
            question=question,
            referral=referral,
            whom=whom(session, programme, referral),
            sender=sender,
        )
    note_deed(session, question, "question.referred", sender.id, to=target.kind.value)
    return referral


def _made(
    session: AnySession, programme: Programme, question: Question, target: Target, sender: User
) -> Referral:
    made = Referral(
        question_id=question.id,
        kind=target.kind,
        referred_at=clock.now(),
        token_nonce=new_nonce(),
        name=target.name.strip()[:160] if target.kind in NAMED else "",
        remark=target.remark.strip(),
        by_id=sender.id,
    )
    if target.kind in NAMED:
        if not made.name:
            raise Refused("whom_missing", "name")
        return made
    if target.record_id is None:
        raise Refused("whom_missing", target.kind.value)
    if target.kind == ReferredTo.EXPERT:
        made.expert_id = get_expert(session, programme, target.record_id).id
    elif target.kind == ReferredTo.FAN:
        made.fan_id = get_fan(session, programme, target.record_id).id
    else:
        made.pioneer_id = get_pioneer(session, programme, target.record_id).id
    return made


def whom(session: AnySession, programme: Programme, referral: Referral) -> str:
    """Who or what helps, in lines for whoever asked. Of a pioneer only the name and the company:
    how to reach one is not ours to give."""
    if referral.expert_id is not None:
        return _expert(session.get_one(Expert, referral.expert_id))
    if referral.fan_id is not None:
        return get_fan(session, programme, referral.fan_id).name
    if referral.pioneer_id is not None:
        row = pioneer_row(session, programme, referral.pioneer_id)
        return f"{row.name}, {row.company}"
    return referral.name


def _expert(expert: Expert) -> str:
    name = ", ".join(part for part in (expert.name, expert.organisation) if part)
    ways = (written_phone(expert.phone), expert.email or "", expert.website)
    return "\n".join((name, *(way for way in ways if way)))


def ask_whether_it_helped(
    session: AnySession, *, programme: Programme, question: Question, referral: Referral
) -> bool:
    """Mail whoever asked, once for each referral; whether a mail was put in the outbox."""
    sent = mail_helped(
        session,
        programme=programme,
        question=question,
        referral=referral,
        whom=whom(session, programme, referral).splitlines()[0],
    )
    referral.asked_back_at = clock.now()
    session.flush()
    return sent.mail_id is not None


def tell_helped(
    session: AnySession,
    *,
    programme: Programme,
    referral: Referral,
    helped: bool,
    user_id: int | None,
) -> None:
    """Note whether a referral helped. The same answer twice is one; another answer is the last.

    If it did not, the question is ours again, with a term of its own; a closed one stays closed.
    """
    question = session.scalars(select(Question).where(Question.id == referral.question_id)).one()
    if question.cleared_at is not None:
        return
    own_turn(session, question)  # one at a time: whoever presses twice waits here
    session.refresh(referral)
    if referral.helped == helped:
        return
    referral.helped, referral.told_at = helped, clock.now()
    if helped and question.status == QuestionStatus.REFERRED:
        question.status = QuestionStatus.ANSWERED
    elif not helped and question.status in (QuestionStatus.REFERRED, QuestionStatus.ANSWERED):
        question.status = QuestionStatus.TAKEN
        question.due_on = due_day(clock.today(), programme.question_term_days)
    note_deed(session, question, "question.helped", user_id, helped=helped)
