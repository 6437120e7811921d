"""A solved question as a beginning for the knowledge base, without its names. None commits."""

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.queries import user_names
from pioneers.ambassadors.queries import pioneer_names
from pioneers.audit.actions import record
from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name
from pioneers.events.themes import THEMES
from pioneers.knowledge.actions import add_item
from pioneers.knowledge.models import ItemKind, KnowledgeItem
from pioneers.knowledge.rules import LONGEST_TITLE, ItemDraft
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.questions import queries
from pioneers.questions.handling import own_turn
from pioneers.questions.models import (
    Direction,
    Expert,
    KnowledgeDraft,
    Outcome,
    Question,
    QuestionStatus,
    Referral,
)
from pioneers.questions.nameless import MARKS, Known, Marks, without_names
from pioneers.questions.rules import SOLVED
from pioneers.questions.shown import title_of

AnySession = Session | scoped_session[Session]
HEADINGS = {"nl": ("Vraag", "Antwoord"), "en": ("Question", "Answer")}
TOLD = {Direction.IN: 0, Direction.OUT: 1}


def make_draft(
    session: AnySession, *, programme: Programme, question: Question, user_id: int
) -> KnowledgeDraft:
    """The draft of a solved question; the one that there is, when it was made before.

    Raises Refused 'not_from_here' for a question that was not solved.
    """
    own_turn(session, question)
    known = queries.draft_of(session, question)
    if known is not None:
        return known
    solved = question.status == QuestionStatus.CLOSED and Outcome(question.outcome or "") in SOLVED
    if not solved:
        raise Refused("not_from_here")
    names, marks = names_of(session, programme, question), MARKS[question.language]
    draft = KnowledgeDraft(
        programme_id=programme.id,
        question_id=question.id,
        title=without_names(title_of(question), names, marks)[:200],
        body=without_names(_told(session, question), names, marks),
        made_at=clock.now(),
        theme=question.theme,
        made_by_id=user_id,
    )
    session.add(draft)
    session.flush()
    _note(session, draft, "knowledge_draft.made", user_id)
    return draft


def _told(session: AnySession, question: Question) -> str:
    """The question and the answers, and what was written back; no notes and no names above them."""
    headings = HEADINGS[question.language]
    parts = [f"{headings[0]}\n\n{question.text}"]
    last = Direction.IN
    for message in queries.messages_of(session, question):
        if message.direction not in TOLD:
            continue
        text = message.text
        if message.link:
            text += f"\n\n{message.link_title}\n{message.link}".rstrip()
        if message.direction == last:
            parts.append(text)
        else:
            parts.append(f"{headings[TOLD[message.direction]]}\n\n{text}")
        last = message.direction
    return "\n\n".join(parts)


def names_of(session: AnySession, programme: Programme, question: Question) -> Known:
    """Everybody and everything that has to do with a question: who asked and where they work, who
    answered, the pioneer, and to whom it was referred."""
    people, companies, emails = [question.name], [question.company], [question.email or ""]
    _add_known(session, question, people, companies, emails)
    by = {message.by_id for message in queries.messages_of(session, question)}
    people += user_names(session, by | {question.responsible_id}).values()
    sites = _sites(session, question)
    pioneers = pioneer_names(session, programme)
    people.append(pioneers.get(question.pioneer_id or 0, ""))
    for referral in queries.referrals_of(session, question):
        people.append(pioneers.get(referral.pioneer_id or 0, ""))
        _add_expert(session, referral, people, companies)
    return Known(
        *(tuple(one for one in each if one) for each in (people, companies, emails, sites))
    )


def _add_known(
    session: AnySession,
    question: Question,
    people: list[str],
    companies: list[str],
    emails: list[str],
) -> None:
    """The person and the company as they are known, which may be written otherwise."""
    if question.person_id is not None:
        person = session.get_one(Person, question.person_id)
        people.append(display_name(person))
        emails.append(person.email or "")
    if question.company_id is not None:
        companies.append(session.get_one(Company, question.company_id).name)


def _sites(session: AnySession, question: Question) -> list[str]:
    if question.company_id is None:
        return []
    return [session.get_one(Company, question.company_id).web_domain or ""]


def _add_expert(
    session: AnySession, referral: Referral, people: list[str], companies: list[str]
) -> None:
    if referral.expert_id is not None:
        expert = session.get_one(Expert, referral.expert_id)
        people.append(expert.name)
        companies.append(expert.organisation)


def change_draft(
    session: AnySession,
    *,
    draft: KnowledgeDraft,
    title: str,
    theme: str,
    body: str,
    version: int,
    user_id: int,
) -> None:
    """Save what somebody made of a draft. Raises Stale."""
    session.refresh(draft, with_for_update=True)
    if draft.version != version:
        raise Stale(draft)
    draft.title, draft.body = title, body
    draft.theme = theme if theme in THEMES else ""
    draft.version += 1
    _note(session, draft, "knowledge_draft.changed", user_id)


def make_item(
    session: AnySession, *, programme: Programme, draft: KnowledgeDraft, user_id: int
) -> KnowledgeItem:
    """A draft becomes an item of the knowledge base, which nobody sees until it is published; the
    draft is gone. Raises Refused as `add_item` does."""
    item = add_item(
        session,
        programme=programme,
        draft=ItemDraft(
            kind=ItemKind.ARTICLE,
            language=programme.language,
            themes=(draft.theme,) if draft.theme else (),
            owner_id=user_id,
            title=draft.title[:LONGEST_TITLE],
            body=_with_headings(draft.body),
        ),
        user_id=user_id,
    )
    _note(session, draft, "knowledge_draft.became_item", user_id)
    session.delete(draft)
    session.flush()
    return item


def _with_headings(body: str) -> str:
    """The lines that say Question and Answer as headings of the item."""
    told = {word for words in HEADINGS.values() for word in words}
    return "\n".join(f"## {line}" if line in told else line for line in body.splitlines())


def discard_draft(session: AnySession, *, draft: KnowledgeDraft, user_id: int) -> None:
    """Throw a draft away; another can be made of the question."""
    _note(session, draft, "knowledge_draft.discarded", user_id)
    session.delete(draft)
    session.flush()


def _note(session: AnySession, draft: KnowledgeDraft, action: str, user_id: int) -> None:
    record(
        session,
        action,
        object_type="knowledge_draft",
        object_id=draft.id,
        programme_id=draft.programme_id,
        actor_id=user_id,
    )
    session.flush()


def marks_in(text: str) -> list[tuple[str, int]]:
    """What was taken out of a text, by its marks, and how often."""
    marks: list[Marks] = [*MARKS.values()]
    found = {mark: text.count(mark) for each in marks for mark in sorted(each.all)}
    return [(mark, number) for mark, number in found.items() if number]
