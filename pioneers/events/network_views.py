"""The network: pioneers and fans on one page, and a fan's own page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pioneers import clock
from pioneers.accounts.queries import addresses_with
from pioneers.accounts.rules import Permission, Role
from pioneers.ambassadors.queries import list_pioneers, unnamed
from pioneers.db import db
from pioneers.events import listing
from pioneers.events.blueprint import blueprint
from pioneers.events.labels import COURSE_TAGS, COURSES
from pioneers.events.network import contributions, events_of_fans
from pioneers.fans.labels import KINDS
from pioneers.fans.queries import contact_people, get_fan, list_fans
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.labels import END_REASONS
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import default_day
from pioneers.web.pagination import page_number


@blueprint.get("/p/<slug>/netwerk")
@permitted(Permission.SEE_NETWORK)
def network(programme: Programme) -> ResponseReturnValue:
    """Who inspires, and on whose stages."""
    day = default_day(today=clock.today(), starts_on=programme.starts_on, ends_on=programme.ends_on)
    pioneers = list_pioneers(db.session, programme)
    if not may(Permission.SEE_PEOPLE):
        pioneers = unnamed(db.session, programme, pioneers)
    fans = list_fans(db.session, programme)
    return render_template(
        "events/network.html",
        programme=programme,
        pioneers=pioneers,
        active_pioneers=sum(one.active for one in pioneers),
        fans=fans,
        active_fans=sum(one.is_active for one in fans),
        year=day.year,
        contributions=contributions(db.session, programme, day.year),
        events=events_of_fans(db.session, programme),
        kinds=KINDS,
        municipalities=municipality_names(db.session),
        may_edit=may(Permission.EDIT_NETWORK),
        cards_href=link_to("cards.runs", slug=programme.slug)
        if may(Permission.MANAGE_CARDS)
        else None,
    )


@blueprint.get("/p/<slug>/netwerk/fans/<int:fan_id>")
@permitted(Permission.SEE_NETWORK)
def fan(programme: Programme, fan_id: int) -> ResponseReturnValue:
    """A fan with its contact people and its events."""
    found = get_fan(db.session, programme, fan_id)
    see_people = may(Permission.SEE_PEOPLE)
    return render_template(
        "events/fan.html",
        programme=programme,
        fan=found,
        kind=KINDS[found.kind],
        municipality=municipality_names(db.session).get(found.municipality_code or ""),
        contacts=contact_people(db.session, found) if see_people else None,
        page=listing.list_events(
            db.session, programme, page=page_number(), filters=listing.Filters(fan_id=fan_id)
        ),
        figures_href=link_to("reports.breakdown", slug=programme.slug, by="fan"),
        end_reason=END_REASONS[found.end_reason] if found.end_reason and see_people else None,
        courses=COURSES,
        course_tags=COURSE_TAGS,
        may_edit=may(Permission.EDIT_NETWORK),
        may_invite=may(Permission.MANAGE_ACCESS),
        with_access=addresses_with(db.session, programme.id, Role.FAN_CONTACT)
        if see_people
        else frozenset(),
    )
