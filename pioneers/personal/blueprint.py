"""What people may see of their own data, and what the team does when they ask."""

from flask import Blueprint

blueprint = Blueprint("personal", __name__)
