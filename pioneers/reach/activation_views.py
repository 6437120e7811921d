"""Activations: the list, recording one, and deciding on it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.companies.queries import get_company
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import activation_kinds
from pioneers.programmes.rules import default_day
from pioneers.reach import activation_queries as queries
from pioneers.reach.activations import (
    ActivationRefused,
    propose_activation,
    reject_activation,
    verify_activation,
    void_activation,
)
from pioneers.reach.aliases import whole_companies
from pioneers.reach.arguments import after_argument, filters_in_address
from pioneers.reach.blueprint import blueprint
from pioneers.reach.choices import fan_choices, people_choices, pioneer_choices
from pioneers.reach.record_forms import (
    ActivationFilterForm,
    ActivationForm,
    RejectForm,
    VoidForm,
    chosen_day,
    chosen_id,
)
from pioneers.reach.rehearsal import rehearse
from pioneers.reach.rules import Rejection, VoidReason
from pioneers.reach.wording import effect, refusal
from pioneers.web.forms import attach

FIELD_OF = {"no_proof": "proof", "unknown_kind": "kind", "unknown_person": "person"}


@blueprint.get("/p/<slug>/activaties")
@permitted(Permission.SEE_PEOPLE)
def activations(programme: Programme) -> ResponseReturnValue:
    """What waits for verification first, then the rest."""
    form = ActivationFilterForm(formdata=request.args)
    form.fill(activation_kinds(db.session, programme))
    asked = queries.ActivationFilters(
        status=form.status.data if form.status.data in queries.STATUSES else None,
        kind_id=chosen_id(form.kind),
    )
    after = after_argument()
    return render_template(
        "reach/activations.html",
        form=form,
        filtered=asked != queries.ActivationFilters(),
        waiting=queries.waiting(db.session, programme, asked) if after is None else None,
        waiting_count=queries.count_waiting(db.session, programme),
        settled=queries.settled(db.session, programme, asked, after),
        after=after,
        kept=filters_in_address(),
    )


@blueprint.route("/p/<slug>/bedrijven/<int:company_id>/actie", methods=["GET", "POST"])
@permitted(Permission.RECORD_CONTACTS)
def propose(programme: Programme, company_id: int) -> ResponseReturnValue:
    """Record what a company did, with its proof; somebody else verifies it."""
    company = get_company(db.session, programme, company_id)
    form = ActivationForm()
    ids = whole_companies(db.session, {company.id})
    form.fill(
        activation_kinds(db.session, programme, active_only=True),
        people_choices(db.session, ids),
        queries.occasions_of(db.session, ids),
    )
    form.fill_thanks(fan_choices(db.session, programme), pioneer_choices(db.session, programme))
    if not form.is_submitted():
        form.day.data = default_day(
            today=clock.today(), starts_on=programme.starts_on, ends_on=programme.ends_on
        )
    if form.validate_on_submit():
        try:
            _propose(programme, company.merged_into_id or company.id, form)
        except ActivationRefused as refused:
            attach(form, FIELD_OF.get(refused.code, "day"), refusal(refused.code))
        else:
            db.session.commit()
            flash(_("Recorded. It counts once somebody else has verified it."), "good")
            target = url_for("reach.company", slug=programme.slug, company_id=company.id)
            return redirect(target, 303)
    status = 422 if form.errors else 200
    return render_template("reach/propose.html", form=form, company=company), status


def _propose(programme: Programme, company_id: int, form: ActivationForm) -> None:
    propose_activation(
        db.session,
        programme=programme,
        company_id=company_id,
        kind_id=int(form.kind.data),
        day=chosen_day(form.day),
        proof=form.proof.data,
        person_id=chosen_id(form.person),
        occasion_id=chosen_id(form.occasion),
        fan_id=chosen_id(form.fan),
        pioneer_id=chosen_id(form.pioneer),
        actor_id=current_user.id,
    )


@blueprint.get("/p/<slug>/activaties/<int:activation_id>")
@permitted(Permission.SEE_PEOPLE)
def activation(programme: Programme, activation_id: int) -> ResponseReturnValue:
    """One activation: its proof, what verifying it does to the figures, and the decision."""
    return _activation_page(programme, activation_id, RejectForm(formdata=None)), 200


def _activation_page(programme: Programme, activation_id: int, form: RejectForm) -> str:
    shown = queries.get_activation_row(db.session, programme, activation_id)
    own = shown.recorded_by_id is not None and shown.recorded_by_id == current_user.id
    consequence: list[str] = []
    if shown.waits and not own:
        consequence = _consequence(programme, activation_id, current_user.id)
    return render_template(
        "reach/activation.html", row=shown, own=own, consequence=consequence, form=form
    )


def _consequence(programme: Programme, activation_id: int, actor_id: int) -> list[str]:
    def verify() -> None:
        found = queries.get_activation(db.session, programme, activation_id)
        verify_activation(db.session, programme=programme, activation=found, actor_id=actor_id)

    return effect(*rehearse(db.session, programme, verify))


@blueprint.post("/p/<slug>/activaties/<int:activation_id>/controleer")
@permitted(Permission.VERIFY_ACTIVATIONS)
def verify(programme: Programme, activation_id: int) -> ResponseReturnValue:
    """Say that the proof shows it."""
    found = queries.get_activation(db.session, programme, activation_id)
    try:
        verify_activation(
            db.session, programme=programme, activation=found, actor_id=current_user.id
        )
    except ActivationRefused as refused:
        return _refused(programme, activation_id, refused)
    db.session.commit()
    flash(_("Verified: the company counts as in action."), "good")
    return _next(programme)


@blueprint.post("/p/<slug>/activaties/<int:activation_id>/wijs-af")
@permitted(Permission.VERIFY_ACTIVATIONS)
def reject(programme: Programme, activation_id: int) -> ResponseReturnValue:
    """Say why it does not count."""
    found = queries.get_activation(db.session, programme, activation_id)
    form = RejectForm()
    if not form.validate_on_submit():
        return _activation_page(programme, activation_id, form), 422
    try:
        reject_activation(
            db.session,
            programme=programme,
            activation=found,
            rejection=Rejection(form.rejection.data),
            actor_id=current_user.id,
        )
    except ActivationRefused as refused:
        return _refused(programme, activation_id, refused)
    db.session.commit()
    flash(_("Rejected: it does not count."), "good")
    return _next(programme)


def _refused(
    programme: Programme, activation_id: int, refused: ActivationRefused
) -> ResponseReturnValue:
    """Back to the page, which shows how it stands now."""
    db.session.rollback()
    flash(refusal(refused.code), "warn")
    target = url_for("reach.activation", slug=programme.slug, activation_id=activation_id)
    return redirect(target, 303)


def _next(programme: Programme) -> ResponseReturnValue:
    return redirect(url_for("reach.activations", slug=programme.slug), 303)


@blueprint.route("/p/<slug>/activaties/<int:activation_id>/neem-terug", methods=["GET", "POST"])
@permitted(Permission.VERIFY_ACTIVATIONS)
def take_back(programme: Programme, activation_id: int) -> ResponseReturnValue:
    """Take an activation back, after seeing what that does to the figures."""
    form = VoidForm()
    found = queries.get_activation(db.session, programme, activation_id)
    if not form.validate_on_submit():
        return _take_back_page(programme, activation_id, form)
    try:
        void_activation(
            db.session,
            programme=programme,
            activation=found,
            reason=form.void_reason(),
            actor_id=current_user.id,
        )
    except ActivationRefused as refused:
        return _refused(programme, activation_id, refused)
    db.session.commit()
    flash(_("Taken back: it no longer counts."), "good")
    target = url_for("reach.activation", slug=programme.slug, activation_id=activation_id)
    return redirect(target, 303)


def _take_back_page(
    programme: Programme, activation_id: int, form: VoidForm
) -> ResponseReturnValue:
    def void() -> None:
        found = queries.get_activation(db.session, programme, activation_id)
        void_activation(
            db.session,
            programme=programme,
            activation=found,
            reason=VoidReason.RECORDED_TWICE,
            actor_id=None,
        )

    try:
        consequence = effect(*rehearse(db.session, programme, void))
    except ActivationRefused as refused:
        return _refused(programme, activation_id, refused)
    row = queries.get_activation_row(db.session, programme, activation_id)
    page = render_template("reach/take_back.html", form=form, row=row, consequence=consequence)
    return page, 422 if form.errors else 200
