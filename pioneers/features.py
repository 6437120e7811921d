"""The explicit list of features that have pages."""

from flask import Flask


def register(app: Flask) -> None:
    """Register each feature's blueprint; the order is that of the layers."""
    for blueprint in ():
        app.register_blueprint(blueprint)
