"""What pioneers told of an event, on the event's own page."""

from collections.abc import Collection

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names, pioneer_numbers
from pioneers.contributions.labels import MEETING_TAGS, MEETINGS, PROOF_TAGS, PROOFS, sources, why
from pioneers.contributions.met import pioneers_who_named
from pioneers.contributions.queries import count_of
from pioneers.contributions.rooms import room_of
from pioneers.db import db
from pioneers.events.queries import get_event
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.programmes.panels import register_panel
from pioneers.programmes.rules import default_day
from pioneers.reach.reasons import register_reason

AnySession = Session | scoped_session[Session]


def event_panel(programme: Programme, event_id: int) -> str:
    """The number of the host and those of the pioneers, and what they prove together."""
    room = room_of(db.session, programme, get_event(db.session, programme, event_id))
    if not room.reports:
        return ""
    named = may(Permission.SEE_PEOPLE)
    names = (pioneer_names if named else pioneer_numbers)(db.session, programme)
    return render_template(
        "contributions/_panel.html",
        programme=programme,
        room=room,
        names=names,
        sources=sources(room, names),
        why=why(room, programme.heads_tolerance),
        proof=(PROOFS[room.proof], PROOF_TAGS[room.proof]),
        see_words=named,
        may_settle=may(Permission.EDIT_NETWORK) and room.asks,
        meetings=MEETINGS,
        meeting_tags=MEETING_TAGS,
    )


def pioneer_panel(programme: Programme, pioneer_id: int) -> str:
    """How much of the year's number a pioneer did, and the way to all of it."""
    day = default_day(today=clock.today(), starts_on=programme.starts_on, ends_on=programme.ends_on)
    return render_template(
        "contributions/_pioneer.html",
        programme=programme,
        pioneer_id=pioneer_id,
        year=day.year,
        done=count_of(db.session, programme, pioneer_id, day.year),
        may_open=may(Permission.EDIT_NETWORK),
    )


def confirmed_by(
    session: AnySession, programme: Programme, contact_ids: Collection[int]
) -> dict[int, str]:
    """Which pioneer named somebody who stands on the list of an event."""
    found = pioneers_who_named(session, contact_ids)
    names = pioneer_names(session, programme) if found else {}
    return {
        contact_id: _(
            "On the list, and named by %(names)s, who spoke there.",
            names=", ".join(names.get(one) or _("a pioneer") for one in pioneer_ids),
        )
        for contact_id, pioneer_ids in found.items()
    }


register_reason(confirmed_by)
register_panel("events.event", event_panel)
register_panel("events.pioneer", pioneer_panel)
