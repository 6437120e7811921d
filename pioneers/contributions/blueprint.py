"""What pioneers contribute, and their own page."""

from flask import Blueprint

blueprint = Blueprint("contributions", __name__)
