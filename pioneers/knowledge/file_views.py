"""Files and the photo of an item: adding, removing, and sending them to whoever may have them."""

from flask import Response, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.files.actions import Upload, read_upload
from pioneers.files.labels import said as said_of_file
from pioneers.files.models import StoredFile
from pioneers.files.rules import FileRefused
from pioneers.knowledge import attaching, queries
from pioneers.knowledge.blueprint import blueprint
from pioneers.knowledge.forms import FileForm, PhotoForm, PlainForm
from pioneers.knowledge.item_views import ONE, to_item
from pioneers.media.answering import jpeg
from pioneers.media.labels import said as said_of_photo
from pioneers.media.models import Photo
from pioneers.media.reading import Pictures, read_photo
from pioneers.media.rules import PhotoRefused
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.publishing.frame import open_site
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach

A_WHILE = "public, max-age=300"  # what is taken off the site is gone within minutes
SANDBOX = "default-src 'none'; sandbox"


@blueprint.route(f"{ONE}/bestand", methods=["GET", "POST"])
@permitted(Permission.EDIT_KNOWLEDGE)
def add_file(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Let a file go with an item."""
    item = queries.get_item(db.session, programme, item_id)
    form = FileForm()
    if form.validate_on_submit():
        try:
            upload = _read(form.file.data)
        except FileRefused as refusal:
            attach(form, refusal.field, said_of_file(refusal))
        else:
            item = queries.get_item(db.session, programme, item_id)
            attaching.attach_file(
                db.session,
                item=item,
                upload=upload,
                title=form.title.data or "",
                user_id=current_user.id,
            )
            db.session.commit()
            flash(_("The file is there."), "good")
            return to_item(programme, item)
    page = render_template("knowledge/file.html", programme=programme, item=item, form=form)
    return page, 422 if form.errors else 200


def _read(chosen: object) -> Upload:
    """Look at the file; nothing was written yet, and nobody who writes waits for this."""
    if not isinstance(chosen, FileStorage) or not chosen.filename:
        raise FileRefused("file_missing")
    db.session.rollback()
    return read_upload(chosen.stream, chosen.filename)


@blueprint.post(f"{ONE}/bestand/<int:file_id>/weg")
@permitted(Permission.EDIT_KNOWLEDGE)
def remove_file(programme: Programme, item_id: int, file_id: int) -> ResponseReturnValue:
    """Delete a file of an item."""
    item = queries.get_item(db.session, programme, item_id)
    stored = attaching.get_file(db.session, item, file_id)
    if PlainForm().validate_on_submit():
        attaching.remove_file(db.session, item=item, stored=stored, user_id=current_user.id)
        db.session.commit()
        flash(_("The file is gone."), "good")
    return to_item(programme, item)


@blueprint.get(f"{ONE}/bestand/<int:file_id>")
@permitted(Permission.EDIT_KNOWLEDGE)
def own_file(programme: Programme, item_id: int, file_id: int) -> ResponseReturnValue:
    """A file, for whoever edits: also of an item that is not on the site."""
    item = queries.get_item(db.session, programme, item_id)
    return _sent(attaching.get_file(db.session, item, file_id), is_public=False)


@blueprint.get("/bestand/<code>/<name>")
@public
def file(code: str, name: str) -> ResponseReturnValue:
    """A file of an item that everybody may see. It is saved, never opened as one of our pages."""
    found = attaching.file_at(db.session, code, queries.is_public(clock.now()))
    if found is None or found.name != name:
        raise NotFound
    return _sent(found, is_public=True)


def _sent(stored: StoredFile, *, is_public: bool) -> Response:
    response = Response(stored.content, content_type=stored.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{stored.name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = A_WHILE if is_public else "private, no-cache"
    response.set_etag(stored.sha256[:32])
    response.make_conditional(request)
    return response


@blueprint.route(f"{ONE}/foto", methods=["GET", "POST"])
@permitted(Permission.EDIT_KNOWLEDGE)
def add_photo(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Give an item a photo."""
    item = queries.get_item(db.session, programme, item_id)
    form = PhotoForm()
    if form.validate_on_submit():
        try:
            pictures = _pictures(form.photo.data)
        except PhotoRefused as refusal:
            attach(form, "photo", said_of_photo(refusal))
        else:
            item = queries.get_item(db.session, programme, item_id)
            attaching.set_photo(
                db.session,
                item=item,
                pictures=pictures,
                alt=form.alt.data or "",
                user_id=current_user.id,
            )
            db.session.commit()
            flash(_("The photo is there."), "good")
            return to_item(programme, item)
    page = render_template("knowledge/photo.html", programme=programme, item=item, form=form)
    return page, 422 if form.errors else 200


def _pictures(chosen: object) -> Pictures:
    if not isinstance(chosen, FileStorage) or not chosen.filename:
        raise PhotoRefused("photo_missing")
    db.session.rollback()
    return read_photo(chosen.stream)


@blueprint.post(f"{ONE}/foto/weg")
@permitted(Permission.EDIT_KNOWLEDGE)
def remove_photo(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Delete the photo of an item."""
    item = queries.get_item(db.session, programme, item_id)
    if PlainForm().validate_on_submit():
        attaching.remove_photo(db.session, item=item, user_id=current_user.id)
        db.session.commit()
        flash(_("The photo is gone."), "good")
    return to_item(programme, item)


@blueprint.get(f"{ONE}/foto.jpg")
@permitted(Permission.EDIT_KNOWLEDGE)
def own_photo(programme: Programme, item_id: int) -> ResponseReturnValue:
    """The photo, for whoever edits."""
    item = queries.get_item(db.session, programme, item_id)
    if item.photo_id is None:
        raise NotFound
    return jpeg(db.session.get_one(Photo, item.photo_id), small=False, is_public=False)


@blueprint.get("/kennis/<slug>/<item_slug>/foto.jpg")
@public
def photo(slug: str, item_slug: str) -> ResponseReturnValue:
    """The photo, for everybody."""
    site = open_site(slug)
    item = queries.published_item(db.session, site.programme.id, item_slug, clock.now())
    if item is None or item.photo_id is None:
        raise NotFound
    return jpeg(db.session.get_one(Photo, item.photo_id), small=False, is_public=True)
