"""Mailings for tests, in any state."""

from typing import Any

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.mailings.models import Mailing, MailingKind, MailingState
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


def make_mailing(session: AnySession, programme: Programme, **facts: Any) -> Mailing:
    """A newsletter that is being written and was tried, unless `facts` say otherwise."""
    known: dict[str, Any] = {
        "programme_id": programme.id,
        "kind": MailingKind.NEWSLETTER,
        "state": MailingState.DRAFT,
        "created_at": clock.now(),
        "subject": "Nieuws van november",
        "body": "## Zelf roosteren\n\nLees [het verhaal](/kennis/overijssel/roosteren).",
        "tested_at": clock.now(),
    }
    made = Mailing(**known | facts)
    session.add(made)
    session.flush()
    return made
