"""All pages of this feature: importing them registers them with the blueprint."""

from pioneers.accounts.rules import Permission
from pioneers.companies.names import display_name
from pioneers.programmes.guards import may
from pioneers.reach import (  # noqa: F401
    activation_views,
    company_edit_views,
    company_views,
    contact_views,
    doubt_views,
    join_views,
    person_edit_views,
    person_views,
    rules_views,
)
from pioneers.reach.blueprint import blueprint
from pioneers.reach.by_word import BOUND
from pioneers.reach.labels import (
    ACTIVATION_STATUSES,
    CHANNELS,
    DOUBT_REASONS,
    EVIDENCE,
    REJECTIONS,
    STATUS_TAGS,
    VERDICT_TAGS,
    VERDICTS,
    VOID_REASONS,
)

__all__ = ["blueprint"]


@blueprint.context_processor
def _for_templates() -> dict[str, object]:
    """Labels of codes, and what the person who looks may do here."""
    return {
        "channels": CHANNELS,
        "evidence": EVIDENCE,
        "void_reasons": VOID_REASONS,
        "rejections": REJECTIONS,
        "statuses": ACTIVATION_STATUSES,
        "status_tags": STATUS_TAGS,
        "verdicts": {verdict: str(label) for verdict, label in VERDICTS.items()},
        "verdict_tags": VERDICT_TAGS,
        "doubt_reasons": DOUBT_REASONS,
        "person_name": display_name,
        "bound_by_word": BOUND,
        "may_edit": may(Permission.EDIT_COMPANIES),
        "may_record": may(Permission.RECORD_CONTACTS),
        "may_verify": may(Permission.VERIFY_ACTIVATIONS),
        "may_settle": may(Permission.SETTLE_DOUBTS),
    }
