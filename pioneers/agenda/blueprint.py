"""Calendars to follow, and calendars that are followed."""

from flask import Blueprint

blueprint = Blueprint("agenda", __name__)
