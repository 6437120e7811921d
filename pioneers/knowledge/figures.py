"""What an item did: each figure opens the records behind it, by the same condition."""

import enum
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name
from pioneers.knowledge.models import Followed, KnowledgeItem, KnowledgeUse, UseKind
from pioneers.web.pagination import SIZE, Page

AnySession = Session | scoped_session[Session]


class Figure(enum.StrEnum):
    """What is counted of an item."""

    HELPED = "helped"
    WILL_USE = "will_use"
    DOWNLOADED = "downloaded"
    INTENTIONS = "intentions"
    DONE = "done"
    ACTIVATIONS = "activations"


CONDITIONS: dict[Figure, ColumnElement[bool]] = {
    Figure.HELPED: KnowledgeUse.kind == UseKind.HELPED,
    Figure.WILL_USE: KnowledgeUse.kind == UseKind.WILL_USE,
    Figure.DOWNLOADED: KnowledgeUse.kind == UseKind.DOWNLOADED,
    Figure.INTENTIONS: KnowledgeUse.intention != "",
    Figure.DONE: KnowledgeUse.followed == Followed.DONE,
    Figure.ACTIVATIONS: KnowledgeUse.activation_id.is_not(None),
}
LABELS: dict[Figure, LazyString] = {
    Figure.HELPED: _l("said that it helped"),
    Figure.WILL_USE: _l("will use it"),
    Figure.DOWNLOADED: _l("said that they saved a file"),
    Figure.INTENTIONS: _l("wrote what they are going to do"),
    Figure.DONE: _l("said later that it is done"),
    Figure.ACTIVATIONS: _l("proposed as an activation"),
}


@dataclass(frozen=True)
class Told:
    """One thing that somebody told, and who, where they said so."""

    use: KnowledgeUse
    person_id: int | None
    name: str
    company_id: int | None
    company: str


def figures_of(session: AnySession, item: KnowledgeItem) -> dict[Figure, int]:
    """Every figure of an item."""
    row = session.execute(
        select(*(func.count().filter(condition) for condition in CONDITIONS.values()))
        .select_from(KnowledgeUse)
        .where(KnowledgeUse.item_id == item.id)
    ).one()
    return dict(zip(CONDITIONS, row, strict=True))


def records_of(
    session: AnySession, item: KnowledgeItem, figure: Figure, *, page: int
) -> Page[Told]:
    """What is behind a figure, the newest first."""
    where = (KnowledgeUse.item_id == item.id, CONDITIONS[figure])
    total = session.scalar(select(func.count()).select_from(KnowledgeUse).where(*where)) or 0
    rows = session.execute(
        select(KnowledgeUse, Person, Company.name)
        .outerjoin(Person, Person.id == KnowledgeUse.person_id)
        .outerjoin(Company, Company.id == KnowledgeUse.company_id)
        .where(*where)
        .order_by(KnowledgeUse.at.desc(), KnowledgeUse.id.desc())
        .limit(SIZE)
        .offset((page - 1) * SIZE)
    )
    return Page([_told(*row) for row in rows], page, SIZE, total)


def _told(use: KnowledgeUse, person: Person | None, company: str | None) -> Told:
    name = "" if person is None else display_name(person)
    return Told(use, use.person_id, name, use.company_id, company or "")
