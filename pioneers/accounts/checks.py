"""What must not be when the site starts."""

from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from pioneers.accounts.models import User
from pioneers.accounts.queries import has_demonstration_users
from pioneers.config import Config, ConfigurationError
from pioneers.db import db


def refuse_demo_accounts(app: Flask) -> None:
    """In production, raise ConfigurationError when accounts with published passwords exist.

    A database that does not answer or is not migrated yet holds none that can log in.
    """
    config: Config = app.extensions["pioneers_config"]
    if not config.production:
        return
    with app.app_context():
        try:
            if not inspect(db.engine).has_table(User.__tablename__):
                return
            found = has_demonstration_users(db.session)
        except OperationalError:
            return
        finally:
            db.session.remove()
            db.engine.dispose()  # a server forks after this: no connection is shared
    if found:
        raise ConfigurationError(
            "production mode does not start with demonstration accounts in the database: "
            "their passwords are published. Use a database without the demonstration."
        )
