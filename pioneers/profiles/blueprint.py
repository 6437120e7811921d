"""A pioneer's public face, the appointment's certificate, and free days."""

from flask import Blueprint

blueprint = Blueprint("profiles", __name__)
