"""A host asks for a pioneer, by name or whoever fits; what is in the way is said beforehand."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.events.models import Event
from pioneers.hosting import actions, forms
from pioneers.hosting.blueprint import blueprint
from pioneers.hosting.edit_views import URL, to_event
from pioneers.hosting.labels import reasons_of, said
from pioneers.hosting.rules import wish_of
from pioneers.planning.queries import matches
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.forms import attach


@blueprint.route(f"{URL}/pionier", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def ask(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Ask a pioneer by name, or let the project leader find one who fits."""
    event = hosted(programme, event_id)
    form = forms.AskForm()
    form.pioneer.choices = forms.pioneer_choices(_pioneers(programme, event), nobody=False)
    warning = None
    if form.validate_on_submit():
        try:
            asked = actions.want(
                db.session,
                programme=programme,
                event=event,
                wish=wish_of(form.pioneer.data or ""),
                message=form.message.data or "",
                warned_of=forms.accepted_warning(form),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            warning = forms.warn(form, refusal)
            if warning is None:
                attach(form, refusal.field or "pioneer", said(refusal))
        else:
            db.session.commit()
            words = _("Asked. You get a mail as soon as there is an answer.")
            flash(words if asked or event.wants_pioneer else _("This pioneer was asked."), "good")
            return to_event(programme, event)
    page = render_template(
        "hosting/ask.html", programme=programme, event=event, form=form, warning=warning
    )
    return page, 422 if form.errors else 200


def _pioneers(programme: Programme, event: Event) -> dict[int, str]:
    """Who is a pioneer on the day, who fits best first; beside a name, what is in the way."""
    return {
        one.pioneer_id: f"{one.name} ({reasons_of(one.hindrances)})" if one.hindrances else one.name
        for one in matches(db.session, programme, event)
    }
