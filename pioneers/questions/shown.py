"""A question as its page shows it: what was said, in order, and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.queries import user_names
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.programmes.models import Programme
from pioneers.questions import queries
from pioneers.questions.labels import KINDS, MAILS
from pioneers.questions.models import Direction, Question, QuestionStatus
from pioneers.questions.referring import whom
from pioneers.questions.rules import SOLVED, subject_of

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Line:
    """Something that was said or done about a question."""

    kind: str  # in, out, note, referral
    who: str
    at: datetime
    text: str
    tag: str = ""
    tag_kind: str = "quiet"
    link: str = ""
    link_title: str = ""
    referral_id: int | None = None  # of which nobody said yet whether it helped


@dataclass(frozen=True)
class Step:
    """Something to do next. With `posts` it is done by the press itself."""

    label: str
    href: str
    posts: bool = False


def title_of(question: Question) -> str:
    """The desk's words for a question, else how it begins."""
    return subject_of(question) or _("Question of which the text was deleted")


def thread(session: AnySession, programme: Programme, question: Question) -> list[Line]:
    """The question, what was written about it and to whom it was referred, in order."""
    messages = queries.messages_of(session, question)
    referrals = queries.referrals_of(session, question)
    names = user_names(session, {one.by_id for one in messages} | {one.by_id for one in referrals})
    asker = question.name or _("Unknown")
    statuses = _mail_statuses(session, [one.mail_id for one in messages])
    gone = question.cleared_at is not None
    text = _("The text was deleted, as the privacy page says.") if gone else question.text
    lines = [Line("in", asker, question.asked_at, text)]
    for one in messages:
        who = asker if one.direction == Direction.IN else names.get(one.by_id or 0, "")
        tag, kind = _tag(one.direction, one.mail_id, statuses)
        lines.append(
            Line(one.direction.value, who, one.at, one.text, tag, kind, one.link, one.link_title)
        )
    for each in referrals:
        words = whom(session, programme, each)
        text = "\n\n".join(part for part in (words, each.remark) if part)
        tag, kind = _helped(each.helped)
        lines.append(
            Line(
                "referral",
                names.get(each.by_id or 0, ""),
                each.referred_at,
                f"{KINDS[each.kind]}: {text}",
                tag,
                kind,
                referral_id=each.id if each.helped is None else None,
            )
        )
    return [lines[0], *sorted(lines[1:], key=lambda line: line.at)]


def _mail_statuses(session: AnySession, mail_ids: Sequence[int | None]) -> dict[int, MailStatus]:
    wanted = [each for each in mail_ids if each is not None]
    if not wanted:
        return {}
    rows = session.execute(
        select(MailMessage.id, MailMessage.status).where(MailMessage.id.in_(wanted))
    )
    return {row.id: row.status for row in rows}


def _tag(
    direction: Direction, mail_id: int | None, statuses: dict[int, MailStatus]
) -> tuple[str, str]:
    if direction == Direction.NOTE:
        return _("note for ourselves"), "quiet"
    if direction == Direction.IN:
        return "", "quiet"
    if mail_id is None:
        return _("told in person"), "good"
    label, kind = MAILS[statuses[mail_id]]
    return str(label), kind


def _helped(helped: bool | None) -> tuple[str, str]:
    if helped is None:
        return _("not known yet whether it helped"), "quiet"
    return (_("it helped"), "good") if helped else (_("it did not help"), "warn")


def steps(
    session: AnySession, programme: Programme, question: Question
) -> tuple[Step | None, list[Step]]:
    """The one thing to do next, and what else can be done."""

    def to(page: str) -> str:
        return url_for(f"questions.{page}", slug=programme.slug, question_id=question.id)

    take = Step(_("I take this question"), to("take"), posts=True)
    answer = Step(_("Answer"), to("answer"))
    message = Step(_("Add a message"), to("message"))
    refer = Step(_("Refer"), to("refer"))
    close = Step(_("Close the question"), to("close"))
    knowledge = Step(_("Make a draft for the knowledge base"), to("make_draft"), posts=True)
    status = question.status
    if question.cleared_at is not None:
        return None, []
    if status == QuestionStatus.CLOSED:
        again = Step(_("Open again"), to("reopen"), posts=True)
        made = queries.draft_of(session, question)
        if question.outcome in SOLVED and made is None:
            return knowledge, [message, again]
        return None, [message, again]
    if status == QuestionStatus.NEW:
        return take, [answer, message, refer, close]
    if status == QuestionStatus.TAKEN:
        return answer, [message, refer, close]
    if status == QuestionStatus.WAITING:
        return message, [answer, refer, close]
    return close, [answer, message, refer]
