"""Writing the register of experts, and the texts for answers. None commits."""

from dataclasses import dataclass

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.queries import get_pioneer
from pioneers.audit.actions import record
from pioneers.events.themes import known_themes
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.questions.models import Expert, ReplyText
from pioneers.questions.rules import checked_link, checked_text

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class ExpertDraft:
    """What is known of an expert. `themes` are levers with commas."""

    name: str
    organisation: str = ""
    subjects: str = ""
    themes: str = ""
    region: str = ""
    price: str = ""
    email: str | None = None
    phone: str | None = None
    website: str = ""
    recommended_by: str = ""
    recommended_by_pioneer_id: int | None = None
    is_active: bool = True


@dataclass(frozen=True)
class ReplyDraft:
    """Words for answers, in a language."""

    title: str
    text: str
    language: str = "nl"
    is_active: bool = True


def add_expert(
    session: AnySession, *, programme: Programme, draft: ExpertDraft, user_id: int | None
) -> Expert:
    """Put somebody in the register. Raises Refused: name_missing, link_shape (field website)."""
    expert = Expert(programme_id=programme.id, name="?", created_at=clock.now())
    _fill_expert(session, programme, expert, draft)
    session.add(expert)
    session.flush()
    _note(session, "expert.added", "expert", expert, user_id)
    return expert


def change_expert(
    session: AnySession,
    *,
    programme: Programme,
    expert: Expert,
    draft: ExpertDraft,
    version: int,
    user_id: int,
) -> None:
    """Save what is known now. Raises Stale, and Refused as adding does."""
    session.refresh(expert, with_for_update=True)
    if expert.version != version:
        raise Stale(expert)
    _fill_expert(session, programme, expert, draft)
    expert.version += 1
    _note(session, "expert.changed", "expert", expert, user_id)


def _fill_expert(
    session: AnySession, programme: Programme, expert: Expert, draft: ExpertDraft
) -> None:
    if not draft.name.strip():
        raise Refused("name_missing", "name")
    if draft.recommended_by_pioneer_id is not None:
        get_pioneer(session, programme, draft.recommended_by_pioneer_id)
    try:
        website = checked_link(draft.website)
    except Refused as refusal:
        raise Refused(refusal.code, "website", **refusal.params) from refusal
    for name, value in vars(draft).items():
        setattr(expert, name, value.strip() if isinstance(value, str) else value)
    expert.website = website
    expert.themes = ",".join(known_themes(draft.themes))


def add_reply_text(
    session: AnySession, *, programme: Programme, draft: ReplyDraft, user_id: int | None
) -> ReplyText:
    """Keep words for later answers. Raises Refused: title_missing, text_missing, text_long."""
    made = ReplyText(programme_id=programme.id, title="", text="")
    _fill_text(made, draft)
    session.add(made)
    session.flush()
    _note(session, "reply_text.added", "reply_text", made, user_id)
    return made


def change_reply_text(
    session: AnySession, *, reply: ReplyText, draft: ReplyDraft, version: int, user_id: int
) -> None:
    """Save other words. Raises Stale, and Refused as adding does."""
    session.refresh(reply, with_for_update=True)
    if reply.version != version:
        raise Stale(reply)
    _fill_text(reply, draft)
    reply.version += 1
    _note(session, "reply_text.changed", "reply_text", reply, user_id)


def _fill_text(reply: ReplyText, draft: ReplyDraft) -> None:
    if not draft.title.strip():
        raise Refused("title_missing", "title")
    reply.title, reply.text = draft.title.strip()[:120], checked_text(draft.text)
    reply.language = "en" if draft.language == "en" else "nl"
    reply.is_active = draft.is_active


def _note(
    session: AnySession, action: str, kind: str, made: Expert | ReplyText, user_id: int | None
) -> None:
    record(
        session,
        action,
        object_type=kind,
        object_id=made.id,
        programme_id=made.programme_id,
        actor_id=user_id,
    )
    session.flush()
