"""`pioneers worker`: sends mail and does the periodic work."""

import click
from flask.cli import with_appcontext

from pioneers.accounts.current import settings
from pioneers.db import db
from pioneers.mail.backends.chosen import backend
from pioneers.worker.jobs import JOBS
from pioneers.worker.running import Worker


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due, and end.")
@with_appcontext
def worker(once: bool) -> None:
    """Send mail and do the periodic work, until stopped (SIGTERM or Ctrl-C).

    Several workers can run beside each other, on one machine or on several: they share the work.
    """
    made = Worker(db.session, backend(settings()), JOBS)
    made.listen()
    if once:
        made.once()
    else:
        made.forever()
