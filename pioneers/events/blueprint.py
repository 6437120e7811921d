"""The blueprint of events and of the network, which shows fans and pioneers with their events."""

from flask import Blueprint

blueprint = Blueprint("events", __name__)
