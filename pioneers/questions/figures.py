"""The desk in figures: how many questions, how soon, on what, and what came of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time
from statistics import median

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.themes import THEMES
from pioneers.programmes.models import Programme
from pioneers.questions.models import Outcome, Question, QuestionStatus
from pioneers.questions.queries import late
from pioneers.questions.working_days import working_days_between
from pioneers.reach.models import Activation
from pioneers.reach.rules import ActivationStatus

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class DeskFigures:
    """Of questions asked in a period. `open` and `late` are how these stand now; `median_days` is
    half of the times from question to first answer, in working days (None: none was answered).
    `led_to_action` counts verified actions only, `waits_for_verification` those that may yet."""

    asked: int
    answered: int
    open: int
    late: int
    median_days: float | None
    by_theme: tuple[tuple[str, int], ...]
    led_to_action: int
    waits_for_verification: int


def desk_figures(
    session: AnySession, programme: Programme, since: date | None, as_of: date
) -> DeskFigures:
    """The figures of questions asked from `since` (None: ever) up to and with `as_of`."""
    where = _asked(programme, since, as_of)
    rows = session.execute(
        select(Question.asked_at, Question.answered_at, Question.status, Question.theme).where(
            *where
        )
    ).all()
    days = [
        working_days_between(clock.local(row.asked_at).date(), clock.local(row.answered_at).date())
        for row in rows
        if row.answered_at is not None
    ]
    late_ones = select(func.count(Question.id)).where(*where, late(clock.today()))
    themes = Counter(row.theme for row in rows)
    actions = _actions(session, where)
    return DeskFigures(
        asked=len(rows),
        answered=len(days),
        open=sum(row.status != QuestionStatus.CLOSED for row in rows),
        late=session.scalar(late_ones) or 0,
        median_days=median(days) if days else None,
        by_theme=tuple((key, themes[key]) for key in (*THEMES, "") if themes[key]),
        led_to_action=actions.get(ActivationStatus.VERIFIED, 0),
        waits_for_verification=actions.get(ActivationStatus.PROPOSED, 0),
    )


def _asked(programme: Programme, since: date | None, as_of: date) -> list[ColumnElement[bool]]:
    """What is no question (advertising, misuse) is not counted."""
    where: list[ColumnElement[bool]] = [
        Question.programme_id == programme.id,
        Question.asked_at < clock.end_of_day(as_of),
        Question.outcome.is_distinct_from(Outcome.MISUSE),
    ]
    if since is not None:
        where.append(Question.asked_at >= clock.from_local(since, time.min))
    return where


def _actions(session: AnySession, where: list[ColumnElement[bool]]) -> dict[ActivationStatus, int]:
    rows = session.execute(
        select(Activation.status, func.count(Question.id))
        .join(Activation, Activation.id == Question.activation_id)
        .where(*where, Activation.voided_at.is_(None))
        .group_by(Activation.status)
    )
    return {row[0]: row[1] for row in rows}


def waiting_questions(session: AnySession, programme: Programme) -> tuple[int, int]:
    """How many questions nobody took, and how many are late."""
    new = select(func.count(Question.id)).where(
        Question.programme_id == programme.id, Question.status == QuestionStatus.NEW
    )
    too_late = select(func.count(Question.id)).where(
        Question.programme_id == programme.id, late(clock.today())
    )
    return session.scalar(new) or 0, session.scalar(too_late) or 0
