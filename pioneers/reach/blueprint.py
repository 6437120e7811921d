"""The blueprint of companies, people, contacts, activations and doubts."""

from flask import Blueprint

blueprint = Blueprint("reach", __name__)
