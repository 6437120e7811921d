"""A pioneer's page for everybody, with the photo, for as long as the consents stand."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pioneers import clock
from pioneers.ambassadors.queries import standing_in
from pioneers.db import db
from pioneers.media.answering import jpeg
from pioneers.profiles import queries
from pioneers.profiles.blueprint import blueprint
from pioneers.profiles.rules import PublicProfile
from pioneers.profiles.shown import words_of
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.web.access import public as open_to_everybody
from pioneers.web.errors import NotFound
from pioneers.web.links import link
from pioneers.web.tokens import LETTERS

LONGEST_CODE = 8


def _cleaned(code: str) -> str:
    """The code as it is kept, in capitals; empty for what can be none."""
    typed = code.upper()
    return typed if len(typed) <= LONGEST_CODE and set(typed) <= set(LETTERS) else ""


def _found(code: str) -> PublicProfile | None:
    """By the code of the page, in capitals or small letters."""
    typed = _cleaned(code)
    if not typed:
        return None
    return queries.public_profile_by_code(db.session, typed, clock.today())


@blueprint.get("/pionier/<code>")
@open_to_everybody
def public(code: str) -> ResponseReturnValue:
    """A pioneer: photo, story, and what one can ask for."""
    shown = _found(code)
    if shown is None:
        return _gone(code)
    programme = db.session.get_one(Programme, shown.programme_id)
    return render_template(
        "profiles/public.html",
        shown=shown,
        words=words_of(shown),
        of=programme,
        talks=queries.next_talks(db.session, shown.pioneer_id, clock.now()),
        agenda_href=link_to("agenda.public", slug=programme.slug),
        ask_href=link_to("questions.ask", slug=programme.slug),
        own_address=link("profiles.public", code=shown.code),
        photo_address=link("profiles.photo", code=shown.code) if shown.has_photo else None,
    )


def _gone(code: str) -> ResponseReturnValue:
    """The same words for a page that is not open and for one that never was; whoever left leads
    to a successor whose page is open."""
    typed = _cleaned(code)
    pioneer = queries.pioneer_by_code(db.session, typed) if typed else None
    heir = None
    if pioneer is not None:
        heir_id = standing_in(db.session, pioneer.id, clock.today())
        if heir_id is not None and heir_id != pioneer.id:
            heir = queries.public_profile(db.session, heir_id, clock.today())
    return render_template("profiles/gone.html", heir=heir), 404


@blueprint.get("/pionier/<code>/foto.jpg")
@open_to_everybody
def photo(code: str) -> ResponseReturnValue:
    """The photo."""
    return _picture(code, small=False)


@blueprint.get("/pionier/<code>/foto-klein.jpg")
@open_to_everybody
def photo_small(code: str) -> ResponseReturnValue:
    """The square of it."""
    return _picture(code, small=True)


def _picture(code: str, *, small: bool) -> ResponseReturnValue:
    shown = _found(code)
    if shown is None or shown.photo_id is None:
        raise NotFound
    return jpeg(queries.get_photo(db.session, shown.photo_id), small=small, is_public=True)
