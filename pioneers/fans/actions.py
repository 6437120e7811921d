"""Writes on fans and their contact people; the search box follows."""

from datetime import date

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.companies.names import fold
from pioneers.fans.models import Fan, FanContact
from pioneers.fans.queries import contact_people, fan_by_name
from pioneers.fans.rules import ContactPersonDraft, FanDraft, check_ended, check_name
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import EndReason, Refused, Stale
from pioneers.search.actions import NewEntry, reindex
from pioneers.search.models import Kind

AnySession = Session | scoped_session[Session]


def add_fan(
    session: AnySession, *, programme: Programme, draft: FanDraft, actor_id: int | None
) -> Fan:
    """Add an organisation. Raises Refused: name_missing, name_long, name_taken."""
    check_name(draft.name)
    _check_free(session, programme, draft.name, None)
    fan = Fan(
        programme_id=programme.id,
        name=draft.name.strip(),
        name_key=fold(draft.name)[:160],
        kind=draft.kind,
        created_at=clock.now(),
        municipality_code=draft.municipality_code,
    )
    session.add(fan)
    session.flush()
    _note(session, programme, fan, "fan.added", actor_id)
    _show(session, fan)
    return fan


def change_fan(
    session: AnySession,
    *,
    programme: Programme,
    fan: Fan,
    draft: FanDraft,
    version: int,
    actor_id: int | None,
) -> Fan:
    """Save over the `version` that the person saw.

    Raises Stale(the fan as it stands) when it was changed since; Refused as `add_fan`.
    """
    session.refresh(fan, with_for_update=True)
    if fan.version != version:
        raise Stale(fan)
    check_name(draft.name)
    _check_free(session, programme, draft.name, fan)
    fan.name, fan.name_key = draft.name.strip(), fold(draft.name)[:160]
    fan.kind = draft.kind
    fan.municipality_code = draft.municipality_code
    fan.version += 1
    session.flush()
    _note(session, programme, fan, "fan.changed", actor_id)
    _show(session, fan)
    return fan


def end_fan(
    session: AnySession,
    *,
    programme: Programme,
    fan: Fan,
    ended_on: date | None,
    reason: EndReason | None,
    version: int,
    actor_id: int | None,
) -> None:
    """A fan takes part no longer since a day, for a reason; or takes part again (None).

    Raises Stale(the fan) when it was changed since, Refused: ended_in_future, reason_missing.
    """
    session.refresh(fan, with_for_update=True)
    if fan.version != version:
        raise Stale(fan)
    check_ended(ended_on, reason, clock.today())
    fan.is_active = ended_on is None
    fan.ended_on = ended_on
    fan.end_reason = reason if ended_on is not None else None
    fan.version += 1
    session.flush()
    _note(session, programme, fan, "fan.ended" if ended_on else "fan.resumed", actor_id)


def add_contact_person(
    session: AnySession,
    *,
    programme: Programme,
    fan: Fan,
    draft: ContactPersonDraft,
    actor_id: int | None,
) -> FanContact:
    """Add somebody who speaks for the fan. Raises Refused: name_missing, name_long."""
    check_name(draft.name)
    contact = FanContact(
        fan_id=fan.id,
        name=draft.name.strip(),
        email=draft.email.lower() if draft.email else None,
        phone=draft.phone,
        function=draft.function,
    )
    session.add(contact)
    session.flush()
    _note(session, programme, fan, "fan.contact_added", actor_id, contact=contact.id)
    _show(session, fan)
    return contact


def end_contact_person(
    session: AnySession,
    *,
    programme: Programme,
    fan: Fan,
    contact: FanContact,
    actor_id: int | None,
) -> None:
    """Somebody no longer speaks for the fan; the row stays, so that the past can be read."""
    if contact.ended_at is not None:
        return
    contact.ended_at = clock.now()
    session.flush()
    _note(session, programme, fan, "fan.contact_ended", actor_id, contact=contact.id)
    _show(session, fan)


def _check_free(session: AnySession, programme: Programme, name: str, own: Fan | None) -> None:
    other = fan_by_name(session, programme, name)
    if other is not None and other is not own:
        raise Refused("fan_name_taken", "name", name=other.name)


def _show(session: AnySession, fan: Fan) -> None:
    """Let the search box find the fan by its name, its place and who speaks for it."""
    place = municipality_names(session).get(fan.municipality_code or "", "")
    people = " ".join(contact.name for contact in contact_people(session, fan))
    words = f"{fan.name} {place} {people}"
    reindex(session, NewEntry(fan.programme_id, Kind.FAN, fan.id, fan.name, place, words))


def _note(
    session: AnySession,
    programme: Programme,
    fan: Fan,
    action: str,
    actor_id: int | None,
    **details: object,
) -> None:
    record(
        session,
        action,
        object_type="fan",
        object_id=fan.id,
        programme_id=programme.id,
        actor_id=actor_id,
        details=details,
    )
