"""Writing an item: its words, what it is about, what belongs with it, and its earlier versions."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import pioneer_names
from pioneers.db import db
from pioneers.knowledge import actions, queries
from pioneers.knowledge.blueprint import blueprint
from pioneers.knowledge.forms import (
    AboutForm,
    NewForm,
    PlainForm,
    RelatedForm,
    WordsForm,
    about_data,
)
from pioneers.knowledge.item_views import ONE, URL, to_item
from pioneers.knowledge.labels import said
from pioneers.knowledge.listing import editors
from pioneers.knowledge.models import KnowledgeItem
from pioneers.knowledge.rules import ItemWords
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


@blueprint.route(f"{URL}/nieuw", methods=["GET", "POST"])
@permitted(Permission.EDIT_KNOWLEDGE)
def new(programme: Programme) -> ResponseReturnValue:
    """A new item, as a draft."""
    form = NewForm()
    if form.validate_on_submit():
        try:
            made = actions.add_item(
                db.session,
                programme=programme,
                draft=form.draft(current_user.id),
                user_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("The draft is there. Say what it is about, and look at the preview."), "good")
            return to_item(programme, made)
    page = render_template("knowledge/new.html", programme=programme, form=form)
    return page, 422 if form.errors else 200


@blueprint.route(f"{ONE}/tekst", methods=["GET", "POST"])
@permitted(Permission.EDIT_KNOWLEDGE)
def words(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Write on: what is saved is a new version, which nobody sees yet."""
    found = queries.get_item(db.session, programme, item_id)
    newest = queries.latest(db.session, found)
    form, stale = WordsForm(obj=newest, data={"version": found.version}), None
    if form.validate_on_submit():
        try:
            actions.save_words(
                db.session,
                item=found,
                words=form.words(),
                version=parse_version(form.version.data),
                user_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            now = actions.words_of(queries.latest(db.session, found))
            stale = differences(form, _as_fields(now))
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("Saved as a draft. Publish it when it is good."), "good")
            return to_item(programme, found)
    page = render_template(
        "knowledge/words.html", programme=programme, item=found, form=form, stale=stale
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


def _as_fields(words: ItemWords) -> dict[str, object]:
    return {name: getattr(words, name) for name in ("title", "summary", "body", "link")}


@blueprint.route(f"{ONE}/gegevens", methods=["GET", "POST"])
@permitted(Permission.EDIT_KNOWLEDGE)
def about(programme: Programme, item_id: int) -> ResponseReturnValue:
    """What an item is about, who looks after it, and who agreed."""
    found = queries.get_item(db.session, programme, item_id)
    form, stale = AboutForm(data=about_data(found) | {"version": found.version}), None
    form.fill(
        municipality_names(db.session),
        editors(db.session, programme),
        pioneer_names(db.session, programme),
    )
    if form.validate_on_submit():
        try:
            actions.classify(
                db.session,
                item=found,
                classed=form.classed(_company_of(programme, form, found)),
                version=parse_version(form.version.data),
                user_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            stale = differences(form, about_data(found))
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("Saved. It holds at once, also on the site."), "good")
            return to_item(programme, found)
    page = render_template(
        "knowledge/about.html", programme=programme, item=found, form=form, stale=stale
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


def _company_of(programme: Programme, form: AboutForm, item: KnowledgeItem) -> int | None:
    """The company of the pioneer that was chosen; else the one that it was, if it still has a
    name on the page."""
    if form.pioneer_id.data:
        pioneer = db.session.get(Pioneer, int(form.pioneer_id.data))
        if pioneer is not None and pioneer.programme_id == programme.id:
            return pioneer.company_id
    return item.company_id if form.company_name.data and not item.pioneer_id else None


@blueprint.route(f"{ONE}/hoort-bij", methods=["GET", "POST"])
@permitted(Permission.EDIT_KNOWLEDGE)
def belongs(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Choose which items belong with this one."""
    found = queries.get_item(db.session, programme, item_id)
    form = RelatedForm(
        data={"others": [str(one) for one in queries.related_ids(db.session, found)]}
    )
    others = queries.others_than(db.session, found)
    form.others.choices = [(str(one.id), one.title) for one in others]
    if form.validate_on_submit():
        actions.relate(
            db.session,
            item=found,
            others=[int(one) for one in form.others.data or ()],
            user_id=current_user.id,
        )
        db.session.commit()
        flash(_("Saved. It holds at once, also on the site."), "good")
        return to_item(programme, found)
    page = render_template("knowledge/related.html", programme=programme, item=found, form=form)
    return page, 422 if form.errors else 200


@blueprint.post(f"{ONE}/versies/<int:number>")
@permitted(Permission.EDIT_KNOWLEDGE)
def restore(programme: Programme, item_id: int, number: int) -> ResponseReturnValue:
    """An earlier version becomes the draft again."""
    found = queries.get_item(db.session, programme, item_id)
    revision = queries.get_revision(db.session, found, number)
    form = PlainForm()
    if form.validate_on_submit():
        actions.save_words(
            db.session,
            item=found,
            words=actions.words_of(revision),
            restored_from=number,
            user_id=current_user.id,
        )
        db.session.commit()
        flash(_("Version %(number)s is the draft now.", number=number), "good")
    return redirect(url_for("knowledge.item", slug=programme.slug, item_id=found.id), 303)
