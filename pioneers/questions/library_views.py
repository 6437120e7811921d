"""What the desk keeps at hand: experts, texts for answers, drafts for the knowledge base."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names
from pioneers.db import db
from pioneers.events.themes import THEMES, known_themes, theme_words
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.questions import queries, register
from pioneers.questions.blueprint import blueprint
from pioneers.questions.experts import expert_rows, referrals_to
from pioneers.questions.forms import ReplyTextForm
from pioneers.questions.labels import said
from pioneers.questions.models import Expert, ReplyText
from pioneers.questions.register_forms import EXPERT_FIELDS, ExpertForm
from pioneers.questions.shown import title_of
from pioneers.reach.phones import written_phone
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

EXPERTS, TEXTS = "/p/<slug>/experts", "/p/<slug>/antwoordteksten"


@blueprint.get(EXPERTS)
@permitted(Permission.ANSWER_QUESTIONS)
def experts(programme: Programme) -> ResponseReturnValue:
    """The register: who knows what, where, for how much, and who recommends them."""
    text = request.args.get("q", "").replace("\0", "")[:100]
    theme = request.args.get("thema", "") if request.args.get("thema") in THEMES else ""
    return render_template(
        "questions/experts.html",
        programme=programme,
        rows=expert_rows(db.session, programme, text=text, theme=theme),
        text=text,
        theme=theme,
        themes=THEMES,
        theme_words=theme_words,
        pioneers=pioneer_names(db.session, programme),
    )


@blueprint.route(f"{EXPERTS}/nieuw", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def new_expert(programme: Programme) -> ResponseReturnValue:
    """Put somebody in the register."""
    form = _expert_form(programme, {"is_active": True})
    if form.validate_on_submit():
        try:
            made = register.add_expert(
                db.session, programme=programme, draft=form.draft(), user_id=current_user.id
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("%(name)s is in the register.", name=made.name), "good")
            return _to_expert(programme, made)
    page = render_template(
        "questions/expert_edit.html", programme=programme, form=form, expert=None
    )
    return page, 422 if form.errors else 200


@blueprint.get(f"{EXPERTS}/<int:expert_id>")
@permitted(Permission.ANSWER_QUESTIONS)
def expert(programme: Programme, expert_id: int) -> ResponseReturnValue:
    """One expert, and what was referred there."""
    found = queries.get_expert(db.session, programme, expert_id)
    pioneers = pioneer_names(db.session, programme)
    return render_template(
        "questions/expert.html",
        programme=programme,
        expert=found,
        referrals=referrals_to(db.session, found),
        recommended_by=pioneers.get(found.recommended_by_pioneer_id or 0, "")
        or found.recommended_by,
        themes=theme_words(found.themes),
        written_phone=written_phone,
        title_of=title_of,
    )


@blueprint.route(f"{EXPERTS}/<int:expert_id>/wijzig", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def edit_expert(programme: Programme, expert_id: int) -> ResponseReturnValue:
    """Change what is known of an expert."""
    found = queries.get_expert(db.session, programme, expert_id)
    form = _expert_form(programme, _expert_data(found))
    stale = None
    if form.validate_on_submit():
        try:
            register.change_expert(
                db.session,
                programme=programme,
                expert=found,
                draft=form.draft(),
                version=parse_version(form.version.data),
                user_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            found = queries.get_expert(db.session, programme, expert_id)
            stale = differences(form, _expert_data(found))
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("Saved."), "good")
            return _to_expert(programme, found)
    page = render_template(
        "questions/expert_edit.html", programme=programme, form=form, expert=found, stale=stale
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


def _to_expert(programme: Programme, expert: Expert) -> ResponseReturnValue:
    return redirect(url_for("questions.expert", slug=programme.slug, expert_id=expert.id), 303)


def _expert_data(expert: Expert) -> dict[str, Any]:
    known = {name: getattr(expert, name) for name in EXPERT_FIELDS}
    return known | {
        "themes": list(known_themes(expert.themes)),
        "pioneer": str(expert.recommended_by_pioneer_id or ""),
        "version": expert.version,
    }


def _expert_form(programme: Programme, data: dict[str, Any]) -> ExpertForm:
    form = ExpertForm(data=data)
    names = pioneer_names(db.session, programme)
    form.pioneer.choices = [
        ("", _("No pioneer")),
        *((str(key), name) for key, name in names.items()),
    ]
    return form


@blueprint.get(TEXTS)
@permitted(Permission.ANSWER_QUESTIONS)
def reply_texts(programme: Programme) -> ResponseReturnValue:
    """Texts for answers."""
    return render_template(
        "questions/texts.html",
        programme=programme,
        texts=queries.list_reply_texts(db.session, programme),
    )


@blueprint.route(f"{TEXTS}/nieuw", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def new_reply_text(programme: Programme) -> ResponseReturnValue:
    """Keep words for later answers."""
    form = ReplyTextForm(data={"is_active": True, "language": programme.language})
    if form.validate_on_submit():
        register.add_reply_text(
            db.session, programme=programme, draft=_reply_draft(form), user_id=current_user.id
        )
        db.session.commit()
        flash(_("Saved."), "good")
        return redirect(url_for("questions.reply_texts", slug=programme.slug), 303)
    page = render_template("questions/text_edit.html", programme=programme, form=form, text=None)
    return page, 422 if form.errors else 200


@blueprint.route(f"{TEXTS}/<int:text_id>", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def edit_reply_text(programme: Programme, text_id: int) -> ResponseReturnValue:
    """Change a text for answers; those that were mailed stay as they were."""
    found = queries.get_reply_text(db.session, programme, text_id)
    form = ReplyTextForm(data=_text_data(found))
    stale = None
    if form.validate_on_submit():
        try:
            register.change_reply_text(
                db.session,
                reply=found,
                draft=_reply_draft(form),
                version=parse_version(form.version.data),
                user_id=current_user.id,
            )
        except Stale:
            db.session.rollback()
            found = queries.get_reply_text(db.session, programme, text_id)
            stale = differences(form, _text_data(found))
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("Saved."), "good")
            return redirect(url_for("questions.reply_texts", slug=programme.slug), 303)
    page = render_template(
        "questions/text_edit.html", programme=programme, form=form, text=found, stale=stale
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


def _text_data(text: ReplyText) -> dict[str, Any]:
    names = ("title", "text", "language", "is_active", "version")
    return {name: getattr(text, name) for name in names}


def _reply_draft(form: ReplyTextForm) -> register.ReplyDraft:
    return register.ReplyDraft(
        form.title.data or "",
        form.text.data or "",
        form.language.data or "nl",
        bool(form.is_active.data),
    )
