"""What pioneers told of an event, on the event's own page."""

from flask import render_template

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names, pioneer_numbers
from pioneers.contributions.labels import MEETING_TAGS, MEETINGS
from pioneers.contributions.queries import count_of
from pioneers.contributions.rooms import reports_of
from pioneers.contributions.rules import Meeting
from pioneers.db import db
from pioneers.events.queries import get_event
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.programmes.panels import register_panel
from pioneers.programmes.rules import default_day


def event_panel(programme: Programme, event_id: int) -> str:
    """The number of the host and those of the pioneers, and how they stand to each other."""
    event = get_event(db.session, programme, event_id)
    reports = reports_of(db.session, programme, event)
    if not reports:
        return ""
    named = may(Permission.SEE_PEOPLE)
    return render_template(
        "contributions/_panel.html",
        programme=programme,
        reports=reports,
        names=(pioneer_names if named else pioneer_numbers)(db.session, programme),
        see_words=named,
        may_settle=may(Permission.EDIT_NETWORK)
        and any(one.meeting in (Meeting.DIFFER, Meeting.OFF) for one in reports),
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


register_panel("events.event", event_panel)
register_panel("events.pioneer", pioneer_panel)
