"""What the search box knows of a question."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Company
from pioneers.questions.models import Question
from pioneers.questions.rules import subject_of
from pioneers.search.actions import NewEntry, forget, reindex
from pioneers.search.models import Kind

AnySession = Session | scoped_session[Session]


def show(session: AnySession, question: Question) -> None:
    """Let the search box find a question by its words and number, and by who asked it where."""
    known = (
        "" if question.company_id is None else session.get_one(Company, question.company_id).name
    )
    words = (question.text, question.name, question.company, known, question.email, question.id)
    reindex(
        session,
        NewEntry(
            programme_id=question.programme_id,
            kind=Kind.QUESTION,
            record_id=question.id,
            title=subject_of(question),
            subtitle=", ".join(filter(None, (question.name, question.company or known))),
            words=" ".join(str(word) for word in words if word),
        ),
    )


def hide(session: AnySession, question: Question) -> None:
    """Let the search box no longer find a question."""
    forget(session, Kind.QUESTION, question.id)
