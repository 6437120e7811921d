"""What an event asks of who registers, and how long the answers are kept."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.events.models import Event
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.registrations import asking, queries
from pioneers.registrations.asking import QuestionDraft
from pioneers.registrations.blueprint import blueprint
from pioneers.registrations.forms import ConfirmForm, QuestionForm
from pioneers.registrations.host_views import host_crumbs
from pioneers.registrations.labels import QUESTION_KINDS, said
from pioneers.registrations.models import QuestionKind
from pioneers.registrations.rules import choices_of
from pioneers.web.forms import attach

PATH = "/p/<slug>/podium/<int:event_id>/vragen"


def _to(programme: Programme, event: Event) -> ResponseReturnValue:
    return redirect(url_for("registrations.questions", slug=programme.slug, event_id=event.id), 303)


def _draft(form: QuestionForm) -> QuestionDraft:
    return QuestionDraft(
        label=form.label.data or "",
        kind=QuestionKind(form.kind.data),
        choices=form.choices.data or "",
        is_required=bool(form.is_required.data),
        keep_days=int(form.keep_days.data or 0),
    )


@blueprint.route(PATH, methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def questions(programme: Programme, event_id: int) -> ResponseReturnValue:
    """The event's questions, and a form for one more."""
    event = hosted(programme, event_id)
    form = QuestionForm()
    if form.validate_on_submit():
        try:
            asking.add_question(
                db.session, event=event, draft=_draft(form), actor_id=current_user.id
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("The question is asked from now on."), "good")
            return _to(programme, event)
    asked = queries.questions_of(db.session, event)
    return render_template(
        "registrations/questions.html",
        programme=programme,
        event=event,
        form=form,
        asked=[(one, QUESTION_KINDS[one.kind], choices_of(one)) for one in asked],
        may_add=len(asked) < asking.MOST_QUESTIONS,
        crumbs=host_crumbs(programme, event),
    )


@blueprint.route(f"{PATH}/<int:question_id>", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def question(programme: Programme, event_id: int, question_id: int) -> ResponseReturnValue:
    """Change a question."""
    event = hosted(programme, event_id)
    found = queries.get_question(db.session, event, question_id)
    form = QuestionForm(
        data={
            "label": found.label,
            "kind": found.kind.value,
            "choices": found.choices,
            "is_required": found.is_required,
            "keep_days": found.keep_days,
        }
    )
    if form.validate_on_submit():
        try:
            asking.change_question(
                db.session,
                event=event,
                question=found,
                draft=_draft(form),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("The question has been changed."), "good")
            return _to(programme, event)
    return render_template(
        "registrations/question.html",
        programme=programme,
        event=event,
        form=form,
        question=found,
        crumbs=host_crumbs(programme, event),
    )


@blueprint.route(f"{PATH}/<int:question_id>/verwijderen", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def remove_question(programme: Programme, event_id: int, question_id: int) -> ResponseReturnValue:
    """Remove a question with its answers."""
    event = hosted(programme, event_id)
    found = queries.get_question(db.session, event, question_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        asking.remove_question(db.session, event=event, question=found, actor_id=current_user.id)
        db.session.commit()
        flash(_("The question and its answers have been removed."), "good")
        return _to(programme, event)
    return render_template(
        "registrations/remove_question.html",
        programme=programme,
        event=event,
        form=form,
        question=found,
        crumbs=host_crumbs(programme, event),
    )
