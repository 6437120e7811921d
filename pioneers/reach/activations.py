"""Writing activations: proposed with proof, verified or rejected by a second person."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.companies.models import Company, Person
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.reach.actions import ContactRefused, check_day
from pioneers.reach.keeping import keeping, lock
from pioneers.reach.models import Activation
from pioneers.reach.rules import ActivationStatus, Rejection, VoidReason

AnySession = Session | scoped_session[Session]


class ActivationRefused(Exception):
    """What the rules do not allow: `code` is no_proof, unknown_kind, unknown_company,
    unknown_person, same_person, decided or voided (or a refused day's code)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def propose_activation(
    session: AnySession,
    *,
    programme: Programme,
    company_id: int,
    kind_id: int,
    day: date,
    proof: str,
    actor_id: int | None,
    person_id: int | None = None,
    occasion_id: int | None = None,
    fan_id: int | None = None,
    pioneer_id: int | None = None,
) -> Activation:
    """Note that a company took an action of the catalogue; it counts once it is verified."""
    _check_proposal(session, programme, company_id, kind_id, person_id, day, proof)
    activation = Activation(
        programme_id=programme.id,
        company_id=company_id,
        kind_id=kind_id,
        day=day,
        proof=proof.strip(),
        recorded_at=clock.now(),
        recorded_by_id=actor_id,
        person_id=person_id,
        occasion_id=occasion_id,
        fan_id=fan_id,
        pioneer_id=pioneer_id,
    )
    session.add(activation)
    session.flush()
    _note(session, "activation.proposed", activation, actor_id)
    return activation


def _check_proposal(
    session: AnySession,
    programme: Programme,
    company_id: int,
    kind_id: int,
    person_id: int | None,
    day: date,
    proof: str,
) -> None:
    if not proof.strip():
        raise ActivationRefused("no_proof")
    try:
        check_day(programme, day)
    except ContactRefused as refused:
        raise ActivationRefused(refused.code) from refused
    kind = session.get(ActivationKind, kind_id)
    if kind is None or kind.programme_id != programme.id or not kind.is_active:
        raise ActivationRefused("unknown_kind")
    company = session.get(Company, company_id)
    if company is None or company.programme_id != programme.id:
        raise ActivationRefused("unknown_company")
    person = session.get(Person, person_id) if person_id is not None else None
    if person_id is not None and (person is None or person.programme_id != programme.id):
        raise ActivationRefused("unknown_person")


def verify_activation(
    session: AnySession, *, programme: Programme, activation: Activation, actor_id: int | None
) -> None:
    """A second person has seen the proof: the company counts as activated.

    Raises ActivationRefused: same_person, decided, voided.
    """
    _check_decision(session, programme, activation, actor_id)
    with keeping(
        session,
        programme,
        companies={activation.company_id},
        people=set() if activation.person_id is None else {activation.person_id},
    ):
        activation.status = ActivationStatus.VERIFIED
        activation.decided_at = clock.now()
        activation.decided_by_id = actor_id
    _note(session, "activation.verified", activation, actor_id)


def reject_activation(
    session: AnySession,
    *,
    programme: Programme,
    activation: Activation,
    rejection: Rejection,
    actor_id: int | None,
) -> None:
    """It does not count, for a coded reason. Raises ActivationRefused as verifying does."""
    _check_decision(session, programme, activation, actor_id)
    activation.status = ActivationStatus.REJECTED
    activation.rejection = rejection
    activation.decided_at = clock.now()
    activation.decided_by_id = actor_id
    session.flush()
    _note(session, "activation.rejected", activation, actor_id, reason=rejection.value)


def void_activation(
    session: AnySession,
    *,
    programme: Programme,
    activation: Activation,
    reason: VoidReason,
    actor_id: int | None,
) -> None:
    """Take a proposed or verified activation back, with the reason."""
    lock(session, programme)
    session.refresh(activation)
    if activation.voided_at is not None:
        raise ActivationRefused("voided")
    with keeping(
        session,
        programme,
        companies={activation.company_id},
        people=set() if activation.person_id is None else {activation.person_id},
    ):
        activation.voided_at = clock.now()
        activation.voided_by_id = actor_id
        activation.void_reason = reason
    _note(session, "activation.voided", activation, actor_id, reason=reason.value)


def _check_decision(
    session: AnySession, programme: Programme, activation: Activation, actor_id: int | None
) -> None:
    """Read the row again under the ledger's lock: two people may decide at once."""
    lock(session, programme)
    current = session.execute(
        select(Activation).where(
            Activation.id == activation.id, Activation.programme_id == programme.id
        ),
        execution_options={"populate_existing": True},
    ).scalar_one()
    if current.voided_at is not None:
        raise ActivationRefused("voided")
    if current.status != ActivationStatus.PROPOSED:
        raise ActivationRefused("decided")
    if actor_id is not None and actor_id == current.recorded_by_id:
        raise ActivationRefused("same_person")


def _note(
    session: AnySession,
    action: str,
    activation: Activation,
    actor_id: int | None,
    **details: object,
) -> None:
    record(
        session,
        action,
        object_type="activation",
        object_id=activation.id,
        programme_id=activation.programme_id,
        actor_id=actor_id,
        details={"company": activation.company_id, **details},
    )
