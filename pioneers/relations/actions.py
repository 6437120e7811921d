"""Writes on prospects: spotting, moving, ending, joining. None commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.actions import appoint
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.actions import record
from pioneers.companies.identity import Claim
from pioneers.fans.actions import add_contact_person, add_fan
from pioneers.fans.models import Fan
from pioneers.fans.rules import ContactPersonDraft, FanDraft
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason, Refused, Stale
from pioneers.reach.intake import take_in
from pioneers.relations.finding import show
from pioneers.relations.models import Note, NoteKind, Prospect, Side, Stage
from pioneers.relations.once import once
from pioneers.relations.queries import team
from pioneers.relations.rules import (
    ProspectDraft,
    check_move,
    check_prospect,
    is_open,
    prospect_key,
)

AnySession = Session | scoped_session[Session]


def add_prospect(
    session: AnySession, *, programme: Programme, draft: ProspectDraft, actor_id: int | None
) -> Prospect:
    """Put somebody on the board.

    Raises Refused: name_missing, name_long, prospect_known, responsible_unknown.
    """
    _check(session, programme, draft)
    key = prospect_key(draft.name, draft.company)
    prospect = Prospect(
        programme_id=programme.id,
        side=draft.side,
        stage=Stage.SPOTTED,
        stage_since=clock.today(),
        name=draft.name.strip(),
        created_at=clock.now(),
        name_key=key,
    )
    _fill(prospect, draft)
    with once(session, programme_id=programme.id, side=draft.side, key=key):
        session.add(prospect)
    show(session, prospect)
    _note(session, prospect, "prospect.added", actor_id)
    return prospect


def change_prospect(
    session: AnySession,
    *,
    programme: Programme,
    prospect: Prospect,
    draft: ProspectDraft,
    version: int,
    actor_id: int | None,
) -> None:
    """Save over the `version` that the person saw. Raises Stale; Refused as `add_prospect`, and
    cleared."""
    _lock(session, prospect, version)
    if prospect.cleared_at is not None:
        raise Refused("cleared", "name")
    _check(session, programme, draft)
    with _on_board(session, prospect, draft.name, draft.company):
        prospect.name = draft.name.strip()
        _fill(prospect, draft)
    show(session, prospect)
    _changed(session, prospect, "prospect.changed", actor_id)


def move(
    session: AnySession, *, prospect: Prospect, to: Stage, version: int, actor_id: int | None
) -> None:
    """Bring a prospect to another open stage; pressed twice, it is there already.

    Raises Stale, Refused: not_open, stage_unknown.
    """
    session.refresh(prospect, with_for_update=True)
    if prospect.stage == to and is_open(to):
        return
    if prospect.version != version:
        raise Stale(prospect)
    check_move(prospect.stage, to)
    _stage(prospect, to)
    _changed(session, prospect, "prospect.moved", actor_id, stage=to.value)


def end_prospect(
    session: AnySession,
    *,
    prospect: Prospect,
    reason: EndReason,
    remark: str,
    version: int,
    actor_id: int | None,
) -> None:
    """It comes to nothing, for a reason; a remark is kept as a note. Raises Stale, Refused."""
    _lock(session, prospect, version)
    if not is_open(prospect.stage):
        raise Refused("not_open", "reason")
    _stage(prospect, Stage.ENDED)
    prospect.end_reason = reason
    if remark.strip():
        session.add(_memo(prospect, remark.strip(), actor_id))
    _changed(session, prospect, "prospect.ended", actor_id, reason=reason.value)


def resume_prospect(
    session: AnySession, *, prospect: Prospect, version: int, actor_id: int | None
) -> None:
    """Take up again what came to nothing; the notes are still there.

    Raises Stale, Refused: not_open, cleared, prospect_known.
    """
    session.refresh(prospect, with_for_update=True)
    if is_open(prospect.stage):
        return
    if prospect.version != version:
        raise Stale(prospect)
    if prospect.stage != Stage.ENDED:
        raise Refused("not_open", "stage")
    if prospect.cleared_at is not None:
        raise Refused("cleared", "stage")
    key = prospect_key(prospect.name, prospect.company)
    side = prospect.side
    with once(session, programme_id=prospect.programme_id, side=side, key=key):
        _stage(prospect, Stage.SPOTTED)
        prospect.end_reason, prospect.name_key = None, key
    _changed(session, prospect, "prospect.resumed", actor_id)


def join_as_pioneer(
    session: AnySession,
    *,
    programme: Programme,
    prospect: Prospect,
    claim: Claim,
    appointed_on: date,
    appointed_by: str = "",
    appointed_at: str = "",
    version: int,
    actor_id: int | None,
) -> Pioneer:
    """Appoint the prospect, perhaps ahead; whoever is known already is recognised by the claim.

    Raises Stale, Refused: not_open, name_missing, company_missing and what `appoint` refuses.
    """
    _lock(session, prospect, version)
    _check_joins(prospect, Side.PIONEER)
    day = min(appointed_on, clock.today())  # nobody works for a company from a day to come on
    (taken,) = take_in(session, programme=programme, claims=[claim], day=day, actor_id=actor_id)
    if taken.person_id is None:
        raise Refused("name_missing", "name")
    if taken.company_id is None:
        raise Refused("company_missing", "company")
    pioneer = appoint(
        session,
        programme=programme,
        person_id=taken.person_id,
        company_id=taken.company_id,
        appointed_on=appointed_on,
        appointed_by=appointed_by,
        appointed_at=appointed_at,
        actor_id=actor_id,
    )
    prospect.pioneer_id = pioneer.id
    prospect.person_id, prospect.company_id = taken.person_id, taken.company_id
    _stage(prospect, Stage.JOINED)
    show(session, prospect)
    _changed(session, prospect, "prospect.joined", actor_id, pioneer=pioneer.id)
    return pioneer


def join_as_fan(
    session: AnySession,
    *,
    programme: Programme,
    prospect: Prospect,
    draft: FanDraft,
    contact: ContactPersonDraft | None,
    version: int,
    actor_id: int | None,
) -> Fan:
    """Make the prospect a fan, with who speaks for it. Raises Stale, Refused as `add_fan`."""
    _lock(session, prospect, version)
    _check_joins(prospect, Side.FAN)
    fan = add_fan(session, programme=programme, draft=draft, actor_id=actor_id)
    if contact is not None:
        add_contact_person(session, programme=programme, fan=fan, draft=contact, actor_id=actor_id)
    prospect.fan_id = fan.id
    _stage(prospect, Stage.JOINED)
    show(session, prospect)
    _changed(session, prospect, "prospect.joined", actor_id, fan=fan.id)
    return fan


def _check(session: AnySession, programme: Programme, draft: ProspectDraft) -> None:
    check_prospect(draft)
    if draft.responsible_id is not None and draft.responsible_id not in team(session, programme):
        raise Refused("responsible_unknown", "responsible_id")


@contextmanager
def _on_board(session: AnySession, prospect: Prospect, name: str, company: str) -> Iterator[None]:
    """Another name or company: nobody who is open may have both already."""
    key = prospect_key(name, company)
    if key == prospect.name_key or not is_open(prospect.stage):
        yield
        prospect.name_key = key
        return
    side, besides = prospect.side, prospect.id
    with once(session, programme_id=prospect.programme_id, side=side, key=key, besides=besides):
        yield
        prospect.name_key = key


def _check_joins(prospect: Prospect, side: Side) -> None:
    if not is_open(prospect.stage) or prospect.side != side:
        raise Refused("not_open", "name")


def _fill(prospect: Prospect, draft: ProspectDraft) -> None:
    prospect.company = draft.company.strip()
    prospect.contact_name = draft.contact_name.strip()
    prospect.email = draft.email.lower() if draft.email else None
    prospect.phone = draft.phone
    prospect.municipality_code = draft.municipality_code
    prospect.found_through = draft.found_through.strip()
    prospect.responsible_id = draft.responsible_id


def _memo(prospect: Prospect, text: str, actor_id: int | None) -> Note:
    return Note(
        programme_id=prospect.programme_id,
        kind=NoteKind.MEMO,
        day=clock.today(),
        text=text,
        written_at=clock.now(),
        prospect_id=prospect.id,
        written_by_id=actor_id,
    )


def _lock(session: AnySession, prospect: Prospect, version: int) -> None:
    session.refresh(prospect, with_for_update=True)
    if prospect.version != version:
        raise Stale(prospect)


def _stage(prospect: Prospect, to: Stage) -> None:
    prospect.stage, prospect.stage_since = to, clock.today()


def _changed(
    session: AnySession, prospect: Prospect, action: str, actor_id: int | None, **details: object
) -> None:
    prospect.version += 1
    session.flush()
    _note(session, prospect, action, actor_id, **details)


def _note(
    session: AnySession, prospect: Prospect, action: str, actor_id: int | None, **details: object
) -> None:
    record(
        session,
        action,
        object_type="prospect",
        object_id=prospect.id,
        programme_id=prospect.programme_id,
        actor_id=actor_id,
        details=details,
    )
