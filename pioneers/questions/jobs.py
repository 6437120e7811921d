"""Periodic work of this feature."""

from pioneers.mail.jobs import Job

JOBS: tuple[Job, ...] = ()
