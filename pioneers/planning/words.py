"""A request to speak is a word to the pioneer who is asked."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.words import register_words
from pioneers.planning.models import PioneerRequest
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


@register_words
def requested(session: AnySession, programme: Programme) -> dict[int, date]:
    """The day on which each pioneer was last asked."""
    rows = session.execute(
        select(PioneerRequest.pioneer_id, func.max(PioneerRequest.asked_at).label("at"))
        .join(Pioneer, Pioneer.id == PioneerRequest.pioneer_id)
        .where(Pioneer.programme_id == programme.id)
        .group_by(PioneerRequest.pioneer_id)
    )
    return {row.pioneer_id: clock.local(row.at).date() for row in rows}
