"""Writes on consents: giving one, which replaces an earlier one, and taking it back."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.profiles.consents import VERSION, wording
from pioneers.profiles.models import ConsentPurpose, ProfileConsent
from pioneers.profiles.noting import note
from pioneers.profiles.rules import ends_on
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Agreed:
    """That somebody agrees: for how many months, having read the words in which language."""

    months: int
    language: str = "nl"


def give_consent(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    purpose: ConsentPurpose,
    agreed: Agreed,
    quote_id: int | None = None,
    actor_id: int | None,
) -> ProfileConsent:
    """Keep that a pioneer agrees from today on; an earlier consent for the same no longer counts.

    Raises Refused: term_unknown.
    """
    last_day = ends_on(clock.today(), agreed.months)
    _withdraw(session, pioneer, purpose, quote_id)
    consent = ProfileConsent(
        pioneer_id=pioneer.id,
        purpose=purpose,
        wording_version=VERSION,
        wording=wording(purpose, language=agreed.language, programme=programme.name),
        given_at=clock.now(),
        ends_on=last_day,
        quote_id=quote_id,
        given_by_id=actor_id,
    )
    session.add(consent)
    session.flush()
    note(session, pioneer, "profile.agreed", actor_id)
    return consent


def withdraw_consent(
    session: AnySession,
    *,
    pioneer: Pioneer,
    purpose: ConsentPurpose,
    quote_id: int | None = None,
    actor_id: int | None,
) -> bool:
    """Take a consent back, from this moment on; False when there was none."""
    if not _withdraw(session, pioneer, purpose, quote_id):
        return False
    note(session, pioneer, "profile.disagreed", actor_id)
    return True


def _withdraw(
    session: AnySession, pioneer: Pioneer, purpose: ConsentPurpose, quote_id: int | None
) -> bool:
    changed = session.execute(
        update(ProfileConsent)
        .where(
            ProfileConsent.pioneer_id == pioneer.id,
            ProfileConsent.purpose == purpose,
            ProfileConsent.quote_id.is_(None)
            if quote_id is None
            else ProfileConsent.quote_id == quote_id,
            ProfileConsent.withdrawn_at.is_(None),
            ProfileConsent.ends_on >= clock.today(),
        )
        .values(withdrawn_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]
