"""Every page of this feature, on one blueprint; what other pages show of it; the one count."""

from pioneers.contributions import (
    log_views,
    mail_views,
    one_views,
    outcome_views,
    own_views,
    panel,
    team_views,
)
from pioneers.contributions.blueprint import blueprint
from pioneers.contributions.met import named_at
from pioneers.contributions.queries import counted
from pioneers.events.network import count_by
from pioneers.events.sources import register_source
from pioneers.planning.weighing import weigh_by

__all__ = [
    "blueprint",
    "log_views",
    "mail_views",
    "one_views",
    "outcome_views",
    "own_views",
    "panel",
    "team_views",
]

count_by(counted)
weigh_by(counted)
register_source(named_at)
