"""The board: who may join, who joined, who left and why, as cards of one kind."""

import enum
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.queries import user_names
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import list_pioneers
from pioneers.ambassadors.rules import Standing
from pioneers.companies.names import fold
from pioneers.fans.queries import list_fans
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import EndReason
from pioneers.relations.models import Prospect, Side, Stage
from pioneers.relations.queries import StepRow, steps
from pioneers.relations.rules import About, Subject, is_open, next_stage

AnySession = Session | scoped_session[Session]


class Column(enum.StrEnum):
    """The columns of the board, from left to right."""

    SPOTTED = "spotted"
    APPROACHED = "approached"
    IN_CONVERSATION = "in_conversation"
    AGREED = "agreed"
    ACTIVE = "active"
    FORMER = "former"


@dataclass(frozen=True)
class Card:
    """A prospect, pioneer or fan on the board."""

    about: About
    column: Column
    name: str
    under: str
    since: date | None
    responsible_id: int | None = None
    responsible: str = ""
    reason: EndReason | None = None
    never_joined: bool = False
    step: StepRow | None = None
    forward: Stage | None = None
    version: int = 1


@dataclass(frozen=True)
class BoardFilters:
    """Which cards are shown."""

    responsible_id: int | None = None
    overdue: bool = False
    column: Column | None = None
    text: str = ""

    def fit(self, card: Card, today: date) -> bool:
        """Whether a card is one of them."""
        step = card.step
        if self.overdue and not (step and step.is_overdue(today)):
            return False
        if self.column is not None and card.column != self.column:
            return False
        if self.responsible_id is not None:
            doing = step.responsible_id if step else None
            if self.responsible_id not in (card.responsible_id, doing):
                return False
        words = fold(f"{card.name} {card.under}")
        return all(word in words for word in fold(self.text).split())


def cards(
    session: AnySession,
    programme: Programme,
    side: Side,
    filters: BoardFilters,
    today: date,
) -> list[Card]:
    """The cards of one side, by column and then by name; who left last stands first."""
    first: dict[About, StepRow] = {}
    for step in steps(session, programme):
        first.setdefault(step.about, step)
    joined = _pioneers if side == Side.PIONEER else _fans
    found = [
        *_prospects(session, programme, side, first),
        *joined(session, programme, first),
    ]
    places = list(Column)
    shown = [card for card in found if filters.fit(card, today)]
    return sorted(shown, key=lambda card: (places.index(card.column), *_order(card)))


def _order(card: Card) -> tuple[int, str, int]:
    newest = -(card.since or date.min).toordinal() if card.column == Column.FORMER else 0
    return newest, fold(card.name), card.about.id


def _prospects(
    session: AnySession, programme: Programme, side: Side, first: dict[About, StepRow]
) -> list[Card]:
    found = session.scalars(
        select(Prospect)
        .where(
            Prospect.programme_id == programme.id,
            Prospect.side == side,
            Prospect.stage != Stage.JOINED,
        )
        .order_by(Prospect.id)
    ).all()
    names = user_names(session, [one.responsible_id for one in found])
    made = []
    for one in found:
        about = About(Subject.PROSPECT, one.id)
        made.append(
            Card(
                about=about,
                column=Column(one.stage.value) if is_open(one.stage) else Column.FORMER,
                name="" if one.cleared_at else one.name,
                under=one.company if side == Side.PIONEER else one.contact_name,
                since=one.stage_since,
                responsible_id=one.responsible_id,
                responsible=names.get(one.responsible_id or 0, ""),
                reason=one.end_reason,
                never_joined=True,
                step=first.get(about) if is_open(one.stage) else None,
                forward=next_stage(one.stage),
                version=one.version,
            )
        )
    return made


def _pioneers(session: AnySession, programme: Programme, first: dict[About, StepRow]) -> list[Card]:
    ended = session.execute(
        select(Pioneer.id, Pioneer.end_reason).where(
            Pioneer.programme_id == programme.id, Pioneer.end_reason.is_not(None)
        )
    )
    reasons: dict[int, EndReason | None] = {row.id: row.end_reason for row in ended}
    return [
        Card(
            about=About(Subject.PIONEER, row.id),
            column=Column.FORMER if row.standing == Standing.FORMER else Column.ACTIVE,
            name=row.name,
            under=row.company,
            since=row.ended_on or row.appointed_on,
            reason=reasons.get(row.id),
            step=first.get(About(Subject.PIONEER, row.id)),
        )
        for row in list_pioneers(session, programme)
    ]


def _fans(session: AnySession, programme: Programme, first: dict[About, StepRow]) -> list[Card]:
    places = municipality_names(session)
    return [
        Card(
            about=About(Subject.FAN, fan.id),
            column=Column.ACTIVE if fan.is_active else Column.FORMER,
            name=fan.name,
            under=places.get(fan.municipality_code or "", ""),
            since=fan.ended_on,
            reason=fan.end_reason,
            step=first.get(About(Subject.FAN, fan.id)),
        )
        for fan in list_fans(session, programme)
    ]
