"""What was mailed, in which words, and what became of it."""

from flask import Blueprint

blueprint = Blueprint("mailroom", __name__)
