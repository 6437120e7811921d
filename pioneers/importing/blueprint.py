"""The blueprint of lists."""

from flask import Blueprint

blueprint = Blueprint("importing", __name__, url_prefix="/p/<slug>")
