"""Putting right who comes: the name and the company that somebody filled in. Commits nothing.

Who somebody is, is found out at the door, out of what stands here then (presence). So until that
moment a correction changes nobody's history: the person and company that are recognised follow
from the corrected name, and an address that is known under another name makes no two people one.
Afterwards a correction is made with the person, by whoever keeps the records.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session, scoped_session

from pioneers.events.models import Event
from pioneers.programmes.rules import Refused
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.registrations.noting import note
from pioneers.registrations.rules import PartyDraft
from pioneers.web.parsing import clean_text

AnySession = Session | scoped_session[Session]


def correct(
    session: AnySession, event: Event, party: Sequence[Registration], draft: PartyDraft
) -> None:
    """Change the name, company and KVK number of who registered, as far as `draft` gives them.

    Colleagues who were registered for the same company go along with it. The audit log keeps which
    were changed, not what they were. Raises Refused: name_missing, company_missing.
    """
    lead, *colleagues = party
    given = {"name": draft.name, "company": draft.company, "kvk_number": draft.kvk_number}
    if draft.name is None:
        return
    if not clean_text(draft.name):
        raise Refused("name_missing", "name")
    if lead.company and not draft.company:
        raise Refused("company_missing", "company")
    before = (lead.company, lead.kvk_number)
    changed = [field for field, value in given.items() if getattr(lead, field) != value]
    if not changed:
        return
    for one in colleagues:
        if one.state != RegistrationState.ATTENDED and (one.company, one.kvk_number) == before:
            one.company, one.kvk_number = draft.company, draft.kvk_number
    for field in changed:
        setattr(lead, field, given[field])
    lead.person_id = lead.company_id = None
    session.flush()
    note(session, event, "registration.corrected", None, fields=changed)
