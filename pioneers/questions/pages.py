"""Every page of this feature, on one blueprint, and its panels on the pages of others."""

from pioneers.questions import (
    answer_views,
    ask_views,
    desk_views,
    draft_views,
    emails,
    library_views,
    new_views,
    panel,
    refer_views,
    team_emails,
)
from pioneers.questions.blueprint import blueprint

__all__ = [
    "answer_views",
    "ask_views",
    "blueprint",
    "desk_views",
    "draft_views",
    "emails",
    "library_views",
    "new_views",
    "panel",
    "refer_views",
    "team_emails",
]
