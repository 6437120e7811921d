"""The public page of an event, and what somebody registered does with their link."""

from flask import Blueprint

from pioneers.reach.phones import written_phone

blueprint = Blueprint("registrations", __name__)
blueprint.add_app_template_filter(written_phone, "phone")
