"""Periodic work of this feature."""

from datetime import timedelta

from pioneers.mail.jobs import Job
from pioneers.subscriptions.cleaning import forget_unconfirmed

JOBS: tuple[Job, ...] = (Job("subscriptions.lapsed", timedelta(hours=12), forget_unconfirmed),)
