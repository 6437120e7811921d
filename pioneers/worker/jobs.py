"""The periodic work of all features, in the order in which it is looked at."""

from pioneers.agenda.jobs import JOBS as AGENDA
from pioneers.cards.jobs import JOBS as CARDS
from pioneers.contributions.jobs import JOBS as CONTRIBUTIONS
from pioneers.hosting.jobs import JOBS as HOSTING
from pioneers.knowledge.jobs import JOBS as KNOWLEDGE
from pioneers.mail.jobs import Job
from pioneers.mailings.jobs import JOBS as MAILINGS
from pioneers.mailroom.jobs import JOBS as MAILROOM
from pioneers.planning.jobs import JOBS as PLANNING
from pioneers.presence.jobs import JOBS as PRESENCE
from pioneers.profiles.jobs import JOBS as PROFILES
from pioneers.publishing.jobs import JOBS as PUBLISHING
from pioneers.questions.jobs import JOBS as QUESTIONS
from pioneers.registrations.jobs import JOBS as REGISTRATIONS
from pioneers.relations.jobs import JOBS as RELATIONS
from pioneers.subscriptions.jobs import JOBS as SUBSCRIPTIONS

JOBS: tuple[Job, ...] = (
    *REGISTRATIONS,
    *PUBLISHING,
    *PLANNING,
    *PRESENCE,
    *HOSTING,
    *CONTRIBUTIONS,
    *QUESTIONS,
    *CARDS,
    *PROFILES,
    *RELATIONS,
    *KNOWLEDGE,
    *SUBSCRIPTIONS,
    *MAILINGS,
    *AGENDA,
    *MAILROOM,
)
