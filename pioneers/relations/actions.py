"""Writes on prospects: spotting, moving, ending, joining. None commits."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.actions import appoint
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.actions import record
from pioneers.companies.identity import Claim
from pioneers.companies.names import fold
from pioneers.fans.actions import add_contact_person, add_fan
from pioneers.fans.models import Fan
from pioneers.fans.rules import ContactPersonDraft, FanDraft
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason, Refused, Stale
from pioneers.reach.intake import take_in
from pioneers.relations.models import Note, NoteKind, Prospect, Side, Stage
from pioneers.relations.queries import team
from pioneers.relations.rules import OPEN, ProspectDraft, check_move, check_prospect, is_open

AnySession = Session | scoped_session[Session]


def add_prospect(
    session: AnySession, *, programme: Programme, draft: ProspectDraft, actor_id: int | None
) -> Prospect:
    """Put somebody on the board.

    Raises Refused: name_missing, name_long, prospect_known, responsible_unknown.
    """
    _check(session, programme, draft, None)
    prospect = Prospect(
        programme_id=programme.id,
        side=draft.side,
        stage=Stage.SPOTTED,
        stage_since=clock.today(),
        name=draft.name.strip(),
        created_at=clock.now(),
    )
    _fill(prospect, draft)
    session.add(prospect)
    session.flush()
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
    """Save over the `version` that the person saw. Raises Stale; Refused as `add_prospect`."""
    _lock(session, prospect, version)
    _check(session, programme, draft, prospect)
    prospect.name = draft.name.strip()
    _fill(prospect, draft)
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
    """Take up again what came to nothing; the notes are still there. Raises Stale."""
    session.refresh(prospect, with_for_update=True)
    if is_open(prospect.stage):
        return
    if prospect.version != version:
        raise Stale(prospect)
    if prospect.stage != Stage.ENDED:
        raise Refused("not_open", "stage")
    _stage(prospect, Stage.SPOTTED)
    prospect.end_reason = None
    _changed(session, prospect, "prospect.resumed", actor_id)


def join_as_pioneer(
    session: AnySession,
    *,
    programme: Programme,
    prospect: Prospect,
    claim: Claim,
    appointed_on: date,
    version: int,
    actor_id: int | None,
) -> Pioneer:
    """Appoint the prospect; whoever is known already is recognised by the claim.

    Raises Stale, Refused: not_open, name_missing, company_missing and what `appoint` refuses.
    """
    _lock(session, prospect, version)
    _check_joins(prospect, Side.PIONEER)
    (taken,) = take_in(
        session, programme=programme, claims=[claim], day=appointed_on, actor_id=actor_id
    )
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
        actor_id=actor_id,
    )
    prospect.pioneer_id = pioneer.id
    prospect.person_id, prospect.company_id = taken.person_id, taken.company_id
    _stage(prospect, Stage.JOINED)
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
    _changed(session, prospect, "prospect.joined", actor_id, fan=fan.id)
    return fan


def _check(
    session: AnySession, programme: Programme, draft: ProspectDraft, own: Prospect | None
) -> None:
    check_prospect(draft)
    if draft.responsible_id is not None and draft.responsible_id not in team(session, programme):
        raise Refused("responsible_unknown", "responsible_id")
    others = session.execute(
        select(Prospect.id, Prospect.name, Prospect.company).where(
            Prospect.programme_id == programme.id,
            Prospect.side == draft.side,
            Prospect.stage.in_(OPEN),
        )
    )
    wanted = fold(draft.name), fold(draft.company)
    for other_id, name, company in others:
        if (fold(name), fold(company)) == wanted and (own is None or other_id != own.id):
            raise Refused("prospect_known", "name", name=name)


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
