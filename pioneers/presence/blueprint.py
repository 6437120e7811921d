"""Who is there: ticked, scanned, or by themselves."""

from flask import Blueprint

blueprint = Blueprint("presence", __name__)
