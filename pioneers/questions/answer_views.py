"""Answering a question, adding what was said, and who asked."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.knowledge.pointing import to_choose
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.questions import handling, queries
from pioneers.questions.blueprint import blueprint
from pioneers.questions.desk_views import URL, to_question
from pioneers.questions.forms import AnswerForm, DetailsForm, MessageForm
from pioneers.questions.labels import said
from pioneers.questions.models import Question
from pioneers.questions.shown import thread, title_of
from pioneers.web.forms import attach
from pioneers.web.links import link
from pioneers.web.parsing import parse_version

ONE = f"{URL}/<int:question_id>"
DETAILS = ("subject", "theme", "name", "company", "email", "phone")


@blueprint.route(f"{ONE}/antwoord", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def answer(programme: Programme, question_id: int) -> ResponseReturnValue:
    """Write an answer, or a question back; it leaves by mail. Who was second sees what was sent."""
    found = queries.live_question(db.session, programme, question_id)
    form = AnswerForm(data=_begun(programme, found))
    stale = False
    if form.validate_on_submit():
        try:
            _answer(programme, found, form)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field if refusal.field in form else "text", said(refusal))
        except Stale:
            db.session.rollback()
            found = queries.live_question(db.session, programme, question_id)
            form.version.data, stale = found.version, True
        else:
            db.session.commit()
            flash(_done(form.way.data), "good")
            return to_question(programme, found)
    page = render_template(
        "questions/answer.html",
        programme=programme,
        question=found,
        title=title_of(found),
        form=form,
        stale=stale,
        lines=thread(db.session, programme, found),
        texts=queries.list_reply_texts(db.session, programme, language=found.language),
        drafts=queries.list_drafts(db.session, programme)[:50],
        links=_links(programme),
        taken_by=_taken_by(programme, found),
    )
    return page, 409 if stale else 422 if form.errors else 200


def _begun(programme: Programme, question: Question) -> dict[str, Any]:
    """What the form begins with: a text, or a draft for the knowledge base, when one was chosen."""
    begun: dict[str, Any] = {
        "version": question.version,
        "way": "answer" if question.email else "spoken",
    }
    for name, load in (("tekst", queries.get_reply_text), ("concept", queries.get_draft)):
        chosen = request.args.get(name, "")
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
            one: Any = load(db.session, programme, int(chosen))
            begun["text"] = one.text if name == "tekst" else one.body
    return begun


def _answer(programme: Programme, question: Question, form: AnswerForm) -> None:
    version = parse_version(form.version.data)
    if form.way.data == "spoken":
        handling.answer_spoken(
            db.session,
            question=question,
            text=form.text.data or "",
            version=version,
            user=current_user,
        )
        return
    handling.answer(
        db.session,
        programme=programme,
        question=question,
        words=form.words(),
        version=version,
        sender=current_user,
    )


def _done(way: str) -> str:
    if way == "spoken":
        return _("Noted as the answer.")
    if way == "back":
        return _("Your question is on its way. It is their turn now.")
    return _("The answer is on its way.")


def _links(programme: Programme) -> list[tuple[str, str]]:
    """What an answer can lead to: items of the knowledge base, then what answers led to before."""
    items = [
        (link("knowledge.page", slug=programme.slug, item_slug=slug), title)
        for slug, title in to_choose(db.session, programme.id, clock.now())
    ]
    known = {href for href, _title in items}
    before = queries.known_links(db.session, programme)
    return items + [one for one in before if one[0] not in known]


def _taken_by(programme: Programme, question: Question) -> str:
    """Who else took it; '' for nobody."""
    if question.responsible_id in (None, current_user.id):
        return ""
    users = queries.desk_users(db.session, programme)
    return next((user.name for user in users if user.id == question.responsible_id), "")


@blueprint.route(f"{ONE}/bericht", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def message(programme: Programme, question_id: int) -> ResponseReturnValue:
    """Paste what whoever asked wrote since, or write a note."""
    found = queries.live_question(db.session, programme, question_id)
    form = MessageForm()
    if form.validate_on_submit():
        text = form.text.data or ""
        if form.kind.data == "note":
            handling.write_note(db.session, question=found, text=text, user=current_user)
            words = _("The note has been kept.")
        else:
            handling.receive(
                db.session, programme=programme, question=found, text=text, user=current_user
            )
            words = _("The message has been added. It is our turn.")
        db.session.commit()
        flash(words, "good")
        return to_question(programme, found)
    page = render_template(
        "questions/message.html",
        programme=programme,
        question=found,
        title=title_of(found),
        form=form,
    )
    return page, 422 if form.errors else 200


@blueprint.route(f"{ONE}/wijzig", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def edit(programme: Programme, question_id: int) -> ResponseReturnValue:
    """Correct who asked and what about; hand it to somebody else."""
    found = queries.live_question(db.session, programme, question_id)
    form = DetailsForm(data=_details(found) | {"version": found.version})
    users = queries.desk_users(db.session, programme)
    form.responsible.choices = [("", _("Nobody yet")), *((str(u.id), u.name) for u in users)]
    stale = None
    if form.validate_on_submit():
        try:
            handling.change(
                db.session,
                programme=programme,
                question=found,
                details=form.details(),
                version=parse_version(form.version.data),
                user=current_user,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            found = queries.live_question(db.session, programme, question_id)
            stale = differences(form, _details(found))
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("The question has been saved."), "good")
            return to_question(programme, found)
    page = render_template(
        "questions/edit.html",
        programme=programme,
        question=found,
        title=title_of(found),
        form=form,
        stale=stale,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


def _details(question: Question) -> dict[str, Any]:
    known = {name: getattr(question, name) for name in DETAILS}
    return known | {"responsible": str(question.responsible_id or "")}
