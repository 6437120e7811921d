"""The look of the public site: the page where it is set; its stylesheet and logo for everybody."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.files.models import StoredFile
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.publishing.blueprint import blueprint
from pioneers.publishing.labels import said
from pioneers.publishing.logos import read_logo
from pioneers.publishing.look_forms import LookForm, as_kept
from pioneers.publishing.queries import Site, site_by_slug
from pioneers.publishing.settling import settle
from pioneers.publishing.texts import site_to_edit
from pioneers.publishing.theme import stylesheet
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

KEPT = "public, max-age=31536000, immutable"  # the address has the version of the settings


def _site(slug: str) -> Site:
    site = site_by_slug(db.session, slug)
    if site is None:
        raise NotFound
    return site


@blueprint.get("/stijl/<slug>.css")
@public
def theme(slug: str) -> ResponseReturnValue:
    """The programme's own colours."""
    settings = _site(slug).settings
    response = Response(stylesheet(settings.brand, settings.warm), content_type="text/css")
    response.headers["Cache-Control"] = KEPT
    return response


@blueprint.get("/stijl/<slug>/logo.png")
@public
def logo(slug: str) -> ResponseReturnValue:
    """The programme's own logo."""
    settings = _site(slug).settings
    found = db.session.execute(
        select(StoredFile.content, StoredFile.media_type).where(
            StoredFile.id == settings.logo_id, StoredFile.programme_id == settings.programme_id
        )
    ).first()
    if found is None:
        raise NotFound
    response = Response(found.content, content_type=found.media_type)
    response.headers["Cache-Control"] = KEPT
    return response


def _save(programme: Programme, form: LookForm) -> None:
    """The logo is made anew before anything is held in the database: that takes a while."""
    sent = form.logo.data
    logo = read_logo(sent.stream) if sent else None
    settle(
        db.session,
        programme=programme,
        draft=form.draft(),
        version=parse_version(form.version.data),
        logo=logo,
        removes_logo=bool(form.removes_logo.data),
        actor_id=current_user.id,
    )


@blueprint.route("/p/<slug>/site/uiterlijk", methods=["GET", "POST"])
@permitted(Permission.EDIT_SITE)
def look(programme: Programme) -> ResponseReturnValue:
    """Open or close the site; what it says of itself, its colours and its logo."""
    kept = site_to_edit(db.session, programme).settings
    form, stale = LookForm(data=as_kept(kept)), None
    if form.validate_on_submit():
        try:
            _save(programme, form)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            kept = site_to_edit(db.session, programme).settings
            stale = differences(form, as_kept(kept))
        else:
            db.session.commit()
            flash(_("Saved. Visitors see it at once."), "good")
            return redirect(url_for("publishing.look", slug=programme.slug), 303)
    form.version.data = str(kept.version)
    page = render_template(
        "publishing/look.html",
        programme=programme,
        form=form,
        stale=stale,
        settings=kept,
        home_href=link_to("website.home", slug=programme.slug) if kept.is_open else None,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200
