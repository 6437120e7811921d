"""The explicit list of features that have pages."""

from flask import Flask

from pioneers.accounts import pages as accounts
from pioneers.programmes import access_views, audit_views
from pioneers.reports import pages as reports


def register(app: Flask) -> None:
    """Register each feature's blueprint; the order is that of the layers."""
    for blueprint in (
        accounts.blueprint,
        access_views.blueprint,
        audit_views.blueprint,
        reports.blueprint,
    ):
        app.register_blueprint(blueprint)
