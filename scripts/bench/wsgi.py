"""What gunicorn serves for the benchmark: the product, and beside it a bare Flask page."""

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from pioneers.app import create_app

bare = Flask("bare")


@bare.get("/")
def page() -> str:
    """What a page costs that does nothing."""
    return "<!doctype html><html lang=nl><title>Leeg</title><p>Leeg.</p></html>"


application = DispatcherMiddleware(create_app().wsgi_app, {"/kaal": bare.wsgi_app})
