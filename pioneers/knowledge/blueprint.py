"""The knowledge base: items, what people did with them, the guided self-analysis."""

from flask import Blueprint

blueprint = Blueprint("knowledge", __name__)
