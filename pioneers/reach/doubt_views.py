"""The queue of possible doubles: both sides beside each other, and the answer of a person."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from pioneers.accounts.rules import Permission
from pioneers.companies.actions import settle_doubt
from pioneers.companies.models import Doubt
from pioneers.companies.queries import DoubtRow, doubt_rows, get_doubt, open_doubts
from pioneers.companies.rules import Settlement
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.blueprint import blueprint
from pioneers.reach.join_forms import JoinForm
from pioneers.reach.join_views import effect_of_joining, join
from pioneers.reach.joining import contact_count, default_winner, differences
from pioneers.web.pagination import page_number


@blueprint.get("/p/<slug>/twijfel")
@permitted(Permission.SETTLE_DOUBTS)
def doubts(programme: Programme) -> ResponseReturnValue:
    """The doubt that is the likeliest, and the others that wait."""
    queue = open_doubts(db.session, programme, page_number())
    if not queue.items:
        return render_template("reach/doubts.html", queue=queue, doubt=None)
    return _page(programme, queue.items[0])


@blueprint.get("/p/<slug>/twijfel/<int:doubt_id>")
@permitted(Permission.SETTLE_DOUBTS)
def doubt(programme: Programme, doubt_id: int) -> ResponseReturnValue:
    """One doubt of the queue; one that was settled leads back to the queue."""
    asked = get_doubt(db.session, programme, doubt_id)
    if asked.settled_at is not None:
        return _settled_already(programme)
    (row,) = doubt_rows(db.session, [asked])
    return _page(programme, row)


def _page(programme: Programme, row: DoubtRow) -> str:
    queue = open_doubts(db.session, programme, page_number())
    waiting = [other for other in queue.items if other.id != row.id]
    form = JoinForm(formdata=None)
    form.fill(row.left, row.right, default_winner(row.left, row.right))
    counts = [contact_count(db.session, row.subject, side.id) for side in (row.left, row.right)]
    return render_template(
        "reach/doubts.html",
        queue=queue,
        doubt=row,
        waiting=waiting,
        form=form,
        counts=counts,
        differences=differences(row.subject, row.left, row.right),
        consequence=effect_of_joining(programme, row.subject, row.left, row.right),
    )


@blueprint.post("/p/<slug>/twijfel/<int:doubt_id>")
@permitted(Permission.SETTLE_DOUBTS)
def settle(programme: Programme, doubt_id: int) -> ResponseReturnValue:
    """Join the two, or note that they are different; the next doubt follows."""
    asked = get_doubt(db.session, programme, doubt_id)
    if asked.settled_at is not None:
        return _settled_already(programme)
    (row,) = doubt_rows(db.session, [asked])
    form = JoinForm()
    form.fill(row.left, row.right, default_winner(row.left, row.right))
    if not form.validate_on_submit():
        return _page(programme, row), 422
    try:
        _settle(programme, asked, row, form)
        db.session.commit()
    except (Refused, IntegrityError):
        db.session.rollback()
        return _settled_already(programme)
    return redirect(url_for("reach.doubts", slug=programme.slug), 303)


def _settle(programme: Programme, asked: Doubt, row: DoubtRow, form: JoinForm) -> None:
    if form.is_same():
        if row.left.id != row.right.id:
            join(programme, row.subject, (row.left.id, row.right.id), form.winner_id())
        flash(_("Joined. You can undo this on the page of the record."), "good")
        settlement = Settlement.SAME
    else:
        flash(_("Noted: they are different. This will not be asked again."), "good")
        settlement = Settlement.DIFFERENT
    settle_doubt(
        db.session,
        programme=programme,
        doubt=asked,
        settlement=settlement,
        actor_id=current_user.id,
    )


def _settled_already(programme: Programme) -> ResponseReturnValue:
    flash(_("Somebody else has answered this already. Here is what still waits."), "warn")
    return redirect(url_for("reach.doubts", slug=programme.slug), 303)
