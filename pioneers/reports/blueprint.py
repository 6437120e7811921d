"""The blueprint of the figures."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
