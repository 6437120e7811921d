"""The pages of the public site that have words of the programme: home, pioneers, stages, circles,
contact, privacy, accessibility, and pages of its own."""

from flask.typing import ResponseReturnValue

from pioneers.db import db
from pioneers.publishing.fixed import render
from pioneers.publishing.frame import open_site
from pioneers.publishing.texts import shown, shown_own
from pioneers.web.access import public
from pioneers.web.i18n import language
from pioneers.website.blueprint import blueprint


def _fixed(slug: str, key: str) -> ResponseReturnValue:
    site = open_site(slug)
    return render(site, key, shown(db.session, site, key, language()))


@blueprint.get("/<site:slug>")
@public
def home(slug: str) -> ResponseReturnValue:
    """Why, how and what, and the ways in."""
    return _fixed(slug, "home")


@blueprint.get("/pioniers/<slug>")
@public
def pioneers(slug: str) -> ResponseReturnValue:
    """The pioneers."""
    return _fixed(slug, "pioniers")


@blueprint.get("/podia/<slug>")
@public
def stages(slug: str) -> ResponseReturnValue:
    """The fans and their stages."""
    return _fixed(slug, "podia")


@blueprint.get("/kringen/<slug>")
@public
def circles(slug: str) -> ResponseReturnValue:
    """The circles."""
    return _fixed(slug, "kringen")


@blueprint.get("/contact/<slug>")
@public
def contact(slug: str) -> ResponseReturnValue:
    """How to reach the programme."""
    return _fixed(slug, "contact")


@blueprint.get("/privacy/<slug>")
@public
def privacy(slug: str) -> ResponseReturnValue:
    """What the programme keeps of people, and why."""
    return _fixed(slug, "privacy")


@blueprint.get("/toegankelijkheid/<slug>")
@public
def accessibility(slug: str) -> ResponseReturnValue:
    """How accessible the site is, and what to do when it is not."""
    return _fixed(slug, "toegankelijkheid")


@blueprint.get("/over/<slug>/<page_key>")
@public
def own(slug: str, page_key: str) -> ResponseReturnValue:
    """A page of the programme's own."""
    site = open_site(slug)
    return render(site, page_key, shown_own(db.session, site, page_key, language()))
