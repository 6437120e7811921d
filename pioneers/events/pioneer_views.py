"""Pioneers: appointing, a pioneer's page with talks, and the end of an appointment."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.queries import addresses_with
from pioneers.accounts.rules import Permission, Role
from pioneers.ambassadors.actions import appoint, end_appointment, set_successor
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import (
    get_pioneer,
    pioneer_row,
    possible_successors,
    unnamed,
)
from pioneers.companies.queries import get_person
from pioneers.db import db
from pioneers.events import listing
from pioneers.events.blueprint import blueprint
from pioneers.events.forms import AppointForm, EndForm
from pioneers.events.labels import COURSE_TAGS, COURSES, said
from pioneers.events.themes import theme_words
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.labels import END_REASONS
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.reach.intake import take_in
from pioneers.web.formats import day
from pioneers.web.forms import attach
from pioneers.web.pagination import page_number
from pioneers.web.parsing import parse_version

URL = "/p/<slug>/netwerk/pioniers"


def _to(programme: Programme, pioneer: Pioneer) -> ResponseReturnValue:
    return redirect(url_for("events.pioneer", slug=programme.slug, pioneer_id=pioneer.id), 303)


@blueprint.get(f"{URL}/<int:pioneer_id>")
@permitted(Permission.SEE_NETWORK)
def pioneer(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """A pioneer with the talks that were given and will be given."""
    row = pioneer_row(db.session, programme, pioneer_id)
    found = get_pioneer(db.session, programme, pioneer_id)
    filters = listing.Filters(pioneer_id=pioneer_id)
    see_people = may(Permission.SEE_PEOPLE)
    if not see_people:
        (row,) = unnamed(db.session, programme, [row])
    return render_template(
        "events/pioneer.html",
        programme=programme,
        pioneer=row,
        page=listing.list_events(db.session, programme, page=page_number(), filters=filters),
        person_href=link_to("reach.person", slug=programme.slug, person_id=row.person_id)
        if see_people
        else None,
        company_href=link_to("reach.company", slug=programme.slug, company_id=row.company_id)
        if see_people
        else None,
        figures_href=link_to("reports.breakdown", slug=programme.slug, by="pionier"),
        courses=COURSES,
        course_tags=COURSE_TAGS,
        may_edit=may(Permission.EDIT_NETWORK),
        appointment=found,
        successor=_successor(programme, found) if see_people else None,
        profile_links=_profile_links(programme, found) if may(Permission.EDIT_NETWORK) else [],
        themes=theme_words(found.themes),
        travels_km=found.travels_km,
        end_reason=END_REASONS[found.end_reason] if found.end_reason and see_people else None,
        invite_email=_address_without_access(programme, row.person_id),
    )


def _successor(programme: Programme, pioneer: Pioneer) -> tuple[int, str] | None:
    """Who follows somebody who left: id and name."""
    if pioneer.ended_on is None or pioneer.successor_id is None:
        return None
    row = pioneer_row(db.session, programme, pioneer.successor_id)
    return row.id, row.name


def _profile_links(programme: Programme, pioneer: Pioneer) -> list[tuple[str, str]]:
    values = {"slug": programme.slug, "pioneer_id": pioneer.id}
    pages = (
        (_("Profile and photo"), link_to("profiles.edit_for", **values)),
        (_("Days away"), link_to("profiles.away", **values)),
        (_("Certificate (PDF)"), link_to("profiles.certificate", **values)),
    )
    return [(label, href) for label, href in pages if href]


def _address_without_access(programme: Programme, person_id: int) -> str | None:
    """Where to invite a pioneer who has no access yet, for who may give it."""
    if not may(Permission.MANAGE_ACCESS):
        return None
    email = get_person(db.session, programme, person_id).email
    known = addresses_with(db.session, programme.id, Role.PIONEER)
    return email if email and email.lower() not in known else None


@blueprint.route(f"{URL}/nieuw", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def appoint_pioneer(programme: Programme) -> ResponseReturnValue:
    """Appoint somebody; whoever is known already is recognised."""
    form = AppointForm()
    if form.validate_on_submit():
        try:
            made = _appoint(programme, form)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_welcome(made, form.name.data or ""), "good")
            return _to(programme, made)
    return render_template("events/appoint.html", programme=programme, form=form)


def _welcome(pioneer: Pioneer, name: str) -> str:
    if pioneer.appointed_on > clock.today():
        return _("%(name)s is a pioneer from %(day)s on.", name=name, day=day(pioneer.appointed_on))
    return _("%(name)s is a pioneer now.", name=name)


def _appoint(programme: Programme, form: AppointForm) -> Pioneer:
    (taken,) = take_in(
        db.session,
        programme=programme,
        claims=[form.claim()],
        day=min(form.data["appointed_on"], clock.today()),
        actor_id=current_user.id,
    )
    if taken.person_id is None or taken.company_id is None:
        raise Refused("name_missing", "name" if taken.person_id is None else "company")
    return appoint(
        db.session,
        programme=programme,
        person_id=taken.person_id,
        company_id=taken.company_id,
        appointed_on=form.data["appointed_on"],
        appointed_by=form.appointed_by.data or "",
        appointed_at=form.appointed_at.data or "",
        actor_id=current_user.id,
    )


@blueprint.route(f"{URL}/<int:pioneer_id>/einde", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def end_pioneer(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """End an appointment, or let it go on."""
    found = get_pioneer(db.session, programme, pioneer_id)
    form = EndForm(data=_end_of(found) | {"version": found.version})
    form.successor.choices = _successors(programme, found)
    stale = None
    if form.validate_on_submit():
        try:
            _end(programme, found, form)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            stale = differences(form, _end_of(found))
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("The appointment has been saved."), "good")
            return _to(programme, found)
    row = pioneer_row(db.session, programme, pioneer_id)
    return render_template(
        "events/end.html", programme=programme, form=form, pioneer=row, stale=stale
    )


def _end_of(pioneer: Pioneer) -> dict[str, object]:
    """What the form shows of the end of an appointment."""
    reason = pioneer.end_reason.value if pioneer.end_reason else None
    return {
        "ended_on": pioneer.ended_on,
        "reason": reason,
        "successor": pioneer.successor_id or 0,
    }


def _end(programme: Programme, pioneer: Pioneer, form: EndForm) -> None:
    """The end, and who follows; of an appointment that goes on, nobody does."""
    end_appointment(
        db.session,
        programme=programme,
        pioneer=pioneer,
        ended_on=form.ended_on.data,
        reason=form.chosen(),
        version=parse_version(form.version.data),
        actor_id=current_user.id,
    )
    if form.ended_on.data:
        set_successor(
            db.session,
            programme=programme,
            pioneer=pioneer,
            successor_id=form.successor.data or None,
            actor_id=current_user.id,
        )


def _successors(programme: Programme, pioneer: Pioneer) -> list[tuple[int, str]]:
    """Who can follow; whoever was chosen before and left since can stay chosen."""
    rows = possible_successors(db.session, programme, pioneer.id)
    names = {row.id: row.name for row in rows}
    if pioneer.successor_id and pioneer.successor_id not in names:
        kept = pioneer_row(db.session, programme, pioneer.successor_id)
        names[kept.id] = kept.name
    return [(0, _("Nobody: the programme")), *names.items()]
