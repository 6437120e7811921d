"""Reads of prospects, notes, next steps and introductions, always within one programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.queries import list_access, user_names
from pioneers.accounts.rules import Permission, allowed
from pioneers.ambassadors.queries import pioneer_names
from pioneers.companies.models import Company
from pioneers.fans.queries import fan_names
from pioneers.programmes.models import Programme
from pioneers.reach.aliases import whole_companies
from pioneers.relations.models import Introduction, Note, Prospect, Stage
from pioneers.relations.rules import OPEN, About, Subject, Target
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]


def team(session: AnySession, programme: Programme) -> dict[int, str]:
    """Who keeps the network, and so can be responsible: names by id, by name."""
    return {
        one.user_id: one.name
        for one in list_access(session, programme.id)
        if not one.is_disabled and allowed(frozenset(one.roles), Permission.EDIT_NETWORK)
    }


def get_prospect(session: AnySession, programme: Programme, prospect_id: int) -> Prospect:
    """A prospect of this programme; NotFound otherwise."""
    found = session.scalar(
        select(Prospect).where(Prospect.id == prospect_id, Prospect.programme_id == programme.id)
    )
    if found is None:
        raise NotFound
    return found


def get_note(session: AnySession, programme: Programme, note_id: int) -> Note:
    """A note of this programme; NotFound otherwise."""
    found = session.scalar(
        select(Note).where(Note.id == note_id, Note.programme_id == programme.id)
    )
    if found is None:
        raise NotFound
    return found


def get_introduction(session: AnySession, programme: Programme, one_id: int) -> Introduction:
    """An introduction of this programme; NotFound otherwise."""
    found = session.scalar(
        select(Introduction).where(
            Introduction.id == one_id, Introduction.programme_id == programme.id
        )
    )
    if found is None:
        raise NotFound
    return found


def prospects(session: AnySession, programme: Programme) -> dict[int, str]:
    """The open prospects by name."""
    rows = session.execute(
        select(Prospect.id, Prospect.name)
        .where(Prospect.programme_id == programme.id, Prospect.stage.in_(OPEN))
        .order_by(Prospect.name, Prospect.id)
    )
    return {row.id: row.name for row in rows}


def about_of(note: Note) -> About:
    """What a note is about."""
    if note.prospect_id is not None:
        return About(Subject.PROSPECT, note.prospect_id)
    if note.pioneer_id is not None:
        return About(Subject.PIONEER, note.pioneer_id)
    return About(Subject.FAN, note.fan_id or 0)


def _is_about(about: About) -> ColumnElement[bool]:
    """Notes about one; what was noted before somebody joined goes along."""
    if about.subject == Subject.PROSPECT:
        return Note.prospect_id == about.id
    own, joined = (
        (Note.pioneer_id, Prospect.pioneer_id)
        if about.subject == Subject.PIONEER
        else (Note.fan_id, Prospect.fan_id)
    )
    earlier = select(Prospect.id).where(joined == about.id)
    return or_(own == about.id, Note.prospect_id.in_(earlier))


@dataclass(frozen=True)
class NoteRow:
    """A note with the names of who wrote it and who does what follows."""

    note: Note
    author: str
    responsible: str


def notes_of(session: AnySession, programme: Programme, about: About) -> list[NoteRow]:
    """Everything noted about one, the newest first."""
    notes = session.scalars(
        select(Note)
        .where(Note.programme_id == programme.id, _is_about(about))
        .order_by(Note.day.desc(), Note.id.desc())
    ).all()
    names = user_names(
        session, [user for note in notes for user in (note.written_by_id, note.responsible_id)]
    )
    return [
        NoteRow(
            note, names.get(note.written_by_id or 0, ""), names.get(note.responsible_id or 0, "")
        )
        for note in notes
    ]


@dataclass(frozen=True)
class StepRow:
    """Something still to be done: for whom, by whom, before when."""

    note_id: int
    about: About
    name: str
    step: str
    due_on: date | None
    responsible_id: int | None
    responsible: str

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due_on is not None and self.due_on < today


def open_steps() -> list[ColumnElement[bool]]:
    """What makes a step one that waits: not done, and the prospect did not come to nothing."""
    nothing = select(Prospect.id).where(Prospect.stage == Stage.ENDED)
    return [
        Note.next_step != "",
        Note.done_at.is_(None),
        or_(Note.prospect_id.is_(None), Note.prospect_id.not_in(nothing)),
    ]


def steps(
    session: AnySession, programme: Programme, *, user_id: int | None = None
) -> list[StepRow]:
    """The steps of one person, or everybody's: the oldest day first, without a day last."""
    query = select(Note).where(Note.programme_id == programme.id, *open_steps())
    if user_id is not None:
        query = query.where(Note.responsible_id == user_id)
    notes = session.scalars(query.order_by(Note.due_on.is_(None), Note.due_on, Note.id)).all()
    names = subject_names(session, programme, [about_of(note) for note in notes])
    users = user_names(session, [note.responsible_id for note in notes])
    return [
        StepRow(
            note_id=note.id,
            about=about_of(note),
            name=names.get(about_of(note), ""),
            step=note.next_step,
            due_on=note.due_on,
            responsible_id=note.responsible_id,
            responsible=users.get(note.responsible_id or 0, ""),
        )
        for note in notes
    ]


def count_due(session: AnySession, programme: Programme, user_id: int, today: date) -> int:
    """How many steps of one person are due today or were due before."""
    query = select(func.count(Note.id)).where(
        Note.programme_id == programme.id,
        Note.responsible_id == user_id,
        Note.due_on <= today,
        *open_steps(),
    )
    return session.scalar(query) or 0


def subject_names(
    session: AnySession, programme: Programme, abouts: Sequence[About]
) -> dict[About, str]:
    """How those that notes are about are called."""
    wanted = [one.id for one in abouts if one.subject == Subject.PROSPECT]
    rows = session.execute(
        select(Prospect.id, Prospect.name).where(
            Prospect.programme_id == programme.id, Prospect.id.in_(wanted)
        )
    )
    found = {About(Subject.PROSPECT, row.id): row.name for row in rows}
    kinds = {one.subject for one in abouts}
    if Subject.PIONEER in kinds:
        names = pioneer_names(session, programme)
        found |= {About(Subject.PIONEER, one): name for one, name in names.items()}
    if Subject.FAN in kinds:
        found |= {
            About(Subject.FAN, one): name for one, name in fan_names(session, programme).items()
        }
    return found


@dataclass(frozen=True)
class IntroductionRow:
    """A pioneer who can introduce us, and to whom."""

    id: int
    pioneer_id: int
    pioneer: str
    target: Target
    target_id: int
    name: str
    remark: str


def introductions(
    session: AnySession,
    programme: Programme,
    *,
    pioneer_id: int | None = None,
    target: Target | None = None,
    target_id: int = 0,
) -> list[IntroductionRow]:
    """Whom a pioneer can introduce us to, or who can introduce us to a fan, company or prospect."""
    query = select(Introduction).where(Introduction.programme_id == programme.id)
    if pioneer_id is not None:
        query = query.where(Introduction.pioneer_id == pioneer_id)
    if target == Target.FAN:
        before = select(Prospect.id).where(Prospect.fan_id == target_id)
        query = query.where(
            or_(Introduction.fan_id == target_id, Introduction.prospect_id.in_(before))
        )
    elif target == Target.COMPANY:
        query = query.where(Introduction.company_id.in_(whole_companies(session, {target_id})))
    elif target == Target.PROSPECT:
        query = query.where(Introduction.prospect_id == target_id)
    found = session.scalars(query.order_by(Introduction.id)).all()
    return _introduction_rows(session, programme, found) if found else []


def _introduction_rows(
    session: AnySession, programme: Programme, found: Sequence[Introduction]
) -> list[IntroductionRow]:
    pioneers, fans = pioneer_names(session, programme), fan_names(session, programme)
    names: dict[tuple[Target, int], str] = {(Target.FAN, one): name for one, name in fans.items()}
    companies = [one.company_id for one in found if one.company_id is not None]
    for company_id, name in session.execute(
        select(Company.id, Company.name).where(Company.id.in_(companies))
    ):
        names[Target.COMPANY, company_id] = name
    wanted = [one.prospect_id for one in found if one.prospect_id is not None]
    for prospect_id, name in session.execute(
        select(Prospect.id, Prospect.name).where(Prospect.id.in_(wanted))
    ):
        names[Target.PROSPECT, prospect_id] = name
    rows = []
    for one in found:
        target, target_id = _target(one)
        name = names.get((target, target_id), "")
        pioneer = pioneers.get(one.pioneer_id, "")
        rows.append(
            IntroductionRow(one.id, one.pioneer_id, pioneer, target, target_id, name, one.remark)
        )
    return rows


def _target(one: Introduction) -> tuple[Target, int]:
    if one.fan_id is not None:
        return Target.FAN, one.fan_id
    if one.company_id is not None:
        return Target.COMPANY, one.company_id
    return Target.PROSPECT, one.prospect_id or 0
