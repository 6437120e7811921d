"""Writing the ledger: contacts are recorded and voided, never edited. No action commits."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.companies.store import new_ids
from pioneers.db import insert_rows
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.reach.appending import Appending, read_known
from pioneers.reach.keeping import apply, keeping, lock
from pioneers.reach.models import Contact, Occasion
from pioneers.reach.rules import Channel, NewContact, VoidReason, day_refusal

AnySession = Session | scoped_session[Session]


class ContactRefused(Exception):
    """A contact that the programme's rules do not allow; `code` says which rule."""

    def __init__(self, code: str, *, day: date | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.day = day


def check_day(programme: Programme, day: date) -> None:
    """Raise ContactRefused (future, before_programme, after_programme) for a day that cannot be."""
    code = day_refusal(
        day, today=clock.today(), starts_on=programme.starts_on, ends_on=programme.ends_on
    )
    if code is not None:
        raise ContactRefused(code, day=day)


def create_occasion(
    session: AnySession,
    *,
    programme: Programme,
    day: date,
    channel: Channel,
    label: str,
    fan_id: int | None = None,
    pioneer_id: int | None = None,
) -> Occasion:
    """Something dated at which contacts can happen; the caller's record points at it."""
    occasion = Occasion(
        programme_id=programme.id,
        day=day,
        channel=channel,
        label=label,
        fan_id=fan_id,
        pioneer_id=pioneer_id,
    )
    session.add(occasion)
    session.flush()
    return occasion


def record_contacts(
    session: AnySession,
    *,
    programme: Programme,
    contacts: Sequence[NewContact],
    actor_id: int | None,
) -> list[int]:
    """Record contacts; their ids come back in the same order.

    Raises ContactRefused when a day lies in the future or outside the programme, and
    IntegrityError (uq_contact_occasion_person) when somebody is recorded twice at one occasion.
    """
    for day in {contact.day for contact in contacts}:
        check_day(programme, day)
    if any(contact.heads is not None for contact in contacts):
        raise ValueError("heads are recorded by record_headcount")
    if not contacts:
        return []
    lock(session, programme)
    # The general way, but only for occasions: names and heads of one room are counted together.
    with keeping(session, programme, occasions=_counted_rooms(session, contacts)):
        return _append(session, programme, contacts, actor_id)


def _counted_rooms(session: AnySession, contacts: Sequence[NewContact]) -> list[int]:
    """The contacts' occasions that have a headcount."""
    rooms = {c.occasion_id for c in contacts if c.occasion_id is not None}
    return list(
        session.scalars(
            select(Contact.occasion_id).where(
                Contact.occasion_id.in_(rooms),
                Contact.heads.is_not(None),
                Contact.voided_at.is_(None),
            )
        )
    )


def _append(
    session: AnySession, programme: Programme, contacts: Sequence[NewContact], actor_id: int | None
) -> list[int]:
    batch = Appending(programme, read_known(session, contacts))
    ids = _insert(session, programme.id, contacts, actor_id)
    for contact, contact_id in zip(contacts, ids, strict=True):
        batch.add(contact, contact_id)
    batch.write_standings(session)
    apply(session, programme.id, batch.change)
    return ids


def _insert(
    session: AnySession, programme_id: int, contacts: Sequence[NewContact], actor_id: int | None
) -> list[int]:
    """Write contacts with ids that were given out beforehand: no reading back, row by row."""
    moment = clock.now()
    kinds: dict[str, Evidence] = {kind.value: kind for kind in Evidence}
    ids = new_ids(session, "contact", len(contacts))
    rows = [
        {
            "id": contact_id,
            "programme_id": programme_id,
            "day": contact.day,
            "recorded_at": moment,
            "channel": contact.channel,
            "evidence": kinds[contact.evidence],
            "person_id": contact.person_id,
            "company_id": contact.company_id,
            "occasion_id": contact.occasion_id,
            "fan_id": contact.fan_id,
            "pioneer_id": contact.pioneer_id,
            "heads": contact.heads,
            "recorded_by_id": actor_id,
        }
        for contact_id, contact in zip(ids, contacts, strict=True)
    ]
    insert_rows(session, Contact.__table__, rows)
    return ids


def void_contacts(
    session: AnySession,
    *,
    programme: Programme,
    contact_ids: Collection[int],
    reason: VoidReason,
    actor_id: int | None,
) -> int:
    """Let contacts of this programme no longer count; answers how many still counted before."""
    rows = session.execute(
        select(Contact.id, Contact.company_id, Contact.person_id, Contact.occasion_id).where(
            Contact.programme_id == programme.id,
            Contact.id.in_(contact_ids),
            Contact.voided_at.is_(None),
        )
    ).all()
    if not rows:
        return 0
    with keeping(
        session,
        programme,
        companies={row.company_id for row in rows if row.company_id is not None},
        people={row.person_id for row in rows if row.person_id is not None},
        occasions={row.occasion_id for row in rows if row.occasion_id is not None},
    ):
        session.execute(
            update(Contact)
            .where(Contact.id.in_([row.id for row in rows]), Contact.voided_at.is_(None))
            .values(voided_at=clock.now(), voided_by_id=actor_id, void_reason=reason)
            .execution_options(synchronize_session=False)
        )
        session.expire_all()
    record(
        session,
        "contacts.voided",
        object_type="contact",
        object_id=rows[0].id if len(rows) == 1 else None,
        programme_id=programme.id,
        actor_id=actor_id,
        details={"count": len(rows), "reason": reason.value},
    )
    return len(rows)


def record_headcount(
    session: AnySession,
    *,
    programme: Programme,
    occasion: Occasion,
    heads: int | None,
    actor_id: int | None,
) -> None:
    """Everybody who was in the room (None: not known), in place of what was counted before."""
    check_day(programme, occasion.day)
    present = _counted(session, occasion)
    if present is not None and present.heads == heads:
        return
    with keeping(session, programme, occasions={occasion.id}):
        if present is not None:
            _replace(session, present, actor_id)
        if heads is not None:
            _insert(session, programme.id, [_headcount(occasion, heads)], actor_id)


def count_anew(
    session: AnySession, *, programme: Programme, occasion: Occasion, actor_id: int | None
) -> None:
    """Somebody else counted the same room and came to the same number: from now on it is known
    from them. What was recorded before stays, as replaced."""
    present = _counted(session, occasion)
    if present is None or present.heads is None:
        return
    heads = present.heads
    with keeping(session, programme, occasions={occasion.id}):
        _replace(session, present, actor_id)
        _insert(session, programme.id, [_headcount(occasion, heads)], actor_id)


def _counted(session: AnySession, occasion: Occasion) -> Contact | None:
    return session.scalar(
        select(Contact).where(
            Contact.occasion_id == occasion.id,
            Contact.heads.is_not(None),
            Contact.voided_at.is_(None),
        )
    )


def _replace(session: AnySession, present: Contact, actor_id: int | None) -> None:
    present.voided_at = clock.now()
    present.voided_by_id = actor_id
    present.void_reason = VoidReason.REPLACED
    session.flush()


def _headcount(occasion: Occasion, heads: int) -> NewContact:
    return NewContact(
        day=occasion.day,
        channel=occasion.channel,
        evidence=Evidence.HEADCOUNT,
        occasion_id=occasion.id,
        fan_id=occasion.fan_id,
        pioneer_id=occasion.pioneer_id,
        heads=heads,
    )


def change_occasion(
    session: AnySession,
    *,
    programme: Programme,
    occasion: Occasion,
    day: date,
    label: str,
    fan_id: int | None,
    pioneer_id: int | None,
    actor_id: int | None,
) -> dict[int, int]:
    """Move an occasion or correct whose it was; answers old contact ids with their new ones.

    Its contacts are voided and recorded anew, since a contact is never edited. A new label alone
    leaves them as they are.
    """
    occasion.label = label
    if (occasion.day, occasion.fan_id, occasion.pioneer_id) == (day, fan_id, pioneer_id):
        return {}
    contacts = list(
        session.scalars(
            select(Contact)
            .where(Contact.occasion_id == occasion.id, Contact.voided_at.is_(None))
            .order_by(Contact.id)
        )
    )
    if contacts:
        check_day(programme, day)
    with keeping(
        session,
        programme,
        companies={c.company_id for c in contacts if c.company_id is not None},
        people={c.person_id for c in contacts if c.person_id is not None},
        occasions={occasion.id},
    ):
        occasion.day, occasion.fan_id, occasion.pioneer_id = day, fan_id, pioneer_id
        return _record_anew(session, programme, contacts, occasion, actor_id)


def _record_anew(
    session: AnySession,
    programme: Programme,
    contacts: Sequence[Contact],
    occasion: Occasion,
    actor_id: int | None,
) -> dict[int, int]:
    anew = [
        NewContact(
            day=occasion.day,
            channel=contact.channel,
            evidence=contact.evidence,
            person_id=contact.person_id,
            company_id=contact.company_id,
            occasion_id=occasion.id,
            fan_id=occasion.fan_id,
            pioneer_id=occasion.pioneer_id,
            heads=contact.heads,
        )
        for contact in contacts
    ]
    for contact in contacts:
        contact.voided_at = clock.now()
        contact.voided_by_id = actor_id
        contact.void_reason = VoidReason.REPLACED
    session.flush()
    if not anew:
        return {}
    ids = _insert(session, programme.id, anew, actor_id)
    return {contact.id: new for contact, new in zip(contacts, ids, strict=True)}


def record_again(
    session: AnySession, programme: Programme, contacts: Sequence[Contact], actor_id: int | None
) -> list[int]:
    """Record voided contacts once more as they were; the caller keeps the figures."""
    anew = [
        NewContact(
            day=contact.day,
            channel=contact.channel,
            evidence=contact.evidence,
            person_id=contact.person_id,
            company_id=contact.company_id,
            occasion_id=contact.occasion_id,
            fan_id=contact.fan_id,
            pioneer_id=contact.pioneer_id,
        )
        for contact in contacts
    ]
    return _insert(session, programme.id, anew, actor_id) if anew else []
