"""Referring a question, closing it, and the page behind the two buttons in a mail."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import list_pioneers
from pioneers.db import db
from pioneers.fans.queries import list_fans
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.programmes.queries import activation_kinds
from pioneers.programmes.rules import Refused, Stale, default_day
from pioneers.questions import handling, queries, referring
from pioneers.questions.answer_views import ONE
from pioneers.questions.blueprint import blueprint
from pioneers.questions.desk_views import URL, to_question
from pioneers.questions.experts import list_experts
from pioneers.questions.forms import CloseForm, ConfirmForm, ReferForm
from pioneers.questions.labels import KINDS, said
from pioneers.questions.links import is_token_of
from pioneers.questions.models import Outcome, Question, Referral, ReferredTo
from pioneers.questions.referring import Target
from pioneers.questions.shown import title_of
from pioneers.reach.activations import ActivationRefused
from pioneers.reach.wording import refusal as activation_words
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.formats import day
from pioneers.web.forms import attach
from pioneers.web.i18n import language
from pioneers.web.parsing import parse_version
from pioneers.web.tokens import record_of

FIELD_OF = {"no_proof": "proof", "unknown_kind": "kind"}


@blueprint.route(f"{ONE}/verwijs", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def refer(programme: Programme, question_id: int) -> ResponseReturnValue:
    """Refer to who or what can help; whoever asked reads it in a mail."""
    found = queries.live_question(db.session, programme, question_id)
    form = _refer_form(programme, found)
    if form.validate_on_submit():
        try:
            _refer(programme, found, form)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field if refusal.field in form else "kind", said(refusal))
        except Stale:
            return _somebody_else(programme, found)
        else:
            db.session.commit()
            flash(_("The question has been referred."), "good")
            return to_question(programme, found)
    page = render_template(
        "questions/refer.html",
        programme=programme,
        question=found,
        title=title_of(found),
        form=form,
    )
    return page, 422 if form.errors else 200


def _refer_form(programme: Programme, question: Question) -> ReferForm:
    form = ReferForm(data={"version": question.version, "tell": bool(question.email)})
    choose = ("", _("Choose…"))
    experts = list_experts(db.session, programme, theme=question.theme)
    fans = list_fans(db.session, programme, active_only=True)
    pioneers = [one for one in list_pioneers(db.session, programme) if one.active]
    form.expert.choices = [
        choose,
        *((str(one.id), ", ".join(filter(None, (one.name, one.subjects)))) for one in experts),
    ]
    form.fan.choices = [choose, *((str(one.id), one.name) for one in fans)]
    form.pioneer.choices = [
        choose,
        *((str(one.id), f"{one.name}, {one.company}") for one in pioneers),
    ]
    form.kind.choices = [(kind.value, label) for kind, label in KINDS.items()]
    return form


def _refer(programme: Programme, question: Question, form: ReferForm) -> None:
    target = Target(
        kind=ReferredTo(form.kind.data),
        record_id=form.record_id(),
        name=form.name.data or "",
        remark=form.remark.data or "",
        tell=bool(form.tell.data),
    )
    referring.refer(
        db.session,
        programme=programme,
        question=question,
        target=target,
        version=parse_version(form.version.data),
        sender=current_user,
    )


def _somebody_else(programme: Programme, question: Question) -> ResponseReturnValue:
    """Somebody was before: nothing of this was done, the page says what was."""
    db.session.rollback()
    flash(_("Somebody else was before you. This is how it stands now."), "warn")
    return to_question(programme, question)


@blueprint.route(f"{ONE}/afsluiten", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def close(programme: Programme, question_id: int) -> ResponseReturnValue:
    """Say what came of it; an action of the company is proposed for verification."""
    found = queries.live_question(db.session, programme, question_id)
    form = _close_form(programme, found)
    if form.validate_on_submit():
        try:
            handling.close(
                db.session,
                programme=programme,
                question=found,
                outcome=Outcome(form.outcome.data),
                version=parse_version(form.version.data),
                user=current_user,
                action=form.action(),
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field if refusal.field in form else "outcome", said(refusal))
        except ActivationRefused as refused:
            db.session.rollback()
            attach(form, FIELD_OF.get(refused.code, "day"), activation_words(refused.code))
        except Stale:
            return _somebody_else(programme, found)
        else:
            db.session.commit()
            flash(_closed(Outcome(form.outcome.data)), "good")
            return to_question(programme, found)
    page = render_template(
        "questions/close.html",
        programme=programme,
        question=found,
        title=title_of(found),
        form=form,
    )
    return page, 422 if form.errors else 200


def _closed(outcome: Outcome) -> str:
    if outcome == Outcome.ACTION:
        return _("Closed. The action counts once somebody else has verified it.")
    return _("The question is closed.")


def _close_form(programme: Programme, question: Question) -> CloseForm:
    today = default_day(
        today=clock.today(), starts_on=programme.starts_on, ends_on=programme.ends_on
    )
    form = CloseForm(data={"version": question.version, "day": today})
    kinds = activation_kinds(db.session, programme, active_only=True)
    names = {kind.id: _kind_name(kind) for kind in activation_kinds(db.session, programme)}
    form.kind.choices = [("", _("Choose…")), *((str(kind.id), _kind_name(kind)) for kind in kinds)]
    known = queries.activations_of(db.session, question)
    form.existing.choices = [
        ("", _("A new one, below")),
        *((str(one.id), f"{names[one.kind_id]}, {day(one.day)}") for one in known),
    ]
    return form


def _kind_name(kind: ActivationKind) -> str:
    return kind.name_en if language() == "en" else kind.name_nl


@blueprint.route(f"{URL}/verwijzing/<int:referral_id>", methods=["POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def note_helped(programme: Programme, referral_id: int) -> ResponseReturnValue:
    """The desk heard whether a referral helped."""
    referral = queries.get_referral(db.session, programme, referral_id)
    question = queries.get_question(db.session, programme, referral.question_id)
    answer = request.form.get("helped")
    if answer in ("yes", "no"):
        referring.tell_helped(
            db.session,
            programme=programme,
            referral=referral,
            helped=answer == "yes",
            user_id=current_user.id,
        )
        db.session.commit()
        flash(_("Noted."), "good")
    return to_question(programme, question)


@blueprint.route("/h/<token>", methods=["GET", "POST"])
@public
def helped(token: str) -> ResponseReturnValue:
    """Whoever asked says whether it helped; looking changes nothing: scanners follow links."""
    referral = _by_token(token)
    question = db.session.get_one(Question, referral.question_id)
    programme = db.session.get_one(Programme, question.programme_id)
    form = ConfirmForm()
    answer = request.form.get("helped")
    if form.validate_on_submit() and answer in ("yes", "no"):
        referring.tell_helped(
            db.session,
            programme=programme,
            referral=referral,
            helped=answer == "yes",
            user_id=None,
        )
        db.session.commit()
        return redirect(url_for("questions.helped", token=token), 303)
    return render_template(
        "questions/helped.html",
        programme=programme,
        referral=referral,
        whom=referring.whom(db.session, programme, referral).splitlines()[0],
        pressed=request.args.get("antwoord"),
        form=form,
    )


def _by_token(token: str) -> Referral:
    referral_id = record_of(token)
    found = None if referral_id is None else db.session.get(Referral, referral_id)
    if found is None or not is_token_of(found, token):
        raise NotFound
    return found
