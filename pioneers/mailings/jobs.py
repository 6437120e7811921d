"""Periodic work of this feature."""

from datetime import timedelta

from pioneers.mail.jobs import Job
from pioneers.mailings.sending import send_due

JOBS: tuple[Job, ...] = (Job("mailings.send", timedelta(minutes=1), send_due),)
