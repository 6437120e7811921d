"""Asking for news, confirming, choosing themes, and leaving."""

from flask import Blueprint

blueprint = Blueprint("subscriptions", __name__)
