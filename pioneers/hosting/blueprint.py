"""A host's own events: proposed, changed, published, cancelled, counted."""

from flask import Blueprint

blueprint = Blueprint("hosting", __name__)
