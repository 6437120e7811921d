"""Every page of this feature, on one blueprint, and its panels on the pages of others."""

from pioneers.relations import (
    attention_views,
    board_views,
    emails,
    introduction_views,
    join_views,
    note_views,
    parts,
    prospect_views,
)
from pioneers.relations.blueprint import blueprint

__all__ = [
    "attention_views",
    "blueprint",
    "board_views",
    "emails",
    "introduction_views",
    "join_views",
    "note_views",
    "parts",
    "prospect_views",
]
