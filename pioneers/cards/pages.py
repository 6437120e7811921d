"""Every page of this feature, on one blueprint."""

from pioneers.cards import (
    funnel_views,
    knowledge_extra,
    landing_views,
    news_views,
    run_views,
    sheet_views,
    visit_views,
)
from pioneers.cards.blueprint import blueprint

__all__ = [
    "blueprint",
    "funnel_views",
    "knowledge_extra",
    "landing_views",
    "news_views",
    "run_views",
    "sheet_views",
    "visit_views",
]
