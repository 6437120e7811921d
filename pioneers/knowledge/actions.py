"""Writing in the knowledge base. Words are saved as drafts; publishing shows them. None commits."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.knowledge import queries
from pioneers.knowledge.indexing import index_item
from pioneers.knowledge.models import KnowledgeItem, KnowledgeRelation, KnowledgeRevision
from pioneers.knowledge.rules import (
    CLASSED,
    REVIEW_EVERY,
    Classed,
    ItemDraft,
    ItemWords,
    check_classed,
    checked_words,
    free_slug,
    has_consent,
    names_somebody,
    slug_of,
    themes_text,
)
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale

AnySession = Session | scoped_session[Session]
SHORT = {"source": 200, "licence": 80, "company_name": 160, "consent_by": 160}


def add_item(
    session: AnySession, *, programme: Programme, draft: ItemDraft, user_id: int | None
) -> KnowledgeItem:
    """A new item with its first version, not yet published.

    Raises Refused as `checked_words` and `check_classed` do.
    """
    words = checked_words(draft.words)
    check_classed(draft)
    wanted = slug_of(draft.slug or words.title)
    now = clock.now()
    item = KnowledgeItem(
        programme_id=programme.id,
        slug=free_slug(wanted, queries.slugs_like(session, programme.id, wanted)),
        kind=draft.kind,
        created_at=now,
        changed_at=now,
        title=words.title,
    )
    _classify(item, draft)
    session.add(item)
    session.flush()
    _save(session, item, words, user_id, None)
    _note(session, item, "knowledge.added", user_id)
    return item


def save_words(
    session: AnySession,
    *,
    item: KnowledgeItem,
    words: ItemWords,
    version: int | None = None,
    restored_from: int | None = None,
    user_id: int | None,
) -> KnowledgeRevision:
    """Save what somebody wrote as the next version; nobody sees it until it is published.

    Raises Stale when somebody saved after `version`, and Refused as `checked_words` does.
    """
    _own_turn(session, item, version)
    checked = checked_words(words)
    last = queries.latest(session, item)
    if restored_from is None and checked == words_of(last):
        return last
    saved = _save(session, item, checked, user_id, restored_from)
    if item.published_at is None:
        item.title = checked.title  # by which the list knows it
    item.version += 1
    _note(session, item, "knowledge.saved", user_id)
    return saved


def classify(
    session: AnySession, *, item: KnowledgeItem, classed: Classed, version: int, user_id: int | None
) -> None:
    """Say what an item is about, who looks after it, and who agreed. It holds at once.

    Raises Stale; Refused as `check_classed` does, and consent_needed where a published item would
    name somebody who did not agree.
    """
    _own_turn(session, item, version)
    check_classed(classed)
    _classify(item, classed)
    if item.published_at is not None:
        _check_consent(item)
    item.version += 1
    _seen_anew(session, item)
    _note(session, item, "knowledge.classified", user_id)


def publish(
    session: AnySession,
    *,
    item: KnowledgeItem,
    at: datetime | None,
    number: int | None = None,
    user_id: int | None,
) -> None:
    """Show the latest version (or `number`) to everybody: now, or at a moment that lies ahead.

    Raises Refused: consent_needed (field consent_on), summary_missing.
    """
    _own_turn(session, item, None)
    revision = (
        queries.latest(session, item)
        if number is None
        else queries.get_revision(session, item, number)
    )
    if not revision.summary:
        raise Refused("summary_missing", "summary")
    _check_consent(item)
    _unplan(session, item)
    now = clock.now()
    if at is not None and at > now:
        revision.publish_at = at
        _note(session, item, "knowledge.planned", user_id)
    else:
        show(session, item=item, revision=revision, moment=at or now)
        _note(session, item, "knowledge.published", user_id)
    item.version += 1
    session.flush()


def show(
    session: AnySession, *, item: KnowledgeItem, revision: KnowledgeRevision, moment: datetime
) -> None:
    """Let everybody see a version from `moment` on."""
    item.title, item.summary = revision.title, revision.summary
    item.body, item.link = revision.body, revision.link
    item.published_at = moment
    item.first_published_at = item.first_published_at or moment
    item.withdraw_at = None if item.withdraw_at and item.withdraw_at <= moment else item.withdraw_at
    revision.publish_at, revision.published_at = None, moment
    _seen_anew(session, item)
    session.flush()


def show_planned(session: AnySession, *, item: KnowledgeItem, revision_id: int) -> bool:
    """Show a version whose moment has come, if it is planned still and whoever is named agrees;
    a plan without consent is dropped, and the item stays as it is."""
    _own_turn(session, item, None)
    revision = session.get_one(KnowledgeRevision, revision_id, populate_existing=True)
    moment = revision.publish_at
    if moment is None or moment > clock.now():
        return False
    try:
        _check_consent(item)
    except Refused:
        _unplan(session, item)
        session.flush()
        return False
    show(session, item=item, revision=revision, moment=moment)
    item.version += 1
    _note(session, item, "knowledge.published", None)
    return True


def withdraw(
    session: AnySession, *, item: KnowledgeItem, at: datetime | None, user_id: int | None
) -> None:
    """Take an item off the site: now, or at a moment that lies ahead. It can be published again."""
    _own_turn(session, item, None)
    if at is not None and at > clock.now():
        item.withdraw_at = at
        _note(session, item, "knowledge.withdrawal_planned", user_id)
    else:
        _unplan(session, item)
        item.published_at = item.withdraw_at = None
        _note(session, item, "knowledge.withdrawn", user_id)
    item.version += 1
    _seen_anew(session, item)
    session.flush()


def cancel_plan(session: AnySession, *, item: KnowledgeItem, user_id: int | None) -> None:
    """Publish or withdraw nothing by itself any more."""
    _own_turn(session, item, None)
    _unplan(session, item)
    item.withdraw_at = None
    item.version += 1
    _note(session, item, "knowledge.plan_cancelled", user_id)
    session.flush()


def withdraw_consent(session: AnySession, *, item: KnowledgeItem, user_id: int | None) -> None:
    """Whoever agreed does not any more: the item is off the site from this moment."""
    _own_turn(session, item, None)
    if item.consent_withdrawn_at is None:
        item.consent_withdrawn_at = clock.now()
    _unplan(session, item)
    item.published_at = item.withdraw_at = None
    item.version += 1
    _seen_anew(session, item)
    _note(session, item, "knowledge.consent_withdrawn", user_id)
    session.flush()


def relate(
    session: AnySession, *, item: KnowledgeItem, others: Collection[int], user_id: int | None
) -> None:
    """Say which items of the same programme belong with this one, in place of what was said."""
    known = session.scalars(
        select(KnowledgeItem.id).where(
            KnowledgeItem.id.in_(others),
            KnowledgeItem.id != item.id,
            KnowledgeItem.programme_id == item.programme_id,
        )
    ).all()
    if sorted(known) == queries.related_ids(session, item):
        return
    session.execute(
        delete(KnowledgeRelation).where(
            or_(KnowledgeRelation.item_id == item.id, KnowledgeRelation.other_id == item.id)
        )
    )
    for other in known:
        session.add(KnowledgeRelation(item_id=min(item.id, other), other_id=max(item.id, other)))
    _seen_anew(session, item)
    _note(session, item, "knowledge.related", user_id)
    session.flush()


def reviewed(session: AnySession, *, item: KnowledgeItem, today: date, user_id: int | None) -> date:
    """Somebody looked it over and it still holds; answers the day of the next time, a year on."""
    _own_turn(session, item, None)
    item.review_on = today + REVIEW_EVERY
    item.version += 1
    _seen_anew(session, item)
    _note(session, item, "knowledge.reviewed", user_id)
    return item.review_on


def words_of(revision: KnowledgeRevision) -> ItemWords:
    """The words of a version."""
    return ItemWords(revision.title, revision.summary, revision.body, revision.link)


def _save(
    session: AnySession,
    item: KnowledgeItem,
    words: ItemWords,
    user_id: int | None,
    restored_from: int | None,
) -> KnowledgeRevision:
    last = session.scalar(
        select(func.max(KnowledgeRevision.number)).where(KnowledgeRevision.item_id == item.id)
    )
    saved = KnowledgeRevision(
        item_id=item.id,
        number=(last or 0) + 1,
        saved_at=clock.now(),
        title=words.title,
        summary=words.summary,
        body=words.body,
        link=words.link,
        saved_by_id=user_id,
        restored_from=restored_from,
    )
    session.add(saved)
    session.flush()
    return saved


def _classify(item: KnowledgeItem, classed: Classed) -> None:
    """Write the fields; a consent that is given anew was not withdrawn."""
    before = (item.consent_on, item.consent_by)
    for name in CLASSED:
        value = getattr(classed, name)
        setattr(item, name, value.strip()[: SHORT[name]] if name in SHORT else value)
    item.themes = themes_text(classed.themes)
    if (item.consent_on, item.consent_by) != before:
        item.consent_withdrawn_at = None


def _check_consent(item: KnowledgeItem) -> None:
    named = names_somebody(
        company_id=item.company_id, company_name=item.company_name, pioneer_id=item.pioneer_id
    )
    if named and not has_consent(
        on=item.consent_on,
        until=item.consent_until,
        is_withdrawn=item.consent_withdrawn_at is not None,
        today=clock.today(),
    ):
        raise Refused("consent_needed", "consent_on")


def _own_turn(session: AnySession, item: KnowledgeItem, version: int | None) -> None:
    """Lock the item, so that versions get their numbers one after the other."""
    session.refresh(item, with_for_update=True)
    if version is not None and item.version != version:
        raise Stale(item)


def _unplan(session: AnySession, item: KnowledgeItem) -> None:
    session.execute(
        update(KnowledgeRevision)
        .where(KnowledgeRevision.item_id == item.id, KnowledgeRevision.publish_at.is_not(None))
        .values(publish_at=None)
    )


def _seen_anew(session: AnySession, item: KnowledgeItem) -> None:
    """The one place where what everybody sees of an item is marked as changed."""
    item.changed_at = clock.now()
    index_item(session, item)


def _note(session: AnySession, item: KnowledgeItem, action: str, user_id: int | None) -> None:
    record(
        session,
        action,
        object_type="knowledge_item",
        object_id=item.id,
        programme_id=item.programme_id,
        actor_id=user_id,
    )
    session.flush()
