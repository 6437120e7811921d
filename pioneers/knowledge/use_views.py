"""Everybody says what an item did for them; six weeks later, what became of it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.db import db, expect_writes
from pioneers.knowledge import queries
from pioneers.knowledge.attaching import files_of
from pioneers.knowledge.blueprint import blueprint
from pioneers.knowledge.labels import USE_CHOICES, said
from pioneers.knowledge.links import is_token_of
from pioneers.knowledge.models import Followed, KnowledgeItem, KnowledgeUse, UseKind
from pioneers.knowledge.use_forms import FollowedForm, UseForm
from pioneers.knowledge.use_rules import CONSENT
from pioneers.knowledge.using import take_use, tell_followed
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import activation_kinds
from pioneers.programmes.rules import Refused
from pioneers.publishing.frame import frame_for, open_site
from pioneers.publishing.queries import Site
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.i18n import language
from pioneers.web.opened import LEAST_SECONDS, MOST_SECONDS, opened_stamp, seconds_open
from pioneers.web.throttling import Limit, is_too_often, is_used_up
from pioneers.web.tokens import record_of

PER_ORIGIN = Limit("knowledge-origin", 20, minutes=10)
PER_ITEM = Limit("knowledge-item", 300)
PER_ADDRESS = Limit("knowledge-address", 5, minutes=60)


@blueprint.route("/kennis/<slug>/<item_slug>/gebruik", methods=["GET", "POST"])
@public
def use(slug: str, item_slug: str) -> ResponseReturnValue:
    """Say that an item helped, or that it is going to be used."""
    trapped = bool(request.form.get("website"))
    if trapped:
        expect_writes(False)
    site = open_site(slug)
    item = queries.published_item(db.session, site.programme.id, item_slug, clock.now())
    if item is None:
        raise NotFound
    what = f"use-{item.id}"
    wish = request.args.get("soort", "")
    form = UseForm(
        data={
            "begun": opened_stamp(settings().secret_key, what),
            "kind": wish if wish in set(UseKind) else None,
        }
    )
    _offer(form, item)
    if request.method == "GET":
        return _page(site, item, form)
    if is_too_often(PER_ORIGIN, PER_ITEM, what):
        attach(form, "kind", said(Refused("too_often")))
        return _page(site, item, form), 429
    target = redirect(url_for("knowledge.used", slug=slug, item_slug=item_slug), 303)
    if trapped:
        return target
    if not _looks_human(what, form) or not form.validate_on_submit():
        return _page(site, item, form), 422
    if form.email.data and is_used_up(PER_ADDRESS, form.email.data.lower()):
        db.session.rollback()  # whoever owns the address is not flooded; the page tells nothing
        return target
    try:
        take_use(db.session, programme=site.programme, item=item, new=form.use())
    except Refused as refusal:
        db.session.rollback()
        attach(form, refusal.field, said(refusal))
        return _page(site, item, form), 422
    db.session.commit()
    return target


def _offer(form: UseForm, item: KnowledgeItem) -> None:
    """Saving a file is a choice only where there are files."""
    if not files_of(db.session, item):
        form.kind.choices = [
            (kind.value, label) for kind, label in USE_CHOICES.items() if kind != UseKind.DOWNLOADED
        ]


def _looks_human(what: str, form: UseForm) -> bool:
    seconds = seconds_open(settings().secret_key, what, form.begun.data or "") or 0
    if LEAST_SECONDS <= seconds <= MOST_SECONDS:
        return True
    if not LEAST_SECONDS > seconds > 0:
        form.begun.data = opened_stamp(settings().secret_key, what)
    form.form_errors.append(_("Look once more, and press the button again."))
    return False


def _page(site: Site, item: KnowledgeItem, form: UseForm) -> str:
    return render_template(
        "knowledge/use.html", site=site, item=item, form=form, agreement=CONSENT[language()]
    )


@blueprint.get("/kennis/<slug>/<item_slug>/dank")
@public
def used(slug: str, item_slug: str) -> ResponseReturnValue:
    """Thanks, the same for everybody."""
    site = open_site(slug)
    item = queries.published_item(db.session, site.programme.id, item_slug, clock.now())
    if item is None:
        raise NotFound
    return render_template("knowledge/used.html", item=item)


@blueprint.route("/u/<token>", methods=["GET", "POST"])
@public
def followed(token: str) -> ResponseReturnValue:
    """Say what became of an intention; looking changes nothing: scanners follow links."""
    found = _by_token(token)
    item = db.session.get_one(KnowledgeItem, found.item_id)
    programme = db.session.get_one(Programme, item.programme_id)
    site = frame_for(programme)
    pressed = request.args.get("antwoord", "")
    form = FollowedForm(data={"answer": pressed if pressed in set(Followed) else found.followed})
    kinds = activation_kinds(db.session, programme, active_only=True)
    names = {one.id: one.name_en if language() == "en" else one.name_nl for one in kinds}
    form.fill(names)
    if form.validate_on_submit():
        tell_followed(
            db.session,
            programme=programme,
            use=found,
            followed=Followed(form.answer.data),
            kind_id=int(form.kind.data) if form.kind.data else None,
            done=form.done.data or "",
        )
        db.session.commit()
        return redirect(url_for("knowledge.followed", token=token), 303)
    page = render_template(
        "knowledge/followed.html",
        frame="publishing/frame.html" if site else "base.html",
        use=found,
        item=item,
        asked_of=programme,
        form=form,
        has_kinds=bool(names) and found.company_id is not None and found.activation_id is None,
    )
    return page, 422 if form.errors else 200


def _by_token(token: str) -> KnowledgeUse:
    use_id = record_of(token)
    found = None if use_id is None else db.session.get(KnowledgeUse, use_id)
    if found is None or not found.token_nonce or not is_token_of(found, token):
        raise NotFound
    return found
