"""The stylesheet with a programme's colours, and its logo: for everybody, kept for ever."""

from flask import Response
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from pioneers.db import db
from pioneers.files.models import StoredFile
from pioneers.publishing.blueprint import blueprint
from pioneers.publishing.queries import Site, site_by_slug
from pioneers.publishing.theme import stylesheet
from pioneers.web.access import public
from pioneers.web.errors import NotFound

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
