"""Matching pioneers with events, and what they answer."""

from flask import Blueprint

blueprint = Blueprint("planning", __name__)
