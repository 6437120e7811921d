"""The settings that do not change how is counted; the way to everything else of the programme."""

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.queries import users_with
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.actions import change_settings, settings_of
from pioneers.programmes.blueprint import blueprint
from pioneers.programmes.forms import SettingsForm
from pioneers.programmes.guards import permitted
from pioneers.programmes.labels import explain
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import settings_links
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


@blueprint.route("/p/<slug>/instellingen", methods=["GET", "POST"])
@permitted(Permission.MANAGE_PROGRAMME)
def settings(programme: Programme) -> ResponseReturnValue:
    """See and change the settings."""
    form = SettingsForm(data=asdict(settings_of(programme)) | {"version": programme.version})
    form.desk_user_id.choices = _desk_choices(programme)
    stale = None
    if form.validate_on_submit():
        try:
            change_settings(
                db.session,
                programme=programme,
                settings=form.settings(),
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal))
        except Stale:
            stale = differences(form, asdict(settings_of(programme)))
            form.version.data = programme.version
        else:
            db.session.commit()
            flash(_("The settings have been saved."), "good")
            return redirect(url_for("programmes.settings", slug=programme.slug), 303)
    return render_template(
        "programmes/settings.html",
        programme=programme,
        form=form,
        stale=stale,
        links=settings_links(programme),
    )


def _desk_choices(programme: Programme) -> list[tuple[int | str, str]]:
    """Whoever can answer questions; one who cannot any more is no choice, and hears of nothing."""
    users = users_with(db.session, programme.id, Permission.ANSWER_QUESTIONS)
    return [("", _("All who answer questions")), *((user.id, user.name) for user in users)]
