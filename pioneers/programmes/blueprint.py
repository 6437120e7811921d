"""The blueprint of the programme's own pages."""

from flask import Blueprint

blueprint = Blueprint("programmes", __name__)
