"""The texts of the public site: which there are, writing one, looking at it as visitors will."""

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.publishing import fixed, texts, writing
from pioneers.publishing.blueprint import blueprint
from pioneers.publishing.forms import NewPageForm, TextForm
from pioneers.publishing.labels import STATE_TAGS, STATES, said
from pioneers.publishing.rules import State, Words
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.i18n import LANGUAGES, speak
from pioneers.web.parsing import parse_version

URL = "/p/<slug>/site/teksten/<page_key>/<lang>"


@dataclass(frozen=True)
class Line:
    """A page in the list, with its state and the way to it in each language."""

    label: str
    languages: list[tuple[str, str, State, str]]  # code, name, state, href


@blueprint.get("/p/<slug>/site")
@permitted(Permission.EDIT_SITE)
def overview(programme: Programme) -> ResponseReturnValue:
    """Every text of the public site."""
    kept = texts.all_kept(db.session, programme)
    own = sorted({key for key, _language in kept if fixed.fixed_page(key) is None})
    return render_template(
        "publishing/overview.html",
        programme=programme,
        site=texts.site_to_edit(db.session, programme),
        home_href=link_to("website.home", slug=programme.slug),
        fixed=[_line(programme, kept, page.key, str(page.label)) for page in fixed.fixed_pages()],
        own=[_line(programme, kept, key, _own_title(kept, key)) for key in own],
        states=STATES,
        tags=STATE_TAGS,
    )


def _own_title(kept: dict[tuple[str, str], texts.Kept], key: str) -> str:
    found = [kept[key, code] for code in LANGUAGES if (key, code) in kept]
    return next((one.newest.title for one in found if one.newest), key)


def _line(
    programme: Programme,
    kept: dict[tuple[str, str], texts.Kept],
    key: str,
    label: str,
) -> Line:
    languages = []
    for code, name in LANGUAGES.items():
        found = kept.get((key, code))
        empty = State.STANDARD if fixed.fixed_page(key) else State.DRAFT
        href = url_for("publishing.edit", slug=programme.slug, page_key=key, lang=code)
        languages.append((code, name, found.state if found else empty, href))
    return Line(label, languages)


@blueprint.route("/p/<slug>/site/nieuw", methods=["GET", "POST"])
@permitted(Permission.EDIT_SITE)
def add(programme: Programme) -> ResponseReturnValue:
    """Begin a page of the programme's own."""
    form = NewPageForm()
    if form.validate_on_submit():
        key = form.key.data or ""
        words = Words(form.title.data or "", "", "", programme.language)
        try:
            writing.add_page(
                db.session, programme=programme, key=key, words=words, actor_id=current_user.id
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("The page has been made. Nobody sees it until you publish it."), "good")
            return redirect(_to("publishing.edit", programme, key, words.language), 303)
    page = render_template("publishing/new.html", programme=programme, form=form)
    return page, 422 if form.errors else 200


def _save(programme: Programme, key: str, words: Words, version: int) -> None:
    writing.save_draft(
        db.session,
        programme=programme,
        key=key,
        words=words,
        version=version,
        actor_id=current_user.id,
    )


@blueprint.route(URL, methods=["GET", "POST"])
@permitted(Permission.EDIT_SITE)
def edit(programme: Programme, page_key: str, lang: str) -> ResponseReturnValue:
    """Write a text. Saving keeps a draft; the site stays as it is."""
    kept = found(programme, page_key, lang)
    now = current_words(programme, page_key, lang, kept)
    form = TextForm(data={"title": now.title, "lead": now.lead, "body": now.body})
    stale = None
    if form.validate_on_submit():
        try:
            _save(programme, page_key, form.words(lang), parse_version(form.version.data))
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            kept = found(programme, page_key, lang)
            now = current_words(programme, page_key, lang, kept)
            stale = differences(form, {"title": now.title, "lead": now.lead, "body": now.body})
        else:
            db.session.commit()
            flash(_("Saved as a draft. The site has not changed yet."), "good")
            then = (
                "publishing.preview" if request.form.get("then") == "preview" else "publishing.edit"
            )
            return redirect(_to(then, programme, page_key, lang), 303)
    form.version.data = str(kept.page.version if kept else 0)
    page = render_template(
        "publishing/edit.html",
        form=form,
        stale=stale,
        state=kept.state if kept else State.STANDARD,
        is_fixed=fixed.fixed_page(page_key) is not None,
        states=STATES,
        tags=STATE_TAGS,
        **frame_of(programme, page_key, lang, kept),
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


def frame_of(
    programme: Programme, page_key: str, lang: str, kept: texts.Kept | None
) -> dict[str, object]:
    """What every page about one text shows."""
    words = current_words(programme, page_key, lang, kept)
    return {
        "programme": programme,
        "page_key": page_key,
        "lang": lang,
        "language_name": LANGUAGES[lang],
        "label": label_of(page_key, words),
        "kept": kept,
    }


@blueprint.get(f"{URL}/voorbeeld")
@permitted(Permission.EDIT_SITE)
def preview(programme: Programme, page_key: str, lang: str) -> ResponseReturnValue:
    """A text as visitors will see it: the newest words, or the version that was asked for."""
    kept = found(programme, page_key, lang)
    words = current_words(programme, page_key, lang, kept)
    number = request.args.get("versie", type=int)
    if number is not None:
        if kept is None:
            raise NotFound
        old = texts.revision(db.session, kept.page, number)
        words = Words(old.title, old.lead, old.body, lang)
    site = texts.site_to_edit(db.session, programme)
    g.site, g.preview = site, _to("publishing.edit", programme, page_key, lang)
    speak(lang)
    return fixed.render(site, page_key, words)


def found(programme: Programme, page_key: str, lang: str) -> texts.Kept | None:
    """How a text stands; None for one that nobody wrote. NotFound for a page that is none."""
    if lang not in LANGUAGES:
        raise NotFound
    page = texts.find_page(db.session, programme, page_key, lang)
    if page is not None:
        return texts.kept(page, texts.revisions(db.session, page))
    in_others = [texts.find_page(db.session, programme, page_key, one) for one in LANGUAGES]
    if fixed.fixed_page(page_key) is None and not any(in_others):
        raise NotFound
    return None


def current_words(programme: Programme, page_key: str, lang: str, kept: texts.Kept | None) -> Words:
    """The newest words of a text, else the standard ones; nothing for a new own page."""
    if kept is not None and kept.newest is not None:
        return Words(kept.newest.title, kept.newest.lead, kept.newest.body, lang)
    page = fixed.fixed_page(page_key)
    if page is None:
        return Words("", "", "", lang)
    return page.standard(lang, texts.site_to_edit(db.session, programme))


def label_of(page_key: str, words: Words) -> str:
    """What the page is called among those who keep it."""
    page = fixed.fixed_page(page_key)
    return str(page.label) if page else words.title or page_key


def _to(endpoint: str, programme: Programme, page_key: str, lang: str) -> str:
    return url_for(endpoint, slug=programme.slug, page_key=page_key, lang=lang)
