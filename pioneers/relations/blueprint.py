"""Winning and keeping pioneers and fans: prospects, notes, introductions."""

from flask import Blueprint

blueprint = Blueprint("relations", __name__)
