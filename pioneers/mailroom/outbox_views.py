"""The outbox: what was mailed, what waits, what failed, and what became of one message."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.mail import queries
from pioneers.mail.kinds import KINDS
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mail.suppressing import suppressed
from pioneers.mailroom.actions import can_try_again, lift_address
from pioneers.mailroom.actions import try_again as put_back
from pioneers.mailroom.blueprint import blueprint
from pioneers.mailroom.labels import HELD, STATUSES, TAGS, kind_title, problem_text
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.pagination import page_number

URL = "/p/<slug>/post"


@blueprint.get(URL)
@permitted(Permission.MANAGE_MAIL)
def outbox(programme: Programme) -> ResponseReturnValue:
    """Every message of the programme, newest first."""
    asked, kind = request.args.get("status", ""), request.args.get("soort", "")
    used = queries.kinds_used(db.session, programme.id)
    status = MailStatus(asked) if asked in set(MailStatus) else None
    kind = kind if kind in used else ""
    found = queries.list_messages(
        db.session, programme.id, number=page_number(), status=status, kind=kind
    )
    counts = queries.count_by_status(db.session, programme.id)
    return render_template(
        "mailroom/outbox.html",
        programme=programme,
        page=found,
        counts=counts,
        waiting=counts.get(MailStatus.QUEUED, 0),
        failed=counts.get(MailStatus.FAILED, 0),
        chosen_status=status,
        chosen_kind=kind,
        kinds=sorted((kind_title(key), key) for key in used),
        kind_title=kind_title,
        statuses=STATUSES,
        tags=TAGS,
        workers=queries.workers(db.session),
    )


@blueprint.get(f"{URL}/<int:message_id>")
@permitted(Permission.MANAGE_MAIL)
def message(programme: Programme, message_id: int) -> ResponseReturnValue:
    """One message: to whom, in which words, and what became of it."""
    found = queries.get_message(db.session, programme.id, message_id)
    held = suppressed(db.session, {found.to_address}).get(found.to_address.lower())
    kind = KINDS.get(found.kind)
    return render_template(
        "mailroom/message.html",
        programme=programme,
        message=found,
        kind=kind_title(found.kind),
        secret=kind is None or kind.secret,
        status=STATUSES[found.status],
        tag_kind=TAGS[found.status],
        problem=problem_text(found.problem),
        held=HELD.get(held) if held else None,
        may_try=can_try_again(found),
    )


@blueprint.post(f"{URL}/<int:message_id>/opnieuw")
@permitted(Permission.MANAGE_MAIL)
def try_again(programme: Programme, message_id: int) -> ResponseReturnValue:
    """Send a failed message once more."""
    found = queries.get_message(db.session, programme.id, message_id)
    try:
        put_back(db.session, message=found, actor_id=current_user.id)
    except Refused:
        flash(_("This message cannot be sent again."), "warn")
    else:
        db.session.commit()
        flash(_("The message waits to be sent again."), "good")
    return _back(programme, found)


@blueprint.post(f"{URL}/<int:message_id>/toelaten")
@permitted(Permission.MANAGE_MAIL)
def lift(programme: Programme, message_id: int) -> ResponseReturnValue:
    """Let the receiver of this message get mail again."""
    found = queries.get_message(db.session, programme.id, message_id)
    if lift_address(db.session, message=found, actor_id=current_user.id):
        db.session.commit()
        flash(_("This address gets mail again, from the next message on."), "good")
    return _back(programme, found)


def _back(programme: Programme, found: MailMessage) -> ResponseReturnValue:
    address = url_for("mailroom.message", slug=programme.slug, message_id=found.id)
    return redirect(address, 303)
