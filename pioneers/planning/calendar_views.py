"""All events of a month."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.labels import COURSE_TAGS, COURSES
from pioneers.events.models import Event
from pioneers.events.queries import event_day
from pioneers.events.rules import course_of
from pioneers.fans.queries import fan_names
from pioneers.planning.blueprint import blueprint
from pioneers.planning.queries import events_of_month
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.web.parsing import parse_day


@dataclass(frozen=True)
class Day:
    """A day of the month with its events; another month's days are empty."""

    date: date
    is_within: bool
    is_today: bool
    events: list[Event] = field(default_factory=list)


def weeks_of(first: date, events: list[Event], today: date) -> list[list[Day]]:
    """The month of `first` in weeks from Monday to Sunday."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        by_day[event_day(event)].append(event)
    return [
        [Day(day, day.month == first.month, day == today, by_day.get(day, [])) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


def asked_month(text: str, today: date) -> date:
    """The first day of the month 2026-03 that was asked for, else of the present one."""
    found = parse_day(f"{text}-01") if len(text) == 7 else None
    return (found if found and 1900 < found.year < 2200 else today).replace(day=1)


@blueprint.get("/p/<slug>/kalender")
@permitted(Permission.SEE_EVENTS)
def calendar(programme: Programme) -> ResponseReturnValue:
    """Every event of a month, day by day."""
    first = asked_month(request.args.get("maand", ""), clock.today())
    events = events_of_month(db.session, programme, first)
    return render_template(
        "planning/calendar.html",
        programme=programme,
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=(first + timedelta(days=32)).replace(day=1),
        weeks=weeks_of(first, events, clock.today()),
        total=len(events),
        fans=fan_names(db.session, programme),
        stands={event.id: course_of(event, clock.now()) for event in events},
        courses=COURSES,
        course_tags=COURSE_TAGS,
        feeds_href=link_to("agenda.feeds", slug=programme.slug),
    )
