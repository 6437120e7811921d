"""What this feature shows on the pages of pioneers, fans and companies."""

from flask import render_template, url_for

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.programmes.panels import register_panel
from pioneers.relations.labels import NOTE_KINDS
from pioneers.relations.links import page_of, target_page
from pioneers.relations.queries import get_prospect, introductions, notes_of
from pioneers.relations.rules import About, Subject, Target


def _pioneer(programme: Programme, pioneer_id: int) -> str:
    """What was said with a pioneer, and whom they can introduce us to."""
    if not may(Permission.EDIT_NETWORK):
        return ""
    about, slug = About(Subject.PIONEER, pioneer_id), programme.slug
    return _write(
        programme,
        notes=notes_of(db.session, programme, about),
        note_href=url_for("relations.note_pioneer", slug=slug, pioneer_id=pioneer_id),
        knows=introductions(db.session, programme, pioneer_id=pioneer_id),
        thank_href=url_for("relations.thank_pioneer", slug=slug, pioneer_id=pioneer_id, anders=1),
        introduce_href=url_for("relations.introduce", slug=slug, pionier=pioneer_id),
    )


def _fan(programme: Programme, fan_id: int) -> str:
    """What was said with a fan, and who can introduce us."""
    if not may(Permission.EDIT_NETWORK):
        return ""
    about, slug = About(Subject.FAN, fan_id), programme.slug
    return _write(
        programme,
        notes=notes_of(db.session, programme, about),
        note_href=url_for("relations.note_fan", slug=slug, fan_id=fan_id),
        known_by=introductions(db.session, programme, target=Target.FAN, target_id=fan_id),
        introduce_href=url_for("relations.introduce", slug=slug, fan=fan_id),
    )


def _company(programme: Programme, company_id: int) -> str:
    """Who can introduce us to a company."""
    if not may(Permission.EDIT_NETWORK):
        return ""
    return _write(
        programme,
        known_by=introductions(db.session, programme, target=Target.COMPANY, target_id=company_id),
        introduce_href=url_for("relations.introduce", slug=programme.slug, bedrijf=company_id),
    )


def _prospect(programme: Programme, prospect_id: int) -> str:
    """What was said with a prospect, and who can introduce us."""
    about, slug = About(Subject.PROSPECT, prospect_id), programme.slug
    if get_prospect(db.session, programme, prospect_id).cleared_at is not None:
        return _write(programme, notes=notes_of(db.session, programme, about), note_href=None)
    return _write(
        programme,
        notes=notes_of(db.session, programme, about),
        note_href=url_for("relations.note_prospect", slug=slug, prospect_id=prospect_id),
        known_by=introductions(
            db.session, programme, target=Target.PROSPECT, target_id=prospect_id
        ),
        introduce_href=url_for("relations.introduce", slug=slug, kandidaat=prospect_id),
    )


def _write(programme: Programme, **parts: object) -> str:
    given: dict[str, object] = {
        "notes": None,
        "knows": None,
        "known_by": None,
        "thank_href": None,
        "programme": programme,
        "kinds": NOTE_KINDS,
        "today": clock.today(),
        "page_of": page_of,
        "target_page": target_page,
    }
    return render_template("relations/panel.html", **given | parts)


register_panel("events.pioneer", _pioneer)
register_panel("events.fan", _fan)
register_panel("reach.company", _company)
register_panel("relations.prospect", _prospect)
