"""The blueprint of accounts; it attaches Flask-Login to the app that registers it."""

from typing import cast

from flask import Blueprint, Flask

from pioneers.accounts.current import init_current

blueprint = Blueprint("accounts", __name__)
blueprint.record_once(lambda state: init_current(cast(Flask, state.app)))
