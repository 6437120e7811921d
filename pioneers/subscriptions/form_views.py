"""The public form: anybody asks for news, without an account."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pioneers.accounts.current import settings
from pioneers.db import db, expect_writes
from pioneers.programmes.models import Programme
from pioneers.publishing.frame import PublicEntry, open_site, register_entry
from pioneers.subscriptions.actions import ask_for_news
from pioneers.subscriptions.blueprint import blueprint
from pioneers.subscriptions.forms import NewsForm
from pioneers.subscriptions.models import SubscribedBy
from pioneers.subscriptions.rules import VERSION, Asked, kept_themes, wording
from pioneers.web.access import public
from pioneers.web.i18n import language
from pioneers.web.opened import LEAST_SECONDS, MOST_SECONDS, opened_stamp, seconds_open
from pioneers.web.throttling import Limit, is_too_often, is_used_up

PER_ORIGIN = Limit("news-origin", 10, minutes=10)
PER_PROGRAMME = Limit("news-programme", 200)
PER_ADDRESS = Limit("news-address", 5, minutes=60)  # each can send a mail
register_entry(PublicEntry(_l("Newsletter"), "subscriptions.ask", 120, foot=True))


@blueprint.route("/nieuwsbrief/<slug>", methods=["GET", "POST"])
@public
def ask(slug: str) -> ResponseReturnValue:
    """Ask for news. Everybody sees the same answer, whether the address is known or not."""
    too_often = request.method == "POST" and _too_often(slug)
    trapped = bool(request.form.get("website"))
    if too_often or trapped:
        expect_writes(False)  # a flood of these keeps nobody from writing
    programme = open_site(slug).programme
    form = NewsForm(data={"begun": opened_stamp(settings().secret_key, f"news-{slug}")})
    if request.method == "GET":
        return _page(programme, form)
    if too_often:
        form.form_errors.append(_("This form was sent very often. Try again in a few minutes."))
        return _page(programme, form), 429
    if trapped:
        return redirect(url_for("subscriptions.asked", slug=slug), 303)
    if not _looks_human(slug, form) or not form.validate_on_submit():
        return _page(programme, form), 422
    return _take(programme, form)


def _too_often(slug: str) -> bool:
    """Count whoever sends the form of a site that is open; looking it up locks nothing."""
    expect_writes(False)
    passed = is_too_often(PER_ORIGIN, PER_PROGRAMME, open_site(slug).programme.slug)
    db.session.rollback()
    expect_writes(True)
    return passed


def _looks_human(slug: str, form: NewsForm) -> bool:
    """Whether the form was open for as long as a person needs; nobody loses what they wrote."""
    seconds = seconds_open(settings().secret_key, f"news-{slug}", form.begun.data or "") or 0
    if LEAST_SECONDS <= seconds <= MOST_SECONDS:
        return True
    if not LEAST_SECONDS > seconds > 0:
        form.begun.data = opened_stamp(settings().secret_key, f"news-{slug}")
    form.form_errors.append(_("Look once more, and press the button again."))
    return False


def _take(programme: Programme, form: NewsForm) -> ResponseReturnValue:
    target = redirect(url_for("subscriptions.asked", slug=programme.slug), 303)
    email = (form.email.data or "").lower()
    if is_used_up(PER_ADDRESS, email):
        db.session.rollback()  # whoever owns the address is not flooded, and the page tells nothing
        return target
    asked = Asked(
        email=email,
        source=SubscribedBy.SITE,
        version=VERSION,
        wording=wording(language(), programme.name),
        language=language(),
        themes=kept_themes(form.themes.data or ()),
    )
    ask_for_news(db.session, programme=programme, asked=asked)
    db.session.commit()
    return target


def _page(programme: Programme, form: NewsForm) -> str:
    agreement = wording(language(), programme.name)
    return render_template("subscriptions/ask.html", form=form, agreement=agreement)


@blueprint.get("/nieuwsbrief/<slug>/dank")
@public
def asked(slug: str) -> ResponseReturnValue:
    """What happens next, the same for everybody."""
    open_site(slug)
    return render_template("subscriptions/asked.html")
