"""Addresses that get no more mail. None commits.

A bounced address is wrong and an unsubscribed one is closed to us until somebody lifts it; one that
blocked us is tried again after some days.
"""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.mail.models import MailStatus, SuppressedAddress

AnySession = Session | scoped_session[Session]
BLOCKED_FOR = timedelta(days=7)
# Which of two facts about an address or message weighs more, whatever their order.
WEIGHT = {
    MailStatus.DELIVERED: 1,
    MailStatus.BLOCKED: 2,
    MailStatus.BOUNCED: 3,
    MailStatus.UNSUBSCRIBED: 4,
}


def suppress(session: AnySession, address: str, reason: MailStatus) -> None:
    """Let an address get no more mail; a heavier reason replaces a lighter one."""
    now, address = clock.now(), address.lower()
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if on_postgres else sqlite.insert)(SuppressedAddress)
    lighter = [one for one, weight in WEIGHT.items() if weight <= WEIGHT[reason]]
    session.execute(
        insert.values(address=address, reason=reason, since=now).on_conflict_do_update(
            index_elements=["address"],
            set_={"reason": reason, "since": now},
            where=SuppressedAddress.reason.in_(lighter),
        )
    )


def suppressed(session: AnySession, addresses: Collection[str]) -> dict[str, MailStatus]:
    """Of these addresses, in small letters, the ones that get no mail now, and why."""
    if not addresses:
        return {}
    rows = session.execute(
        select(SuppressedAddress.address, SuppressedAddress.reason).where(
            SuppressedAddress.address.in_({address.lower() for address in addresses}),
            or_(
                SuppressedAddress.reason != MailStatus.BLOCKED,
                SuppressedAddress.since > clock.now() - BLOCKED_FOR,
            ),
        )
    )
    return {row.address: row.reason for row in rows}


def lift(session: AnySession, address: str) -> bool:
    """Let an address get mail again; False when it got it already."""
    lifted = session.execute(
        delete(SuppressedAddress)
        .where(SuppressedAddress.address == address.lower())
        .returning(SuppressedAddress.id)
    ).first()
    return lifted is not None


def lift_on_request(session: AnySession, address: str) -> None:
    """The person asks for mail: an earlier unsubscription or block does not stand in its way."""
    session.execute(
        delete(SuppressedAddress).where(
            SuppressedAddress.address == address.lower(),
            SuppressedAddress.reason.in_((MailStatus.UNSUBSCRIBED, MailStatus.BLOCKED)),
        )
    )
