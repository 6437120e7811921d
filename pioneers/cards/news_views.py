"""The link in the mail about being kept informed: GET shows, POST acts."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers.cards.blueprint import blueprint
from pioneers.cards.emails import consent_id_of, is_ours
from pioneers.cards.forms import ConfirmForm
from pioneers.cards.leads import confirm_news, consent_of, stop_news
from pioneers.cards.models import LeadConsent
from pioneers.db import db
from pioneers.web.access import public
from pioneers.web.errors import NotFound


def _consent(token: str) -> LeadConsent:
    """The consent of a genuine link; NotFound for any other."""
    consent_id = consent_id_of(token)
    found = None if consent_id is None else consent_of(db.session, consent_id)
    if found is None or not is_ours(token, found):
        raise NotFound
    return found


@blueprint.get("/k/nieuws/<token>")
@public
def news(token: str) -> ResponseReturnValue:
    """Ask, or say what stands."""
    consent = _consent(token)
    stands = consent.confirmed_at is not None and consent.withdrawn_at is None
    return render_template(
        "cards/news.html", consent=consent, stands=stands, token=token, form=ConfirmForm()
    )


@blueprint.post("/k/nieuws/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """They want it; pressing twice is pressing once."""
    confirm_news(db.session, _consent(token))
    db.session.commit()
    flash(_("Thank you. We will keep you informed."), "good")
    return redirect(url_for("cards.news", token=token), 303)


@blueprint.post("/k/nieuws/<token>/stop")
@public
def stop(token: str) -> ResponseReturnValue:
    """They want no more of it."""
    stop_news(db.session, _consent(token))
    db.session.commit()
    flash(_("You will hear no more from us."), "good")
    return redirect(url_for("cards.news", token=token), 303)
