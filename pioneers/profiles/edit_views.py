"""A pioneer's profile as the pioneer keeps it (the project leader can, too): what stands, what can
be seen, and what one tells."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import get_pioneer, pioneer_row
from pioneers.db import db
from pioneers.events.themes import known_themes
from pioneers.profiles import actions, queries
from pioneers.profiles.access import is_own, kept, own_id
from pioneers.profiles.blueprint import blueprint
from pioneers.profiles.forms import StoryForm
from pioneers.profiles.labels import said
from pioneers.profiles.models import ConsentPurpose, Profile
from pioneers.profiles.rules import SOON, known_levels, known_offers
from pioneers.profiles.shown import words_of
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

URL = "/p/<slug>/profiel/<int:pioneer_id>"


def to_profile(programme: Programme, pioneer: Pioneer) -> str:
    """Where somebody goes after a change: one's own profile, or that of the pioneer."""
    if is_own(programme, pioneer):
        return url_for("profiles.edit", slug=programme.slug)
    return url_for("profiles.edit_for", slug=programme.slug, pioneer_id=pioneer.id)


def crumbs(programme: Programme, pioneer: Pioneer) -> list[tuple[str, str]]:
    """The way back: to the profile, and for the project leader to the network before it."""
    label = _("Your profile")
    if is_own(programme, pioneer):
        return [(label, to_profile(programme, pioneer))]
    row = pioneer_row(db.session, programme, pioneer.id)
    pages = [(_("Network"), link_to("events.network", slug=programme.slug))]
    pages += [(row.name, link_to("events.pioneer", slug=programme.slug, pioneer_id=pioneer.id))]
    pages += [(_("Profile"), to_profile(programme, pioneer))]
    return [(name or _("Erased"), href) for name, href in pages if href]


@blueprint.get("/p/<slug>/profiel")
@permitted(Permission.LOG_CONTRIBUTIONS)
def edit(programme: Programme) -> ResponseReturnValue:
    """One's own profile."""
    pioneer_id = own_id(programme)
    if pioneer_id is None:
        return render_template("profiles/nobody.html", programme=programme)
    return _overview(programme, get_pioneer(db.session, programme, pioneer_id))


@blueprint.get("/p/<slug>/netwerk/pioniers/<int:pioneer_id>/profiel")
@permitted(Permission.EDIT_NETWORK)
def edit_for(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """The profile of a pioneer, kept by the project leader."""
    return _overview(programme, get_pioneer(db.session, programme, pioneer_id))


def _overview(programme: Programme, pioneer: Pioneer) -> str:
    today = clock.today()
    shown = queries.preview(db.session, programme, pioneer.id, today)
    consent = queries.standing_consent(db.session, pioneer.id, ConsentPurpose.PROFILE, today)
    photo_consent = queries.standing_consent(db.session, pioneer.id, ConsentPurpose.PHOTO, today)
    row = pioneer_row(db.session, programme, pioneer.id)
    return render_template(
        "profiles/edit.html",
        programme=programme,
        pioneer=row,
        own=is_own(programme, pioneer),
        trail=crumbs(programme, pioneer)[:-1],
        profile=queries.get_profile(db.session, pioneer.id),
        shown=shown,
        words=None if shown is None else words_of(shown),
        is_public=queries.public_profile(db.session, pioneer.id, today) is not None,
        consent=consent,
        photo=queries.photo_of(db.session, pioneer.id),
        photo_consent=photo_consent,
        quotes=queries.quotes_of(db.session, pioneer.id, today),
        away=queries.away_periods(db.session, pioneer.id, today),
        today=today,
        soon=today + SOON,
        travels_km=pioneer.travels_km,
    )


@blueprint.get(f"{URL}/voorbeeld")
@permitted(Permission.LOG_CONTRIBUTIONS)
def look(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """The page as everybody will see it, before anybody does."""
    pioneer = kept(programme, pioneer_id)
    shown = queries.preview(db.session, programme, pioneer.id, clock.today())
    if shown is None:
        return redirect(to_profile(programme, pioneer), 303)
    return render_template(
        "profiles/preview.html",
        programme=programme,
        shown=shown,
        words=words_of(shown),
        talks=queries.next_talks(db.session, pioneer.id, clock.now()),
        trail=crumbs(programme, pioneer),
    )


@blueprint.route(f"{URL}/verhaal", methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def story(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """What a pioneer tells, and what one can be asked for."""
    pioneer = kept(programme, pioneer_id)
    profile = queries.get_profile(db.session, pioneer.id)
    form = StoryForm(data=_values(pioneer, profile))
    stale = None
    if form.validate_on_submit():
        try:
            actions.change_profile(
                db.session,
                programme=programme,
                pioneer=pioneer,
                draft=form.draft(),
                version=parse_version(form.version.data),
                pioneer_version=parse_version(form.pioneer_version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            now = _values(pioneer, queries.get_profile(db.session, pioneer.id))
            stale = differences(form, {key: value or None for key, value in now.items()})
            form.version.data = now["version"]
            form.pioneer_version.data = now["pioneer_version"]
        else:
            db.session.commit()
            flash(_("Your profile has been saved."), "good")
            return redirect(to_profile(programme, pioneer), 303)
    page = render_template(
        "profiles/story.html",
        programme=programme,
        form=form,
        stale=stale,
        trail=crumbs(programme, pioneer),
    )
    return page, 422 if form.errors else 200


def _values(pioneer: Pioneer, profile: Profile | None) -> dict[str, object]:
    values: dict[str, object] = {
        "themes": list(known_themes(pioneer.themes)),
        "travels_km": pioneer.travels_km,
        "pioneer_version": pioneer.version,
        "version": 0,
    }
    if profile is None:
        return values
    return values | {
        "headline": profile.headline,
        "story": profile.story,
        "levels": [str(level) for level in known_levels(profile.levels)],
        "offers": [offer.value for offer in known_offers(profile.offers)],
        "region": profile.region,
        "website": profile.website,
        "version": profile.version,
    }
