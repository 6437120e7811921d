"""What waits for the person who looks: each is a count and the place where it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import ngettext
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.queries import review_due
from pioneers.accounts.rules import Permission, Role, allowed
from pioneers.companies.queries import count_open_doubts
from pioneers.contributions.queries import below
from pioneers.contributions.rooms import differences
from pioneers.events.models import EventStatus
from pioneers.events.waiting import UNCOUNTED, Waiting, waiting_events
from pioneers.hosting.waits import MOVED
from pioneers.knowledge.listing import attention as knowledge_attention
from pioneers.mail.queries import workers
from pioneers.planning.queries import proposals_waiting
from pioneers.planning.waits import OTHER_DATE, WANTS_PIONEER
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.questions.figures import waiting_questions
from pioneers.reach.models import Activation
from pioneers.reach.rules import ActivationStatus
from pioneers.relations.attention import consents_to_ask, jubilees, silent, talks_to_thank
from pioneers.relations.queries import count_due
from pioneers.web.formats import number

AnySession = Session | scoped_session[Session]
MOST = 1000  # nobody reads on beyond this many; counting stops there


@dataclass(frozen=True)
class Item:
    """A line of "needs attention": how many, of what, and where it is done."""

    count: str
    words: str
    href: str


def attention(
    session: AnySession, programme: Programme, *, roles: frozenset[Role], user_id: int
) -> list[Item]:
    """The items that this person can do something about; none of them counts the whole ledger."""
    items: list[Item] = []
    slug = programme.slug
    if allowed(roles, Permission.SETTLE_DOUBTS):
        count = count_open_doubts(session, programme)
        words = ngettext("possible double", "possible doubles", count)
        items += _item(count, words, url_for("reach.doubts", slug=slug))
    if allowed(roles, Permission.VERIFY_ACTIVATIONS):
        count = waiting_activations(session, programme, user_id)
        words = ngettext("action to verify", "actions to verify", count)
        items += _item(count, words, url_for("reach.activations", slug=slug))
    if allowed(roles, Permission.ANSWER_QUESTIONS):
        items += _questions(session, programme)
    if allowed(roles, Permission.EDIT_KNOWLEDGE):
        items += _knowledge(session, programme)
    if allowed(roles, Permission.PLAN_EVENTS):
        items += _planning(session, programme)
    return items + _keeping(session, programme, roles, user_id)


def _questions(session: AnySession, programme: Programme) -> list[Item]:
    """What entrepreneurs wait for."""
    new, late = waiting_questions(session, programme)
    desk = url_for("questions.desk", slug=programme.slug)
    return [
        *_item(late, ngettext("late question", "late questions", late), f"{desk}?status=late"),
        *_item(
            new,
            ngettext("question that nobody took", "questions that nobody took", new),
            f"{desk}?status=new",
        ),
    ]


def _knowledge(session: AnySession, programme: Programme) -> list[Item]:
    """Items to look over, and consents that end."""
    found = knowledge_attention(session, programme, clock.now())
    due, ending = found.review_due, found.consent_ending
    words = ngettext("item to look over", "items to look over", due)
    consents = ngettext(
        "item whose consent ends soon or has ended",
        "items whose consent ends soon or has ended",
        ending,
    )
    items = url_for("knowledge.items", slug=programme.slug)
    return [
        *_item(due, words, f"{items}?nakijken=ja"),
        *_item(ending, consents, f"{items}?toestemming=ja"),
    ]


def _keeping(
    session: AnySession, programme: Programme, roles: frozenset[Role], user_id: int
) -> list[Item]:
    """What keeps the programme in order: counts of rooms, of contributions, access, mail."""
    today, slug = clock.today(), programme.slug
    items: list[Item] = []
    if allowed(roles, Permission.EDIT_EVENTS):
        items += _events(session, programme, UNCOUNTED, _uncounted_words)
    if allowed(roles, Permission.EDIT_NETWORK):
        count = len(below(session, programme, today))
        words = ngettext(
            "pioneer with fewer than %(wanted)s contributions this year",
            "pioneers with fewer than %(wanted)s contributions this year",
            count,
            wanted=number(programme.contributions_per_year),
        )
        items += _item(count, words, url_for("contributions.index", slug=slug))
        count = len(differences(session, programme))
        words = ngettext(
            "event of which the reports differ",
            "events of which the reports differ",
            count,
        )
        items += _item(count, words, url_for("contributions.differences", slug=slug))
        items += _relations(session, programme, user_id)
    if allowed(roles, Permission.MANAGE_ACCESS) and review_due(session, programme.id, today).is_due:
        words = ngettext("yearly review of access", "yearly reviews of access", 1)
        items += _item(1, words, url_for("access.overview", slug=slug))
    if allowed(roles, Permission.MANAGE_MAIL):
        items += _mail(session, slug)
    return items


def _relations(session: AnySession, programme: Programme, user_id: int) -> list[Item]:
    """Promises that are due, who heard nothing for long, what deserves a thank-you."""
    today, slug = clock.today(), programme.slug
    due = count_due(session, programme, user_id, today)
    quiet = len(silent(session, programme, today))
    thanks = len(talks_to_thank(session, programme, today))
    thanks += len(jubilees(session, programme, today))
    words_due = ngettext("next step of yours is due", "next steps of yours are due", due)
    words_quiet = ngettext(
        "pioneer or fan who heard nothing from you for %(days)s days",
        "pioneers and fans who heard nothing from you for %(days)s days",
        quiet,
        days=number(programme.silence_days),
    )
    words_thanks = ngettext(
        "talk or anniversary to say thanks for", "talks and anniversaries to say thanks for", thanks
    )
    ending = len(consents_to_ask(session, programme, today))
    words_ending = ngettext(
        "consent of a pioneer that ends soon", "consents of pioneers that end soon", ending
    )
    deserve = url_for("relations.attention", slug=slug)
    return [
        *_item(due, words_due, url_for("relations.steps", slug=slug)),
        *_item(quiet, words_quiet, deserve),
        *_item(thanks, words_thanks, deserve),
        *_item(ending, words_ending, deserve),
    ]


def _mail(session: AnySession, slug: str) -> list[Item]:
    """Work that nobody does: no worker was seen, so no mail leaves and nothing periodic is done."""
    href = link_to("mailroom.outbox", slug=slug)
    found = workers(session)
    if href is None or not found.silent or not found.waiting:
        return []
    words = ngettext(
        "mail waits, because nothing sends it at the moment",
        "mails wait, because nothing sends them at the moment",
        found.waiting,
    )
    return [Item(number(found.waiting), words, href)]


def _events(
    session: AnySession,
    programme: Programme,
    waiting: Waiting,
    words: Callable[[int], str],
    *,
    only: str = "events.event",
) -> list[Item]:
    """Events about which this waits: the list of just these, or the page of the only one."""
    found = waiting_events(session, programme, waiting, most=MOST)
    slug = programme.slug
    if len(found) == 1:
        return _item(1, words(1), url_for(only, slug=slug, event_id=found[0]))
    href = url_for("events.index", slug=slug, wacht=waiting.key)
    return _item(len(found), words(len(found)), href)


def _uncounted_words(count: int) -> str:
    return ngettext(
        "event without a headcount or list", "events without a headcount or list", count
    )


def _wanted_words(count: int) -> str:
    return ngettext("event that asks for a pioneer", "events that ask for a pioneer", count)


def _date_words(count: int) -> str:
    return ngettext(
        "event for which a pioneer proposes another date",
        "events for which a pioneer proposes another date",
        count,
    )


def _moved_words(count: int) -> str:
    return ngettext(
        "event that its host moved this week", "events that their hosts moved this week", count
    )


def _planning(session: AnySession, programme: Programme) -> list[Item]:
    """What hosts ask of the project leader."""
    waiting = proposals_waiting(session, programme)
    words = ngettext("proposed event", "proposed events", waiting)
    proposed = url_for("events.index", slug=programme.slug, status=EventStatus.PROPOSED.value)
    return [
        *_item(waiting, words, proposed),
        *_events(session, programme, WANTS_PIONEER, _wanted_words, only="planning.match"),
        *_events(session, programme, OTHER_DATE, _date_words),
        *_events(session, programme, MOVED, _moved_words),
    ]


def _item(count: int, words: str, href: str) -> list[Item]:
    if not count:
        return []
    return [Item(number(count) if count < MOST else f"{number(MOST - 1)}+", words, href)]


def waiting_activations(session: AnySession, programme: Programme, user_id: int) -> int:
    """Activations that wait for a second person, counted up to MOST (index: programme, status)."""
    waiting = (
        select(Activation.id)
        .where(
            Activation.programme_id == programme.id,
            Activation.status == ActivationStatus.PROPOSED,
            Activation.voided_at.is_(None),
            or_(Activation.recorded_by_id.is_(None), Activation.recorded_by_id != user_id),
        )
        .limit(MOST)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(waiting)) or 0
