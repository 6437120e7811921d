"""Reading: a host's events, and one of them with what comes next."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names
from pioneers.db import db
from pioneers.events.access import hosted, hosted_fans
from pioneers.events.labels import COURSE_TAGS, COURSES, KINDS
from pioneers.events.models import Event, EventStatus
from pioneers.events.queries import counts, event_day, speaker_ids
from pioneers.events.rules import Course, can_change, course_of
from pioneers.events.themes import theme_words
from pioneers.fans.queries import fan_names
from pioneers.hosting.blueprint import blueprint
from pioneers.hosting.queries import Filling, events_before, events_to_come, fillings_of, told_of
from pioneers.planning.labels import STATE_TAGS, STATES
from pioneers.planning.queries import requests_for
from pioneers.planning.rules import STANDING
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to, reachable
from pioneers.web.formats import number
from pioneers.web.links import link
from pioneers.web.pagination import page_number


@dataclass(frozen=True)
class Stage:
    """Where an event stands, for its host: one of these is what the page is about."""

    is_proposed: bool
    is_open: bool  # planned and to come
    is_published: bool
    is_near: bool  # on the day, until it is over
    is_over: bool
    is_under_way: bool
    can_change: bool  # until it starts
    course: Course


def stage_of(event: Event) -> Stage:
    """What the present moment makes of an event."""
    now = clock.now()
    over = event.ends_at <= now
    planned = event.status in (EventStatus.PLANNED, EventStatus.HELD)
    return Stage(
        is_proposed=event.status == EventStatus.PROPOSED,
        is_open=planned and not over,
        is_published=event.published_at is not None,
        is_near=planned and not over and event_day(event) <= clock.today(),
        is_over=over and event.status != EventStatus.CANCELLED,
        is_under_way=course_of(event, now) == Course.UNDER_WAY,
        can_change=can_change(event, now),
        course=course_of(event, now),
    )


def own_fans(programme: Programme) -> dict[int, str]:
    """The names of the fans whose events the present user hosts."""
    fans, names = hosted_fans(programme), fan_names(db.session, programme)
    return {key: name for key, name in names.items() if fans is None or key in fans}


@blueprint.get("/p/<slug>/podium")
@permitted(Permission.HOST_EVENTS)
def index(programme: Programme) -> ResponseReturnValue:
    """One's own events: to come, then before."""
    fans = hosted_fans(programme)
    return render_template(
        "hosting/index.html",
        programme=programme,
        has_fans=bool(own_fans(programme)),
        fan_names=own_fans(programme) if fans is not None else {},
        to_come=events_to_come(db.session, programme, fans),
        before=events_before(db.session, programme, fans, page=page_number()),
        kinds=KINDS,
        courses=COURSES,
        course_tags=COURSE_TAGS,
        feeds_href=link_to("agenda.feeds", slug=programme.slug),
    )


@blueprint.get("/p/<slug>/podium/<int:event_id>")
@permitted(Permission.HOST_EVENTS)
def event(programme: Programme, event_id: int) -> ResponseReturnValue:
    """One's own event: where it stands, who comes, who speaks."""
    found = hosted(programme, event_id)
    names = pioneer_names(db.session, programme)
    stage, requests = stage_of(found), requests_for(db.session, programme, found)
    return render_template(
        "hosting/event.html",
        programme=programme,
        event=found,
        stage=stage,
        fan=fan_names(db.session, programme).get(found.fan_id or 0),
        filling=fillings_of(db.session, [found.id]).get(found.id, Filling()),
        counts=counts(db.session, found),
        speakers=[names[one] for one in speaker_ids(db.session, found)],
        requests=requests,
        theme=theme_words(found.theme),
        public_link=public_link(found),
        links=_links(programme, found, stage),
        asked_waits=any(one.request.state in STANDING for one in requests),
        may_plan=may(Permission.PLAN_EVENTS),
        is_leader=may(Permission.EDIT_EVENTS),
        kinds=KINDS,
        courses=COURSES,
        course_tags=COURSE_TAGS,
        states=STATES,
        state_tags=STATE_TAGS,
    )


def public_link(event: Event) -> str | None:
    """The address of the page where entrepreneurs register, once it is open."""
    if event.published_at is None or not reachable("registrations.event_page"):
        return None
    return link("registrations.event_page", code=event.public_code)


def _links(programme: Programme, event: Event, stage: Stage) -> dict[str, tuple[str, str]]:
    """The pages of other features about this event, as far as the application has them and there
    is something to do on them."""
    of_stage = {
        "attendees": True,
        "questions": stage.can_change,
        "tick": stage.is_published or stage.is_near or stage.is_over,
        "screen": (stage.is_published or stage.is_near) and not stage.is_over,
        "badges": (stage.is_published or stage.is_near) and not stage.is_over,
        "list": stage.is_published or stage.is_near or stage.is_over,
    }
    pages = {
        "attendees": ("registrations.attendees", _("Registrations")),
        "questions": ("registrations.questions", _("Questions to who registers")),
        "tick": (
            "presence.tick",
            _("Note who was there") if stage.is_over else _("Check-in"),
        ),
        "screen": ("presence.screen", _("Code for the screen")),
        "badges": ("presence.badges", _("Badges (PDF)")),
        "list": ("presence.attendance_pdf", _("Attendance list (PDF)")),
    }
    found = {
        name: (link_to(endpoint, slug=programme.slug, event_id=event.id), label)
        for name, (endpoint, label) in pages.items()
    }
    return {name: (href, label) for name, (href, label) in found.items() if href and of_stage[name]}


def saved_words(event: Event, sequence: int) -> str:
    """What was done by saving an event whose calendar entry was at `sequence` before: it was saved,
    and who has a mail about it, when it moved."""
    saved = _("%(title)s has been saved.", title=event.title)
    if event.sequence == sequence or event.ends_at <= clock.now():
        return saved
    told = told_of(db.session, event)
    if not told:
        words = _("The pioneers, the host and the project leader have a mail about it.")
        return f"{saved} {words}"
    words = ngettext(
        "One registration, the pioneers, the host and the project leader have a mail about it.",
        "%(written)s registrations, the pioneers, the host and the project leader have a mail "
        "about it.",
        told,
        written=number(told),
    )
    return f"{saved} {words}"
