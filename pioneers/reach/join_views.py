"""Joining two companies or people by hand, and undoing it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from pioneers.accounts.rules import Permission
from pioneers.companies.merging import Kept
from pioneers.companies.models import Merge
from pioneers.companies.queries import Side, get_merge
from pioneers.companies.rules import Subject
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.blueprint import blueprint
from pioneers.reach.changes import merge_companies, merge_effect, merge_people, undo_merge
from pioneers.reach.finding import possible_others
from pioneers.reach.join_forms import JoinForm, SearchForm
from pioneers.reach.joining import both, contact_count, default_winner, differences, side_of
from pioneers.reach.rehearsal import rehearse
from pioneers.reach.trail import FIELDS
from pioneers.reach.wording import effect
from pioneers.web.errors import NotFound

WORDS = {"bedrijf": Subject.COMPANY, "persoon": Subject.PERSON}


def join(programme: Programme, subject: Subject, pair: tuple[int, int], winner_id: int) -> Merge:
    """Join a pair of records; raises Refused as the actions do, and `same` for one that is none."""
    if winner_id not in pair:
        raise Refused("same")
    merge = merge_companies if subject == Subject.COMPANY else merge_people
    return merge(
        db.session,
        programme=programme,
        loser_id=both(pair, winner_id),
        winner_id=winner_id,
        actor_id=current_user.id,
    )


def effect_of_joining(programme: Programme, subject: Subject, left: Side, right: Side) -> list[str]:
    """What joining two records does to the figures, for either that stays where that differs."""
    if left.id == right.id:
        return []
    lines = {
        f"{winner.name} ({winner.id})": _effect(programme, subject, loser.id, winner.id)
        for winner, loser in ((left, right), (right, left))
    }
    if len(set(map(tuple, lines.values()))) == 1:
        return next(iter(lines.values()))
    return [
        _("If %(name)s stays: %(effect)s", name=name, effect=" ".join(effects))
        for name, effects in lines.items()
    ]


def _effect(programme: Programme, subject: Subject, loser_id: int, winner_id: int) -> list[str]:
    before, after = merge_effect(
        db.session, programme=programme, subject=subject, loser_id=loser_id, winner_id=winner_id
    )
    return effect(before, after)


def address_of(programme: Programme, subject: Subject, record_id: int) -> str:
    """The page of a record."""
    if subject == Subject.COMPANY:
        return url_for("reach.company", slug=programme.slug, company_id=record_id)
    return url_for("reach.person", slug=programme.slug, person_id=record_id)


@blueprint.get("/p/<slug>/samenvoegen/<any(bedrijf,persoon):what>/<int:record_id>")
@permitted(Permission.SETTLE_DOUBTS)
def merge_choice(programme: Programme, what: str, record_id: int) -> ResponseReturnValue:
    """Search the other record to join with."""
    subject = WORDS[what]
    own = side_of(db.session, programme, subject, record_id)
    form = SearchForm(formdata=request.args)
    typed = (form.text.data or "")[:100]
    found = possible_others(db.session, programme, subject, own.id, typed)
    sides = [side_of(db.session, programme, subject, other.id) for other in found]
    return render_template(
        "reach/merge_choice.html", form=form, what=what, own=own, typed=typed, sides=sides
    )


@blueprint.route(
    "/p/<slug>/samenvoegen/<any(bedrijf,persoon):what>/<int:record_id>/<int:other_id>",
    methods=["GET", "POST"],
)
@permitted(Permission.SETTLE_DOUBTS)
def merge_pair(
    programme: Programme, what: str, record_id: int, other_id: int
) -> ResponseReturnValue:
    """Both records beside each other, what joining them does, and the joining."""
    subject = WORDS[what]
    if record_id == other_id:
        raise NotFound
    left = side_of(db.session, programme, subject, record_id)
    right = side_of(db.session, programme, subject, other_id)
    form = JoinForm()
    form.fill(left, right, default_winner(left, right))
    if form.validate_on_submit() and form.is_same():
        return _join(programme, subject, (left.id, right.id), form.winner_id())
    try:
        consequence = effect_of_joining(programme, subject, left, right)
    except Refused:
        return _joined_already(programme, subject, record_id)
    counts = [contact_count(db.session, subject, side.id) for side in (left, right)]
    return render_template(
        "reach/merge_pair.html",
        what=what,
        left=left,
        right=right,
        form=form,
        counts=counts,
        differences=differences(subject, left, right),
        consequence=consequence,
    ), 422 if form.errors else 200


def _join(
    programme: Programme, subject: Subject, pair: tuple[int, int], winner_id: int
) -> ResponseReturnValue:
    try:
        join(programme, subject, pair, winner_id)
        db.session.commit()
    except (Refused, IntegrityError):
        db.session.rollback()
        return _joined_already(programme, subject, pair[0])
    flash(_("Joined. You can undo this on the page of the record."), "good")
    return redirect(address_of(programme, subject, winner_id), 303)


def _joined_already(programme: Programme, subject: Subject, record_id: int) -> ResponseReturnValue:
    flash(_("One of the two has been joined with another record already."), "warn")
    return redirect(address_of(programme, subject, record_id), 303)


@blueprint.route("/p/<slug>/samenvoeging/<int:merge_id>/ongedaan", methods=["GET", "POST"])
@permitted(Permission.SETTLE_DOUBTS)
def unmerge(programme: Programme, merge_id: int) -> ResponseReturnValue:
    """Take a joining back, after seeing what that does; say what could not be given back."""
    merge = get_merge(db.session, programme, merge_id)
    subject, winner_id = merge.subject, merge.winner_id
    home = address_of(programme, subject, winner_id)
    try:
        if request.method == "POST":
            kept = _undo(programme, merge_id)
            db.session.commit()
            _tell(kept)
            return redirect(home, 303)
        consequence = effect(*rehearse(db.session, programme, lambda: _undo(programme, merge_id)))
    except Refused:
        db.session.rollback()
        flash(_("This joining was undone already."), "warn")
        return redirect(home, 303)
    merge = get_merge(db.session, programme, merge_id)
    return render_template(
        "reach/unmerge.html",
        merge=merge,
        home=home,
        winner=side_of(db.session, programme, subject, winner_id),
        loser=side_of(db.session, programme, subject, merge.loser_id),
        taken=[str(FIELDS.get(name, name)) for name in merge.taken_over],
        consequence=consequence,
    )


def _undo(programme: Programme, merge_id: int) -> list[Kept]:
    merge = get_merge(db.session, programme, merge_id)
    return undo_merge(db.session, programme=programme, merge=merge, actor_id=current_user.id)


def _tell(kept: list[Kept]) -> None:
    flash(_("Undone: they are two records again."), "good")
    for one in kept:
        field = str(FIELDS.get(one.field, one.field))
        if one.value is None:
            flash(_("%(field)s could not be given back.", field=field), "warn")
        else:
            message = _(
                "%(field)s stays '%(value)s': it was changed or passed on since the joining.",
                field=field,
                value=one.value,
            )
            flash(message, "warn")
