"""The questions desk, and the register of experts."""

from flask import Blueprint

blueprint = Blueprint("questions", __name__)
