"""A pioneer's photo: sending one, choosing the part that is shown, removing it."""

from typing import IO

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import pioneer_row
from pioneers.db import db
from pioneers.media.answering import jpeg
from pioneers.media.reading import Pictures, read_photo
from pioneers.media.rules import Crop, PhotoRefused
from pioneers.profiles import actions, queries
from pioneers.profiles.access import is_own, kept
from pioneers.profiles.blueprint import blueprint
from pioneers.profiles.consents import wording
from pioneers.profiles.edit_views import URL, crumbs, to_profile
from pioneers.profiles.forms import CropForm, PhotoForm, PlainForm
from pioneers.profiles.labels import said
from pioneers.profiles.models import ConsentPurpose
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.i18n import language
from pioneers.web.throttling import Limit, is_beyond

PER_PERSON = Limit("photos", 30, minutes=60)  # to open a photo takes memory and time


@blueprint.route(f"{URL}/foto", methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def add_photo(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """Send a photo; the part that is shown is chosen next."""
    pioneer = kept(programme, pioneer_id)
    form = PhotoForm()
    form.agreed.label.text = wording(
        ConsentPurpose.PHOTO, language=language(), programme=programme.name
    )
    if form.validate_on_submit():
        try:
            _take_in(programme, pioneer, form)
        except (Refused, PhotoRefused) as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            return redirect(url_for("profiles.crop", slug=programme.slug, pioneer_id=pioneer_id))
    page = render_template(
        "profiles/photo.html",
        programme=programme,
        form=form,
        pioneer=pioneer,
        own=is_own(programme, pioneer),
        photo=queries.photo_of(db.session, pioneer.id),
        trail=crumbs(programme, pioneer),
    )
    return page, 422 if form.errors else 200


def _take_in(programme: Programme, pioneer: Pioneer, form: PhotoForm) -> None:
    if is_beyond(PER_PERSON, str(current_user.id)):
        raise Refused("too_often", "photo")
    pictures = _read(form.photo.data)
    name = pioneer_row(db.session, programme, pioneer.id).name
    actions.set_photo(
        db.session,
        programme=programme,
        pioneer=pioneer,
        pictures=pictures,
        alt=form.alt.data or _("Portrait of %(name)s", name=name),
        agreed=form.consent(),
        actor_id=current_user.id,
    )


def _read(chosen: object) -> Pictures:
    """The pictures of a file. Nothing was written yet, and nobody who writes waits for this."""
    if not isinstance(chosen, FileStorage) or not chosen.filename:
        raise PhotoRefused("photo_missing")
    source: IO[bytes] = chosen.stream
    db.session.rollback()
    return read_photo(source)


@blueprint.route(f"{URL}/foto/uitsnede", methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def crop(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """Choose the part of the photo that is shown; without a script one looks before one saves."""
    pioneer = kept(programme, pioneer_id)
    photo = queries.photo_of(db.session, pioneer.id)
    if photo is None:
        return redirect(url_for("profiles.add_photo", slug=programme.slug, pioneer_id=pioneer_id))
    chosen = photo.crop
    form = CropForm(data={"x": chosen.x, "y": chosen.y, "zoom": chosen.zoom, "alt": photo.alt})
    if form.validate_on_submit():
        try:
            chosen = form.crop()
            if "look" not in request.form:
                return _cropped(programme, pioneer, form, chosen)
        except (Refused, PhotoRefused) as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
    page = render_template(
        "profiles/crop.html",
        programme=programme,
        form=form,
        photo=photo,
        box=chosen.box(photo.width, photo.height),
        pioneer=pioneer,
        trail=crumbs(programme, pioneer),
    )
    return page, 422 if form.errors else 200


def _cropped(
    programme: Programme, pioneer: Pioneer, form: CropForm, chosen: Crop
) -> ResponseReturnValue:
    actions.set_crop(
        db.session,
        pioneer=pioneer,
        crop=chosen,
        alt=form.alt.data or "",
        actor_id=current_user.id,
    )
    db.session.commit()
    flash(_("The photo has been saved."), "good")
    return redirect(to_profile(programme, pioneer), 303)


@blueprint.post(f"{URL}/foto/weg")
@permitted(Permission.LOG_CONTRIBUTIONS)
def remove_photo(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """Delete the photo at once."""
    pioneer = kept(programme, pioneer_id)
    if PlainForm().validate_on_submit() and actions.remove_photo(
        db.session, pioneer=pioneer, actor_id=current_user.id
    ):
        db.session.commit()
        flash(_("The photo has been deleted."), "good")
    return redirect(to_profile(programme, pioneer), 303)


@blueprint.get(f"{URL}/foto.jpg", defaults={"size": "groot"})
@blueprint.get(f"{URL}/foto-klein.jpg", defaults={"size": "klein"})
@permitted(Permission.LOG_CONTRIBUTIONS)
def kept_photo(programme: Programme, pioneer_id: int, size: str) -> ResponseReturnValue:
    """The photo for who keeps it, whether everybody may see it or not."""
    pioneer = kept(programme, pioneer_id)
    photo = queries.photo_of(db.session, pioneer.id)
    if photo is None:
        raise NotFound
    found = queries.get_photo(db.session, photo.id)
    return jpeg(found, small=size == "klein", is_public=False)
