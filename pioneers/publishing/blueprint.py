"""The look of the public site, its frame, and its texts with their versions."""

from flask import Blueprint

blueprint = Blueprint("publishing", __name__)
