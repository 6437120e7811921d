"""Newsletters and invitations."""

from flask import Blueprint

blueprint = Blueprint("mailings", __name__)
