"""The periodic work of all features, in the order in which it is looked at."""

from pioneers.agenda.jobs import JOBS as AGENDA
from pioneers.hosting.jobs import JOBS as HOSTING
from pioneers.mail.jobs import Job
from pioneers.mailroom.jobs import JOBS as MAILROOM
from pioneers.planning.jobs import JOBS as PLANNING
from pioneers.presence.jobs import JOBS as PRESENCE
from pioneers.registrations.jobs import JOBS as REGISTRATIONS

JOBS: tuple[Job, ...] = (*REGISTRATIONS, *PLANNING, *PRESENCE, *HOSTING, *AGENDA, *MAILROOM)
