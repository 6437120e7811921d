"""The blueprint of what belongs to no feature: the front page, public pages, the search page."""

from flask import Blueprint

blueprint = Blueprint("site", __name__)
