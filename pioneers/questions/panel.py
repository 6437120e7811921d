"""What people and companies asked, on their pages."""

from flask import render_template, url_for

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.programmes.panels import register_panel
from pioneers.questions.labels import OUTCOMES, STATUS_TAGS, STATUSES
from pioneers.questions.queries import Wanted, list_questions
from pioneers.questions.rules import days_late
from pioneers.questions.shown import title_of

SHOWN = 5


def _company(programme: Programme, company_id: int) -> str:
    """The questions of a company, and of what was merged into it."""
    return _panel(programme, Wanted(status="all", company_id=company_id), bedrijf=company_id)


def _person(programme: Programme, person_id: int) -> str:
    """The questions of a person, and of who was merged into them."""
    return _panel(programme, Wanted(status="all", person_id=person_id), persoon=person_id)


def _panel(programme: Programme, wanted: Wanted, **about: int) -> str:
    if not may(Permission.ANSWER_QUESTIONS):
        return ""
    today = clock.today()
    page = list_questions(db.session, programme, wanted, today=today, page=1)
    slug = programme.slug
    return render_template(
        "questions/panel.html",
        programme=programme,
        questions=[row.question for row in page.items[:SHOWN]],
        total=page.total,
        all_href=url_for("questions.desk", slug=slug, status="all", **about),  # type: ignore[arg-type]
        new_href=url_for("questions.new", slug=slug, **about),  # type: ignore[arg-type]
        statuses=STATUSES,
        status_tags=STATUS_TAGS,
        outcomes=OUTCOMES,
        title_of=title_of,
        days_late=lambda question: days_late(question, today),
    )


register_panel("reach.company", _company)
register_panel("reach.person", _person)
