"""Drafts for the knowledge base: made of a solved question in one press, then looked at."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.themes import theme_words
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.questions import drafting, queries
from pioneers.questions.answer_views import ONE
from pioneers.questions.blueprint import blueprint
from pioneers.questions.desk_views import to_question
from pioneers.questions.forms import DraftForm
from pioneers.questions.labels import said
from pioneers.questions.models import KnowledgeDraft
from pioneers.questions.nameless import suspects
from pioneers.web.parsing import parse_version

URL = "/p/<slug>/kennisconcepten"


@blueprint.post(f"{ONE}/kennis")
@permitted(Permission.ANSWER_QUESTIONS)
def make_draft(programme: Programme, question_id: int) -> ResponseReturnValue:
    """One press: a draft without names; pressed again, the same draft."""
    found = queries.live_question(db.session, programme, question_id)
    try:
        made = drafting.make_draft(
            db.session, programme=programme, question=found, user_id=current_user.id
        )
    except Refused as refusal:
        db.session.rollback()
        flash(said(refusal), "warn")
        return to_question(programme, found)
    db.session.commit()
    return redirect(url_for("questions.draft", slug=programme.slug, draft_id=made.id), 303)


@blueprint.get(URL)
@permitted(Permission.ANSWER_QUESTIONS)
def drafts(programme: Programme) -> ResponseReturnValue:
    """The drafts, newest first."""
    return render_template(
        "questions/drafts.html",
        programme=programme,
        drafts=queries.list_drafts(db.session, programme),
        theme_words=theme_words,
    )


@blueprint.route(f"{URL}/<int:draft_id>", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def draft(programme: Programme, draft_id: int) -> ResponseReturnValue:
    """A draft: what was taken out, what may still be a name, and the text to change."""
    found = queries.get_draft(db.session, programme, draft_id)
    form = DraftForm(data=_data(found) | {"version": found.version})
    stale = None
    if form.validate_on_submit():
        try:
            drafting.change_draft(
                db.session,
                draft=found,
                title=form.title.data or "",
                theme=form.theme.data or "",
                body=form.body.data or "",
                version=parse_version(form.version.data),
                user_id=current_user.id,
            )
        except Stale:
            db.session.rollback()
            found = queries.get_draft(db.session, programme, draft_id)
            stale = differences(form, _data(found))
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("The draft has been saved."), "good")
            return redirect(url_for("questions.draft", slug=programme.slug, draft_id=found.id), 303)
    text = f"{form.title.data or ''}.\n{form.body.data or ''}"
    page = render_template(
        "questions/draft.html",
        programme=programme,
        draft=found,
        form=form,
        stale=stale,
        marks=drafting.marks_in(text),
        suspects=suspects(text),
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


def _data(draft: KnowledgeDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in ("title", "theme", "body")}


@blueprint.post(f"{URL}/<int:draft_id>/item")
@permitted(Permission.EDIT_KNOWLEDGE)
def draft_to_item(programme: Programme, draft_id: int) -> ResponseReturnValue:
    """One press: the draft, as it was saved, becomes an item of the knowledge base."""
    found = queries.get_draft(db.session, programme, draft_id)
    item = drafting.make_item(db.session, programme=programme, draft=found, user_id=current_user.id)
    db.session.commit()
    flash(_("It is an item now. Write a summary, then publish it."), "good")
    return redirect(url_for("knowledge.item", slug=programme.slug, item_id=item.id), 303)


@blueprint.post(f"{URL}/<int:draft_id>/weg")
@permitted(Permission.ANSWER_QUESTIONS)
def discard_draft(programme: Programme, draft_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    found = queries.get_draft(db.session, programme, draft_id)
    drafting.discard_draft(db.session, draft=found, user_id=current_user.id)
    db.session.commit()
    flash(_("The draft is gone."), "good")
    return redirect(url_for("questions.drafts", slug=programme.slug), 303)
