"""The public form: anybody asks a question, without an account."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers.accounts.current import settings
from pioneers.db import db, expect_writes
from pioneers.presses.actions import is_first
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import programme_by_slug
from pioneers.programmes.rules import Refused
from pioneers.questions.actions import take_question
from pioneers.questions.blueprint import blueprint
from pioneers.questions.forms import AskForm
from pioneers.questions.labels import said
from pioneers.questions.rules import CONSENT, CONSENT_VERSION
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.i18n import language
from pioneers.web.opened import LEAST_SECONDS, MOST_SECONDS, opened_stamp, seconds_open
from pioneers.web.throttling import Limit, is_too_often, is_used_up

PER_ORIGIN = Limit("ask-origin", 10, minutes=10)
PER_PROGRAMME = Limit("ask-programme", 200)
PER_ADDRESS = Limit("ask-address", 5, minutes=60)  # each sends a mail


def _programme(slug: str) -> Programme:
    found = programme_by_slug(db.session, slug)
    if found is None:
        raise NotFound
    return found


@blueprint.route("/vraag/<slug>", methods=["GET", "POST"])
@public
def ask(slug: str) -> ResponseReturnValue:
    """Ask a question. Machines, and whoever asks very often, see what everybody sees."""
    too_often = request.method == "POST" and _too_often(slug)
    trapped = bool(request.form.get("website"))
    if too_often or trapped:
        expect_writes(False)  # a flood of these keeps nobody from writing
    programme = _programme(slug)
    form = AskForm(data={"begun": opened_stamp(settings().secret_key, f"ask-{slug}")})
    if request.method == "GET":
        return _page(programme, form)
    if too_often:
        attach(form, "text", said(Refused("too_often")))
        return _page(programme, form), 429
    if trapped:
        return redirect(url_for("questions.asked", slug=slug), 303)
    if not _looks_human(slug, form) or not form.validate_on_submit():
        return _page(programme, form), 422
    return _take(programme, form)


def _too_often(slug: str) -> bool:
    """Count whoever sends the form of a programme that exists; looking it up locks nothing."""
    expect_writes(False)
    passed = is_too_often(PER_ORIGIN, PER_PROGRAMME, _programme(slug).slug)
    db.session.rollback()
    expect_writes(True)
    return passed


def _looks_human(slug: str, form: AskForm) -> bool:
    """Whether the form was open for as long as a person needs; nobody loses what they wrote."""
    seconds = seconds_open(settings().secret_key, f"ask-{slug}", form.begun.data or "") or 0
    if LEAST_SECONDS <= seconds <= MOST_SECONDS:
        return True
    if not LEAST_SECONDS > seconds > 0:
        form.begun.data = opened_stamp(settings().secret_key, f"ask-{slug}")
    form.form_errors.append(_("Look once more, and press the button again."))
    return False


def _take(programme: Programme, form: AskForm) -> ResponseReturnValue:
    question = form.question(CONSENT_VERSION, CONSENT[language()])
    target = redirect(url_for("questions.asked", slug=programme.slug), 303)
    secret = settings().secret_key
    if not is_first(db.session, secret, "ask", programme.id, form.begun.data, question):
        db.session.rollback()  # the button was pressed twice
        return target
    # What was asked is kept, whatever the address was used for; only its owner is not flooded.
    may_mail = not is_used_up(PER_ADDRESS, (form.email.data or "").lower())
    try:
        take_question(db.session, programme=programme, new=question, may_mail=may_mail)
    except Refused as refusal:
        db.session.rollback()
        attach(form, refusal.field if refusal.field in form else "text", said(refusal))
        return _page(programme, form), 422
    db.session.commit()
    return target


def _page(programme: Programme, form: AskForm) -> str:
    return render_template(
        "questions/ask.html", asked_of=programme, form=form, agreement=CONSENT[language()]
    )


@blueprint.get("/vraag/<slug>/dank")
@public
def asked(slug: str) -> ResponseReturnValue:
    """What happens next, the same for everybody."""
    return render_template("questions/asked.html", asked_of=_programme(slug))
