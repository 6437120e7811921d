"""When a text goes to the site and off it, and its earlier versions."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.queries import user_names
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.publishing import texts, writing
from pioneers.publishing.blueprint import blueprint
from pioneers.publishing.forms import PlainForm, PublishForm, WithdrawForm
from pioneers.publishing.labels import said
from pioneers.publishing.page_views import URL, found, frame_of
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


def _written(programme: Programme, page_key: str, lang: str) -> texts.Kept:
    kept = found(programme, page_key, lang)
    if kept is None:
        raise NotFound
    return kept


def _back(programme: Programme, page_key: str, lang: str) -> ResponseReturnValue:
    href = url_for("publishing.edit", slug=programme.slug, page_key=page_key, lang=lang)
    return redirect(href, 303)


@blueprint.route(f"{URL}/publiceren", methods=["GET", "POST"])
@permitted(Permission.EDIT_SITE)
def publish(programme: Programme, page_key: str, lang: str) -> ResponseReturnValue:
    """Put the newest words on the site, now or at a moment to come."""
    kept = found(programme, page_key, lang)
    if kept is None:  # the standard words are on the site already
        return _back(programme, page_key, lang)
    form, stale = PublishForm(), False
    if form.validate_on_submit():
        try:
            at = form.at(form.when.data)
            writing.publish(
                db.session,
                page=kept.page,
                version=parse_version(form.version.data),
                at=at,
                until=form.until(),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            kept, stale = _written(programme, page_key, lang), True
        else:
            db.session.commit()
            flash(_("This is now on the site.") if at is None else _("Planned."), "good")
            return _back(programme, page_key, lang)
    form.version.data = str(kept.page.version)
    page = render_template(
        "publishing/publish.html",
        form=form,
        is_stale=stale,
        **frame_of(programme, page_key, lang, kept),
    )
    return page, 409 if stale else 422 if form.errors else 200


@blueprint.route(f"{URL}/intrekken", methods=["GET", "POST"])
@permitted(Permission.EDIT_SITE)
def withdraw(programme: Programme, page_key: str, lang: str) -> ResponseReturnValue:
    """Take a text off the site, now or at a moment to come."""
    kept = found(programme, page_key, lang)
    if kept is None or not (kept.page.published_at or kept.planned):
        return _back(programme, page_key, lang)
    form, stale = WithdrawForm(), False
    if form.validate_on_submit():
        try:
            writing.withdraw(
                db.session,
                page=kept.page,
                version=parse_version(form.version.data),
                at=form.at(form.when.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            kept, stale = _written(programme, page_key, lang), True
        else:
            db.session.commit()
            now = form.when.data != "later"
            flash(_("This is no longer on the site.") if now else _("Planned."), "good")
            return _back(programme, page_key, lang)
    form.version.data = str(kept.page.version)
    page = render_template(
        "publishing/withdraw.html",
        form=form,
        is_stale=stale,
        **frame_of(programme, page_key, lang, kept),
    )
    return page, 409 if stale else 422 if form.errors else 200


@blueprint.get(f"{URL}/versies")
@permitted(Permission.EDIT_SITE)
def versions(programme: Programme, page_key: str, lang: str) -> ResponseReturnValue:
    """Every version of a text, the newest first."""
    kept = found(programme, page_key, lang)
    lines = texts.revisions(db.session, kept.page) if kept else []
    return render_template(
        "publishing/versions.html",
        lines=lines,
        names=user_names(db.session, {one.saved_by_id for one in lines}),
        **frame_of(programme, page_key, lang, kept),
    )


@blueprint.post(f"{URL}/versies/<int:number>/terug")
@permitted(Permission.EDIT_SITE)
def restore(programme: Programme, page_key: str, lang: str, number: int) -> ResponseReturnValue:
    """Let an earlier version be the draft again."""
    kept = _written(programme, page_key, lang)
    if PlainForm().validate_on_submit():
        writing.restore(db.session, page=kept.page, number=number, actor_id=current_user.id)
        db.session.commit()
        flash(
            _(
                "Version %(number)s is the draft again. The site has not changed yet.",
                number=number,
            ),
            "good",
        )
    return _back(programme, page_key, lang)


@blueprint.post(f"{URL}/menu")
@permitted(Permission.EDIT_SITE)
def place(programme: Programme, page_key: str, lang: str) -> ResponseReturnValue:
    """Put the link to an own page into the menu, or below every page."""
    kept = _written(programme, page_key, lang)
    if PlainForm().validate_on_submit() and kept.page.is_own:
        in_menu = not kept.page.in_menu
        writing.place(db.session, page=kept.page, in_menu=in_menu, actor_id=current_user.id)
        db.session.commit()
        flash(_("It stands in the menu.") if in_menu else _("It stands below every page."), "good")
    return _back(programme, page_key, lang)
