"""Reading: the list of events, and one event with who was there."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names, pioneer_numbers
from pioneers.db import db
from pioneers.events import listing, queries, waiting
from pioneers.events.blueprint import blueprint
from pioneers.events.labels import COURSE_TAGS, COURSES, KINDS, STATUSES
from pioneers.events.models import EventStatus
from pioneers.events.rules import can_change, course_of, is_uncounted
from pioneers.events.themes import theme_words
from pioneers.fans.queries import fan_names
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.queries import municipality_names
from pioneers.reach.labels import EVIDENCE
from pioneers.web.pagination import page_number


def _number(name: str) -> int | None:
    value = request.args.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def asked_filters() -> listing.Filters:
    """The filters in the address; whatever is no filter is left out."""
    status = request.args.get("status", "")
    year = _number("jaar")
    waits = request.args.get("wacht", "")
    return listing.Filters(
        status=EventStatus(status) if status in set(EventStatus) else None,
        year=year if year and 1900 < year < 2200 else None,
        fan_id=_number("fan"),
        pioneer_id=_number("pionier"),
        text=request.args.get("q", "").replace("\0", "").strip()[:100],
        waits=waits if waits in waiting.KINDS else "",
    )


@blueprint.get("/p/<slug>/bijeenkomsten")
@permitted(Permission.SEE_EVENTS)
def index(programme: Programme) -> ResponseReturnValue:
    """Events to come first, then those that were held, the newest on top."""
    filters = asked_filters()
    return render_template(
        "events/index.html",
        programme=programme,
        page=listing.list_events(db.session, programme, page=page_number(), filters=filters),
        filters=filters,
        filtered=filters != listing.Filters(),
        years=listing.event_years(db.session, programme),
        fans=fan_names(db.session, programme),
        statuses={status: str(label) for status, label in STATUSES.items()},
        courses=COURSES,
        course_tags=COURSE_TAGS,
        waits={key: str(kind.label) for key, kind in waiting.KINDS.items()},
        kinds=KINDS,
        today=clock.today(),
        may_edit=may(Permission.EDIT_EVENTS),
    )


@blueprint.get("/p/<slug>/bijeenkomsten/<int:event_id>")
@permitted(Permission.SEE_EVENTS)
def event(programme: Programme, event_id: int) -> ResponseReturnValue:
    """One event: who spoke, where and when, who was there."""
    found = queries.get_event(db.session, programme, event_id)
    see_people = may(Permission.SEE_PEOPLE)
    names = (pioneer_names if see_people else pioneer_numbers)(db.session, programme)
    people = None
    if see_people:
        people = queries.attendance_of(db.session, found, page=page_number())
    return render_template(
        "events/event.html",
        programme=programme,
        event=found,
        day=queries.event_day(found),
        counts=queries.counts(db.session, found),
        speakers=[(one, names[one]) for one in queries.speaker_ids(db.session, found)],
        fan=fan_names(db.session, programme).get(found.fan_id or 0),
        municipality=municipality_names(db.session).get(found.municipality_code or ""),
        people=people,
        has_come=queries.event_day(found) <= clock.today(),
        may_edit=may(Permission.EDIT_EVENTS),
        may_plan=may(Permission.PLAN_EVENTS),
        is_to_come=can_change(found, clock.now()),
        is_over=found.ends_at <= clock.now(),
        uncounted=is_uncounted(found, clock.now()),
        course=course_of(found, clock.now()),
        theme=theme_words(found.theme),
        import_href=_import_href(programme, event_id),
        link_to=link_to,
        courses=COURSES,
        course_tags=COURSE_TAGS,
        kinds=KINDS,
        evidence=EVIDENCE,
    )


def _import_href(programme: Programme, event_id: int) -> str | None:
    if not may(Permission.IMPORT):
        return None
    return link_to("importing.new", slug=programme.slug, event_id=event_id)
