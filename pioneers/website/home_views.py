"""The home of a programme's public site."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pioneers.publishing.frame import open_site
from pioneers.web.access import public
from pioneers.website.blueprint import blueprint


@blueprint.get("/<site:slug>")
@public
def home(slug: str) -> ResponseReturnValue:
    """Why, how and what, and the ways in."""
    open_site(slug)
    return render_template("website/home.html")
