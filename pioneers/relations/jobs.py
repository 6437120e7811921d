"""Periodic work: remind whoever would do a next step, on its day; delete what is not kept."""

from datetime import time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.companies.models import Person
from pioneers.mail.jobs import Job
from pioneers.programmes.models import Programme
from pioneers.relations import cleaning
from pioneers.relations.emails import mail_due
from pioneers.relations.models import Note
from pioneers.relations.queries import about_of, open_steps, subject_names, team

MORNING = time(8)
LATE = timedelta(days=3)  # a worker that stood still may still remind; later is the list's work


def remind_steps(session: Session) -> int:
    """Mail whoever would do a step on the day it is due, once; nobody who left the team."""
    done, today = 0, clock.today()
    morning = max(clock.now(), clock.from_local(today, MORNING))
    notes = session.scalars(
        select(Note)
        .where(Note.due_on.between(today - LATE, today), *open_steps())
        .order_by(Note.programme_id, Note.id)
    ).all()
    for note in notes:
        programme = session.get_one(Programme, note.programme_id)
        if note.responsible_id is None or note.responsible_id not in team(session, programme):
            continue
        about = about_of(note)
        done += mail_due(
            session,
            programme=programme,
            note=note,
            about=subject_names(session, programme, [about]).get(about, ""),
            user=session.get_one(User, note.responsible_id),
            due_at=morning,
        )
        session.commit()
    return done


def retention(session: Session) -> int:
    """Delete what is past its time of prospects and relations, and what is left of the erased."""
    today, done = clock.today(), 0
    programmes = session.scalars(select(Programme).order_by(Programme.id)).all()
    for programme in programmes:
        for prospect_id in cleaning.prospects_over(session, programme, today):
            done += cleaning.clean_prospect(session, programme, prospect_id, today)
            session.commit()
        for about in cleaning.relations_over(session, programme, today):
            done += cleaning.clean_relation(session, programme, about, today)
            session.commit()
    for person_id in cleaning.erased_with_leftovers(session):
        person = session.get_one(Person, person_id)
        programme = session.get_one(Programme, person.programme_id)
        done += cleaning.forget_person(session, programme, person)
        session.commit()
    session.commit()
    return done


JOBS: tuple[Job, ...] = (
    Job("relations.due_steps", timedelta(hours=1), remind_steps),
    Job("relations.retention", timedelta(hours=6), retention),
)
