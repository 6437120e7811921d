"""The public site: home, pioneers, stages, circles, contact."""

from flask import Blueprint

blueprint = Blueprint("website", __name__)
