"""The public page of an event, and what somebody registered does with their link."""

from flask import Blueprint

blueprint = Blueprint("registrations", __name__)
