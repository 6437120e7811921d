"""The application object that a server runs."""

from pioneers.app import create_app

app = create_app()
