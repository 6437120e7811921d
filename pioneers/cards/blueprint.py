"""Referral cards: print runs, where cards lead, visits, the funnel."""

from flask import Blueprint

blueprint = Blueprint("cards", __name__)
