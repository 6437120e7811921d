"""Where the pages of prospects, pioneers and fans are."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.relations.rules import About, Subject, Target


def page_of(programme: Programme, about: About) -> str:
    """The page of a prospect, pioneer or fan."""
    slug = programme.slug
    if about.subject == Subject.PIONEER:
        return url_for("events.pioneer", slug=slug, pioneer_id=about.id)
    if about.subject == Subject.FAN:
        return url_for("events.fan", slug=slug, fan_id=about.id)
    return url_for("relations.prospect", slug=slug, prospect_id=about.id)


def known_page(programme: Programme, refusal: Refused) -> str | None:
    """The page of who stands on the board already, when that is what a refusal is about."""
    found = refusal.params.get("prospect_id")
    return page_of(programme, About(Subject.PROSPECT, found)) if isinstance(found, int) else None


def target_page(programme: Programme, target: Target, target_id: int) -> str:
    """The page of whom a pioneer can introduce us to."""
    if target == Target.COMPANY:
        return url_for("reach.company", slug=programme.slug, company_id=target_id)
    return page_of(programme, About(Subject(target.value), target_id))


def to_page(programme: Programme, about: About) -> ResponseReturnValue:
    """Go to the page of a prospect, pioneer or fan."""
    return redirect(page_of(programme, about), 303)
