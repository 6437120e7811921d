"""The words of each kind of mail, and the switches of reminders."""

from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.mail.kinds import EXAMPLE_SITE, KINDS, LANGUAGES, MailKind, Words
from pioneers.mail.queries import own_wordings, switches
from pioneers.mail.rendering import Rendered, render
from pioneers.mailroom import actions
from pioneers.mailroom.blueprint import blueprint
from pioneers.mailroom.forms import WordingForm
from pioneers.mailroom.labels import kind_title
from pioneers.programmes.guards import permitted
from pioneers.programmes.labels import explain
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

URL = "/p/<slug>/post/teksten"
INSTALLATION = frozenset({"accounts.login_link", "accounts.new_password"})  # of no programme
SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
)
REFUSALS = {
    "words_missing": _l("Fill this in."),
    "field_unknown": _l("%(name)s is not a field of this mail. Choose one of the fields below."),
}


@dataclass(frozen=True)
class Row:
    """A kind of mail in the list."""

    key: str
    title: str
    own: tuple[str, ...]  # the languages in which the programme has words of its own
    can_be_off: bool
    is_on: bool


def _kind(key: str) -> MailKind:
    kind = KINDS.get(key)
    if kind is None or key in INSTALLATION:
        raise NotFound
    return kind


@blueprint.get(URL)
@permitted(Permission.MANAGE_MAIL)
def wordings(programme: Programme) -> ResponseReturnValue:
    """Every kind of mail of the programme."""
    own, on = own_wordings(db.session, programme.id), switches(db.session, programme.id)
    rows = [
        Row(
            key=key,
            title=kind_title(key),
            own=tuple(language for language in LANGUAGES if (key, language) in own),
            can_be_off=kind.can_be_off,
            is_on=on.get(key, True),
        )
        for key, kind in KINDS.items()
        if key not in INSTALLATION
    ]
    rows.sort(key=lambda row: (not row.can_be_off, row.title))
    return render_template("mailroom/wordings.html", programme=programme, rows=rows)


@blueprint.post(f"{URL}/<mail_kind>/schakelen")
@permitted(Permission.MANAGE_MAIL)
def switch(programme: Programme, mail_kind: str) -> ResponseReturnValue:
    """Turn a reminder on or off."""
    kind, is_on = _kind(mail_kind), request.form.get("aan") == "1"
    try:
        actions.switch(
            db.session, programme=programme, kind=kind, is_on=is_on, actor_id=current_user.id
        )
    except Refused:
        abort(400)
    db.session.commit()
    flash(_("This reminder is sent.") if is_on else _("This reminder is not sent."), "good")
    return redirect(url_for("mailroom.wordings", slug=programme.slug), 303)


@blueprint.route(f"{URL}/<mail_kind>/<mail_language>", methods=["GET", "POST"])
@permitted(Permission.MANAGE_MAIL)
def wording(programme: Programme, mail_kind: str, mail_language: str) -> ResponseReturnValue:
    """Reword a kind of mail in a language; the buttons for a preview save nothing."""
    kind = _kind(mail_kind)
    if mail_language not in LANGUAGES:
        raise NotFound
    own = actions.find_wording(db.session, programme.id, kind.key, mail_language)
    words = Words(own.subject, own.body) if own else kind.words(mail_language)
    version = own.version if own else 0
    form = WordingForm(data={"subject": words.subject, "body": words.body, "version": version})
    preview, stale = _preview(programme, kind, words, mail_language), None
    if form.validate_on_submit():
        try:
            preview = _preview(programme, kind, form.words(), mail_language)
            if "look" in request.form:
                return _look(preview)
            if "preview" not in request.form:
                return _save(programme, kind, mail_language, form)
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal, REFUSALS))
        except Stale:
            stale = differences(form, {"subject": words.subject, "body": words.body})
            form.version.data = version
    page = render_template(
        "mailroom/wording.html",
        programme=programme,
        kind=kind,
        title=kind_title(kind.key),
        language=mail_language,
        form=form,
        preview=preview,
        stale=stale,
        is_own=own is not None,
    )
    return page, 422 if form.errors else 200


def _save(
    programme: Programme, kind: MailKind, language: str, form: WordingForm
) -> ResponseReturnValue:
    actions.reword(
        db.session,
        programme=programme,
        kind=kind,
        language=language,
        words=form.words(),
        version=parse_version(form.version.data),
        actor_id=current_user.id,
    )
    db.session.commit()
    flash(_("From now on this mail says what you wrote."), "good")
    return redirect(url_for("mailroom.wordings", slug=programme.slug), 303)


def _look(preview: Rendered) -> ResponseReturnValue:
    """The HTML part as mail programs show it, by itself: its own styles, no script, no origin."""
    response = Response(preview.html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _preview(programme: Programme, kind: MailKind, words: Words, language: str) -> Rendered:
    """The mail with its example fields; raises Refused."""
    actions.check_words(kind, words)
    return render(
        words,
        kind.fields,
        frame=programme.name,
        site=EXAMPLE_SITE,
        language=language,
        pictures=kind.pictures,
    )


@blueprint.post(f"{URL}/<mail_kind>/<mail_language>/terug")
@permitted(Permission.MANAGE_MAIL)
def restore(programme: Programme, mail_kind: str, mail_language: str) -> ResponseReturnValue:
    """Take the product's words again."""
    if actions.restore(
        db.session,
        programme=programme,
        kind=_kind(mail_kind),
        language=mail_language,
        actor_id=current_user.id,
    ):
        db.session.commit()
        flash(_("This mail says what it said at first."), "good")
    return redirect(url_for("mailroom.wordings", slug=programme.slug), 303)
